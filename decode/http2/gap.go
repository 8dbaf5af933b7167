package http2

import "github.com/pktjourney/pktjourney/decode/flow"

// Gap takes note of n bytes of dir that were never captured. A frame whose header is known goes on;
// otherwise the direction stays lost until a chunk starts like a frame.
func (c *Conn) Gap(dir flow.Dir, n int, parts []Part) []Part {
	h := &c.half[dir]
	if h.inFrame && n > 0 {
		m := min(h.left, n)
		h.lack(m)
		p := c.advance(dir, m, m)
		parts = append(parts, p)
		n -= m
	}
	if n > 0 {
		parts = append(parts, Part{Len: n})
		if c.half[dir].lost {
			return parts
		}
		h.started = true
		c.lose(dir)
	}
	return parts
}

// lack takes note that n bytes of the current frame are missing.
func (h *half) lack(n int) {
	prefix := min(int(h.prefixLen), n)
	h.prefixLen -= uint8(prefix)
	h.prefixGot += uint8(prefix)
	content := min(h.content, n-prefix)
	h.content -= content
	switch {
	case h.frame.kind == TypeData:
		h.m.gap(content)
	case h.frame.block():
		h.table.lack(n)
	case h.frame.kind == TypeSettings:
		h.content = 0 // settings behind the hole can not be told apart
	}
}
