package openvpn

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/pktjourney/pktjourney/decode/flow"
	"github.com/pktjourney/pktjourney/decode/wire/wiretest"
)

// build makes a packet of the control channel.
func build(op Opcode, key uint8, session uint64, hmac int, acks int, id uint32, payload string) []byte {
	b := []byte{byte(op)<<3 | key}
	b = binary.BigEndian.AppendUint64(b, session)
	if hmac > 0 {
		b = append(b, bytes.Repeat([]byte{0xa5}, hmac+replayLen)...)
	}
	b = append(b, byte(acks))
	b = append(b, make([]byte, 4*acks)...)
	if acks > 0 {
		b = binary.BigEndian.AppendUint64(b, 99)
	}
	if op == Ack {
		return b
	}
	return append(binary.BigEndian.AppendUint32(b, id), payload...)
}

func TestParse(t *testing.T) {
	for _, c := range []struct {
		name string
		b    []byte
		hmac int
		want Packet
	}{
		{"first of a client", build(HardResetClient2, 0, 7, 0, 0, 0, ""), 0, Packet{Opcode: HardResetClient2, Session: 7, Payload: []byte{}}},
		{"control", build(Control, 1, 7, 0, 2, 3, "tls"), 0, Packet{Opcode: Control, Key: 1, Session: 7, Acks: 2, ID: 3, Payload: []byte("tls")}},
		{"control with tls-auth", build(Control, 0, 7, 20, 0, 3, "tls"), 20, Packet{Opcode: Control, Session: 7, ID: 3, Payload: []byte("tls")}},
		{"ack", build(Ack, 0, 7, 20, 1, 0, ""), 20, Packet{Opcode: Ack, Session: 7, Acks: 1}},
		{"data", []byte{byte(Data2) << 3, 1, 2, 3}, 0, Packet{Opcode: Data2}},
	} {
		got, err := Parse(c.b, c.hmac)
		if err != nil || fmt.Sprintf("%+v", got) != fmt.Sprintf("%+v", c.want) {
			t.Errorf("%s: %+v, %v; want %+v", c.name, got, err, c.want)
		}
	}
}

func TestParsePrefixes(t *testing.T) {
	parse := func(b []byte) error { _, err := Parse(b, 16); return err }
	good := build(Control, 0, 7, 16, 2, 1, "tls")
	wiretest.Prefixes(t, good, parse, func(n int) bool { return n >= len(good)-len("tls") })
}

func TestOpening(t *testing.T) {
	for _, c := range []struct {
		name string
		b    []byte
		hmac int
		ok   bool
	}{
		{"plain", build(HardResetClient2, 0, 7, 0, 0, 0, ""), 0, true},
		{"version 1", build(HardResetClient1, 0, 7, 0, 0, 0, ""), 0, true},
		{"tls-auth, SHA-1", build(HardResetClient2, 0, 7, 20, 0, 0, ""), 20, true},
		{"tls-auth, SHA-512", build(HardResetClient2, 0, 7, 64, 0, 0, ""), 64, true},
		{"of a server", build(HardResetServer2, 0, 7, 0, 0, 0, ""), 0, false},
		{"of a later key", build(HardResetClient2, 1, 7, 0, 0, 0, ""), 0, false},
		{"no session", build(HardResetClient2, 0, 0, 0, 0, 0, ""), 0, false},
		{"not the first", build(HardResetClient2, 0, 7, 0, 0, 1, ""), 0, false},
		{"tls-crypt", append(build(HardResetClient2, 0, 7, 32, 0, 0, "")[:49], 1, 2, 3, 4, 5), 0, false},
		{"another length", build(HardResetClient2, 0, 7, 19, 0, 0, ""), 0, false},
		{"nothing", nil, 0, false},
	} {
		if hmac, ok := Opening(c.b); hmac != c.hmac || ok != c.ok {
			t.Errorf("%s: %d, %v; want %d, %v", c.name, hmac, ok, c.hmac, c.ok)
		}
		over := append([]byte{0, byte(len(c.b))}, c.b...)
		if hmac, ok := OpeningOverTCP(over); hmac != c.hmac || ok != c.ok {
			t.Errorf("%s over TCP: %d, %v; want %d, %v", c.name, hmac, ok, c.hmac, c.ok)
		}
	}
}

