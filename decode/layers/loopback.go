package layers

import (
	"encoding/binary"
	"math/bits"
)

const loopbackLen = 4

// loopback reads the address family before a packet of a BSD loopback
// (LINKTYPE_NULL, LINKTYPE_LOOP). It is in the byte order of the capturing host,
// so that both are tried: no family needs more than 16 bits.
func (p *Packet) loopback(r rest) {
	if !p.has(LayerLoopback, "family", r, loopbackLen) {
		return
	}
	family := binary.LittleEndian.Uint32(r.b)
	if family > 0xffff {
		family = bits.ReverseBytes32(family)
	}
	r = p.enter(LayerLoopback, r, loopbackLen)
	switch family {
	case 2, // AF_INET everywhere
		10,         // AF_INET6 on Linux,
		24, 28, 30: // on NetBSD and OpenBSD, on FreeBSD, on macOS
		p.ip(r)
	default:
		if family > maxLength && family <= 0xffff {
			p.etherType(r, EtherType(family))
			return
		}
		p.otherFamily(r)
	}
}

// otherFamily reads what is behind a family that no system gives to IP: some programs write another
// number there, so that a packet which begins like IP is taken for one.
func (p *Packet) otherFamily(r rest) {
	if len(r.b) > 0 && (r.b[0] == 0x45 || r.b[0]>>4 == 6) {
		p.ip(r)
		return
	}
	p.payload(r)
}
