package decode

import (
	"slices"
	"strings"

	"github.com/pktjourney/pktjourney/decode/fact"
	"github.com/pktjourney/pktjourney/decode/http3"
	"github.com/pktjourney/pktjourney/decode/quic"
)

// exchanged3 is what is kept with a message of HTTP/3.
type exchanged3 struct {
	*http3.Message
	frames ranges // that brought it
	head   bool   // its header ended in the current frame
}

// AppendFacts adds what x tells in the current frame, its end or its header.
func (x *exchanged3) AppendFacts(l fact.List) fact.List { return x.Message.AppendFacts(l, x.head) }

// unlock lets the secrets open the packets of q, once its ClientHello told whose they are.
func (d *Decoder) unlock(q *QUIC) {
	if d.Secrets == nil || q.hello == nil || q.conn.Secrets != nil {
		return
	}
	random := q.hello.Random
	q.conn.Secrets = func(label string) []byte { return d.Secrets.Find(label, random[:]) }
}

// speaksHTTP3 reports whether the client offers HTTP/3 or one of its drafts (RFC 9114 section 3.1), and nothing else.
func (q *QUIC) speaksHTTP3() bool {
	return q.hello != nil && len(q.hello.ALPN) > 0 && !slices.ContainsFunc(q.hello.ALPN, func(name string) bool { return !strings.HasPrefix(name, "h3") })
}

// insideQUIC reads what the streams of an opened packet carry.
func (d *Decoder) insideQUIC(r *Frame, q *QUIC, side quic.Side, p *quic.Packet) {
	if len(p.Chunks) == 0 || !q.speaksHTTP3() {
		return
	}
	if q.http3 == nil {
		q.http3 = new(http3.Conn)
	}
	for i := range p.Chunks {
		c := &p.Chunks[i]
		if c.Reset {
			d.http3Parts = q.http3.Reset(side == quic.Client, c.Stream, d.http3Parts[:0])
		} else {
			d.http3Parts = q.http3.Data(side == quic.Client, c.Stream, c.Data, c.End, d.http3Parts[:0])
		}
		d.takeHTTP3(r)
	}
}

// takeHTTP3 notes what parts of messages r brought.
func (d *Decoder) takeHTTP3(r *Frame) {
	for i := range d.http3Parts {
		p := &d.http3Parts[i]
		if p.Message == nil {
			continue
		}
		x, _ := p.Message.Note.(*exchanged3)
		if x == nil {
			x = &exchanged3{Message: p.Message}
			p.Message.Note = x
		}
		x.frames = x.frames.add(r.Number)
		if !p.Head && !p.End {
			continue
		}
		r.Protocol = "http3"
		x.head = x.head || p.Head
		d.tells(x)
		if len(x.frames) > 1 || x.frames[0].First != r.Number {
			r.Message = ranges(r.Message).join(x.frames)
		}
	}
}
