package render

import "encoding/binary"

// setDigits writes n over all of b, if it has as many digits as b has bytes, and reports whether it has.
func setDigits(b []byte, n uint64) bool {
	width := len(b)
	if width == 0 || width >= len(powers) || n >= powers[width] || n < powers[width-1] && width > 1 {
		return false
	}
	putDigits(b, n)
	return true
}

// setThousands writes n over all of b with a comma before each three digits, if it is then as long as b, and reports
// whether it is.
func setThousands(b []byte, n int) bool {
	width := len(b) - len(b)/4
	if len(b)%4 == 0 || width >= len(powers) || uint64(n) >= powers[width] || uint64(n) < powers[width-1] && width > 1 {
		return false
	}
	for ; len(b) > 3; b = b[:len(b)-4] {
		putDigits(b[len(b)-3:], uint64(n))
		b[len(b)-4] = ','
		n /= 1000
	}
	putDigits(b, uint64(n))
	return true
}

// putDigits writes the last digits of n over all of b, zeros before them. It takes half of what a division for
// each two digits does (November 2026).
func putDigits(b []byte, n uint64) {
	for len(b) >= 8 {
		binary.LittleEndian.PutUint64(b[len(b)-8:], eightDigits(uint32(n%powers[8])))
		n /= powers[8]
		b = b[:len(b)-8]
	}
	if len(b) > 0 {
		x := eightDigits(uint32(n % powers[8]))
		for i := len(b) - 1; i >= 0; i-- {
			b[i] = byte(x >> 56)
			x <<= 8
		}
	}
}

// appendDigits appends n with leading zeros up to the given width, which is at most 20.
func appendDigits(dst []byte, n int64, width int) []byte {
	at := len(dst)
	dst = append(dst, "00000000000000000000"[:width]...)
	putDigits(dst[at:], uint64(n))
	return dst
}

// eightDigits are the digits of n, which has at most eight, as characters: each is one byte, the first of them
// the lowest. n is cut into halves of four, two and one digits, those of all halves at a time.
func eightDigits(n uint32) uint64 {
	x := uint64(n/10000) | uint64(n%10000)<<32
	hundreds := x * 10486 >> 20 & 0x7f_0000007f
	x = hundreds | (x-100*hundreds)<<16
	tens := x * 103 >> 10 & 0x0f_000f_000f_000f
	x = tens | (x-10*tens)<<8
	return x + 0x3030303030303030 // "00000000"
}

// powers are those of ten.
var powers = func() (p [20]uint64) {
	p[0] = 1
	for i := 1; i < len(p); i++ {
		p[i] = 10 * p[i-1]
	}
	return p
}()
