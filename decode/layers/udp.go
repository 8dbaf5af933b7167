package layers

import "encoding/binary"

const udpLen = 8

// udp reads a UDP header (RFC 768).
func (p *Packet) udp(r rest) {
	if !p.has(LayerUDP, "header", r, udpLen) {
		return
	}
	p.Transport = TransportUDP
	p.SrcPort, p.DstPort = binary.BigEndian.Uint16(r.b[0:2]), binary.BigEndian.Uint16(r.b[2:4])
	n := int(binary.BigEndian.Uint16(r.b[4:6]))
	off := r.off
	r = p.enter(LayerUDP, r, udpLen)
	switch {
	case n == 0: // a jumbogram (RFC 2675 section 4), or left to the network card
	case n < udpLen:
		p.malformed(LayerUDP, "length", off+4, 2)
		return
	default: // a first fragment holds less than the length says
		r = r.limit(n - udpLen)
	}
	if p.udpTunnel(p.DstPort, r) || p.udpTunnel(p.SrcPort, r) {
		return
	}
	p.payload(r)
}
