package layers

import "encoding/binary"

// The header that leads a packet through a chain of network functions (RFC 8300).
const (
	nshBaseLen = 8    // version, TTL, length, type and next protocol; service path
	nshVersion = 0xc0 // of the first byte
	nshLength  = 0x3f // of the second byte, in words of 4 bytes
)

// The tag that Cisco's TrustSec puts behind the addresses of an Ethernet frame:
// version, length, option, group and the EtherType of what follows.
const trustSecLen = 8

// nsh reads a network service header (RFC 8300 section 2.2).
func (p *Packet) nsh(r rest) {
	if len(r.b) < nshBaseLen || r.b[0]&nshVersion != 0 {
		p.payload(r)
		return
	}
	n, t := int(r.b[1]&nshLength)*4, nshProtocol(r.b[3])
	if n < nshBaseLen || len(r.b) < n || t == 0 || !p.carries(LayerNSH, r, n, t) {
		p.payload(r)
	}
}

// nshProtocol is the EtherType of a next protocol (RFC 8300 section 2.2); 0 when it is not read.
func nshProtocol(n byte) EtherType {
	switch n {
	case 1:
		return EtherTypeIPv4
	case 2:
		return EtherTypeIPv6
	case 3:
		return EtherTypeBridging
	}
	return 0
}

// trustSec reads the tag and goes on with the EtherType behind it. Tags nest, and
// every one takes bytes, so that this ends.
func (p *Packet) trustSec(r rest) {
	if !p.has(LayerTrustSec, "tag", r, trustSecLen) {
		return
	}
	t := binary.BigEndian.Uint16(r.b[6:8])
	p.typeOrLength(p.enter(LayerTrustSec, r, trustSecLen), t)
}
