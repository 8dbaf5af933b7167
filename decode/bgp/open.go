package bgp

import "github.com/pktjourney/pktjourney/decode/wire"

// open is RFC 4271 section 4.2.
func (m *Message) open(c *wire.Cursor) {
	const version4 = 4
	if v := c.Uint8("open.version"); v != version4 && c.Err() == nil {
		c.Fail("open.version", 1, wire.ErrMalformed)
	}
	m.AS = uint32(c.Uint16("open.my_as"))
	m.HoldTime = c.Uint16("open.hold_time")
	m.RouterID = address(c.Bytes("open.bgp_identifier", 4))
	parameters, wide := optionalParameters(c)
	for !parameters.Empty() {
		kind := parameters.Uint8("parameter.type")
		var value wire.Cursor
		if wide {
			value = parameters.Sub16("parameter.value")
		} else {
			value = parameters.Sub8("parameter.value")
		}
		const capabilities = 2 // RFC 5492 section 4
		for kind == capabilities && !value.Empty() {
			m.capability(&value)
		}
	}
}

// optionalParameters are those of an OPEN. wide: the length of each has two bytes, which the
// type of the first one tells (RFC 9072 section 2).
func optionalParameters(c *wire.Cursor) (parameters wire.Cursor, wide bool) {
	const extended = 255
	n := int(c.Uint8("open.parameters_length"))
	if rest := *c; n > 0 && rest.Uint8("parameter.type") == extended {
		c.Skip("open.extended_type", 1)
		return c.Sub16("open.parameters"), true
	}
	return c.Sub("open.parameters", n), false
}

// Capabilities that change how later messages are read.
const (
	capabilityFourByteAS = 65 // RFC 6793 section 3
	capabilityAddPath    = 69 // RFC 7911 section 4
)

func (m *Message) capability(c *wire.Cursor) {
	code := c.Uint8("capability.code")
	value := c.Sub8("capability.value")
	switch {
	case code == capabilityFourByteAS && value.Len() == 4:
		m.AS, m.FourByte = value.Uint32("capability.as"), true
	case code == capabilityAddPath:
		for value.Len() >= 4 {
			m.addPath(&value)
		}
	}
}

// AddPath says what the sender of an OPEN does with several ways to one prefix (RFC 7911 section 4).
type AddPath uint8

// What it does.
const (
	ReceivesPaths AddPath = 1 << iota
	SendsPaths
)

// addPath reads the line of one address family. Values that the standard does not know are ignored, as it says.
func (m *Message) addPath(c *wire.Cursor) {
	ipv6, ok := family(c)
	if does := AddPath(c.Uint8("capability.send_receive")); ok && does <= ReceivesPaths|SendsPaths {
		m.Paths[index(ipv6)] = does
	}
}

// index is the place of an address family in pairs.
func index(ipv6 bool) int {
	if ipv6 {
		return 1
	}
	return 0
}

// terms are those of the messages that dir sends, by the OPENs of both sides; nil where one was not seen.
func terms(from, to *Message) Terms {
	if from == nil || to == nil {
		return Terms{}
	}
	t := Terms{FourByte: from.FourByte && to.FourByte}
	for i := range t.PathIDs {
		t.PathIDs[i] = from.Paths[i]&SendsPaths != 0 && to.Paths[i]&ReceivesPaths != 0
	}
	return t
}
