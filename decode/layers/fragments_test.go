package layers

import (
	"cmp"
	"encoding/binary"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pktjourney/pktjourney/decode/capture"
)

var fragmentStart = time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)

// ipv4Fragment makes a fragment of a UDP datagram in an Ethernet frame with padding.
func ipv4Fragment(id uint16, off int, more bool, b []byte) []byte {
	f := frame(etherIPv4, "45 00 0000 0000 0000 40 11 0000", ipv4Ends)
	binary.BigEndian.PutUint16(f[16:], uint16(20+len(b)))
	binary.BigEndian.PutUint16(f[18:], id)
	flags := uint16(off / 8)
	if more {
		flags |= 0x2000
	}
	binary.BigEndian.PutUint16(f[20:], flags)
	f = append(f, b...)
	return append(f, 0xee, 0xee)
}

// datagram is a UDP datagram of n bytes.
func datagram(n int) []byte {
	b := append(frame("d431 0035 0000 0000"), make([]byte, n-8)...)
	binary.BigEndian.PutUint16(b[4:], uint16(n))
	for i := 8; i < n; i++ {
		b[i] = byte(i)
	}
	return b
}

// part is a fragment by its place in the datagram.
type part struct {
	off, end int
	more     bool
	seconds  int // after the first
}

func TestFragments(t *testing.T) {
	b := datagram(100)
	for _, c := range []struct {
		name, ref string
		parts     []part
		frames    []int // nil: it must not be put together
	}{
		{"in order", "RFC 791 section 3.2", []part{{0, 40, true, 0}, {40, 80, true, 0}, {80, 100, false, 0}}, []int{0, 1, 2}},
		{"last first", "RFC 791 section 3.2", []part{{80, 100, false, 0}, {40, 80, true, 0}, {0, 40, true, 0}}, []int{0, 1, 2}},
		{"one twice", "RFC 791 section 3.2", []part{{0, 80, true, 0}, {0, 80, true, 0}, {80, 100, false, 0}}, []int{0, 2}},
		{"one is missing", "RFC 791 section 3.2", []part{{0, 40, true, 0}, {80, 100, false, 0}}, nil},
		{"no end", "RFC 791 section 3.2", []part{{0, 40, true, 0}, {40, 80, true, 0}}, nil},
		{"overlap", "RFC 5722 section 4", []part{{0, 48, true, 0}, {40, 80, true, 0}, {80, 100, false, 0}}, nil},
		{"overlap with the one behind", "RFC 5722 section 4", []part{{40, 80, true, 0}, {0, 48, true, 0}, {80, 100, false, 0}}, nil},
		{"two ends", "RFC 791 section 3.2", []part{{80, 100, false, 0}, {40, 80, false, 0}, {0, 40, true, 0}}, nil},
		{"bytes behind the end", "RFC 791 section 3.2", []part{{80, 96, true, 0}, {40, 80, false, 0}, {0, 40, true, 0}}, nil},
		{"too late", "RFC 8200 section 4.5", []part{{0, 80, true, 0}, {80, 100, false, 60}}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			var f Fragments
			var whole []byte
			var frames []int
			var p Packet
			for i, part := range c.parts {
				data := ipv4Fragment(7, part.off, part.more, b[part.off:part.end])
				p.Decode(capture.LinkEthernet, data, 0)
				whole, frames = f.Add(&p, data, i, fragmentStart.Add(time.Duration(part.seconds)*time.Second))
			}
			if !slices.Equal(frames, c.frames) || c.frames != nil && !slices.Equal(whole, b) {
				t.Fatalf("%s: %d bytes of frames %v, want frames %v", c.ref, len(whole), frames, c.frames)
			}
			if c.frames == nil {
				return
			}
			p.DecodeReassembled(whole)
			if p.SrcPort != 54321 || p.PayloadLen != 92 || p.Frag.Any() || len(f.packets) != 0 {
				t.Errorf("put together: %s; %d wait", text(&p), len(f.packets))
			}
		})
	}
}

