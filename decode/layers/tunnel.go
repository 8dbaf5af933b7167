package layers

const (
	mplsLen        = 4
	pseudowireLen  = 4
	fabricPathLen  = 2 // forwarding tag and hop limit
	pseudowireData = 0 // first four bits of a control word before data
)

// mpls reads a label stack (RFC 3032 section 2.1). The stack does not say what
// it carries; the first bits of an IP packet or of a control word (RFC 4385
// section 3) do.
func (p *Packet) mpls(r rest) {
	for bottom := false; !bottom; {
		if !p.has(LayerMPLS, "label", r, mplsLen) {
			return
		}
		bottom = r.b[2]&1 != 0
		r = p.enter(LayerMPLS, r, mplsLen)
	}
	if len(r.b) == 0 {
		p.payload(r)
		return
	}
	switch r.b[0] >> 4 {
	case 4, 6:
		p.ip(r)
	case pseudowireData:
		p.pseudowire(r)
	default:
		p.payload(r)
	}
}

// pseudowire reads a control word and the Ethernet frame behind it (RFC 4448 section 4.6).
func (p *Packet) pseudowire(r rest) {
	if len(r.b) < pseudowireLen || !p.carries(LayerPseudowire, r, pseudowireLen, EtherTypeBridging) {
		p.payload(r)
	}
}

// fabricPath reads the tag that Cisco's FabricPath puts between an Ethernet
// header of its own and that of the frame.
func (p *Packet) fabricPath(r rest) {
	if len(r.b) < fabricPathLen || !p.carries(LayerFabricPath, r, fabricPathLen, EtherTypeBridging) {
		p.payload(r)
	}
}
