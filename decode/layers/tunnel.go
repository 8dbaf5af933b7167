package layers

import "encoding/binary"

const (
	mplsLen = 4
	greLen  = 4
)

// mpls reads a label stack (RFC 3032 section 2.1). The stack does not say what
// it carries; the first bits of an IP packet do.
func (p *Packet) mpls(r rest) {
	for bottom := false; !bottom; {
		if !p.has(LayerMPLS, "label", r, mplsLen) {
			return
		}
		bottom = r.b[2]&1 != 0
		r = p.enter(LayerMPLS, r, mplsLen)
	}
	if len(r.b) > 0 && (r.b[0]>>4 == 4 || r.b[0]>>4 == 6) {
		p.ip(r, 0)
		return
	}
	p.payload(r)
}

// gre reads a GRE header with its optional fields (RFC 2784 section 2, RFC 2890
// section 2). Version 1, of PPTP, is left alone.
func (p *Packet) gre(r rest, depth int) {
	if !p.has(LayerGRE, "header", r, greLen) {
		return
	}
	flags, t := r.b[0], EtherType(binary.BigEndian.Uint16(r.b[2:4]))
	if version := r.b[1] & 7; version != 0 {
		p.payload(r)
		return
	}
	n := greLen
	for _, optional := range [...]byte{0x80, 0x20, 0x10} { // checksum, key, sequence number
		if flags&optional != 0 {
			n += 4
		}
	}
	if !p.has(LayerGRE, "optional fields", r, n) {
		return
	}
	r = p.enter(LayerGRE, r, n)
	if t == EtherTypeIPv4 || t == EtherTypeIPv6 {
		p.ip(r, depth+1)
		return
	}
	p.payload(r)
}
