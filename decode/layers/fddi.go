package layers

const (
	fddiLen  = 13 // frame control, destination, source
	fddiType = 0xf0
	fddiLLC  = 0x50 // frame control: an 802.2 header follows
)

// fddi reads an FDDI header (LINKTYPE_FDDI, RFC 1390).
func (p *Packet) fddi(r rest) {
	if !p.has(LayerFDDI, "header", r, fddiLen) {
		return
	}
	p.DstMAC, p.HasDstMAC = MAC(r.b[1:7]), true
	p.SrcMAC, p.HasSrcMAC = MAC(r.b[7:13]), true
	llc := r.b[0]&fddiType == fddiLLC
	r = p.enter(LayerFDDI, r, fddiLen)
	if llc {
		p.llc(r)
		return
	}
	p.payload(r)
}
