package decode

import (
	"github.com/pktjourney/pktjourney/decode/dns"
	"github.com/pktjourney/pktjourney/decode/flow"
	"github.com/pktjourney/pktjourney/decode/stream"
)

// dnsChunk takes bytes of DNS over TCP (RFC 7766).
func (d *Decoder) dnsChunk(c *Connection, h *half, dir flow.Dir, ch stream.Chunk) {
	if ch.Gap > 0 {
		d.dnsParts = c.dns.Gap(dir, ch.Gap, d.dnsParts[:0])
	} else {
		d.dnsParts = c.dns.Data(dir, ch.Data, d.dnsParts[:0])
	}
	off := ch.Off
	for i := range d.dnsParts {
		p := &d.dnsParts[i]
		off += int64(p.Len)
		kind := Unknown
		if p.Known {
			kind = DNS
		}
		if p.Begin || h.current == nil || h.current.Kind != kind {
			h.current = &Message{Kind: kind, Dir: dir, First: ch.Frame}
		}
		d.bring(h, h.current, ch, off, p.Len, p.Begin, p.End)
		if p.End && p.Body != nil {
			d.completeDNS(c, h, p.Body)
		}
	}
}

// completeDNS reads a whole message.
func (d *Decoder) completeDNS(c *Connection, h *half, body []byte) {
	r, m := d.read.frame, new(dns.Message)
	if err := m.Parse(body); err != nil && r.Err == nil {
		r.Err = err
	}
	h.current.DNS, h.current.Complete = m, true
	if !m.Response {
		c.Client = h.current.Dir
	}
	r.Protocol = "dns"
	d.tells(m)
	d.completed(h)
}
