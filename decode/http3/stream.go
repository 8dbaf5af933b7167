package http3

import (
	"errors"
	"fmt"

	"github.com/pktjourney/pktjourney/decode/httpfields"
	"github.com/pktjourney/pktjourney/decode/wire"
)

// stream is one direction of an exchange (RFC 9114 section 4.1): frames, each with its type and length in front.
type stream struct {
	id         uint64
	fromClient bool
	over       bool // nothing of it is read any more

	header    [maxHeader]byte // of the current frame
	headerLen int             // bytes of it that are there
	inFrame   bool            // it is complete
	typ       uint64
	left      uint64 // payload still to come
	long      bool   // it is a field section that is too long to be read
	section   []byte // what has come of a field section
	message   *Message
	begun     bool // its first byte was told
}

const (
	maxHeader  = 16       // of a frame: two integers
	maxSection = 64 << 10 // of a field section; a longer one is not read
)

// next takes bytes of one frame from b and says how many.
func (s *stream) next(c *Conn, b []byte) (n int, p Part) {
	if !s.inFrame {
		if n = s.readHeader(b); !s.inFrame {
			return n, Part{Message: s.message}
		}
		s.open(c)
	}
	m := int(min(s.left, uint64(len(b)-n)))
	s.payload(b[n : n+m])
	s.left -= uint64(m)
	p.Message = s.message
	if s.left == 0 {
		p.Head = s.closeFrame()
		p.End = p.Head && s.message.interim()
		s.message.endInterim(p.End)
	}
	return n + m, p
}

// endInterim completes an interim response: it has no body.
func (m *Message) endInterim(end bool) {
	if end {
		m.Complete = true
	}
}

// readHeader takes bytes of a frame's type and length.
func (s *stream) readHeader(b []byte) (n int) {
	for n < len(b) && !s.inFrame {
		s.header[s.headerLen] = b[n]
		s.headerLen++
		n++
		typ, k := varint(s.header[:s.headerLen])
		if k == 0 {
			continue
		}
		length, m := varint(s.header[k:s.headerLen])
		if m > 0 {
			s.typ, s.left, s.inFrame = typ, length, true
		}
	}
	return n
}

// varint reads a variable-length integer (RFC 9000 section 16) and says how many bytes it takes, 0 when there are too few.
func varint(b []byte) (v uint64, n int) {
	if len(b) == 0 {
		return 0, 0
	}
	n = 1 << (b[0] >> 6)
	if len(b) < n {
		return 0, 0
	}
	v = uint64(b[0] & 0x3f)
	for _, x := range b[1:n] {
		v = v<<8 | uint64(x)
	}
	return v, n
}

// open begins the frame whose header is complete: a field section begins a message, unless it is one of trailers.
func (s *stream) open(c *Conn) {
	if s.typ != frameHeaders {
		return
	}
	s.section, s.long = s.section[:0], s.left > maxSection
	if s.message == nil || s.message.interim() {
		s.message = &Message{Stream: s.id, Request: s.fromClient, Header: httpfields.New()}
		s.begun = false
		if r := c.half[0].streams[s.id]; !s.fromClient && r != nil {
			s.message.AnswerTo = r.message
		}
	}
}

// payload takes bytes of the current frame.
func (s *stream) payload(b []byte) {
	switch {
	case s.typ == frameData && s.message != nil && !s.message.interim(): // none has a body
		s.message.BodyBytes += int64(len(b))
	case s.typ == frameHeaders && !s.long:
		s.section = append(s.section, b...)
	}
}

// closeFrame ends the current frame and reports whether it was the header of a message.
func (s *stream) closeFrame() (head bool) {
	s.inFrame = false
	s.headerLen = 0
	if s.typ != frameHeaders || s.message.HeadComplete {
		return false
	}
	m := s.message
	m.HeadComplete, m.HeadBytes = true, len(s.section)
	err := errTooLong
	if !s.long {
		err = readSection(s.section, m)
	}
	if err != nil {
		m.HeadErr = &wire.Error{Proto: "http3", Field: "headers.field_section", Span: wire.Span{Off: 0, Len: len(s.section)}, Err: fmt.Errorf("%w: %w", wire.ErrMalformed, err)}
	}
	s.section = nil
	return true
}

// What is wrong with a field section.
var (
	errEnds    = errors.New("field section ends")
	errTooLong = errors.New("too long")
)

// tell appends p, or makes the last of parts tell it too.
func (s *stream) tell(parts []Part, p Part) []Part {
	if p.Message != nil && !s.begun {
		p.Begin, s.begun = true, true
	}
	if n := len(parts); n > 0 && parts[n-1].Message == p.Message && !parts[n-1].End {
		last := &parts[n-1]
		last.Head, last.End = last.Head || p.Head, p.End
		return parts
	}
	return append(parts, p)
}
