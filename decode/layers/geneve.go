package layers

import "encoding/binary"

const (
	geneveLen      = 8    // version and options' length, flags, protocol, network identifier, 1 byte reserved
	geneveReserved = 0x3f // of the flags
)

// geneve reads a Geneve header with its options (RFC 8926 section 3.4). What is
// reserved must be zero, so that other datagrams on the port are not taken for it.
func (p *Packet) geneve(r rest) bool {
	if len(r.b) < geneveLen || r.b[0]>>6 != 0 || r.b[1]&geneveReserved != 0 || r.b[7] != 0 {
		return false
	}
	n := geneveLen + int(r.b[0]&0x3f)*4
	if len(r.b) < n {
		return false
	}
	switch t := EtherType(binary.BigEndian.Uint16(r.b[2:4])); t {
	case EtherTypeBridging, EtherTypeIPv4, EtherTypeIPv6:
		return p.carries(LayerGeneve, r, n, t)
	}
	return false
}
