package layers

import (
	"encoding/binary"

	"github.com/pktjourney/pktjourney/decode/capture"
)

const (
	ppiLen      = 8 // version, flags, length of all fields too, link type
	ppiFieldLen = 4 // type, length of what follows
	ppiAligned  = 0x01

	ppiWLANCommon    = 2 // field type
	ppiWLANFlagsOff  = 8 // behind the time stamp
	ppiWLANFlagFCS   = 0x01
	ppiWLANCommonLen = 20
)

// ppi reads a Per-Packet Information header and the frame of another link type
// behind it (LINKTYPE_PPI; "PPI Packet Header Format" of CACE Technologies, section 3).
func (p *Packet) ppi(r rest) {
	if !p.has(LayerPPI, "header", r, ppiLen) {
		return
	}
	n := int(binary.LittleEndian.Uint16(r.b[2:4]))
	link := binary.LittleEndian.Uint32(r.b[4:8])
	if n < ppiLen {
		p.malformed(LayerPPI, "length", r.off+2, 2)
		return
	}
	if !p.has(LayerPPI, "fields", r, n) {
		return
	}
	fcs := ppiHasFCS(r.b[:n])
	r = p.enter(LayerPPI, r, n)
	switch {
	case link > 0xffff:
		p.payload(r)
	case fcs && capture.LinkType(link) == capture.LinkWLAN:
		p.wlan(r.withoutFCS(), false)
	default:
		p.nestedLink(capture.LinkType(link), r)
	}
}

// ppiHasFCS reports whether the fields of the header h say that the frame ends
// with a checksum (section 4.1.2).
func ppiHasFCS(h []byte) bool {
	for off := ppiLen; off+ppiFieldLen <= len(h); {
		kind, n := binary.LittleEndian.Uint16(h[off:]), int(binary.LittleEndian.Uint16(h[off+2:]))
		off += ppiFieldLen
		if n > len(h)-off {
			return false
		}
		if kind == ppiWLANCommon && n >= ppiWLANCommonLen {
			return h[off+ppiWLANFlagsOff]&ppiWLANFlagFCS != 0
		}
		off += n
		if h[1]&ppiAligned != 0 {
			off = (off + 3) &^ 3
		}
	}
	return false
}
