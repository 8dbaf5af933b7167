package decode

import (
	"strings"

	"github.com/pktjourney/pktjourney/decode/flow"
	"github.com/pktjourney/pktjourney/decode/http"
	"github.com/pktjourney/pktjourney/decode/http2"
	"github.com/pktjourney/pktjourney/decode/stream"
	"github.com/pktjourney/pktjourney/decode/tls"
)

func (d *Decoder) tlsChunk(c *Connection, h *half, dir flow.Dir, ch stream.Chunk) {
	if ch.Gap > 0 {
		d.tlsParts = c.tls.Gap(dir, ch.Gap, d.tlsParts[:0])
	} else {
		d.tlsParts = c.tls.Data(dir, ch.Data, d.tlsParts[:0])
	}
	off := ch.Off
	for i := range d.tlsParts {
		p := &d.tlsParts[i]
		off += int64(p.Len)
		kind := tlsKind(p.Class)
		if h.current == nil || h.current.Kind != kind || h.current.Deduced != p.Deduced || p.Begin && c.answered(dir, kind) {
			h.current = &Message{Kind: kind, Dir: dir, First: ch.Frame, Deduced: p.Deduced}
		}
		d.bring(h, h.current, ch, off, p.Len, p.Begin, p.End)
		if p.End && kind != Unknown {
			d.records = append(d.records, p.Record)
			d.completed(h)
		}
		switch {
		case len(p.Plain) > 0:
			d.insideTLS(c, h, dir, p.Plain)
		case c.inside != nil && kind == TLSData && p.End:
			d.insideGap(c.inside, dir, p.Len)
		}
	}
	if client, ok := c.tls.ClientDir(); ok {
		c.Client = client
	}
}

// answered reports whether the other side has sent application data since the
// data of dir began: then more of it is a message of its own.
func (c *Connection) answered(dir flow.Dir, kind Kind) bool {
	own, other := c.halves[dir].current, c.halves[dir.Reverse()].current
	return kind == TLSData && other != nil && other.Kind == TLSData && other.First > own.First
}

func tlsKind(c tls.Class) Kind {
	switch c {
	case tls.Handshake:
		return TLSHandshake
	case tls.ChangeCipherSpec:
		return TLSChangeCipherSpec
	case tls.AlertClass:
		return TLSAlert
	case tls.ApplicationData, tls.Heartbeat:
		return TLSData
	}
	return Unknown
}

// insideTLS reads what a connection carries inside TLS. Its messages say something in the
// frame that completes them; what a frame's bytes are stays a matter of the records.
type insideTLS struct {
	http   *http.Conn
	http2  *overHTTP2
	none   bool      // it is neither
	frames [2]ranges // of the message of HTTP/1 that is being read
}

// newTLS begins to read TLS.
func (d *Decoder) newTLS() *tls.Conn {
	c := new(tls.Conn)
	if d.Secrets != nil {
		c.Secrets = d.Secrets.Find
	}
	return c
}

// insideTLS takes application data, of a record whose frames are those that h is building.
func (d *Decoder) insideTLS(c *Connection, h *half, dir flow.Dir, plain []byte) {
	if c.inside == nil {
		c.inside = new(insideTLS)
	}
	in := c.inside
	if in.http == nil && in.http2 == nil && !in.none {
		in.decide(c.tls.NextProtocol(), plain)
	}
	switch {
	case in.http != nil:
		d.insideHTTP(in, h, dir, plain)
	case in.http2 != nil:
		d.insideHTTP2(in, h, dir, plain)
	}
}

// decide finds out what is carried: as ALPN says (RFC 7301), else by the first bytes.
func (in *insideTLS) decide(protocol string, plain []byte) {
	switch {
	case strings.HasPrefix(protocol, "h2"), protocol == "" && http2.Looks(plain) == http2.Yes: // the drafts were called h2-16 and the like
		in.http2 = new(overHTTP2)
	case protocol == "http/1.1", protocol == "http/1.0", http.Looks(plain) == http.Yes:
		in.http = new(http.Conn)
	default:
		in.none = http.Looks(plain) == http.No
	}
}

// insideGap takes note of a record that could not be opened; n is about its length.
func (d *Decoder) insideGap(in *insideTLS, dir flow.Dir, n int) {
	switch {
	case in.http != nil:
		d.httpParts = in.http.Gap(dir, n, d.httpParts[:0])
	case in.http2 != nil:
		d.http2Parts = in.http2.conn.Gap(dir, n, d.http2Parts[:0])
	}
}

func (d *Decoder) insideHTTP(in *insideTLS, h *half, dir flow.Dir, plain []byte) {
	r := d.read.frame
	d.httpParts = in.http.Data(dir, plain, d.httpParts[:0])
	for i := range d.httpParts {
		p := &d.httpParts[i]
		if p.Begin {
			in.frames[dir] = in.frames[dir][:0]
		}
		in.frames[dir] = in.frames[dir].join(h.building)
		if p.End && p.Message != nil {
			d.inside = "http"
			d.tells(p.Message)
			r.Message = ranges(r.Message).join(in.frames[dir])
		}
	}
}

func (d *Decoder) insideHTTP2(in *insideTLS, h *half, dir flow.Dir, plain []byte) {
	r := d.read.frame
	d.inside = "http2"
	d.http2Parts = in.http2.conn.Data(dir, plain, d.http2Parts[:0])
	for i := range d.http2Parts {
		p := &d.http2Parts[i]
		if p.Message == nil {
			continue
		}
		x, _ := p.Message.Note.(*exchanged)
		if x == nil {
			x = &exchanged{Message: p.Message, message: &Message{Kind: http2Kind(p.Message), Dir: dir, First: r.Number}}
			p.Message.Note = x
		}
		x.frames = x.frames.join(h.building)
		if p.Head {
			x.message.HTTP = in.http2.asHTTP(p.Message)
		}
		if p.Head || p.End {
			x.head = x.head || p.Head
			d.tells(x)
			r.Message = ranges(r.Message).join(x.frames)
		}
	}
}
