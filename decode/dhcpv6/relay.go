package dhcpv6

import "github.com/pktjourney/pktjourney/decode/wire"

// readRelayHeader reads the fixed fields after the type of a Relay-forward or
// Relay-reply message (RFC 8415 section 9).
func (m *Message) readRelayHeader(c *wire.Cursor) {
	m.HopCount = c.Uint8("hop count")
	m.LinkAddr = addr(c, "link address")
	m.PeerAddr = addr(c, "peer address")
}
