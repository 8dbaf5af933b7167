package http

import (
	"bytes"

	"github.com/pktjourney/pktjourney/decode/wire"
)

// chunked follows a body in chunks (RFC 9112 section 7.1).
type chunked struct {
	state   chunkState
	digits  uint8 // of the size so far
	left    int64 // the size so far, then the chunk's bytes still to come
	bad     int   // bytes of a line that is no size, so far
	trailer trailer
}

type chunkState uint8

const (
	chunkSize    chunkState = iota // in the hexadecimal size
	chunkExt                       // behind it: extensions, up to the line's end
	chunkData                      // in the chunk's bytes
	chunkDataEnd                   // in the line's end behind them
	chunkTrailer                   // in the trailer section
	chunkBad                       // in a line that should have a size and has none
)

const (
	maxDigits = 15      // keep a size well inside an int64
	maxBad    = 4 << 10 // bytes of a line without a size
)

// next takes bytes of the body from b. It says how many, how many of those are
// content, and whether the body ended with the last of them. After an error
// nobody knows where the body ends; the byte at n is the first that does not fit.
func (c *chunked) next(b []byte) (n int, content int64, done bool, err error) {
	for n < len(b) && !done && err == nil {
		m := 1
		switch c.state {
		case chunkSize:
			if err = c.size(b[n]); err != nil {
				m, err = c.badSize(b[n:], err)
			}
		case chunkBad:
			m, err = c.badSize(b[n:], chunkFault("chunk_size"))
		case chunkExt:
			m = c.extension(b[n:])
		case chunkData:
			m = int(min(c.left, int64(len(b)-n)))
			c.skip(int64(m))
			content += int64(m)
		case chunkDataEnd:
			err = c.dataEnd(b[n])
		case chunkTrailer:
			m, done, err = c.trailer.next(b[n:])
		}
		if err == nil {
			n += m
		}
	}
	return n, content, done, err
}

// skip passes over n bytes of the current chunk.
func (c *chunked) skip(n int64) {
	if c.left -= n; c.left == 0 {
		c.state = chunkDataEnd
	}
}

// size takes one byte of the size's line. White space before the size and anything behind
// it are passed over, as browsers and Wireshark do.
func (c *chunked) size(b byte) error {
	digit, ok := hex(b)
	switch {
	case ok && c.digits < maxDigits:
		c.left = c.left<<4 | int64(digit)
		c.digits++
	case c.digits == 0 && (b == ' ' || b == '\t' || b == '\r'):
	case c.digits == 0 || ok:
		return chunkFault("chunk_size")
	case b == '\n':
		c.sizeEnd()
	default:
		c.state = chunkExt
	}
	return nil
}

// badSize passes over b, where a size should stand, as long as its line has not ended: until then it is just not whole.
func (c *chunked) badSize(b []byte, fault error) (n int, err error) {
	if c.bad += len(b); c.bad > maxBad || bytes.IndexByte(b, '\n') >= 0 {
		return 0, fault
	}
	c.state = chunkBad
	return len(b), nil
}

// extension passes over what stands behind the size.
func (c *chunked) extension(b []byte) int {
	end := bytes.IndexByte(b, '\n')
	if end < 0 {
		return len(b)
	}
	c.sizeEnd()
	return end + 1
}

// sizeEnd: the line of the size has ended; a size of 0 is that of the last chunk.
func (c *chunked) sizeEnd() {
	c.digits = 0
	c.state = chunkData
	if c.left == 0 {
		c.state = chunkTrailer
	}
}

// dataEnd takes one byte of the line's end behind a chunk's bytes.
func (c *chunked) dataEnd(b byte) error {
	switch b {
	case '\n':
		c.state = chunkSize
		return nil
	case '\r':
		return nil
	}
	return chunkFault("chunk_data_end")
}

func hex(c byte) (digit byte, ok bool) {
	switch {
	case c >= '0' && c <= '9':
		return c - '0', true
	case c >= 'a' && c <= 'f':
		return c - 'a' + 10, true
	case c >= 'A' && c <= 'F':
		return c - 'A' + 10, true
	}
	return 0, false
}

func chunkFault(field string) error {
	return &wire.Error{Proto: "http", Field: field, Span: wire.Span{}, Err: wire.ErrMalformed}
}
