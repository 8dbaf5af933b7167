package layers

import "encoding/binary"

const (
	llcLen  = 3 // with the one-byte control field of an unnumbered frame
	snapLen = 5

	sapSNAP     = 0xaa
	unnumbered  = 0x03 // control: unnumbered information
	ouiEthernet = 0x000000
	ouiBridged  = 0x0000f8 // RFC 1042 frames that a bridge must not translate (IEEE 802.1H)
)

// llc reads an 802.2 header. With the SNAP extension it names an EtherType
// (RFC 1042); otherwise the service access point says what follows.
func (p *Packet) llc(r rest) {
	if !p.has(LayerLLC, "header", r, llcLen) {
		return
	}
	p.EtherType, p.sap = 0, SAP(r.b[0])
	snap := r.b[0] == sapSNAP && r.b[1] == sapSNAP && r.b[2] == unnumbered
	r = p.enter(LayerLLC, r, llcLen)
	if snap {
		p.snap(r)
		return
	}
	p.payload(r)
}

// snap reads the 5 bytes of a SNAP header: an organisation and its protocol.
func (p *Packet) snap(r rest) {
	if !p.has(LayerSNAP, "header", r, snapLen) {
		return
	}
	oui := uint32(r.b[0])<<16 | uint32(r.b[1])<<8 | uint32(r.b[2])
	id := binary.BigEndian.Uint16(r.b[3:5])
	r = p.enter(LayerSNAP, r, snapLen)
	if oui == ouiEthernet || oui == ouiBridged {
		p.etherType(r, EtherType(id))
		return
	}
	p.snapID = uint64(oui)<<16 | uint64(id)
	p.payload(r)
}
