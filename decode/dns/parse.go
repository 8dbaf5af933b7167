package dns

import (
	"fmt"

	"github.com/pktjourney/pktjourney/decode/wire"
)

// proto names the protocol in errors.
const proto = "dns"

// headerLen is the size of the header (RFC 1035 section 4.1.1).
const headerLen = 12

// The bits of the header's second word (RFC 1035 section 4.1.1, RFC 4035
// section 3.2).
const (
	bitQR   = 1 << 15
	bitAA   = 1 << 10
	bitTC   = 1 << 9
	bitRD   = 1 << 8
	bitRA   = 1 << 7
	bitZ    = 1 << 6
	bitAD   = 1 << 5
	bitCD   = 1 << 4
	opShift = 11
	low4    = 0xf
)

// Parse reads one DNS message, without the two-byte length used over TCP
// (RFC 1035 section 4.2.2). On error it holds what was read: records whose data
// alone is bad are kept in the form of RFC 3597, and those after them are read.
func Parse(b []byte) (Message, error) {
	var m Message
	err := m.Parse(b)
	return m, err
}

// Parse reads b into m as the function Parse does, and reuses what m holds:
// a query costs at most the string of its name.
func (m *Message) Parse(b []byte) error {
	m.reset(len(b))
	p := parser{m: m, b: b, text: m.text}
	p.message()
	m.text = p.text
	return p.err
}

// parser holds what reading one message needs. The first error is kept.
type parser struct {
	m   *Message
	b   []byte
	err error

	text   []byte    // a name or a record's data while it is put together
	target wire.Span // where in text the record's target stands
	spent  int       // bytes of text made into strings, see maxText

	places [4]place // the names read last
	named  int      // how many were read in all
}

func (p *parser) note(err error) {
	if p.err == nil {
		p.err = err
	}
}

// message reads the header and the four sections (RFC 1035 section 4.1).
func (p *parser) message() {
	c := wire.NewCursor(proto, p.b)
	m := p.m
	m.ID = c.Uint16("id")
	p.flags(c.Uint16("flags"))
	qd := c.Uint16("qdcount")
	an := c.Uint16("ancount")
	ns := c.Uint16("nscount")
	ar := c.Uint16("arcount")
	if c.Err() != nil {
		p.note(c.Err())
		return
	}
	p.questions(&c, int(qd))
	m.Answers = p.records(&c, "answer", int(an), m.Answers)
	m.Authorities = p.records(&c, "authority", int(ns), m.Authorities)
	m.Additionals = p.records(&c, "additional", int(ar), m.Additionals)
}

func (p *parser) flags(f uint16) {
	m := p.m
	m.Response = f&bitQR != 0
	m.OpCode = OpCode(f >> opShift & low4)
	m.Authoritative = f&bitAA != 0
	m.Truncated = f&bitTC != 0
	m.RecursionDesired = f&bitRD != 0
	m.RecursionAvailable = f&bitRA != 0
	m.AuthenticData = f&bitAD != 0
	m.CheckingDisabled = f&bitCD != 0
	m.RCode = RCode(f & low4)
}

// questions reads the question section (RFC 1035 section 4.1.2).
func (p *parser) questions(c *wire.Cursor, count int) {
	for i := range count {
		q := Question{Span: wire.Span{Off: c.Off()}}
		q.Name = p.name(c, "name")
		q.Type = Type(c.Uint16("type"))
		q.Class = Class(c.Uint16("class"))
		q.Span.Len = c.Off() - q.Span.Off
		if err := c.Err(); err != nil {
			p.note(placed(err, "question", i))
			return
		}
		p.m.Questions = append(p.m.Questions, q)
	}
}

// records reads one of the three sections of records and appends them to list.
// The count says when to stop and nothing else.
func (p *parser) records(c *wire.Cursor, section string, count int, list []Record) []Record {
	if c.Err() != nil {
		return list
	}
	for i := range count {
		r, bad := p.record(c)
		if err := c.Err(); err != nil {
			p.note(placed(err, section, i))
			return list
		}
		if bad != nil {
			p.note(placed(bad, section, i))
		}
		list = append(list, r)
	}
	return list
}

// placed says in which entry of which section the field of err is.
func placed(err error, section string, i int) error {
	e, ok := err.(*wire.Error)
	if !ok {
		return err
	}
	field := fmt.Sprintf("%s[%d].%s", section, i, e.Field)
	return &wire.Error{Proto: e.Proto, Field: field, Span: e.Span, Err: e.Err}
}
