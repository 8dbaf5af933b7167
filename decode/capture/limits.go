package capture

import "math"

// A frame larger than these is damage, as it is to Wireshark: three link types
// may carry whole transfers.
const (
	maxFrameUsual = 256 << 10
	maxFrameLarge = 128 << 20
)

// maxBlock is the largest block of a pcapng file that is looked into, the data
// of its frame not counted. Larger ones of unknown types are passed over.
const maxBlock = 16 << 20

// maxInterfaces and maxNameLen bound what a pcapng file can make us keep.
const (
	maxInterfaces = 1 << 16
	maxNameLen    = 256
)

// Link types with large frames.
const (
	linkDBus    LinkType = 231
	linkUSBPcap LinkType = 249
	linkEBHSCR  LinkType = 279
)

// maxFrame is the largest frame that a link type may have, in bytes.
func maxFrame(link LinkType) uint32 {
	switch link {
	case linkDBus, linkUSBPcap, linkEBHSCR:
		return maxFrameLarge
	}
	return maxFrameUsual
}

// toInt keeps a 32-bit length positive where int has 32 bits.
func toInt(n uint32) int { return int(min(n, math.MaxInt32)) }
