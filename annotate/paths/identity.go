package paths

import (
	"encoding/binary"
	"hash/maphash"

	"github.com/pktjourney/pktjourney/decode/layers"
)

// packetID is the same for one packet at every point of its way. It is made of what no
// router and no address translator changes: the IP identification, TCP's numbers and
// timestamps, and the payload (RFC 3022 section 4; RFC 7857 section 4 leaves
// the identification to the translator, those of Linux and BSD keep it).
type packetID uint64

// maxHashed is how many bytes of the payload count.
const maxHashed = 256

var seed = maphash.MakeSeed()

// identify gives the ID of a TCP segment or UDP datagram; ok is false for all else, and for
// what came in fragments.
func identify(p *layers.Packet) (id packetID, ok bool) {
	if p.Frag.Any() || p.Transport != layers.TransportTCP && p.Transport != layers.TransportUDP {
		return 0, false
	}
	var b [32 + maxHashed]byte
	b[0] = byte(p.Transport)
	b[1] = p.IPVersion
	binary.BigEndian.PutUint32(b[2:], p.IPID)
	binary.BigEndian.PutUint32(b[6:], uint32(p.PayloadLen))
	if p.Transport == layers.TransportTCP {
		binary.BigEndian.PutUint32(b[10:], p.Seq)
		binary.BigEndian.PutUint32(b[14:], p.Ack)
		binary.BigEndian.PutUint32(b[18:], p.TSVal)
		binary.BigEndian.PutUint16(b[22:], uint16(p.Flags&^(layers.ECE|layers.CWR)))
		binary.BigEndian.PutUint16(b[24:], p.Window)
	}
	n := 32 + copy(b[32:], p.Payload)
	return packetID(maphash.Bytes(seed, b[:n])), true
}
