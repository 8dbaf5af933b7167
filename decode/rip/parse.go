package rip

import (
	"math/bits"
	"net/netip"

	"github.com/pktjourney/pktjourney/decode/wire"
)

const (
	proto    = "rip"
	entryLen = 20

	familyNone = 0
	familyIPv4 = 2
	familyAuth = 0xffff

	metricNextHop = 0xff // RFC 2080 section 2.1.1
)

// Parse reads a UDP datagram of RIP. An error is a *wire.Error; the message then holds what was read.
func Parse(b []byte) (*Message, error) {
	m := new(Message)
	return m, m.Parse(b)
}

// ParseNG reads a UDP datagram of RIPng.
func ParseNG(b []byte) (*Message, error) {
	m := new(Message)
	return m, m.ParseNG(b)
}

// Parse reads b into m as the function does. Nothing of m refers to b.
func (m *Message) Parse(b []byte) error { return m.parse(b, false) }

// ParseNG reads b into m as the function does. Nothing of m refers to b.
func (m *Message) ParseNG(b []byte) error { return m.parse(b, true) }

func (m *Message) parse(b []byte, ng bool) error {
	*m = Message{NG: ng, Entries: m.Entries[:0]}
	c := wire.NewCursor(proto, b)
	m.Command = Command(c.Uint8("command"))
	m.Version = c.Uint8("version")
	c.Skip("reserved", 2)
	m.header = c.Err() == nil
	var hop netip.Addr
	for !c.Empty() {
		e := c.Sub("entry", entryLen)
		if ng {
			m.readNG(&e, &hop)
		} else {
			m.read(&e)
		}
	}
	return c.Err()
}

// read reads an entry of RIP (RFC 2453 section 4).
func (m *Message) read(c *wire.Cursor) {
	family := c.Uint16("address family")
	c.Skip("route tag", 2)
	e := Entry{Dst: addr4(c, "address")}
	mask := c.Uint32("subnet mask")
	hop := addr4(c, "next hop")
	e.Metric = c.Uint32("metric")
	switch {
	case c.Err() != nil:
		return
	case family == familyAuth:
		m.Auth = true
		return
	case family != familyIPv4 && family != familyNone:
		return
	}
	e.Table = m.Command == Request && family == familyNone && e.Metric == Infinity
	e.Bits = m.prefixLen(mask, e.Dst)
	if !hop.IsUnspecified() {
		e.NextHop = hop
	}
	m.keep(e)
}

// prefixLen turns a mask into a length; the mask 0.0.0.0 tells none, but for the
// default route (RFC 2453 section 4.3).
func (m *Message) prefixLen(mask uint32, dst netip.Addr) int {
	n := bits.LeadingZeros32(^mask)
	if m.Version < 2 || mask<<n != 0 || n == 0 && !dst.IsUnspecified() {
		return -1
	}
	return n
}

// readNG reads an entry of RIPng. One with a metric of 255 gives the next hop of those
// that follow it, where :: is the sender itself (RFC 2080 section 2.1.1).
func (m *Message) readNG(c *wire.Cursor, hop *netip.Addr) {
	var e Entry
	if b := c.Bytes("prefix", 16); b != nil {
		e.Dst = netip.AddrFrom16([16]byte(b))
	}
	c.Skip("route tag", 2)
	e.Bits = int(c.Uint8("prefix length"))
	e.Metric = uint32(c.Uint8("metric"))
	switch {
	case c.Err() != nil:
		return
	case e.Metric == metricNextHop:
		*hop = e.Dst
		if e.Dst.IsUnspecified() {
			*hop = netip.Addr{}
		}
		return
	case e.Bits > 128:
		c.Fail("prefix length", 0, wire.ErrMalformed)
		return
	}
	e.NextHop = *hop
	e.Table = m.Command == Request && e.Bits == 0 && e.Dst.IsUnspecified() && e.Metric == Infinity
	m.keep(e)
}

func (m *Message) keep(e Entry) {
	if len(m.Entries) < maxEntries {
		m.Entries = append(m.Entries, e)
	}
}

func addr4(c *wire.Cursor, field string) netip.Addr {
	if b := c.Bytes(field, 4); b != nil {
		return netip.AddrFrom4([4]byte(b))
	}
	return netip.Addr{}
}
