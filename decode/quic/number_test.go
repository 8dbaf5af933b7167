package quic

import (
	"testing"

	"github.com/pktjourney/pktjourney/decode/wire"
)

func TestVarint(t *testing.T) {
	for _, c := range []struct {
		ref  string
		b    string
		want uint64
	}{
		{"RFC 9000 appendix A.1, eight bytes", "c2197c5eff14e88c", 151288809941952652},
		{"RFC 9000 appendix A.1, four bytes", "9d7f3e7d", 494878333},
		{"RFC 9000 appendix A.1, two bytes", "7bbd", 15293},
		{"RFC 9000 appendix A.1, one byte", "25", 37},
		{"RFC 9000 appendix A.1, longer than need be", "4025", 37},
	} {
		b := unhex(t, c.b)
		cur := wire.NewCursor("quic", b)
		if got := varint(&cur, "v"); got != c.want || !cur.Empty() || cur.Err() != nil {
			t.Errorf("%s: %d, %v", c.ref, got, cur.Err())
		}
		short := wire.NewCursor("quic", b[:len(b)-1])
		if varint(&short, "v"); short.Err() == nil {
			t.Errorf("%s: no error without the last byte", c.ref)
		}
	}
}

func TestDecodeNumber(t *testing.T) {
	for _, c := range []struct {
		ref     string
		largest int64
		sent    uint32
		bits    uint
		want    int64
	}{
		{"RFC 9000 appendix A.3", 0xa82f30ea, 0x9b32, 16, 0xa82f9b32},
		{"RFC 9001 appendix A.5", 654360563, 0xbff4, 24, 654360564},
		{"RFC 9000 appendix A.3, the first packet", -1, 2, 32, 2},
		{"RFC 9000 appendix A.3, over the edge", 0xff, 0x00, 8, 0x100},
		{"RFC 9000 appendix A.3, an older packet", 0x100, 0xfe, 8, 0xfe},
		{"RFC 9000 appendix A.3, the last number", 1<<62 - 2, 0xff, 8, 1<<62 - 1},
	} {
		if got := decodeNumber(c.largest, c.sent, c.bits); got != c.want {
			t.Errorf("%s: %#x, want %#x", c.ref, got, c.want)
		}
	}
}
