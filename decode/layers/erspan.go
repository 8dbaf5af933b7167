package layers

// ERSPAN headers (draft-foschiano-erspan-03 section 4).
const (
	erspan2Len      = 8
	erspan3Len      = 12
	erspanOptional  = 8    // the platform specific subheader of type III
	erspanHasOption = 0x01 // last byte of type III
	erspanFrameType = 0x7c // the byte before: 0 for an Ethernet frame
)

// erspanHeaderLen is the length of the header that stands between GRE and the mirrored frame.
// Type I has none and shares its EtherType with type II, which has a
// sequence number in the GRE header. ok is false when b holds no such header.
func erspanHeaderLen(t EtherType, sequence bool, b []byte) (n int, ok bool) {
	switch {
	case t == EtherTypeERSPAN && !sequence:
		return 0, true
	case t == EtherTypeERSPAN:
		return erspan2Len, len(b) >= erspan2Len && b[0]>>4 == 1
	case len(b) < erspan3Len || b[0]>>4 != 2 || b[10]&erspanFrameType != 0:
		return 0, false
	}
	n = erspan3Len
	if b[11]&erspanHasOption != 0 {
		n += erspanOptional
	}
	return n, len(b) >= n
}

// erspan reads a frame that a switch mirrored.
func (p *Packet) erspan(r rest, t EtherType, sequence bool) {
	n, ok := erspanHeaderLen(t, sequence, r.b)
	if !ok || !p.carries(LayerERSPAN, r, n, EtherTypeBridging) {
		p.payload(r)
	}
}
