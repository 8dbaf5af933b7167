package quic

import "github.com/pktjourney/pktjourney/decode/wire"

// varint reads a variable-length integer (RFC 9000 section 16): the two highest
// bits of the first byte say whether it has 1, 2, 4 or 8 bytes.
func varint(c *wire.Cursor, field string) uint64 {
	first := c.Uint8(field)
	v := uint64(first & 0x3f)
	for _, b := range c.Bytes(field, 1<<(first>>6)-1) {
		v = v<<8 | uint64(b)
	}
	return v
}

// length reads a length and checks that so many bytes are left.
func length(c *wire.Cursor, field string) int {
	n := varint(c, field)
	if n > uint64(c.Len()) {
		c.Fail(field, c.Len()+1, wire.ErrShort)
		return 0
	}
	return int(n)
}
