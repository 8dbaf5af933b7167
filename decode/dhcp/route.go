package dhcp

import (
	"net/netip"

	"github.com/pktjourney/pktjourney/decode/wire"
)

// Route is one classless static route (RFC 3442).
type Route struct {
	Prefix netip.Prefix // 0.0.0.0/0 is the default route
	Router netip.Addr   // 0.0.0.0: the destination is on the link itself
}

// readRoutes reads at least one route; of a destination only the bytes that its
// width reaches into are sent (RFC 3442, section "Classless Route Option Format").
func readRoutes(m *Message, c *wire.Cursor) {
	for {
		width := int(c.Uint8("route width"))
		if width > 32 {
			c.Fail("route width", 1, wire.ErrMalformed)
		}
		var dst [4]byte
		copy(dst[:], c.Bytes("route destination", (width+7)/8))
		router := addr(c, "route router")
		if c.Err() != nil {
			return
		}
		m.Routes = append(m.Routes, Route{netip.PrefixFrom(netip.AddrFrom4(dst), width), router})
		if c.Empty() {
			return
		}
	}
}
