package dhcpv6

import (
	"net/netip"
	"time"

	"github.com/pktjourney/pktjourney/decode/wire"
)

// Infinite is a time without an end: all 32 bits set (RFC 8415 section 7.7).
const Infinite = 0xffffffff * time.Second

// IA is an identity association: addresses or prefixes that one interface of
// the client has together (RFC 8415 section 12).
type IA struct {
	Kind   OptionCode // OptionIANA, OptionIATA or OptionIAPD
	ID     uint32     // IAID; each kind counts for itself
	T1, T2 time.Duration
	Status Status
	Span   wire.Span // of the option's value, from the start of the datagram
}

// Address is one address of an IA (RFC 8415 section 21.6).
type Address struct {
	IA               int // index in Message.IAs
	Addr             netip.Addr
	Preferred, Valid time.Duration // Infinite when all bits are set; Valid is zero when the address is no more
	Status           Status
}

// Prefix is one prefix of an IA (RFC 8415 section 21.22).
type Prefix struct {
	IA               int          // index in Message.IAs
	Prefix           netip.Prefix // as on the wire: bits after the length are kept
	Preferred, Valid time.Duration
	Status           Status
}

// readIANA reads non-temporary addresses (RFC 8415 section 21.4).
func readIANA(m *Message, c *wire.Cursor) { m.readIA(OptionIANA, c) }

// readIATA reads temporary addresses, which have no T1 and T2 (RFC 8415 section 21.5).
func readIATA(m *Message, c *wire.Cursor) { m.readIA(OptionIATA, c) }

// readIAPD reads delegated prefixes (RFC 8415 section 21.21).
func readIAPD(m *Message, c *wire.Cursor) { m.readIA(OptionIAPD, c) }

func (m *Message) readIA(kind OptionCode, c *wire.Cursor) {
	ia := IA{Kind: kind, Span: wire.Span{Off: c.Off(), Len: c.Len()}}
	ia.ID = c.Uint32("iaid")
	if kind != OptionIATA {
		ia.T1 = seconds(c, "t1")
		ia.T2 = seconds(c, "t2")
	}
	if c.Err() != nil {
		return
	}
	m.IAs = append(m.IAs, ia)
	m.readIAOptions(len(m.IAs)-1, c)
}

// readIAOptions reads what stands inside the IA of the given index. Options
// that have no place there are passed over.
func (m *Message) readIAOptions(ia int, c *wire.Cursor) {
	kind := m.IAs[ia].Kind
	for !c.Empty() {
		code, v := subOption(c)
		switch {
		case code == OptionStatusCode:
			m.IAs[ia].Status = status(&v)
		case code == OptionIAAddr && kind != OptionIAPD:
			m.readAddress(ia, &v)
		case code == OptionIAPrefix && kind == OptionIAPD:
			m.readPrefix(ia, &v)
		}
	}
}

// subOption reads the head of an option inside another one and gives a cursor
// over its value. What is wrong with the value is wrong with the outer option.
func subOption(c *wire.Cursor) (OptionCode, wire.Cursor) {
	code := OptionCode(c.Uint16("option code"))
	return code, c.Sub("option value", int(c.Uint16("option length")))
}

func (m *Message) readAddress(ia int, c *wire.Cursor) {
	a := Address{IA: ia, Addr: addr(c, "address")}
	a.Preferred = seconds(c, "preferred lifetime")
	a.Valid = seconds(c, "valid lifetime")
	a.Status = statusWithin(c)
	if c.Err() == nil {
		m.Addresses = append(m.Addresses, a)
	}
}

func (m *Message) readPrefix(ia int, c *wire.Cursor) {
	p := Prefix{IA: ia}
	p.Preferred = seconds(c, "preferred lifetime")
	p.Valid = seconds(c, "valid lifetime")
	n := int(c.Uint8("prefix length"))
	p.Prefix = netip.PrefixFrom(addr(c, "prefix"), n)
	if n > 128 {
		c.Fail("prefix length", 1, wire.ErrMalformed)
	}
	p.Status = statusWithin(c)
	if c.Err() == nil {
		m.Prefixes = append(m.Prefixes, p)
	}
}

func seconds(c *wire.Cursor, field string) time.Duration {
	return time.Duration(c.Uint32(field)) * time.Second
}
