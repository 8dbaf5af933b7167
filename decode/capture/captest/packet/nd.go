package packet

import "net/netip"

const protoICMPv6 = 58

// Solicit adds the multicast question of asker for the MAC address of target
// (RFC 4861 section 4.3); from "::" it is the check of an own address (RFC 4862 section 5.4.2).
func (c *Capture) Solicit(target, asker string) int {
	t, a := netip.MustParseAddr(target), netip.MustParseAddr(asker)
	b := append([]byte{135, 0, 0, 0, 0, 0, 0, 0}, t.AsSlice()...)
	group := netip.MustParseAddr("ff02::1:ff00:0").As16() // RFC 4291 section 2.7.1
	copy(group[13:], t.AsSlice()[13:])
	n := c.neighbour(a, netip.AddrFrom16(group), b, 1)
	if a.IsUnspecified() {
		owner := MAC(t)
		copy(c.frames[len(c.frames)-1].Data[6:], owner[:])
	}
	return n
}

// Advertise adds the answer of owner to asker (RFC 4861 section 4.4).
func (c *Capture) Advertise(owner, asker string) int {
	o := netip.MustParseAddr(owner)
	b := append([]byte{136, 0, 0, 0, 0x60, 0, 0, 0}, o.AsSlice()...) // solicited, override
	return c.neighbour(o, netip.MustParseAddr(asker), b, 2)
}

// Announce adds a Router Advertisement with a DNS server (RFC 4861 section 4.2, RFC 8106 section 5.1).
func (c *Capture) Announce(router, dns string) int {
	b := []byte{134, 0, 0, 0, 64, 0, 7, 8, 0, 0, 0, 0, 0, 0, 0, 0}
	b = append(append(b, 25, 3, 0, 0, 0, 0, 7, 8), netip.MustParseAddr(dns).AsSlice()...)
	return c.neighbour(netip.MustParseAddr(router), netip.MustParseAddr("ff02::1"), b, 1)
}

// neighbour adds a message with the link address of its sender as its option.
func (c *Capture) neighbour(src, dst netip.Addr, b []byte, option byte) int {
	mac := MAC(src)
	return c.IP(src, dst, protoICMPv6, append(append(b, option, 1), mac[:]...))
}
