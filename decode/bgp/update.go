package bgp

import (
	"net/netip"
	"strconv"

	"github.com/pktjourney/pktjourney/decode/wire"
)

// update is RFC 4271 section 4.3.
func (m *Message) update(c *wire.Cursor, t Terms) {
	withdrawn := c.Sub16("update.withdrawn_routes")
	m.Withdrawn = nlri(&withdrawn, m.Withdrawn, false, t)
	list := c.Sub16("update.path_attributes")
	for !list.Empty() {
		m.attribute(&list, t)
	}
	m.Path = m.attributes.whole()
	m.Prefixes = nlri(c, m.Prefixes, false, t)
}

// Path attributes (RFC 4271 section 5.1, RFC 4760, RFC 6793).
const (
	attributeOrigin     = 1
	attributePath       = 2
	attributeNextHop    = 3
	attributeAggregator = 7
	attributeReach      = 14
	attributeUnreach    = 15
	attributePath4      = 17

	flagExtended = 0x10
)

func (m *Message) attribute(c *wire.Cursor, t Terms) {
	flags := c.Uint8("attribute.flags")
	code := c.Uint8("attribute.type")
	var value wire.Cursor
	if flags&flagExtended != 0 {
		value = c.Sub16("attribute.value")
	} else {
		value = c.Sub8("attribute.value")
	}
	if c.Err() != nil {
		return
	}
	switch code {
	case attributeOrigin:
		m.Origin = originName(value.Uint8("attribute.origin"))
	case attributePath, attributePath4, attributeAggregator:
		m.attributes.read(code, &value, t.FourByte)
	case attributeNextHop:
		m.NextHop = address(value.Rest())
	case attributeReach:
		m.reach(&value, t)
	case attributeUnreach:
		if ipv6, ok := family(&value); ok {
			m.Withdrawn = nlri(&value, m.Withdrawn, ipv6, t)
		}
	}
}

func originName(v uint8) string {
	if names := [...]string{"igp", "egp", "incomplete"}; int(v) < len(names) {
		return names[v]
	}
	return strconv.Itoa(int(v))
}

// family reads the address family of RFC 4760; ok is false for what is no unicast of IP.
func family(c *wire.Cursor) (ipv6, ok bool) {
	afi := c.Uint16("attribute.afi")
	safi := c.Uint8("attribute.safi")
	return afi == 2, (afi == 1 || afi == 2) && safi == 1
}

// reach is RFC 4760 section 3.
func (m *Message) reach(c *wire.Cursor, t Terms) {
	ipv6, ok := family(c)
	hop := c.Sub8("attribute.next_hop")
	c.Skip("attribute.reserved", 1)
	if !ok || c.Err() != nil {
		return
	}
	if b := hop.Rest(); len(b) >= 16 {
		m.NextHop = address(b[:16])
	} else {
		m.NextHop = address(b)
	}
	m.Prefixes = nlri(c, m.Prefixes, ipv6, t)
}

// nlri reads the prefixes that are left in c (RFC 4271 section 4.3), each with its
// identifier in front where that was agreed on (RFC 7911 section 3).
func nlri(c *wire.Cursor, list []Route, ipv6 bool, t Terms) []Route {
	bits := 32
	if ipv6 {
		bits = 128
	}
	for !c.Empty() {
		var r Route
		if t.PathIDs[index(ipv6)] {
			r.ID = c.Uint32("prefix.path_identifier")
		}
		n := int(c.Uint8("prefix.length"))
		if n > bits {
			c.Fail("prefix.length", 1, wire.ErrMalformed)
			return list
		}
		var full [16]byte
		copy(full[:], c.Bytes("prefix.prefix", (n+7)/8))
		if c.Err() != nil || len(list) == maxListed {
			continue
		}
		r.Prefix = netip.PrefixFrom(address(full[:bits/8]), n).Masked()
		list = append(list, r)
	}
	return list
}
