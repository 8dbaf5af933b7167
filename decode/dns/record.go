package dns

import (
	"time"

	"github.com/pktjourney/pktjourney/decode/wire"
)

// record reads one resource record (RFC 1035 section 4.1.3). bad says what is
// wrong with its data when nothing else is.
func (p *parser) record(c *wire.Cursor) (r Record, bad error) {
	r.Span.Off = c.Off()
	r.Name = p.name(c, "name")
	r.Type = Type(c.Uint16("type"))
	r.Class = Class(c.Uint16("class"))
	ttl := c.Uint32("ttl")
	n := int(c.Uint16("rdlength"))
	at := c.Off()
	c.Skip("rdata", n)
	r.Span.Len = c.Off() - r.Span.Off
	if c.Err() != nil {
		return r, nil
	}
	if r.Type == TypeOPT {
		p.edns(r.Class, ttl)
		return r, nil
	}
	r.TTL = time.Duration(ttl) * time.Second
	return r, p.data(&r, p.within(wire.Span{Off: at, Len: n}))
}

// data fills in what follows from the record's data.
func (p *parser) data(r *Record, c wire.Cursor) error {
	if c.Empty() && (r.Class == ClassAny || r.Class == ClassNone) {
		return nil // RFC 2136 section 2.4: conditions of an update
	}
	raw := c
	p.text, p.target = p.text[:0], wire.Span{}
	p.rdata(r, &c)
	if c.Err() == nil && !c.Empty() {
		c.Fail("rdata", c.Len(), wire.ErrMalformed)
	}
	bad := broken(c.Err())
	if bad != nil {
		*r = Record{Name: r.Name, Type: r.Type, Class: r.Class, TTL: r.TTL, Span: r.Span}
		p.text, p.target = p.text[:0], wire.Span{}
		p.unknown(&raw)
	}
	p.setData(r, &raw)
	if r.Type == TypeCNAME && bad == nil {
		p.remember(raw.Off(), r.Target) // whose records mostly follow
	}
	if bad == nil {
		bad = raw.Err()
	}
	return bad
}

// within is a cursor over part of the message. Unlike one from Cursor.Sub its
// failure is its own, so that bad data does not end the message, and it costs
// no allocation.
func (p *parser) within(s wire.Span) wire.Cursor {
	whole := wire.NewCursor(proto, p.b)
	c := wire.NewCursor(proto, whole.Bytes("data", s.End()))
	c.Skip("data", s.Off)
	return c
}

// setData makes the data's string and finds the target in it.
func (p *parser) setData(r *Record, c *wire.Cursor) {
	if p.target.Len > 0 && p.target.Len == len(p.text) {
		r.Data = p.shared(c, "rdata")
	} else {
		r.Data = p.made(c, "rdata")
	}
	if r.Data != "" {
		r.Target = r.Data[p.target.Off:p.target.End()]
	}
}

// broken turns a lack of bytes in data whose length is known, and which is
// there, into the sender's mistake.
func broken(err error) error {
	e, ok := err.(*wire.Error)
	if !ok {
		return err
	}
	b := *e
	if b.Err == wire.ErrShort {
		b.Err = wire.ErrMalformed
	}
	return &b
}

// unknown writes data in the form that every type has (RFC 3597 section 5).
func (p *parser) unknown(c *wire.Cursor) {
	b := c.Rest()
	p.text = append(p.text, `\#`...)
	p.number(uint64(len(b)))
	if len(b) > 0 {
		p.space()
		p.upperHex(b)
	}
}
