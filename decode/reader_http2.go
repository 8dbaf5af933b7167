package decode

import (
	"strings"

	"github.com/pktjourney/pktjourney/decode/fact"
	"github.com/pktjourney/pktjourney/decode/flow"
	"github.com/pktjourney/pktjourney/decode/http"
	"github.com/pktjourney/pktjourney/decode/http2"
	"github.com/pktjourney/pktjourney/decode/stream"
)

// overHTTP2 is what is kept with a connection that speaks HTTP/2.
type overHTTP2 struct {
	conn    http2.Conn
	asked   *http.Message // the request of HTTP/1.1 that is answered on stream 1 (RFC 7540 section 3.2); nil when there was none
	partial [2]bool       // the newest control frame of a direction is not complete
}

// exchanged is what is kept with a message of HTTP/2.
type exchanged struct {
	*http2.Message
	message *Message
	frames  ranges // that brought it
	head    bool   // its header ended in the current frame
}

// AppendFacts adds what x tells in the current frame, its end or its header.
func (x *exchanged) AppendFacts(l fact.List) fact.List { return x.Message.AppendFacts(l, x.head) }

// beginHTTP2 begins to read HTTP/2, which bytes of dir at off look like.
func (d *Decoder) beginHTTP2(c *Connection, dir flow.Dir, off int64, guess http2.Guess) {
	c.reader, c.http2 = readHTTP2, new(overHTTP2)
	c.http2.conn.Client(c.Client)
	if guess == http2.Frames && (off > 0 || !c.halves[dir].syn) {
		c.http2.conn.Join()
	}
}

// upgraded looks for a 101 that goes over to HTTP/2 (RFC 7540 section 3.2). The bytes
// behind it are taken away from ch and from HTTP/1.
func (d *Decoder) upgraded(c *Connection, dir flow.Dir, ch *stream.Chunk) (rest stream.Chunk) {
	if !c.http.Tunnel() {
		return rest
	}
	n := 0
	for i := range d.httpParts {
		p := &d.httpParts[i]
		n += p.Len
		if m := p.Message; m == nil || !p.End || m.StatusCode != 101 || !strings.EqualFold(m.Upgrade, "h2c") {
			continue
		}
		c.reader, c.http2 = readHTTP2, &overHTTP2{asked: p.Message.AnswerTo}
		c.http2.conn.Upgrade(dir.Reverse())
		rest = stream.Chunk{Frame: ch.Frame, Off: ch.Off + int64(n), Data: ch.Data[n:]}
		ch.Data, d.httpParts = ch.Data[:n], d.httpParts[:i+1]
		return rest
	}
	return rest
}

// goesOver looks for the preface that a client sends after a 101 which was not captured.
func goesOver(c *Connection, dir flow.Dir, ch stream.Chunk) bool {
	if len(ch.Data) < len(http2.Preface) || ch.Data[0] != http2.Preface[0] || http2.Looks(ch.Data) != http2.Yes || !c.http.Between(dir) {
		return false
	}
	c.reader, c.http2 = readHTTP2, new(overHTTP2)
	c.http2.conn.Upgrade(dir)
	return true
}

func (d *Decoder) http2Chunk(c *Connection, h *half, dir flow.Dir, ch stream.Chunk) {
	conn := &c.http2.conn
	if ch.Gap > 0 {
		d.http2Parts = conn.Gap(dir, ch.Gap, d.http2Parts[:0])
	} else {
		d.http2Parts = conn.Data(dir, ch.Data, d.http2Parts[:0])
	}
	off := ch.Off
	for i := range d.http2Parts {
		p := &d.http2Parts[i]
		off += int64(p.Len)
		if p.Message == nil {
			d.takeControl(c, h, dir, ch, off, p)
		} else {
			d.takeHTTP2(c, h, dir, ch, off, p)
		}
	}
	if client, ok := conn.ClientDir(); ok {
		c.Client = client
	}
}

