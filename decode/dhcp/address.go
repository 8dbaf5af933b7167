package dhcp

import (
	"encoding/binary"
	"math/bits"
	"net/netip"

	"github.com/pktjourney/pktjourney/decode/wire"
)

// PrefixLen is the number of leading ones of the subnet mask; false when there
// is no mask or it has ones after a zero.
func (m *Message) PrefixLen() (int, bool) {
	if !m.Has(OptionSubnetMask) {
		return 0, false
	}
	mask := m.SubnetMask.As4()
	v := binary.BigEndian.Uint32(mask[:])
	n := bits.LeadingZeros32(^v)
	return n, n+bits.TrailingZeros32(v) >= 32
}

func readSubnetMask(m *Message, c *wire.Cursor) { m.SubnetMask = addr(c, "subnet mask") }

func readRequestedIP(m *Message, c *wire.Cursor) { m.RequestedIP = addr(c, "requested address") }

func readServerID(m *Message, c *wire.Cursor) { m.ServerID = addr(c, "server identifier") }

func readRouters(m *Message, c *wire.Cursor) { m.Routers = addrs(c, "router", m.Routers) }

func readDNSServers(m *Message, c *wire.Cursor) { m.DNSServers = addrs(c, "dns server", m.DNSServers) }

func readNTPServers(m *Message, c *wire.Cursor) { m.NTPServers = addrs(c, "ntp server", m.NTPServers) }

// addrs appends a list of at least one address (RFC 2132 sections 3.5, 3.8 and 8.3).
func addrs(c *wire.Cursor, field string, list []netip.Addr) []netip.Addr {
	for {
		if a := addr(c, field); a.IsValid() {
			list = append(list, a)
		}
		if c.Empty() {
			return list
		}
	}
}
