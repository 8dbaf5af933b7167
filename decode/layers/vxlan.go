package layers

const vxlanLen = 8 // flags, 3 bytes reserved, network identifier, 1 byte reserved

// Flags.
const (
	vxlanValid  = 0x08 // the network identifier is valid; always set
	vxlanNext   = 0x04 // the fourth byte says what follows (draft-ietf-nvo3-vxlan-gpe)
	vxlanPolicy = 0x80 // the reserved bytes hold a group policy (draft-smith-vxlan-group-policy)
)

// vxlan reads a VXLAN header (RFC 7348 section 5). What is reserved must be
// zero, so that other datagrams on the port are not taken for it.
func (p *Packet) vxlan(r rest) bool {
	if len(r.b) < vxlanLen || r.b[7] != 0 {
		return false
	}
	t := EtherTypeBridging
	switch flags := r.b[0]; {
	case flags == vxlanValid && r.b[1]|r.b[2]|r.b[3] == 0:
	case flags == vxlanValid|vxlanPolicy:
	case flags == vxlanValid|vxlanNext && r.b[1]|r.b[2] == 0:
		t = vxlanProtocol(r.b[3])
	default:
		return false
	}
	return t != 0 && p.carries(LayerVXLAN, r, vxlanLen, t)
}

// vxlanGPE reads a header on the port of the generic protocol extension, where some
// name the next protocol without setting the flag that says so.
func (p *Packet) vxlanGPE(r rest) bool {
	if len(r.b) >= vxlanLen && r.b[0] == vxlanValid && r.b[1]|r.b[2]|r.b[7] == 0 {
		if t := vxlanProtocol(r.b[3]); t != 0 {
			return p.carries(LayerVXLAN, r, vxlanLen, t)
		}
	}
	return p.vxlan(r)
}

// vxlanProtocol is the EtherType of a next protocol of the generic protocol
// extension; 0 when it is not read.
func vxlanProtocol(n byte) EtherType {
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
