package dhcpv6

import (
	"net/netip"

	"github.com/pktjourney/pktjourney/decode/wire"
)

// proto names the protocol in errors.
const proto = "dhcpv6"

// hopLimit is HOP_COUNT_LIMIT (RFC 8415 section 7.6). A relay agent drops a
// message that already counts so many hops (section 19.1.2), so relay messages
// stand at most one deeper than this inside each other.
const hopLimit = 8

// Parse reads the payload of one UDP datagram (RFC 8415 sections 8 and 9). The
// result refers to b. On error it holds what was read: an option with a bad
// value does not keep those after it from being read.
func Parse(b []byte) (Message, error) {
	var m Message
	err := m.Parse(b)
	return m, err
}

// Parse reads b into m as the function Parse does, and reuses m's lists and
// the messages inside it.
func (m *Message) Parse(b []byte) error {
	p := parser{b: b}
	at := wire.Span{Len: len(b)}
	for hops := 0; ; hops++ {
		p.message(m, at)
		i := m.find(OptionRelayMessage)
		if i < 0 || !m.Type.Relay() {
			return p.err
		}
		at = m.Options[i].Span
		if hops > hopLimit {
			p.note(&wire.Error{Proto: proto, Field: "relayed message", Span: at, Err: wire.ErrMalformed})
			return p.err
		}
		m = m.inner()
	}
}

// parser holds what reading one datagram needs. The first error is kept.
type parser struct {
	m   *Message // being read
	b   []byte   // the whole datagram
	err error

	value wire.Cursor // of the option being read; here so that it is allocated once
}

func (p *parser) note(err error) {
	if p.err == nil {
		p.err = err
	}
}

// message reads into m the message that stands at s.
func (p *parser) message(m *Message, s wire.Span) {
	m.reset()
	p.m, m.base = m, s.Off
	c := p.at(s)
	m.Type = MessageType(c.Uint8("message type"))
	if m.Type.Relay() {
		m.readRelayHeader(&c)
	} else {
		m.TransactionID = c.Uint24("transaction id")
	}
	m.header = c.Err() == nil
	p.options(&c)
	if m.Type.Relay() && m.find(OptionRelayMessage) < 0 { // it is required (RFC 8415 sections 9.1 and 9.2)
		c.Fail("relay message", 4, wire.ErrShort)
	}
	if err := c.Err(); s.Off > 0 {
		p.note(broken(err, ""))
	} else {
		p.note(err)
	}
}

// at is a cursor over s whose offsets count from the start of the datagram.
func (p *parser) at(s wire.Span) wire.Cursor {
	whole := wire.NewCursor(proto, p.b)
	c := wire.NewCursor(proto, whole.Bytes("message", s.End()))
	c.Skip("message", s.Off)
	return c
}

// broken turns a lack of bytes inside an option, whose own length says where
// it ends, into the sender's mistake.
func broken(err error, prefix string) error {
	e, ok := err.(*wire.Error)
	if !ok {
		return err
	}
	return &wire.Error{Proto: e.Proto, Field: prefix + e.Field, Span: e.Span, Err: wire.ErrMalformed}
}

// addr reads an IPv6 address; the zero Addr after an error.
func addr(c *wire.Cursor, field string) netip.Addr {
	b := c.Bytes(field, 16)
	if b == nil {
		return netip.Addr{}
	}
	return netip.AddrFrom16([16]byte(b))
}
