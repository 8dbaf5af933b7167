package dns

import (
	"encoding/binary"

	"github.com/pktjourney/pktjourney/decode/flow"
)

// Conn cuts the bytes of a TCP connection into DNS messages, each behind its
// two-byte length (RFC 1035 section 4.2.2, RFC 7766 section 8). The zero value is ready.
type Conn struct {
	half [2]half
}

// half is one direction.
type half struct {
	b      []byte // the length and the message, as far as they came
	broken bool   // bytes of the current message were never captured
	left   int    // bytes of a broken message still to come
	lost   bool   // where the next message begins can not be told
}

const lengthLen = 2

// Part is a run of bytes that belong to one message, its length field
// included, or to none.
type Part struct {
	Len        int
	Begin, End bool   // the message's first byte, its last byte is in this part
	Known      bool   // it belongs to a message
	Body       []byte // the whole message without its length, where it ends; the caller's to keep; nil when bytes of it are missing
}

// Data takes the next bytes of dir and appends parts that cover them in order.
func (c *Conn) Data(dir flow.Dir, b []byte, parts []Part) []Part {
	h := &c.half[dir]
	for len(b) > 0 {
		p := h.next(b)
		b = b[p.Len:]
		parts = append(parts, p)
	}
	return parts
}

// next takes bytes up to the end of the message that b continues.
func (h *half) next(b []byte) Part {
	switch {
	case h.lost:
		return Part{Len: len(b)}
	case h.broken:
		n := min(h.left, len(b))
		h.left -= n
		h.broken = h.left > 0
		return Part{Len: n, Known: true, End: !h.broken}
	}
	begin := len(h.b) == 0
	n := min(len(b), h.need())
	h.b = append(h.b, b[:n]...)
	if len(h.b) >= lengthLen && n < len(b) && h.need() > 0 {
		more := min(len(b)-n, h.need())
		h.b = append(h.b, b[n:n+more]...)
		n += more
	}
	p := Part{Len: n, Known: true, Begin: begin}
	if len(h.b) >= lengthLen && h.need() == 0 {
		p.End, p.Body = true, h.b[lengthLen:]
		h.b = nil
	}
	return p
}

// need is how many bytes the length field, or the message behind it, still lacks.
func (h *half) need() int {
	if len(h.b) < lengthLen {
		return lengthLen - len(h.b)
	}
	return lengthLen + int(binary.BigEndian.Uint16(h.b)) - len(h.b)
}

// Gap takes n bytes of dir that were never captured. A gap inside a message
// loses that message only; any other loses the place of those that follow.
func (c *Conn) Gap(dir flow.Dir, n int, parts []Part) []Part {
	h := &c.half[dir]
	if !h.broken && len(h.b) >= lengthLen {
		h.broken, h.left, h.b = true, h.need(), h.b[:0]
	}
	if h.lost || !h.broken || n > h.left {
		h.lost, h.broken, h.b = true, false, nil
		return append(parts, Part{Len: n})
	}
	h.left -= n
	h.broken = h.left > 0
	return append(parts, Part{Len: n, Known: true, End: !h.broken})
}

// Guess is what the first bytes of a direction tell.
type Guess uint8

// The guesses.
const (
	No Guess = iota
	NeedMore
	Yes
)

// LooksStream says whether b, the first bytes of a direction, are DNS over
// TCP. With a whole message the message decides; on the port of DNS its header is enough.
func LooksStream(b []byte, port bool) Guess {
	if len(b) < lengthLen+headerLen {
		if plausibleLength(b) {
			return NeedMore
		}
		return No
	}
	length := int(binary.BigEndian.Uint16(b))
	switch {
	case !plausibleLength(b):
		return No
	case len(b) >= lengthLen+length && Looks(b[lengthLen:lengthLen+length]):
		return Yes
	case port && looksHeader(b[lengthLen:]):
		return Yes
	}
	return No
}

// plausibleLength: a message has a header and a question at the least.
func plausibleLength(b []byte) bool {
	return len(b) < lengthLen || int(binary.BigEndian.Uint16(b)) > headerLen
}

// looksHeader looks at the twelve bytes of a header alone.
func looksHeader(b []byte) bool {
	const questions = 4 // more have not been seen
	flags := binary.BigEndian.Uint16(b[2:])
	return flags&bitZ == 0 && OpCode(flags>>opShift&low4) <= OpUpdate && binary.BigEndian.Uint16(b[4:]) <= questions
}
