package layers

import "bytes"

// meshControlLen is the length of the Mesh Control field after the header h, of
// which b starts with the first byte; 0 when there is none (IEEE 802.11-2020
// section 9.2.4.7.3). Outside a mesh the bit that announces it means something
// else, and drafts of IEEE 802.11s had no such bit. So the field must look like
// one: of its flags only the two of the address extension are in use, and never
// both. Without the bit an 802.2 header must follow it too.
func meshControlLen(h, b []byte) int {
	const fixedLen, reserved = 6, 0x03
	qos := wlanQoSControl(h)
	if qos == nil || h[1]&wlanFromDS == 0 || len(b) == 0 || b[0] >= reserved {
		return 0
	}
	n := fixedLen + int(b[0])*wlanAddress4Len
	if qos[1]&wlanMesh == 0 && !startsSNAP(b[min(n, len(b)):]) {
		return 0
	}
	return n
}

// startsSNAP reports whether b starts with an 802.2 header that a SNAP header follows.
func startsSNAP(b []byte) bool {
	return bytes.HasPrefix(b, []byte{sapSNAP, sapSNAP, unnumbered})
}
