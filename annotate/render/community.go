package render

import (
	"crypto/sha1"
	"encoding/base64"
	"encoding/binary"

	"github.com/pktjourney/pktjourney/decode"
	"github.com/pktjourney/pktjourney/decode/layers"
)

// communityIDs makes Community ID flow hashes, version 1 with seed 0
// (github.com/corelight/community-id-spec), and remembers those of the
// conversations that it was asked for last.
type communityIDs struct {
	recent [1024]communityID
}

type communityID struct {
	conversation int // its ID + 1; 0: empty
	transport    layers.Transport
	text         [idLen]byte
}

// idLen is the length of "1:" and the base64 form of a SHA-1 hash.
const idLen = 2 + 28

// of is the ID of the conversation that f, which has one, belongs to.
func (c *communityIDs) of(f *decode.Frame) []byte {
	id := f.Conversation.ID
	e := &c.recent[uint(id)*2%uint(len(c.recent))|uint(f.Transport&1)]
	if e.conversation != id+1 || e.transport != f.Transport {
		e.conversation, e.transport = id+1, f.Transport
		e.text = hashFlow(f)
	}
	return e.text[:]
}

// hashFlow hashes the two ends, the lower one first, so that both directions give the same.
func hashFlow(f *decode.Frame) (text [idLen]byte) {
	var room [2 + 16 + 16 + 2 + 2 + 2]byte
	src, dst, sport, dport := f.Src, f.Dst, f.SrcPort, f.DstPort
	if c := src.Compare(dst); c > 0 || c == 0 && sport > dport {
		src, dst, sport, dport = dst, src, dport, sport
	}
	proto := byte(6)
	if f.Transport == layers.TransportUDP {
		proto = 17
	}
	b := append(room[:0], 0, 0) // the seed
	for _, ip := range [...]interface{ AsSlice() []byte }{src, dst} {
		b = append(b, ip.AsSlice()...)
	}
	b = append(b, proto, 0)
	b = binary.BigEndian.AppendUint16(b, sport)
	b = binary.BigEndian.AppendUint16(b, dport)
	sum := sha1.Sum(b)
	copy(text[:], "1:")
	base64.StdEncoding.Encode(text[2:], sum[:])
	return text
}
