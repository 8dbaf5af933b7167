package wire

import "encoding/binary"

// Cursor reads big-endian fields one after the other. After the first error
// all reads give zero values, so that a parser reads all its fields and checks
// Err once. A cursor made by one of the Sub methods reports its failure to the
// cursor that it came from as well.
type Cursor struct {
	b      []byte
	off    int // next byte, in b
	base   int // offset of b[0] in the whole message
	proto  string
	parent *Cursor
	err    *Error
}

// NewCursor reads b, a message of the protocol proto. The cursor and every
// slice that it gives out refer to b.
func NewCursor(proto string, b []byte) Cursor {
	return Cursor{b: b[:len(b):len(b)], proto: proto}
}

// Err is the first error, always an *Error, or nil.
func (c *Cursor) Err() error {
	if c.err == nil {
		return nil
	}
	return c.err
}

// Off is the offset of the next byte, from the start of the whole message.
func (c *Cursor) Off() int { return c.base + c.off }

// Len is the number of bytes that are left; zero after an error.
func (c *Cursor) Len() int {
	if c.err != nil {
		return 0
	}
	return len(c.b) - c.off
}

// Empty reports whether nothing is left to read.
func (c *Cursor) Empty() bool { return c.Len() == 0 }

// Fail records that field, n bytes at the cursor's place, could not be read
// because of err. Only the first failure is kept.
func (c *Cursor) Fail(field string, n int, err error) {
	c.fail(&Error{Proto: c.proto, Field: field, Span: Span{c.Off(), n}, Err: err})
}

func (c *Cursor) fail(e *Error) {
	for ; c != nil && c.err == nil; c = c.parent {
		c.err = e
	}
}

// Bytes reads n bytes. The result refers to the message; nil after an error.
func (c *Cursor) Bytes(field string, n int) []byte {
	if c.err != nil {
		return nil
	}
	if n < 0 || n > len(c.b)-c.off {
		c.Fail(field, n, ErrShort)
		return nil
	}
	s := c.b[c.off : c.off+n : c.off+n]
	c.off += n
	return s
}

// Skip passes over n bytes.
func (c *Cursor) Skip(field string, n int) { c.Bytes(field, n) }

// Rest reads all that is left.
func (c *Cursor) Rest() []byte { return c.Bytes("rest", c.Len()) }

// Uint8 reads one byte.
func (c *Cursor) Uint8(field string) uint8 {
	if b := c.Bytes(field, 1); b != nil {
		return b[0]
	}
	return 0
}

// Uint16 reads two bytes, most significant first.
func (c *Cursor) Uint16(field string) uint16 {
	if b := c.Bytes(field, 2); b != nil {
		return binary.BigEndian.Uint16(b)
	}
	return 0
}

// Uint24 reads three bytes, most significant first.
func (c *Cursor) Uint24(field string) uint32 {
	if b := c.Bytes(field, 3); b != nil {
		return uint32(b[0])<<16 | uint32(b[1])<<8 | uint32(b[2])
	}
	return 0
}

// Uint32 reads four bytes, most significant first.
func (c *Cursor) Uint32(field string) uint32 {
	if b := c.Bytes(field, 4); b != nil {
		return binary.BigEndian.Uint32(b)
	}
	return 0
}

// Sub gives a cursor over the next n bytes and passes over them here.
func (c *Cursor) Sub(field string, n int) Cursor {
	base := c.Off()
	b := c.Bytes(field, n)
	return Cursor{b: b, base: base, proto: c.proto, parent: c, err: c.err}
}

// Sub8 reads a one-byte length and gives a cursor over that many bytes.
func (c *Cursor) Sub8(field string) Cursor { return c.Sub(field, int(c.Uint8(field))) }

// Sub16 reads a two-byte length and gives a cursor over that many bytes.
func (c *Cursor) Sub16(field string) Cursor { return c.Sub(field, int(c.Uint16(field))) }

// Sub24 reads a three-byte length and gives a cursor over that many bytes.
func (c *Cursor) Sub24(field string) Cursor { return c.Sub(field, int(c.Uint24(field))) }
