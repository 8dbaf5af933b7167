package layers

import (
	"encoding/binary"
	"net/netip"
)

const ipv6Len = 40

func addr4(b []byte) netip.Addr  { return netip.AddrFrom4([4]byte(b)) }
func addr16(b []byte) netip.Addr { return netip.AddrFrom16([16]byte(b)) }

// ipv6 reads an IPv6 header (RFC 8200 section 3).
func (p *Packet) ipv6(r rest) {
	if !p.has(LayerIPv6, "header", r, ipv6Len) {
		return
	}
	b := r.b[:ipv6Len]
	p.Src, p.Dst = addr16(b[8:24]), addr16(b[24:40])
	p.IPVersion, p.TTL, p.IPProto = 6, b[7], IPProto(b[6])
	p.IPID, p.Frag = 0, Fragment{}
	n := int(binary.BigEndian.Uint16(b[4:6]))
	r = p.enter(LayerIPv6, r, ipv6Len)
	cut := n > len(r.b)
	if n != 0 { // zero: a jumbogram (RFC 2675), or left to the network card
		r = r.limit(n)
	}
	p.extensions(r, cut)
}

// extensions passes over the extension headers (RFC 8200 section 4), each at
// least 8 bytes long, up to the transport header.
func (p *Packet) extensions(r rest, cut bool) {
	for p.Frag.Offset == 0 {
		layer := extensionLayer(p.IPProto)
		if layer == LayerNone {
			break
		}
		if !p.has(layer, "header", r, 8) {
			return
		}
		n := 8
		if layer == LayerFragment {
			p.fragment(r.b[:8], cut)
		} else {
			n += int(r.b[1]) * 8
		}
		if !p.has(layer, "header", r, n) {
			return
		}
		p.IPProto = IPProto(r.b[0])
		r = p.enter(layer, r, n)
	}
	p.transport(r)
}

// extensionLayer is the header that next announces, LayerNone when it is none
// that extensions passes over.
func extensionLayer(next IPProto) Layer {
	switch next {
	case IPProtoHopByHop:
		return LayerHopByHop
	case IPProtoRouting:
		return LayerRouting
	case IPProtoFragment:
		return LayerFragment
	case IPProtoDestination:
		return LayerDestination
	}
	return LayerNone
}

// fragment reads a fragment header (RFC 8200 section 4.5). One that has neither
// an offset nor a successor is an atomic fragment, a packet in one piece (RFC 6946).
// cut says that the frame lacks bytes of the packet.
func (p *Packet) fragment(b []byte, cut bool) {
	frag := binary.BigEndian.Uint16(b[2:4])
	p.Frag.Offset, p.Frag.More = frag&^7, frag&1 != 0
	p.Frag.Cut = p.Frag.Any() && cut
	p.IPID = binary.BigEndian.Uint32(b[4:8])
}
