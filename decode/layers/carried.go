package layers

import "net/netip"

// carries reads what a tunnel carries: r starts with a header l of n bytes, behind
// which stands an Ethernet frame (t is EtherTypeBridging) or an IP packet. Only where
// that leads to IP or ARP is it believed; otherwise p stays as it was and the
// caller decides. A fragment of a tunnel's packet is left alone.
func (p *Packet) carries(l Layer, r rest, n int, t EtherType) bool {
	if p.tunnels >= maxTunnels || p.Frag.Any() {
		return false
	}
	outer := *p
	p.tunnels++
	p.leaveIP()
	r = p.enter(l, r, n)
	if t == EtherTypeBridging {
		p.ethernet(r)
	} else {
		p.ip(r)
	}
	if (p.IPVersion != 0 || p.Transport == TransportARP) && (p.Err == nil || p.Cut) {
		return true
	}
	*p = outer
	return false
}

// leaveIP forgets the IP and transport headers outside a tunnel.
func (p *Packet) leaveIP() {
	p.Src, p.Dst = netip.Addr{}, netip.Addr{}
	p.SrcPort, p.DstPort = 0, 0
	p.IPVersion, p.IPProto, p.IPID, p.TTL = 0, 0, 0, 0
	p.Frag, p.Transport = Fragment{}, TransportNone
}
