package layers

import (
	"encoding/binary"

	"github.com/pktjourney/pktjourney/decode/capture"
)

const (
	pktapLen    = 108 // of its first version; the length field counts all of the header
	pktapPacket = 1   // type: a frame follows
)

// pktap reads the header of macOS that tells the interface and the process of
// a frame, and the frame of another link type behind it (LINKTYPE_PKTAP).
func (p *Packet) pktap(r rest) {
	if !p.has(LayerPKTAP, "header", r, pktapLen) {
		return
	}
	n, kind := binary.LittleEndian.Uint32(r.b[0:4]), binary.LittleEndian.Uint32(r.b[4:8])
	link := binary.LittleEndian.Uint32(r.b[8:12])
	if n < pktapLen || n > 0xffff || kind != pktapPacket || link > 0xffff {
		p.payload(r)
		return
	}
	if p.has(LayerPKTAP, "header", r, int(n)) {
		p.nestedLink(capture.LinkType(link), p.enter(LayerPKTAP, r, int(n)))
	}
}
