package dns

import (
	"bytes"
	"testing"

	"github.com/pktjourney/pktjourney/decode/flow"
)

// framed puts the two-byte length of RFC 1035 section 4.2.2 before each body.
func framed(bodies ...[]byte) []byte {
	var b []byte
	for _, body := range bodies {
		b = append(b, byte(len(body)>>8), byte(len(body)))
		b = append(b, body...)
	}
	return b
}

func TestConnAnySplit(t *testing.T) {
	bodies := [][]byte{bytes.Repeat([]byte{1}, 17), {}, bytes.Repeat([]byte{2}, 300), {3}, {}} // a length of zero must not stop it
	whole := framed(bodies...)
	for size := 1; size <= len(whole); size++ {
		var c Conn
		var got [][]byte
		covered := 0
		for rest := whole; len(rest) > 0; {
			n := min(size, len(rest))
			for _, p := range c.Data(flow.FromResponder, rest[:n], nil) {
				covered += p.Len
				if p.End {
					got = append(got, bytes.Clone(p.Body))
				}
			}
			rest = rest[n:]
		}
		if covered != len(whole) || len(got) != len(bodies) {
			t.Fatalf("in pieces of %d: %d bytes, %d messages", size, covered, len(got))
		}
		for i := range got {
			if !bytes.Equal(got[i], bodies[i]) {
				t.Fatalf("in pieces of %d: message %d is %x", size, i, got[i])
			}
		}
	}
}

func TestConnGap(t *testing.T) {
	for _, c := range []struct {
		reason string
		before int // bytes of the first message that came, with its length
		gap    int
		next   bool // the message after the gap is found
	}{
		{"within the message", 10, 9, true},
		{"up to its end", 10, 12, true},
		{"beyond its end", 10, 13, false},
		{"before the length", 0, 5, false},
		{"in the length", 1, 3, false},
	} {
		t.Run(c.reason, func(t *testing.T) {
			one, two := bytes.Repeat([]byte{1}, 20), bytes.Repeat([]byte{2}, 5)
			whole := framed(one, two)
			var conn Conn
			conn.Data(flow.FromOriginator, whole[:c.before], nil)
			conn.Gap(flow.FromOriginator, c.gap, nil)
			found := false
			for _, p := range conn.Data(flow.FromOriginator, whole[c.before+c.gap:], nil) {
				found = found || p.End && bytes.Equal(p.Body, two)
			}
			if found != c.next {
				t.Errorf("the next message was found: %v, want %v", found, c.next)
			}
		})
	}
}

func TestLooksStream(t *testing.T) {
	query := []byte{0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 3, 'w', 'w', 'w', 0, 0, 1, 0, 1}
	for _, c := range []struct {
		name string
		b    []byte
		port bool
		want Guess
	}{
		{"a whole query on any port", framed(query), false, Yes},
		{"its beginning on port 53", framed(query)[:16], true, Yes},
		{"its beginning on another port", framed(query)[:16], false, No},
		{"too little to tell", framed(query)[:5], true, NeedMore},
		{"a length without room for a header", []byte{0, 4, 1, 2}, true, No},
		{"TLS", []byte{0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc, 3, 3, 9, 9, 9, 9, 9}, false, No},
		{"HTTP", []byte("GET / HTTP/1.1\r\n"), false, No},
	} {
		if got := LooksStream(c.b, c.port); got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
	}
}

func FuzzConn(f *testing.F) {
	f.Add(framed(bytes.Repeat([]byte{1}, 17), []byte{2}), uint16(4), uint16(3))
	f.Add([]byte{0, 0, 3, 0xe8, 0x30}, uint16(9), uint16(79))
	f.Fuzz(func(t *testing.T, b []byte, gapAt, gap uint16) {
		var c Conn
		cut := min(int(gapAt), len(b))
		covered := 0
		for _, p := range c.Data(flow.FromOriginator, b[:cut], nil) {
			covered += p.Len
		}
		for _, p := range c.Gap(flow.FromOriginator, int(gap), nil) {
			covered += p.Len
		}
		for _, p := range c.Data(flow.FromOriginator, b[cut:], nil) {
			covered += p.Len
		}
		if covered != len(b)+int(gap) {
			t.Errorf("parts cover %d bytes of %d", covered, len(b)+int(gap))
		}
	})
}
