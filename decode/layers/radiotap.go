package layers

import "encoding/binary"

const radiotapLen = 8 // version, pad, length, the first word of what is present

// Radiotap fields and the bits of Flags (radiotap.org, "Defined Fields").
const (
	radiotapTSFT      = 1 << 0 // time stamp, 8 bytes
	radiotapFlags     = 1 << 1 // one byte
	radiotapMoreWords = 1 << 31

	radiotapFCS = 0x10 // a checksum ends the frame
	radiotapPad = 0x20 // the frame's header is padded to 4 bytes
)

const wlanFCSLen = 4

// radiotap reads the header that describes how an IEEE 802.11 frame was received
// (LINKTYPE_IEEE802_11_RADIOTAP).
func (p *Packet) radiotap(r rest) {
	if !p.has(LayerRadiotap, "header", r, radiotapLen) {
		return
	}
	n := int(binary.LittleEndian.Uint16(r.b[2:4]))
	if n < radiotapLen {
		p.malformed(LayerRadiotap, "length", r.off+2, 2)
		return
	}
	if !p.has(LayerRadiotap, "header", r, n) {
		return
	}
	flags := radiotapFlagsOf(r.b[:n])
	r = p.enter(LayerRadiotap, r, n)
	if flags&radiotapFCS != 0 {
		r = r.withoutFCS()
	}
	p.wlan(r, flags&radiotapPad != 0)
}

// radiotapFlagsOf is the Flags field of the header h, zero when it has none. The
// fields stand behind all words of what is present, each at a multiple of its length.
func radiotapFlagsOf(h []byte) byte {
	present := binary.LittleEndian.Uint32(h[4:8])
	off := radiotapLen
	for word := present; word&radiotapMoreWords != 0; off += 4 {
		if len(h) < off+4 {
			return 0
		}
		word = binary.LittleEndian.Uint32(h[off : off+4])
	}
	if present&radiotapTSFT != 0 {
		off = (off+7)&^7 + 8
	}
	if present&radiotapFlags == 0 || off >= len(h) {
		return 0
	}
	return h[off]
}

// withoutFCS cuts off the checksum at the end of an IEEE 802.11 frame.
func (r rest) withoutFCS() rest { return r.limit(max(int(r.wire)-wlanFCSLen, 0)) }
