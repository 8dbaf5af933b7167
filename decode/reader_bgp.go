package decode

import (
	"github.com/pktjourney/pktjourney/decode/flow"
	"github.com/pktjourney/pktjourney/decode/stream"
)

// bgpChunk takes bytes of BGP (RFC 4271).
func (d *Decoder) bgpChunk(c *Connection, h *half, dir flow.Dir, ch stream.Chunk) {
	if ch.Gap > 0 {
		d.bgpParts = c.bgp.Gap(dir, ch.Gap, d.bgpParts[:0])
	} else {
		d.bgpParts = c.bgp.Data(dir, ch.Data, d.bgpParts[:0])
	}
	off := ch.Off
	for i := range d.bgpParts {
		p := &d.bgpParts[i]
		off += int64(p.Len)
		kind := Unknown
		if p.Known {
			kind = BGP
		}
		if p.Begin || h.current == nil || h.current.Kind != kind {
			h.current = &Message{Kind: kind, Dir: dir, First: ch.Frame}
		}
		d.bring(h, h.current, ch, off, p.Len, p.Begin, p.End)
		if !p.End {
			continue
		}
		h.current.Complete, h.current.BGP = true, p.Message
		if p.Err != nil && d.read.frame.Err == nil {
			d.read.frame.Err = p.Err
		}
		d.read.frame.Protocol = "bgp"
		d.tells(p.Message)
		d.completed(h)
	}
}
