package layers

import "encoding/binary"

const greLen = 4 // flags and version, EtherType

// Flags of a GRE header, first byte.
const (
	greChecksum = 0x80
	greKey      = 0x20
	greSequence = 0x10
)

// gre reads a GRE header with its optional fields (RFC 2784 section 2, RFC 2890
// section 2) and what it carries: IP, Ethernet, a mirrored frame, or the PPP of PPTP.
func (p *Packet) gre(r rest) {
	if !p.has(LayerGRE, "header", r, greLen) {
		return
	}
	flags, t := r.b[0], EtherType(binary.BigEndian.Uint16(r.b[2:4]))
	switch r.b[1] & 7 {
	case 0:
	case 1:
		p.pptp(r, t)
		return
	default:
		p.payload(r)
		return
	}
	n := greLen
	for _, optional := range [...]byte{greChecksum, greKey, greSequence} {
		if flags&optional != 0 {
			n += 4
		}
	}
	if !p.has(LayerGRE, "optional fields", r, n) {
		return
	}
	p.greCarries(r, n, t, flags&greSequence != 0)
}

// greCarries reads what stands behind the header of n bytes that r starts with.
func (p *Packet) greCarries(r rest, n int, t EtherType, sequence bool) {
	switch t {
	case EtherTypeIPv4, EtherTypeIPv6:
		p.tunnels++
		p.ip(p.enter(LayerGRE, r, n))
	case EtherTypeBridging:
		if !p.carries(LayerGRE, r, n, t) {
			p.payload(p.enter(LayerGRE, r, n))
		}
	case EtherTypeERSPAN, EtherTypeERSPAN3:
		p.erspan(p.enter(LayerGRE, r, n), t, sequence)
	default:
		p.payload(p.enter(LayerGRE, r, n))
	}
}

// pptp reads the GRE header of PPTP (RFC 2637 section 4.1), which has the length
// of a PPP packet where others have the key. One without a sequence number only acknowledges.
func (p *Packet) pptp(r rest, t EtherType) {
	const acknowledgement = 0x80 // second byte
	n := greLen + 4
	if t != EtherTypePPTP || r.b[0]&greKey == 0 {
		p.payload(r)
		return
	}
	if r.b[0]&greSequence != 0 {
		n += 4
	}
	if r.b[1]&acknowledgement != 0 {
		n += 4
	}
	if !p.has(LayerGRE, "optional fields", r, n) {
		return
	}
	length, data := int(binary.BigEndian.Uint16(r.b[4:6])), r.b[0]&greSequence != 0
	r = p.enter(LayerGRE, r, n).limit(length)
	if !data || length == 0 {
		p.payload(r)
		return
	}
	p.tunnels++
	p.ppp(r)
}
