package http

import (
	"github.com/pktjourney/pktjourney/decode/flow"
	"github.com/pktjourney/pktjourney/decode/wire"
)

// Gap takes note of n bytes of dir that were never captured. A body goes on, a
// head is lost; after that the direction stays lost until a chunk starts like a message.
func (c *Conn) Gap(dir flow.Dir, n int, parts []Part) []Part {
	h := &c.half[dir]
	if h.state == inHead {
		h.m.HeadErr = &wire.Error{Proto: "http", Field: "head", Span: wire.Span{Off: h.m.HeadBytes, Len: n}, Err: wire.ErrShort}
		parts = h.breakOff(parts)
	}
	if h.m != nil {
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
