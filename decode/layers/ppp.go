package layers

import (
	"encoding/binary"

	"github.com/pktjourney/pktjourney/decode/capture"
)

// Link types that carry PPP, or the HDLC of Cisco, which looks like it.
const (
	linkPPP       capture.LinkType = 9
	linkPPPHDLC   capture.LinkType = 50
	linkCiscoHDLC capture.LinkType = 104
)

const (
	pppoeLen     = 6
	ciscoHDLCLen = 4

	pppIPv4 = 0x0021
	pppIPv6 = 0x0057
)

// pppoe reads the header of a PPPoE session packet (RFC 2516 section 4).
func (p *Packet) pppoe(r rest) {
	if !p.has(LayerPPPoE, "header", r, pppoeLen) {
		return
	}
	n := int(binary.BigEndian.Uint16(r.b[4:6]))
	p.ppp(p.enter(LayerPPPoE, r, pppoeLen).limit(n))
}

// ppp reads a PPP packet: the address and control bytes of HDLC framing, if they
// are there (RFC 1662 section 3.1), and the protocol field, which may be
// compressed to its second byte, the only one that is odd (RFC 1661 section 2).
func (p *Packet) ppp(r rest) {
	n := 0
	if len(r.b) >= 2 && r.b[0] == 0xff && r.b[1] == 0x03 {
		n = 2
	}
	if !p.has(LayerPPP, "protocol", r, n+1) {
		return
	}
	proto := uint16(r.b[n])
	n++
	if proto&1 == 0 {
		if !p.has(LayerPPP, "protocol", r, n+1) {
			return
		}
		proto = proto<<8 | uint16(r.b[n])
		n++
	}
	r = p.enter(LayerPPP, r, n)
	if proto == pppIPv4 || proto == pppIPv6 {
		p.ip(r)
		return
	}
	p.pppProtocol = proto
	p.payload(r)
}

// ciscoHDLC reads the header of Cisco's HDLC (LINKTYPE_C_HDLC): address,
// control, and an EtherType.
func (p *Packet) ciscoHDLC(r rest) {
	if !p.has(LayerCiscoHDLC, "header", r, ciscoHDLCLen) {
		return
	}
	t := binary.BigEndian.Uint16(r.b[2:4])
	p.etherType(p.enter(LayerCiscoHDLC, r, ciscoHDLCLen), EtherType(t))
}
