// Package bgp finds the messages of BGP-4 (RFC 4271) in the bytes of a TCP connection and reads
// what they say: who speaks (OPEN), which prefixes are reached over which autonomous systems
// (UPDATE, with those of IPv6 by RFC 4760), and why a session ends (NOTIFICATION).
package bgp

import (
	"net/netip"

	"github.com/pktjourney/pktjourney/decode/wire"
)

// Message is one message. It owns what it holds.
type Message struct {
	Type      Type
	AS        uint32     // of an OPEN: the sender's, with four bytes where it says so (RFC 6793)
	FourByte  bool       // of an OPEN: the sender can take AS numbers of four bytes
	Paths     [2]AddPath // of an OPEN: what the sender does with several ways to one prefix, for IPv4 and IPv6 unicast
	HoldTime  uint16     // of an OPEN, in seconds
	RouterID  netip.Addr // of an OPEN
	Prefixes  []Route
	Withdrawn []Route
	Path      []Segment  // of the prefixes; AS4_PATH is put in where it stands for more (RFC 6793 section 4.2.3)
	NextHop   netip.Addr // of the prefixes
	Origin    string     // "igp", "egp" or "incomplete"
	Error     string     // of a NOTIFICATION
	Shutdown  string     // of a NOTIFICATION: what the operator says of it (RFC 9003); from the wire, as it is

	attributes attributes
}

// Route is a prefix that an UPDATE names. ID tells ways to one prefix apart where both sides
// have agreed on that (RFC 7911); else it is 0.
type Route struct {
	Prefix netip.Prefix
	ID     uint32
}

const (
	markerLen = 16
	headerLen = markerLen + 3
	// maxListed bounds the prefixes and AS numbers that are kept of a message.
	maxListed = 256
)

// Terms are what both sides of a session have agreed on in their OPENs.
type Terms struct {
	FourByte bool    // AS numbers have four bytes (RFC 6793 section 4.1)
	PathIDs  [2]bool // the sender of the message gives prefixes of IPv4, of IPv6 an identifier (RFC 7911 section 3)
}

// Parse reads one whole message with its header. On error the message holds what was read.
func Parse(b []byte, t Terms) (Message, error) {
	c := wire.NewCursor("bgp", b)
	c.Skip("marker", markerLen)
	length := int(c.Uint16("length"))
	m := Message{Type: Type(c.Uint8("type"))}
	if c.Err() == nil && length != len(b) {
		c.Fail("length", 2, wire.ErrMalformed)
	}
	switch m.Type {
	case Open:
		m.open(&c)
	case Update:
		m.update(&c, t)
	case Notification:
		m.notification(&c)
	}
	if c.Err() == nil && m.attributes.err != nil {
		return m, m.attributes.err
	}
	return m, c.Err()
}

// address is an IP address; the zero Addr when b has another length.
func address(b []byte) netip.Addr {
	a, _ := netip.AddrFromSlice(b)
	return a
}
