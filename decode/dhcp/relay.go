package dhcp

import "github.com/pktjourney/pktjourney/decode/wire"

// The sub-options of option 82 (RFC 3046 section 2.0).
const (
	subCircuitID = 1
	subRemoteID  = 2
)

// readRelayAgent reads what a relay agent says of where the client is (RFC 3046
// section 2.0). Other sub-options are passed over.
func readRelayAgent(m *Message, c *wire.Cursor) {
	if c.Empty() {
		c.Fail("relay agent information", 2, wire.ErrShort)
	}
	for !c.Empty() {
		code := c.Uint8("relay sub-option")
		value := c.Sub8("relay sub-option")
		switch code {
		case subCircuitID:
			m.CircuitID = value.Rest()
		case subRemoteID:
			m.RemoteID = value.Rest()
		}
	}
}
