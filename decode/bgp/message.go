// Package bgp finds the messages of BGP-4 (RFC 4271) in the bytes of a TCP connection and reads
// what they say: who speaks (OPEN), which prefixes are reached over which autonomous systems
// (UPDATE, with those of IPv6 by RFC 4760), and why a session ends (NOTIFICATION).
package bgp

import (
	"fmt"
	"net/netip"
	"strconv"
	"strings"

	"github.com/pktjourney/pktjourney/decode/wire"
)

// Type is the type of a message (RFC 4271 section 4.1, RFC 2918).
type Type uint8

// The types.
const (
	Open         Type = 1
	Update       Type = 2
	Notification Type = 3
	Keepalive    Type = 4
	RouteRefresh Type = 5
)

var typeNames = map[Type]string{Open: "open", Update: "update", Notification: "notification", Keepalive: "keepalive", RouteRefresh: "route_refresh"}

// String is the name, or the number of one that has none.
func (t Type) String() string {
	if name, ok := typeNames[t]; ok {
		return name
	}
	return strconv.Itoa(int(t))
}

// Message is one message. It owns what it holds.
type Message struct {
	Type      Type
	AS        uint32     // of an OPEN: the sender's, with four bytes where it says so (RFC 6793)
	FourByte  bool       // of an OPEN: the sender can take AS numbers of four bytes
	HoldTime  uint16     // of an OPEN, in seconds
	RouterID  netip.Addr // of an OPEN
	Prefixes  []netip.Prefix
	Withdrawn []netip.Prefix
	ASPath    string     // as routers print it: "65001 65002", a set in braces
	NextHop   netip.Addr // of the prefixes
	Origin    string     // "igp", "egp" or "incomplete"
	Error     string     // of a NOTIFICATION

	pathErr error // what is wrong with the AS path
}

const (
	markerLen = 16
	headerLen = markerLen + 3
	// maxListed bounds the prefixes and AS numbers that are kept of a message.
	maxListed = 256
)

// Parse reads one whole message with its header. fourByte says that both sides have agreed
// on AS numbers of four bytes. On error the message holds what was read.
func Parse(b []byte, fourByte bool) (Message, error) {
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
		m.update(&c, fourByte)
	case Notification:
		m.notification(&c)
	}
	if c.Err() == nil && m.pathErr != nil {
		return m, m.pathErr
	}
	return m, c.Err()
}

// open is RFC 4271 section 4.2.
func (m *Message) open(c *wire.Cursor) {
	const version4 = 4
	if v := c.Uint8("open.version"); v != version4 && c.Err() == nil {
		c.Fail("open.version", 1, wire.ErrMalformed)
	}
	m.AS = uint32(c.Uint16("open.my_as"))
	m.HoldTime = c.Uint16("open.hold_time")
	m.RouterID = address(c.Bytes("open.bgp_identifier", 4))
	parameters := c.Sub8("open.parameters")
	for !parameters.Empty() {
		kind := parameters.Uint8("parameter.type")
		value := parameters.Sub8("parameter.value")
		const capabilities = 2 // RFC 5492 section 4
		for kind == capabilities && !value.Empty() {
			m.capability(&value)
		}
	}
}

func (m *Message) capability(c *wire.Cursor) {
	const fourByteAS = 65 // RFC 6793 section 3
	code := c.Uint8("capability.code")
	value := c.Sub8("capability.value")
	if code == fourByteAS && value.Len() == 4 {
		m.AS, m.FourByte = value.Uint32("capability.as"), true
	}
}

// update is RFC 4271 section 4.3.
func (m *Message) update(c *wire.Cursor, fourByte bool) {
	withdrawn := c.Sub16("update.withdrawn_routes")
	m.Withdrawn = prefixes(&withdrawn, m.Withdrawn, false)
	attributes := c.Sub16("update.path_attributes")
	for !attributes.Empty() {
		m.attribute(&attributes, fourByte)
	}
	m.Prefixes = prefixes(c, m.Prefixes, false)
}

// Path attributes (RFC 4271 section 5.1, RFC 4760, RFC 6793).
const (
	attributeOrigin  = 1
	attributePath    = 2
	attributeNextHop = 3
	attributeReach   = 14
	attributeUnreach = 15

	flagExtended = 0x10
)

func (m *Message) attribute(c *wire.Cursor, fourByte bool) {
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
	case attributePath:
		span := wire.Span{Off: value.Off(), Len: value.Len()}
		var ok bool
		if m.ASPath, ok = path(value.Rest(), fourByte); !ok {
			m.pathErr = &wire.Error{Proto: "bgp", Field: "attribute.as_path", Span: span, Err: wire.ErrMalformed}
		}
	case attributeNextHop:
		m.NextHop = address(value.Rest())
	case attributeReach:
		m.reach(&value)
	case attributeUnreach:
		if ipv6, ok := family(&value); ok {
			m.Withdrawn = prefixes(&value, m.Withdrawn, ipv6)
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
func (m *Message) reach(c *wire.Cursor) {
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
	m.Prefixes = prefixes(c, m.Prefixes, ipv6)
}

// address is an IP address; the zero Addr when b has another length.
func address(b []byte) netip.Addr {
	a, _ := netip.AddrFromSlice(b)
	return a
}

// prefixes reads the prefixes that are left in c (RFC 4271 section 4.3).
func prefixes(c *wire.Cursor, list []netip.Prefix, ipv6 bool) []netip.Prefix {
	bits := 32
	if ipv6 {
		bits = 128
	}
	for !c.Empty() {
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
		list = append(list, netip.PrefixFrom(address(full[:bits/8]), n).Masked())
	}
	return list
}

// path writes an AS_PATH (RFC 4271 section 4.3). Where the agreement on four bytes was not
// seen, the size with which the segments fill the attribute counts.
func path(b []byte, fourByte bool) (text string, ok bool) {
	if fourByte {
		return pathOf(b, 4)
	}
	if text, ok = pathOf(b, 2); ok {
		return text, true
	}
	if wide, fits := pathOf(b, 4); fits {
		return wide, true
	}
	return text, false
}

func pathOf(b []byte, size int) (text string, ok bool) {
	const set, sequence, confedSet = 1, 2, 4
	var words []string
	for len(b) >= 2 {
		kind, n := b[0], int(b[1])
		if kind < set || kind > confedSet || n == 0 || len(b) < 2+n*size {
			return strings.Join(words, " "), false
		}
		var numbers []string
		for i := range min(n, maxListed) {
			var as uint32
			for _, x := range b[2+i*size:][:size] {
				as = as<<8 | uint32(x)
			}
			numbers = append(numbers, strconv.FormatUint(uint64(as), 10))
		}
		if kind == sequence {
			words = append(words, numbers...)
		} else {
			words = append(words, "{"+strings.Join(numbers, ",")+"}")
		}
		b = b[2+n*size:]
	}
	return strings.Join(words, " "), len(b) == 0
}

// errorNames are the codes of RFC 4271 section 4.5.
var errorNames = map[uint8]string{1: "message header error", 2: "OPEN message error", 3: "UPDATE message error", 4: "hold timer expired", 5: "finite state machine error", 6: "cease", 7: "ROUTE-REFRESH message error"}

// notification is RFC 4271 section 4.5.
func (m *Message) notification(c *wire.Cursor) {
	code, sub := c.Uint8("notification.code"), c.Uint8("notification.subcode")
	if c.Err() != nil {
		return
	}
	name := errorNames[code]
	if name == "" {
		name = strconv.Itoa(int(code))
	}
	m.Error = fmt.Sprintf("%s (%d/%d)", name, code, sub)
}
