package http

import (
	"bytes"

	"github.com/pktjourney/pktjourney/decode/wire"
)

// maxHead bounds the start line and the fields of one message.
const maxHead = 64 << 10

// head collects the head of one message until its empty line has come. While
// that is in the first chunk nothing is copied.
type head struct {
	buf   []byte // what earlier chunks brought
	lines lineEnds
	first bool // the start line has ended
	line  bool // and is all of the head
}

// next looks for the end of the head in b. It says how many bytes of b were
// looked at, and gives the whole head once it has ended. An error means that
// this is no head; it may come as soon as the start line has ended. What the start line says is read into m.
func (h *head) next(b []byte, m *Message) (n int, whole []byte, err error) {
	more := b[:min(len(b), maxHead-len(h.buf))]
	if !h.first {
		if err := h.startLine(more, m); err != nil {
			return 0, nil, err
		}
	}
	n, ended := h.end(more)
	switch {
	case ended && h.buf == nil:
		return n, b[:n], nil
	case !ended && len(more) < len(b):
		return n, nil, h.fault(wire.ErrMalformed) // too long
	}
	h.buf = append(h.buf, b[:n]...)
	if ended {
		return n, h.buf, nil
	}
	return n, nil, nil
}

// end looks for the end of the head in b, and says how many bytes of b were looked at.
func (h *head) end(b []byte) (n int, found bool) {
	if h.line {
		return bytes.IndexByte(b, '\n') + 1, true
	}
	return h.lines.blank(b)
}

// startLine looks at the part of the start line that is in b, which follows buf, and reads it into m once it is whole.
func (h *head) startLine(b []byte, m *Message) error {
	line := b
	if end := bytes.IndexByte(b, '\n'); end >= 0 {
		h.first = true
		line = b[:end+1]
	}
	if !h.isStatusLine(line) && bytes.IndexFunc(line, notInStartLine) >= 0 && !isRequestLine(line) {
		return h.fault(wire.ErrMalformed)
	}
	if h.first && !h.parses(line, m) {
		return h.fault(wire.ErrMalformed)
	}
	return nil
}

// parses reads buf and line into m, reports whether they are a start line, and notes whether it has no fields behind it.
func (h *head) parses(line []byte, m *Message) bool {
	if len(h.buf) > 0 {
		line = append(h.buf[:len(h.buf):len(h.buf)], line...)
	}
	r := headReader{c: wire.NewCursor("http", line), b: line, m: m}
	r.startLine()
	h.line = m.Simple()
	return r.c.Err() == nil
}

// isStatusLine reports whether buf and line begin like a status line: whatever stands in its reason, it is one.
func (h *head) isStatusLine(line []byte) bool {
	var start [len(versionPrefix)]byte
	n := copy(start[:], h.buf)
	copy(start[n:], line)
	return string(start[:]) == versionPrefix
}

// isRequestLine reports whether line ends with a version of HTTP/1, as a request line does.
func isRequestLine(line []byte) bool {
	line = bytes.TrimRight(line, " \t\r\n")
	at := versionAt(line)
	return at > 0 && isHTTP1(line[at:])
}

// notInStartLine: control characters show that this is something else, unless a version follows.
func notInStartLine(c rune) bool { return c < ' ' && c != '\r' && c != '\n' && c != '\t' }

func (h *head) fault(cause error) error {
	return &wire.Error{Proto: "http", Field: "head", Span: wire.Span{Off: len(h.buf), Len: 0}, Err: cause}
}

// lineEnds finds an empty line in bytes that come in pieces.
type lineEnds struct {
	length int  // bytes of the current line so far
	cr     bool // the line is nothing but CRs so far
}

// blank looks for the end of the first empty line in b, and says how many bytes
// of b were looked at.
func (l *lineEnds) blank(b []byte) (n int, found bool) {
	for n < len(b) {
		end := bytes.IndexByte(b[n:], '\n')
		if end < 0 {
			l.add(b[n:])
			return len(b), false
		}
		l.add(b[n : n+end])
		empty := l.length == 0 || l.cr
		*l = lineEnds{}
		n += end + 1
		if empty {
			return n, true
		}
	}
	return n, false
}

func (l *lineEnds) add(b []byte) {
	if len(b) > 0 {
		l.cr = (l.length == 0 || l.cr) && len(bytes.TrimLeft(b, "\r")) == 0
		l.length += len(b)
	}
}
