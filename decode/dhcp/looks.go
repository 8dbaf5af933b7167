package dhcp

import "github.com/pktjourney/pktjourney/decode/wire"

// maxHops is more relay agents than any message passes (RFC 1542 section 4.1.1).
const maxHops = 16

// Looks reports whether b is like a message with options, whatever its ports
// are. BOOTP without the magic cookie has nothing to know it by.
func Looks(b []byte) bool {
	c := wire.NewCursor(proto, b)
	op := Op(c.Uint8("op"))
	htype := c.Uint8("htype")
	hlen := c.Uint8("hlen")
	hops := c.Uint8("hops")
	c.Skip("to the cookie", 232)
	return c.Uint32("magic cookie") == magic &&
		(op == BootRequest || op == BootReply) && htype != 0 && hlen <= maxHardware && hops <= maxHops
}
