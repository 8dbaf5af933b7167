package layers

// Lengths in bytes.
const (
	wlanControlLen    = 10 // of the shortest frames, ACK and CTS: control, duration, one address
	wlanLen           = 24 // with three addresses and the sequence control
	wlanAddress4Len   = 6
	wlanQoSControlLen = 2
	wlanHTControlLen  = 4
)

// Frame Control, first byte (IEEE 802.11-2020 section 9.2.4.1).
const (
	wlanVersion    = 0x03
	wlanType       = 0x0c
	wlanManagement = 0x00
	wlanData       = 0x08
	wlanNull       = 0x40 // of a data frame: without data
	wlanQoS        = 0x80 // of a data frame: with a QoS Control field
)

// Frame Control, second byte.
const (
	wlanToDS      = 0x01
	wlanFromDS    = 0x02
	wlanDS        = wlanToDS | wlanFromDS
	wlanMoreFrags = 0x04
	wlanProtected = 0x40 // encrypted
	wlanHTC       = 0x80 // of a QoS frame: with an HT Control field
)

// QoS Control (IEEE 802.11-2020 section 9.2.4.5).
const (
	wlanAMSDU = 0x80 // first byte: an aggregate of frames follows
	wlanMesh  = 0x01 // second byte: a Mesh Control field follows, in a mesh
)

// wlan reads an IEEE 802.11 frame (IEEE 802.11-2020 section 9.2). Only a data
// frame in one piece that is not encrypted is read further; aggregates are left
// alone. padded says that the capturing card aligned what follows the header to 4 bytes.
func (p *Packet) wlan(r rest, padded bool) {
	if !p.has(LayerWLAN, "header", r, wlanControlLen) {
		return
	}
	control, flags := r.b[0], r.b[1]
	if control&wlanVersion != 0 {
		p.payload(r)
		return
	}
	p.DstMAC, p.HasDstMAC = MAC(r.b[4:10]), true
	if t := control & wlanType; t != wlanData && t != wlanManagement {
		p.payload(p.enter(LayerWLAN, r, wlanControlLen))
		return
	}
	n := wlanHeaderLen(control, flags)
	if !p.has(LayerWLAN, "header", r, n) {
		return
	}
	h := r.b[:n]
	p.wlanAddresses(h, flags)
	if padded {
		n = (n + 3) &^ 3
	}
	if !wlanReadable(h) {
		p.payload(p.enter(LayerWLAN, r, min(n, len(r.b))))
		return
	}
	if n += meshControlLen(h, r.b[min(n, len(r.b)):]); !p.has(LayerWLAN, "header", r, n) {
		return
	}
	p.llc(p.enter(LayerWLAN, r, n))
}

// wlanHeaderLen is the length of the header of a data or management frame
// (IEEE 802.11-2020 sections 9.3.2.1 and 9.3.3.1).
func wlanHeaderLen(control, flags byte) int {
	n := wlanLen
	if control&wlanType == wlanManagement {
		if flags&wlanHTC != 0 {
			n += wlanHTControlLen
		}
		return n
	}
	if flags&wlanDS == wlanDS {
		n += wlanAddress4Len
	}
	if control&wlanQoS != 0 {
		n += wlanQoSControlLen
		if flags&wlanHTC != 0 {
			n += wlanHTControlLen
		}
	}
	return n
}

// wlanAddresses keeps who sends to whom, which are not the stations at the ends of
// the radio link where an access point passes the frame on (IEEE 802.11-2020 section 9.3.2.1).
func (p *Packet) wlanAddresses(h []byte, flags byte) {
	src, dst := h[10:16], h[4:10]
	if h[0]&wlanType == wlanManagement {
		flags = 0 // such frames are not passed on
	}
	switch flags & wlanDS {
	case wlanToDS:
		dst = h[16:22]
	case wlanFromDS:
		src = h[16:22]
	case wlanDS:
		src, dst = h[24:30], h[16:22]
	}
	p.SrcMAC, p.HasSrcMAC = MAC(src), true
	p.DstMAC, p.HasDstMAC = MAC(dst), true
}

// wlanReadable reports whether an 802.2 header follows the header h.
func wlanReadable(h []byte) bool {
	if h[0]&wlanType != wlanData || h[0]&wlanNull != 0 || h[1]&(wlanProtected|wlanMoreFrags) != 0 {
		return false
	}
	if h[22]&0x0f != 0 { // fragment number
		return false
	}
	qos := wlanQoSControl(h)
	return qos == nil || qos[0]&wlanAMSDU == 0
}

// wlanQoSControl is the QoS Control field of the header h of a data frame; nil
// when it has none.
func wlanQoSControl(h []byte) []byte {
	if h[0]&wlanQoS == 0 {
		return nil
	}
	off := wlanLen
	if h[1]&wlanDS == wlanDS {
		off += wlanAddress4Len
	}
	return h[off : off+wlanQoSControlLen]
}
