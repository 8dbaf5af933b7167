package quic

import (
	"encoding/binary"

	"github.com/pktjourney/pktjourney/decode/wire"
)

const (
	sampleLen   = 16 // of protected payload, for the header protection
	maxNumber   = 4  // bytes of a packet number
	keyPhaseBit = 0x04
)

// unmask removes header protection (RFC 9001 section 5.4): it appends the header
// in clear, packet number included, to dst. packet must have a header of h and nothing behind its end.
func (k *keys) unmask(dst, packet []byte, h *Header) (header []byte, numberLen int, err error) {
	from := h.number + maxNumber
	if len(packet) < from+sampleLen {
		return dst, 0, &wire.Error{Proto: "quic", Field: "packet.sample", Span: wire.Span{Off: from, Len: sampleLen}, Err: wire.ErrShort}
	}
	mask := k.mask(packet[from : from+sampleLen])
	bits := byte(0x1f)
	if packet[0]&longForm != 0 {
		bits = 0x0f
	}
	first := packet[0] ^ mask[0]&bits
	numberLen = int(first&3) + 1
	header = append(dst, packet[:h.number+numberLen]...)
	header[len(dst)] = first
	for i := range numberLen {
		header[len(dst)+h.number+i] ^= mask[1+i]
	}
	return header, numberLen, nil
}

// truncatedNumber is the packet number as sent, the last n bytes of a header in clear.
func truncatedNumber(header []byte, n int) uint32 {
	var b [4]byte
	copy(b[4-n:], header[len(header)-n:])
	return binary.BigEndian.Uint32(b[:])
}

// errNotAuthentic says that the keys do not fit the packet.
var errNotAuthentic = &wire.Error{Proto: "quic", Field: "packet.payload", Err: wire.ErrMalformed}

// open appends the frames of the packet with that number to dst (RFC 9001 section 5.3).
// header is in clear, payload is what follows it.
func (k *keys) open(dst, header, payload []byte, number int64) ([]byte, error) {
	var nonce [12]byte
	copy(nonce[:], k.iv)
	for i := range 8 {
		nonce[4+i] ^= byte(number >> (56 - 8*i))
	}
	plain, err := k.aead.Open(dst, nonce[:], payload, header)
	if err != nil {
		return nil, errNotAuthentic
	}
	return plain, nil
}
