package tls

import "github.com/pktjourney/pktjourney/decode/wire"

const (
	handshakeHeaderLen = 4
	randomLen          = 32
)

// Extension types (RFC 8446 section 4.2, and the registry it made).
const (
	extensionServerName        = 0      // RFC 6066 section 3
	extensionALPN              = 16     // RFC 7301 section 3.1
	extensionEncryptThenMAC    = 22     // RFC 7366 section 2
	extensionExtendedMaster    = 23     // RFC 7627 section 5.1
	extensionSessionTicket     = 35     // RFC 5077 section 3.2
	extensionPreSharedKey      = 41     // RFC 8446 section 4.2.11
	extensionEarlyData         = 42     // RFC 8446 section 4.2.10
	extensionSupportedVersions = 43     // RFC 8446 section 4.2.1
	extensionKeyShare          = 51     // RFC 8446 section 4.2.8
	extensionECH               = 0xfe0d // RFC 9849 section 5
)

// openMessage reads the header of a handshake message, which must have the type
// want, and gives a cursor over its body (RFC 8446 section 4).
func openMessage(c *wire.Cursor, want HandshakeType) wire.Cursor {
	if got := HandshakeType(c.Uint8("handshake.msg_type")); got != want && c.Err() == nil {
		c.Fail("handshake.msg_type", 1, wire.ErrMalformed)
	}
	return c.Sub24("handshake.length")
}

// eachExtension calls read for every extension that is left in c. A message may
// end without the list of extensions (RFC 5246 section 7.4.1.2).
func eachExtension(c *wire.Cursor, read func(typ uint16, data *wire.Cursor)) {
	if c.Empty() {
		return
	}
	list := c.Sub16("extensions")
	var data wire.Cursor
	for !list.Empty() {
		typ := list.Uint16("extension.type")
		data = list.Sub16("extension.data")
		if c.Err() == nil {
			read(typ, &data)
		}
	}
}

// readALPN reads the protocol names that an ALPN extension lists.
func readALPN(c *wire.Cursor) (names []string) {
	list := c.Sub16("application_layer_protocol_negotiation")
	for !list.Empty() {
		name := list.Sub8("protocol_name")
		names = append(names, string(name.Rest()))
	}
	return names
}
