package http

import (
	"github.com/pktjourney/pktjourney/decode/flow"
	"github.com/pktjourney/pktjourney/decode/wire"
)

// Gap takes note of n bytes of dir that were never captured. A body goes on. A
// head ends there, with the fields read so far; after that the direction stays
// lost until a chunk starts like a message.
func (c *Conn) Gap(dir flow.Dir, n int, parts []Part) []Part {
	h := &c.half[dir]
	if h.state == inHead && n > 0 {
		return append(parts, c.headGap(dir, n), Part{Len: n})
	}
	if h.m != nil && n > 0 {
		p := h.bodyGap(n)
		parts = append(parts, p)
		n -= p.Len
	}
	if n > 0 {
		parts = append(parts, Part{Len: n})
		if h.state != lost {
			c.lose(dir)
		}
	}
	return parts
}

// headGap ends the message of which n bytes of the head are missing. Such are
// the messages of a capture that cuts its frames, so that what answers what is
// taken to be known still.
func (c *Conn) headGap(dir flow.Dir, n int) Part {
	h := &c.half[dir]
	m := h.m
	m.parse(h.head.buf)
	m.HeadBytes = len(h.head.buf)
	m.HeadErr = &wire.Error{Proto: "http", Field: "head", Span: wire.Span{Off: m.HeadBytes, Len: n}, Err: wire.ErrShort}
	if m.started() {
		c.pair(m)
	}
	h.lose()
	return Part{Message: m, Head: true, End: true}
}

// bodyGap passes over up to n bytes of the current body.
func (h *half) bodyGap(n int) Part {
	m := h.m
	p := Part{Len: n, Message: m}
	switch h.state {
	case counted:
		p.Len = int(min(h.left, int64(n)))
		h.count(p.Len)
	case inChunks:
		m.BodyBytes += int64(n)
		if h.chunks.state == chunkData && int64(n) <= h.chunks.left {
			h.chunks.skip(int64(n))
		} else {
			h.state = adrift
		}
	default:
		m.BodyBytes += int64(n)
	}
	m.Missing += int64(p.Len)
	p.End = h.m == nil
	return p
}