func TestFragmentsOfIPv6(t *testing.T) {
	var f Fragments
	var p Packet
	first := frame("60000000 0010 2c 40", ipv6Addrs, "11 00 0001 0000abcd", "d431 0035 000c 0000")
	last := frame("60000000 000c 2c 40", ipv6Addrs, "11 00 0008 0000abcd", "01020304")
	p.Decode(capture.LinkRaw, first, 0)
	f.Add(&p, first, 1, fragmentStart)
	p.Decode(capture.LinkRaw, last, 0)
	whole, _ := f.Add(&p, last, 2, fragmentStart)
	p.DecodeReassembled(whole)
	const want = "IPv6/IPv6 fragment/UDP 2001:db8::1:54321 > 2001:db8::2:53 payload 4 of 4 dns"
	if got := text(&p); got != want {
		t.Errorf("RFC 8200 section 4.5\n got %s\nwant %s", got, want)
	}
}

func TestFragmentsAreBounded(t *testing.T) {
	for _, limit := range []int{0, 3} {
		f := Fragments{Limit: limit}
		var p Packet
		most := cmp.Or(limit, MaxFragmented)
		for i := range most + 7 {
			data := ipv4Fragment(uint16(i), 8, true, make([]byte, 8))
			p.Decode(capture.LinkEthernet, data, 0)
			f.Add(&p, data, i, fragmentStart)
		}
		if len(f.packets) != most || f.Overflow() != 7 {
			t.Errorf("limit %d: %d packets wait, %d gave way", limit, len(f.packets), f.Overflow())
		}
	}
}

func TestCutFragmentsAreNotKept(t *testing.T) {
	var f Fragments
	var p Packet
	data := ipv4Fragment(7, 0, true, datagram(80))
	for _, wireLen := range []int{60, len(data)} { // some tools write the captured length as the length on the wire
		p.Decode(capture.LinkEthernet, data[:60], wireLen)
		if whole, _ := f.Add(&p, data[:60], 1, fragmentStart); whole != nil || len(f.packets) != 0 || !p.Frag.Cut {
			t.Errorf("a fragment of which bytes are missing was kept, %d bytes on the wire", wireLen)
		}
	}
}

// Any fragmentation in any order gives the datagram.
func TestAnyFragmentation(t *testing.T) {
	for seed := range uint64(100) {
		r := rand.New(rand.NewPCG(seed, 3))
		b := datagram(16 + r.IntN(3000))
		var parts []part
		for off := 0; off < len(b); {
			end := min(len(b), off+8*(1+r.IntN(40)))
			parts = append(parts, part{off, end, end < len(b), 0})
			off = end
		}
		r.Shuffle(len(parts), func(i, j int) { parts[i], parts[j] = parts[j], parts[i] })
		var f Fragments
		var whole []byte
		for i, c := range parts {
			var p Packet
			data := ipv4Fragment(7, c.off, c.more, b[c.off:c.end])
			p.Decode(capture.LinkEthernet, data, 0)
			whole, _ = f.Add(&p, data, i, fragmentStart)
		}
		if !slices.Equal(whole, b) {
			t.Fatalf("seed %d: %d bytes of %d", seed, len(whole), len(b))
		}
	}
}

func FuzzFragments(f *testing.F) {
	f.Add([]byte{0, 5, 1, 5, 3, 0}, uint8(8))
	f.Fuzz(func(t *testing.T, script []byte, size uint8) {
		var all Fragments
		var p Packet
		for i := 0; i+3 <= len(script); i += 3 {
			data := ipv4Fragment(uint16(script[i+2]>>1), int(script[i])*8, script[i+2]&1 != 0, make([]byte, int(script[i+1])*int(size)))
			p.Decode(capture.LinkEthernet, data, 0)
			if whole, _ := all.Add(&p, data, i, fragmentStart); whole != nil {
				p.DecodeReassembled(whole)
			}
		}
	})
}

// Where the headers of a fragment are too many to remember, its bytes can not be found.
func TestFragmentBelowTooManyHeaders(t *testing.T) {
	tags := "02 00 00 00 00 02" + "02 00 00 00 00 01" + strings.Repeat("8100 0001", maxHeaders)
	b := frame(tags, "0800", "45 00 001c 1234 2000 40 11 0000", ipv4Ends, "0102030405060708")
	var p Packet
	p.Decode(capture.LinkEthernet, b, 0)
	if _, complete := p.fragmentBytes(b); complete || !p.Frag.More {
		t.Errorf("%s: complete", text(&p))
	}
}
