package layers

import "encoding/binary"

const (
	ethernetLen = 14
	vlanLen     = 4
	// maxLength is the largest value of the field after the addresses that is a
	// length; larger ones are an EtherType (RFC 9542 section 3).
	maxLength = 1500
)

// ethernet reads an Ethernet II or 802.3 header (RFC 894, RFC 1042).
func (p *Packet) ethernet(r rest) {
	if !p.has(LayerEthernet, "header", r, ethernetLen) {
		return
	}
	p.DstMAC, p.HasDstMAC = MAC(r.b[0:6]), true
	p.SrcMAC, p.HasSrcMAC = MAC(r.b[6:12]), true
	t := binary.BigEndian.Uint16(r.b[12:14])
	p.typeOrLength(p.enter(LayerEthernet, r, ethernetLen), t)
}

// typeOrLength reads what follows a field that is an EtherType or a length.
func (p *Packet) typeOrLength(r rest, t uint16) {
	if t > maxLength {
		p.etherType(r, EtherType(t))
		return
	}
	p.llc(r.limit(int(t)))
}

// etherType reads what the EtherType t announces.
func (p *Packet) etherType(r rest, t EtherType) {
	p.EtherType = t
	switch t {
	case EtherTypeIPv4, EtherTypeIPv6:
		p.ip(r)
	case EtherTypeARP:
		p.arp(r)
	case EtherTypeVLAN, EtherTypeServiceVLAN, EtherTypeQinQ:
		p.vlan(r)
	case EtherTypePPPoESession:
		p.pppoe(r)
	case EtherTypeMPLS, EtherTypeMPLSMulticast:
		p.mpls(r)
	case EtherTypeFabricPath:
		p.fabricPath(r)
	case EtherTypeNSH:
		p.nsh(r)
	case EtherTypeTrustSec:
		p.trustSec(r)
	default:
		p.payload(r)
	}
}

// vlan reads an 802.1Q or 802.1ad tag (IEEE 802.1Q section 9.6); tags nest, and
// every one takes bytes, so that this ends.
func (p *Packet) vlan(r rest) {
	if !p.has(LayerVLAN, "tag", r, vlanLen) {
		return
	}
	if int(p.VLANCount) < len(p.VLANs) {
		p.VLANs[p.VLANCount] = binary.BigEndian.Uint16(r.b[0:2]) & 0x0fff
		p.VLANCount++
	}
	t := binary.BigEndian.Uint16(r.b[2:4])
	p.typeOrLength(p.enter(LayerVLAN, r, vlanLen), t)
}
