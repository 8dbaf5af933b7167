package packet

import "net/netip"

// WhoHas adds the broadcast question of asker for the MAC address of target (RFC 826).
func (c *Capture) WhoHas(target, asker string) int {
	return c.arp(1, broadcastMAC, asker, target)
}

// StillHas adds the same question to target alone: a check of a known neighbour.
func (c *Capture) StillHas(target, asker string) int {
	return c.arp(1, MAC(netip.MustParseAddr(target)), asker, target)
}

// IsAt adds the answer of owner to asker.
func (c *Capture) IsAt(owner, asker string) int {
	return c.arp(2, MAC(netip.MustParseAddr(asker)), owner, asker)
}

// Probe adds the ARP probe of the host which is to have the address addr: it has
// none yet (RFC 5227 section 2.1.1).
func (c *Capture) Probe(addr string) int {
	a := netip.MustParseAddr(addr)
	return c.arpFrom(MAC(a), 1, broadcastMAC, netip.IPv4Unspecified(), a)
}

func (c *Capture) arp(op uint16, to [6]byte, sender, target string) int {
	s := netip.MustParseAddr(sender)
	return c.arpFrom(MAC(s), op, to, s, netip.MustParseAddr(target))
}

func (c *Capture) arpFrom(mac [6]byte, op uint16, to [6]byte, sender, target netip.Addr) int {
	b := []byte{0, 1, 8, 0, 6, 4} // Ethernet, IPv4, lengths of the addresses
	b = order.AppendUint16(b, op)
	b = append(append(b, mac[:]...), sender.AsSlice()...)
	if op == 2 {
		b = append(b, to[:]...)
	} else {
		b = append(b, 0, 0, 0, 0, 0, 0)
	}
	b = append(b, target.AsSlice()...)
	return c.Ethernet(to, mac, typeARP, b)
}

// Ping adds an echo request and Pong its reply (RFC 792).
func (c *Capture) Ping(src, dst string) int { return c.icmp(8, src, dst) }

// Pong adds the reply of src to the echo request of dst.
func (c *Capture) Pong(src, dst string) int { return c.icmp(0, src, dst) }

func (c *Capture) icmp(kind uint8, src, dst string) int {
	b := []byte{kind, 0, 0, 0, 0, 1, 0, 1}
	return c.IP(netip.MustParseAddr(src), netip.MustParseAddr(dst), protoICMP, append(b, "ping"...))
}
