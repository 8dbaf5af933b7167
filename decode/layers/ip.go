package layers

import "encoding/binary"

// maxTunnels is how many tunnels may stand inside each other.
const maxTunnels = 3

// ip reads an IP packet of the version that its first bits give.
func (p *Packet) ip(r rest) {
	if !p.has(LayerIPv4, "version", r, 1) {
		return
	}
	switch r.b[0] >> 4 {
	case 4:
		p.ipv4(r)
	case 6:
		p.ipv6(r)
	default:
		p.malformed(LayerIPv4, "version", r.off, 1)
	}
}

// transport reads what p.IPProto announces. A later fragment has no header of
// its own and ends the reading.
func (p *Packet) transport(r rest) {
	p.Transport = TransportOther
	if p.Frag.Offset != 0 {
		p.payload(r)
		return
	}
	switch p.IPProto {
	case IPProtoTCP:
		p.tcp(r)
	case IPProtoUDP:
		p.udp(r)
	case IPProtoICMP:
		p.icmp(r, LayerICMP, TransportICMP)
	case IPProtoICMPv6:
		p.icmp(r, LayerICMPv6, TransportICMPv6)
	case IPProtoAH:
		p.authentication(r)
	case IPProtoIPv4, IPProtoIPv6, IPProtoGRE:
		p.tunnel(r)
	default:
		p.payload(r)
	}
}

// tunnel reads an IP packet inside another (RFC 2003, RFC 4213, RFC 2784).
// A fragment of one is left alone.
func (p *Packet) tunnel(r rest) {
	if p.tunnels >= maxTunnels || p.Frag.Any() {
		p.payload(r)
		return
	}
	if p.IPProto == IPProtoGRE {
		p.gre(r)
		return
	}
	p.tunnels++
	p.ip(r)
}

// authentication passes over an authentication header (RFC 4302 section 2).
func (p *Packet) authentication(r rest) {
	if !p.has(LayerAH, "header", r, 2) {
		return
	}
	n := (int(r.b[1]) + 2) * 4
	if !p.has(LayerAH, "header", r, n) {
		return
	}
	p.IPProto = IPProto(r.b[0])
	p.transport(p.enter(LayerAH, r, n))
}

// ipv4 reads an IPv4 header with its options (RFC 791 section 3.1).
func (p *Packet) ipv4(r rest) {
	const fixedLen = 20
	if !p.has(LayerIPv4, "header", r, fixedLen) {
		return
	}
	b := r.b[:fixedLen]
	headerLen, total := int(b[0]&15)*4, int(binary.BigEndian.Uint16(b[2:4]))
	if headerLen < fixedLen {
		p.malformed(LayerIPv4, "header length", r.off, 1)
		return
	}
	p.Src, p.Dst = addr4(b[12:16]), addr4(b[16:20])
	p.IPVersion, p.TTL, p.IPProto = 4, b[8], IPProto(b[9])
	p.IPID = uint32(binary.BigEndian.Uint16(b[4:6]))
	frag := binary.BigEndian.Uint16(b[6:8])
	p.Frag = Fragment{Offset: frag & 0x1fff * 8, More: frag&0x2000 != 0}

	switch {
	case total == 0: // left to the network card, which cuts the packet in segments
	case total < headerLen:
		p.malformed(LayerIPv4, "total length", r.off+2, 2)
		return
	default:
		p.Frag.Cut = p.Frag.Any() && total > len(r.b)
		r = r.limit(total)
	}
	if !p.has(LayerIPv4, "options", r, headerLen) {
		return
	}
	p.transport(p.enter(LayerIPv4, r, headerLen))
}
