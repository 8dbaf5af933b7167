package dhcp

import "github.com/pktjourney/pktjourney/decode/wire"

// maxHardware is the size of chaddr (RFC 2131 section 2).
const maxHardware = 16

// HardwareAddr is a client's link-layer address. It is comparable, so that it
// can be part of a map key.
type HardwareAddr struct {
	b [maxHardware]byte
	n uint8
}

// hardwareAddr reads the hlen bytes of chaddr that count. Some links leave it
// empty (RFC 4390 section 2.1).
func hardwareAddr(c *wire.Cursor, hlen uint8) HardwareAddr {
	if hlen > maxHardware {
		c.Fail("hlen", maxHardware, wire.ErrMalformed)
	}
	var a HardwareAddr
	a.n = uint8(copy(a.b[:], c.Bytes("chaddr", int(hlen))))
	return a
}

// Len is the number of bytes, at most 16.
func (a HardwareAddr) Len() int { return int(a.n) }

// Bytes is a copy of the address.
func (a HardwareAddr) Bytes() []byte { return append([]byte(nil), a.b[:a.n]...) }

// String is the address as the IEEE writes it, in upper-case hexadecimal with
// dashes; empty when there is none.
func (a HardwareAddr) String() string {
	const digits = "0123456789ABCDEF"
	var text [3 * maxHardware]byte
	out := text[:0]
	for i, v := range a.b[:a.n] {
		if i > 0 {
			out = append(out, '-')
		}
		out = append(out, digits[v>>4], digits[v&15])
	}
	return string(out)
}
