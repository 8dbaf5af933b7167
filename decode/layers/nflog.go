package layers

import "encoding/binary"

const (
	nflogLen          = 4 // address family, version, resource
	nflogAttributeLen = 4 // length, which counts these bytes, and type

	nflogHardwareAddr = 8 // attribute types of <linux/netfilter/nfnetlink_log.h>
	nflogPayload      = 9
)

// nflog reads what Linux's netfilter logs of a packet (LINKTYPE_NFLOG): a
// header and attributes, the packet in the last of them.
func (p *Packet) nflog(r rest) {
	if !p.has(LayerNFLOG, "header", r, nflogLen) {
		return
	}
	family, n := r.b[0], nflogLen
	for int(r.wire) > n {
		if !p.has(LayerNFLOG, "attribute", r, n+nflogAttributeLen) {
			return
		}
		size, kind := nflogAttribute(r.b[n : n+nflogAttributeLen])
		if size < nflogAttributeLen {
			p.malformed(LayerNFLOG, "attribute length", r.off+int32(n), 2)
			return
		}
		if kind == nflogPayload {
			r = p.enter(LayerNFLOG, r, n+nflogAttributeLen)
			p.nflogPacket(r.limit(size-nflogAttributeLen), family)
			return
		}
		next := n + (size+3)&^3
		if !p.has(LayerNFLOG, "attribute", r, next) {
			return
		}
		if kind == nflogHardwareAddr {
			p.nflogSender(r.b[n+nflogAttributeLen : n+size])
		}
		n = next
	}
	p.payload(p.enter(LayerNFLOG, r, n))
}

// nflogAttribute reads the length and the type of an attribute. They are in the
// byte order of the logging host, which the types tell: all are below 256.
func nflogAttribute(b []byte) (size int, kind uint16) {
	if b[2] != 0 {
		return int(binary.LittleEndian.Uint16(b)), binary.LittleEndian.Uint16(b[2:])
	}
	return int(binary.BigEndian.Uint16(b)), binary.BigEndian.Uint16(b[2:])
}

// nflogSender keeps the link address that a packet came from: a length, 2 bytes
// of padding, 8 bytes of address.
func (p *Packet) nflogSender(b []byte) {
	if len(b) >= 10 && binary.BigEndian.Uint16(b) == 6 {
		p.SrcMAC, p.HasSrcMAC = MAC(b[4:10]), true
	}
}

// nflogPacket reads the packet: an address family of Linux says what it is.
func (p *Packet) nflogPacket(r rest, family byte) {
	const inet, inet6 = 2, 10
	if family == inet || family == inet6 {
		p.ip(r)
		return
	}
	p.payload(r)
}