// takeControl takes a part of a frame that belongs to no message. Such frames of one segment are one Message.
func (d *Decoder) takeControl(c *Connection, h *half, dir flow.Dir, ch stream.Chunk, off int64, p *http2.Part) {
	kind := Unknown
	if p.Control != 0 {
		kind = HTTPControl
	}
	m := h.current
	begins := m == nil || m.Kind != kind || kind == HTTPControl && m.First != ch.Frame && !c.http2.partial[dir]
	if begins {
		m = &Message{Kind: kind, Dir: dir, First: ch.Frame}
		h.current, h.building = m, nil
	}
	m.Frames |= p.Control
	c.http2.partial[dir] = !p.Whole
	d.bring(h, m, ch, off, p.Len, begins, false)
	d.speaksHTTP2(p)
}

// takeHTTP2 takes a part of a message.
func (d *Decoder) takeHTTP2(c *Connection, h *half, dir flow.Dir, ch stream.Chunk, off int64, p *http2.Part) {
	x, _ := p.Message.Note.(*exchanged)
	if x == nil {
		x = &exchanged{Message: p.Message, message: &Message{Kind: http2Kind(p.Message), Dir: dir, First: ch.Frame}}
		p.Message.Note = x
	}
	m := x.message
	h.current, h.building = m, x.frames
	d.bring(h, m, ch, off, p.Len, p.Begin, p.End)
	x.frames = h.building
	if p.Head {
		m.Kind, m.HTTP = http2Kind(p.Message), c.http2.asHTTP(p.Message)
	}
	if p.End {
		m.Complete = p.Message.Complete
	}
	if m.HTTP != nil {
		m.HTTP.BodyBytes, m.HTTP.Missing, m.HTTP.Complete = p.Message.BodyBytes, p.Message.Missing, m.Complete
	}
	if p.Head || p.End {
		x.head = x.head || p.Head
		d.tells(x)
		d.completed(h)
	}
	d.speaksHTTP2(p)
}

// speaksHTTP2 gives the frame that completes one of HTTP/2 its protocol.
func (d *Decoder) speaksHTTP2(p *http2.Part) {
	r := d.read.frame
	if p.Whole && r.Protocol == "" {
		r.Protocol = "http2"
	}
	if p.Err != nil && r.Err == nil {
		r.Err = p.Err
	}
}

func http2Kind(m *http2.Message) Kind {
	if m.Request {
		return HTTPRequest
	}
	return HTTPResponse
}

// asHTTP is what m says in the words of all versions of HTTP (RFC 9110).
func (o *overHTTP2) asHTTP(m *http2.Message) *http.Message {
	a := &http.Message{
		Request: m.Request, Version: http2.Version,
		Method: m.Method, Target: m.Path, Host: m.Authority,
		StatusCode: m.StatusCode, MIMEType: m.MIMEType, ContentLength: m.ContentLength, Location: m.Location,
		HeadComplete: m.HeadComplete, HeadErr: m.HeadErr, HeadBytes: m.HeadBytes,
	}
	switch {
	case m.Request:
	case m.AnswerTo != nil:
		if x, ok := m.AnswerTo.Note.(*exchanged); ok {
			a.AnswerTo = x.message.HTTP
		}
	case m.Stream == 1:
		a.AnswerTo = o.asked
	}
	return a
}

// carriesDNS adds the facts of a DNS message that is the body of x (RFC 8484 section 4).
func (d *Decoder) carriesDNS(r *Frame, x *exchanged) {
	if !x.Complete || len(x.Body) == 0 {
		return
	}
	if _, ok := r.Facts.Get(fact.DNSID); ok {
		return
	}
	if err := d.dns.Parse(x.Body); err != nil && r.Err == nil {
		r.Err = err
	}
	r.Facts = d.dns.AppendFacts(r.Facts)
	x.Body = nil
}
