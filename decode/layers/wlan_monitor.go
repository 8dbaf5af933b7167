package layers

import "encoding/binary"

const (
	prismLen  = 144
	avsLen    = 8          // version and length, which counts all of the header
	avsMagic  = 0x80211000 // of the version
	avsMask   = 0xfffff000
	avsMaxLen = 0xffff
)

// prism reads the header of Prism cards before an IEEE 802.11 frame
// (LINKTYPE_IEEE802_11_PRISM), all of it fixed. Some drivers put an AVS header in its place.
func (p *Packet) prism(r rest) {
	if len(r.b) >= 4 && binary.BigEndian.Uint32(r.b)&avsMask == avsMagic {
		p.avs(r)
		return
	}
	if p.has(LayerPrism, "header", r, prismLen) {
		p.wlan(p.enter(LayerPrism, r, prismLen), false)
	}
}

// avs reads the header of AbsoluteValue Systems before an IEEE 802.11 frame
// (LINKTYPE_IEEE802_11_AVS).
func (p *Packet) avs(r rest) {
	if !p.has(LayerAVS, "header", r, avsLen) {
		return
	}
	n := binary.BigEndian.Uint32(r.b[4:8])
	if n < avsLen || n > avsMaxLen {
		p.malformed(LayerAVS, "length", r.off+4, 4)
		return
	}
	if p.has(LayerAVS, "header", r, int(n)) {
		p.wlan(p.enter(LayerAVS, r, int(n)), false)
	}
}
