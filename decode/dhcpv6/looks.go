package dhcpv6

import "github.com/pktjourney/pktjourney/decode/wire"

// maxKnownCode is a little more than the highest option code that is assigned.
const maxKnownCode = 255

// Looks reports whether b is like a message of RFC 8415, whatever its ports
// are: a known type, options one after the other, and among them one that
// messages do not go without. The last option may be cut. It refuses some real
// messages rather than take another protocol's.
func Looks(b []byte) bool {
	c := wire.NewCursor(proto, b)
	kind := MessageType(c.Uint8("message type"))
	if !kind.Known() {
		return false
	}
	if !kind.Relay() {
		c.Skip("transaction id", 3)
		return looksOptions(&c, kind)
	}
	if c.Uint8("hop count") > hopLimit {
		return false
	}
	c.Skip("addresses", 2*16)
	return looksOptions(&c, kind)
}

func looksOptions(c *wire.Cursor, kind MessageType) bool {
	sure := false
	for !c.Empty() {
		o, ok := nextOption(c)
		if o.Code == 0 && ok || o.Code > maxKnownCode {
			return false
		}
		sure = sure || ok && telling(kind, o)
	}
	return sure
}

// telling reports whether o is an option that messages of this kind are sent
// with: of a relay the message inside (RFC 8415 section 9), of others an
// identifier (section 16), of an Information-request, which may go without,
// what it asks for (section 18.2.6).
func telling(kind MessageType, o Option) bool {
	switch o.Code {
	case OptionClientID, OptionServerID:
		return !kind.Relay() && len(o.Data) >= minDUID && len(o.Data) <= maxDUID
	case OptionRelayMessage:
		return kind.Relay()
	case OptionRequest:
		return kind == InformationRequest && len(o.Data)%2 == 0
	}
	return false
}
