package layers

import "encoding/binary"

const (
	gtpULen         = 8    // flags, message type, length of what follows, tunnel endpoint identifier
	gtpUOptionalLen = 4    // sequence number, N-PDU number, type of the first extension header
	gtpUVersion1    = 0x30 // version 1, protocol type GTP, spare bit 0
	gtpUVersionMask = 0xf8
	gtpUExtension   = 0x04 // flag: extension headers follow
	gtpUOptional    = 0x07 // flags: any of them makes all optional fields present
	gtpUGPDU        = 255  // message type: a user's packet
)

// gtpU reads a GTP-U header (3GPP TS 29.281 section 5.1) with its extension
// headers. Only a G-PDU that fills the datagram counts, with an IP packet in it.
func (p *Packet) gtpU(r rest) bool {
	if len(r.b) < gtpULen || r.b[0]&gtpUVersionMask != gtpUVersion1 || r.b[1] != gtpUGPDU {
		return false
	}
	if gtpULen+int32(binary.BigEndian.Uint16(r.b[2:4])) != r.wire {
		return false
	}
	n, ok := gtpUHeaderLen(r.b)
	return ok && p.carries(LayerGTPU, r, n, EtherTypeIPv4)
}

// gtpUHeaderLen is the length of the header that b starts with. Extension headers give theirs
// in units of 4 bytes, and the type of the next in their last byte (section 5.2.1).
func gtpUHeaderLen(b []byte) (n int, ok bool) {
	flags := b[0]
	if flags&gtpUOptional == 0 {
		return gtpULen, true
	}
	n = gtpULen + gtpUOptionalLen
	if len(b) < n {
		return 0, false
	}
	for next := b[n-1]; flags&gtpUExtension != 0 && next != 0; next = b[n-1] {
		if len(b) == n || b[n] == 0 || len(b)-n < int(b[n])*4 {
			return 0, false
		}
		n += int(b[n]) * 4
	}
	return n, true
}