// What comes out of packets that come in some order: the data of each piece, its marks and where it came from.
func TestConn(t *testing.T) {
	reset := build(HardResetClient2, 0, 7, 0, 0, 0, "")
	part := func(id uint32, data string) []byte { return build(Control, 0, 7, 0, 0, id, data) }
	long := strings.Repeat("x", cutLen)
	for _, c := range []struct {
		name    string
		packets [][]byte
		want    string
	}{
		{"in order", [][]byte{reset, part(1, "a"), part(2, "b")}, "a fresh from 1, b from 2"},
		{"late", [][]byte{reset, part(2, "b"), part(3, "c"), part(1, "a")}, "a fresh from 3, b from 1, c from 2"},
		{"sent again", [][]byte{reset, reset, part(1, "a"), reset, part(1, "a"), part(2, "b")}, "a fresh from 2, b from 5"},
		{"cut", [][]byte{reset, part(1, long), part(2, "b")}, long + " fresh more from 1, b from 2"},
		{"joined late", [][]byte{part(1, "a"), part(2, "b")}, ""},
		{"another session", [][]byte{reset, part(1, "a"), build(HardResetClient2, 0, 8, 0, 0, 0, ""), build(Control, 0, 8, 0, 0, 1, "b")}, "a fresh from 1, b fresh from 3"},
		{"new keys", [][]byte{reset, part(1, "a"), build(SoftReset, 1, 7, 0, 0, 0, ""), build(Control, 1, 7, 0, 0, 1, "b")}, "a fresh from 1, b fresh key 1 from 3"},
		{"keys used again", [][]byte{reset, part(1, "a"), build(SoftReset, 0, 7, 0, 0, 0, ""), part(1, "b")}, "a fresh from 1, b fresh from 3"},
		{"acknowledgements and data", [][]byte{reset, build(Ack, 0, 7, 0, 1, 0, ""), {byte(Data1) << 3, 1}, part(1, "a")}, "a fresh from 3"},
	} {
		conn := New(0)
		var got []string
		for i, b := range c.packets {
			pieces, err := conn.Packet(flow.FromOriginator, b, i, nil)
			if err != nil {
				t.Errorf("%s: %v", c.name, err)
			}
			for _, p := range pieces {
				got = append(got, describe(p))
			}
		}
		if text := strings.Join(got, ", "); text != c.want {
			t.Errorf("%s: %s; want %s", c.name, text, c.want)
		}
	}
}

func describe(p Piece) string {
	s := string(p.Data)
	if p.Fresh {
		s += " fresh"
	}
	if p.More {
		s += " more"
	}
	if p.Key > 0 {
		s += fmt.Sprint(" key ", p.Key)
	}
	return s + fmt.Sprint(" from ", p.From)
}

func TestConnGivesUpWhatIsMissing(t *testing.T) {
	conn := New(0)
	conn.Packet(flow.FromOriginator, build(HardResetClient2, 0, 7, 0, 0, 0, ""), 0, nil)
	n := 0
	for id := range uint32(100) {
		pieces, _ := conn.Packet(flow.FromOriginator, build(Control, 0, 7, 0, 0, id+2, "x"), int(id), nil)
		n += len(pieces)
		if o := conn.tunnel[flow.FromOriginator].keys[0]; len(o.waiting) > maxWaiting {
			t.Fatalf("%d packets wait", len(o.waiting))
		}
	}
	if n != 100 {
		t.Errorf("%d pieces", n)
	}
}

// Packets are found however the stream is cut.
func TestStream(t *testing.T) {
	packets := [][]byte{build(HardResetClient2, 0, 7, 0, 0, 0, ""), build(Control, 0, 7, 0, 0, 1, "hello"), build(Ack, 0, 7, 0, 2, 0, "")}
	var all []byte
	for i, p := range packets {
		all = append(binary.BigEndian.AppendUint16(all, uint16(len(p))), p...)
		if i == 1 {
			all = append(binary.BigEndian.AppendUint16(all, 300), byte(Data2)<<3)
			all = append(all, make([]byte, 299)...)
		}
	}
	for size := 1; size <= len(all); size++ {
		var s Stream
		var got [][]byte
		for piece := range slices.Chunk(all, size) {
			s.Data(piece, func(p []byte) {
				if Opcode(p[0] >> 3).control() {
					got = append(got, slices.Clone(p))
				}
			})
		}
		if !slices.EqualFunc(got, packets, bytes.Equal) {
			t.Fatalf("cut into pieces of %d: %x", size, got)
		}
	}
}

func TestStreamGap(t *testing.T) {
	control := build(Control, 0, 7, 0, 0, 1, "hello")
	framed := append([]byte{0, byte(len(control))}, control...)
	count := func(say func(s *Stream)) int {
		n := 0
		var s Stream
		s.Data([]byte{1, 0x2c, byte(Data2) << 3, 0}, func([]byte) {})
		say(&s)
		s.Data(framed, func([]byte) { n++ })
		return n
	}
	if n := count(func(s *Stream) { s.Gap(298) }); n != 1 {
		t.Errorf("%d packets behind a hole in the data channel", n)
	}
	if n := count(func(s *Stream) { s.Gap(299) }); n != 0 {
		t.Errorf("%d packets behind a hole that hides where packets begin", n)
	}
}

func FuzzStream(f *testing.F) {
	reset := build(HardResetClient2, 0, 7, 0, 0, 0, "")
	f.Add(append([]byte{0, byte(len(reset))}, reset...), uint8(3), uint8(0))
	control := build(Control, 0, 7, 20, 1, 1, "\x16\x03\x01\x00\x05hello")
	f.Add(append([]byte{0, byte(len(control))}, control...), uint8(100), uint8(20))
	f.Fuzz(func(t *testing.T, b []byte, size, hmac uint8) {
		var s Stream
		conn := New(int(hmac))
		for piece := range slices.Chunk(b, int(size)+1) {
			s.Data(piece, func(p []byte) { conn.Packet(flow.FromOriginator, p, 0, nil) })
		}
		if len(s.held) > lengthLen+0xffff {
			t.Fatalf("%d bytes held", len(s.held))
		}
		Opening(b)
		OpeningOverTCP(b)
	})
}
