package http

import (
	"bytes"

	"github.com/pktjourney/pktjourney/decode/wire"
)

const versionPrefix = "HTTP/"

// Parse reads the head of a message: the start line, the fields and the empty
// line behind them (RFC 9112 section 2.1). What follows that is not looked at. Lines may
// end in LF alone (section 2.2). On error the result holds what was read;
// HeadComplete tells whether that can be relied on. The result does not refer to b.
func Parse(b []byte) (Message, error) {
	m := new(Message)
	m.parse(b)
	return *m, m.HeadErr
}

// parse is Parse into m, which it overwrites.
func (m *Message) parse(b []byte) {
	*m = Message{ContentLength: -1, HeadBytes: len(b)}
	r := headReader{c: wire.NewCursor("http", b), b: b, m: m}
	r.startLine()
	if r.c.Err() != nil {
		m.HeadErr = r.c.Err()
		return
	}
	if !m.Simple() {
		r.fields()
	}
	if m.HeadErr = r.c.Err(); m.HeadErr == nil {
		m.HeadComplete = true
		m.HeadErr = r.err
	}
	m.HeadBytes = r.c.Off()
}

// headReader reads a head into m.
type headReader struct {
	c wire.Cursor
	b []byte // all bytes of c
	m *Message

	err      error // the first fault that does not hinder reading on
	hostSeen bool
	noLength bool // a Content-Length is no number

	coding     []byte    // all Transfer-Encoding values, joined
	codingSpan wire.Span // of the last of them
}

// line reads up to the next LF and gives what is before the line's end, with its offset. What
// once was translated from LF to CRLF too often ends in more CRs than one.
func (r *headReader) line(field string) (b []byte, off int) {
	off = r.c.Off()
	n := bytes.IndexByte(r.b[off:], '\n')
	if n < 0 {
		r.c.Fail(field, len(r.b)-off, wire.ErrShort)
		return nil, off
	}
	b = r.c.Bytes(field, n+1)
	return bytes.TrimRight(b[:n], "\r"), off
}

// malformed notes a fault that reading can go on after.
func (r *headReader) malformed(field string, off, n int) {
	if r.err == nil {
		r.err = &wire.Error{Proto: "http", Field: field, Span: wire.Span{Off: off, Len: n}, Err: wire.ErrMalformed}
	}
}

// fields reads the field lines (RFC 9112 section 5) and the empty line.
func (r *headReader) fields() {
	for r.c.Err() == nil {
		b, off := r.line("field")
		switch {
		case r.c.Err() != nil:
			return
		case len(b) == 0:
			r.finish()
			return
		case b[0] == ' ' || b[0] == '\t':
			continue // obs-fold (RFC 9112 section 5.2): what it adds to a value is left out
		}
		name, value, ok := bytes.Cut(b, []byte{':'})
		if !ok || !isToken(name) {
			r.malformed("field", off, len(b))
			continue
		}
		r.field(name, trim(value, off+len(name)+1))
	}
}

// piece is some text of the head and where it stood.
type piece struct {
	b    []byte
	span wire.Span
}

// trim takes optional white space away (RFC 9110 section 5.6.3) from b, which stands at off. Behind
// the value a bare CR is read as a space; before it, it is taken for a part of the value, which it
// makes invalid: RFC 9112 section 2.2 allows both, and Wireshark does so.
func trim(b []byte, off int) piece {
	left := bytes.TrimLeft(b, " \t")
	off += len(b) - len(left)
	b = bytes.TrimRight(left, " \t\r")
	return piece{b, wire.Span{Off: off, Len: len(b)}}
}

// isToken follows RFC 9110 section 5.6.2.
func isToken(b []byte) bool {
	for _, c := range b {
		if !tokenChar[c] {
			return false
		}
	}
	return len(b) > 0
}

var tokenChar = func() (t [256]bool) {
	for _, c := range "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ" {
		t[c] = true
	}
	return t
}()
