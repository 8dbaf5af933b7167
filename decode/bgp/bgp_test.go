package bgp

import (
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/pktjourney/pktjourney/decode/fact"
	"github.com/pktjourney/pktjourney/decode/flow"
	"github.com/pktjourney/pktjourney/decode/wire"
)

// message puts the header before a body (RFC 4271 section 4.1).
func message(t Type, body ...byte) []byte {
	b := slices.Concat(marker, []byte{0, 0, byte(t)}, body)
	binary.BigEndian.PutUint16(b[markerLen:], uint16(len(b)))
	return b
}

// attribute puts flags, type and length before a path attribute.
func attribute(code byte, value ...byte) []byte {
	return append([]byte{0x40, code, byte(len(value))}, value...)
}

// update has no withdrawn routes, these attributes, and these prefixes.
func update(attributes, prefixes []byte) []byte {
	return message(Update, slices.Concat([]byte{0, 0, byte(len(attributes) >> 8), byte(len(attributes))}, attributes, prefixes)...)
}

func openOf(as uint16, capabilities ...byte) []byte {
	body := []byte{4, byte(as >> 8), byte(as), 0, 180, 10, 0, 0, 1, byte(len(capabilities) + 2), 2, byte(len(capabilities))}
	return message(Open, append(body, capabilities...)...)
}

var (
	fourByteOpen = openOf(23456, 65, 4, 0, 1, 0, 2)
	routes       = update(slices.Concat(attribute(1, 0), attribute(2, 2, 2, 0xfd, 0xe9, 0xfd, 0xea), attribute(3, 203, 0, 113, 1)), []byte{24, 198, 51, 100, 25, 203, 0, 113, 128})
	routes4      = update(slices.Concat(attribute(1, 2), attribute(2, 2, 1, 0, 1, 0, 2, 1, 2, 0, 0, 0xfd, 0xe9, 0, 0, 0xfd, 0xea)), []byte{0})
	routes6      = update(attribute(14, slices.Concat([]byte{0, 2, 1, 16, 0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0}, []byte{32, 0x20, 1, 0xd, 0xb8})...), nil)
	gone6        = update(attribute(15, 0, 2, 1, 16, 0x20, 1), nil)
	withdrawn    = message(Update, 0, 4, 24, 198, 51, 100, 0, 0)
	ceased       = message(Notification, 6, 2)
)

func TestFacts(t *testing.T) {
	for _, c := range []struct {
		ref      string
		b        []byte
		fourByte bool
		want     map[fact.Name]string
	}{
		{"RFC 4271 section 4.2", openOf(65001, 1, 4, 0, 1, 0, 1), false, map[fact.Name]string{fact.BGPMessageType: "open", fact.BGPAS: "65001", fact.BGPHoldTime: "180", fact.BGPRouterID: "10.0.0.1"}},
		{"RFC 6793 section 4.1", fourByteOpen, false, map[fact.Name]string{fact.BGPAS: "65538"}},
		{"RFC 4271 section 4.3", routes, false, map[fact.Name]string{fact.BGPMessageType: "update", fact.BGPPrefixes: "198.51.100.0/24, 203.0.113.128/25", fact.BGPASPath: "65001 65002", fact.BGPNextHop: "203.0.113.1", fact.BGPOrigin: "igp"}},
		{"RFC 6793 section 4.2, both sides agreed", routes4, true, map[fact.Name]string{fact.BGPPrefixes: "0.0.0.0/0", fact.BGPASPath: "65538 {65001,65002}", fact.BGPOrigin: "incomplete"}},
		{"RFC 6793 section 4.2, joined late", routes4, false, map[fact.Name]string{fact.BGPASPath: "65538 {65001,65002}"}},
		{"RFC 4760 section 3", routes6, false, map[fact.Name]string{fact.BGPPrefixes: "2001:db8::/32", fact.BGPNextHop: "2001:db8::1"}},
		{"RFC 4760 section 4", gone6, false, map[fact.Name]string{fact.BGPWithdrawn: "2001::/16"}},
		{"RFC 4271 section 4.3", withdrawn, false, map[fact.Name]string{fact.BGPWithdrawn: "198.51.100.0/24", fact.BGPPrefixes: ""}},
		{"RFC 4271 section 4.5", ceased, false, map[fact.Name]string{fact.BGPMessageType: "notification", fact.BGPError: "cease: administrative shutdown (6/2)"}},
		{"RFC 4271 section 4.4", message(Keepalive), false, map[fact.Name]string{fact.BGPMessageType: "keepalive"}},
	} {
		m, err := Parse(c.b, Terms{FourByte: c.fourByte})
		if err != nil {
			t.Errorf("%s: %v", c.ref, err)
		}
		l := m.AppendFacts(nil)
		for name, want := range c.want {
			if got := l.Text(name); got != want {
				t.Errorf("%s: %s is %q, want %q", c.ref, name, got, want)
			}
		}
	}
}

// A message that is cut, whatever its header says, is read as far as it goes.
func TestParsePrefixes(t *testing.T) {
	for _, whole := range [][]byte{fourByteOpen, routes, routes6, ceased} {
		for n := range len(whole) {
			b := slices.Clone(whole[:n])
			if n >= headerLen {
				binary.BigEndian.PutUint16(b[markerLen:], uint16(n))
			}
			var e *wire.Error
			if _, err := Parse(b, Terms{}); err != nil && (!errors.As(err, &e) || e.Span.Off > n) {
				t.Errorf("%d bytes: %v", n, err)
			}
			if _, err := Parse(whole[:n], Terms{}); err == nil {
				t.Errorf("%d bytes are taken for a whole message", n)
			}
		}
	}
}

func TestBadPrefixLength(t *testing.T) {
	if _, err := Parse(update(nil, []byte{33, 1, 2, 3, 4, 5}), Terms{}); !errors.Is(err, wire.ErrMalformed) {
		t.Errorf("a prefix of 33 bits: %v", err)
	}
}

// told is what the parts of one direction say.
func told(parts []Part) (words []string, n int) {
	for _, p := range parts {
		n += p.Len
		if p.End {
			words = append(words, p.Message.Type.String())
		}
	}
	return words, n
}

func TestConn(t *testing.T) {
	stream := slices.Concat(fourByteOpen, message(Keepalive), routes, message(Keepalive), ceased)
	for size := 1; size <= len(stream); size++ {
		var c Conn
		var parts []Part
		for b := stream; len(b) > 0; {
			n := min(size, len(b))
			parts = c.Data(flow.FromOriginator, b[:n], parts)
			b = b[n:]
		}
		words, n := told(parts)
		if got := fmt.Sprint(words); got != "[open keepalive update keepalive notification]" || n != len(stream) {
			t.Fatalf("%d bytes at a time: %s, %d bytes covered", size, got, n)
		}
	}
}

// Behind a hole the next marker begins a message, wherever the bytes are cut and whatever stands before it.
func TestConnResumes(t *testing.T) {
	for _, before := range [][]byte{nil, {1, 2, 3}, {0xff}, {1, 0xff, 0xff, 0xff}, marker} {
		stream := slices.Concat(before, message(Keepalive), routes)
		for cut := range len(stream) + 1 {
			var c Conn
			parts := c.Data(flow.FromOriginator, routes[:30], nil)
			parts = c.Gap(flow.FromOriginator, 500, parts)
			parts = c.Data(flow.FromOriginator, stream[:cut], parts)
			parts = c.Data(flow.FromOriginator, stream[cut:], parts)
			if words, n := told(parts); fmt.Sprint(words) != "[keepalive update]" || n != 30+500+len(stream) {
				t.Errorf("% x before, cut at %d: %v, %d bytes", before, cut, words, n)
			}
		}
	}
}

// What is wrong with a message is said, and the rest of it read.
func TestBadMessages(t *testing.T) {
	bad := update(slices.Concat(attribute(2, 9, 9, 9), attribute(3, 203, 0, 113, 1)), []byte{24, 198, 51, 100})
	var e *wire.Error
	m, err := Parse(bad, Terms{})
	if !errors.As(err, &e) || e.Field != "attribute.as_path" || len(m.Prefixes) != 1 || !m.NextHop.IsValid() {
		t.Errorf("a bad AS path: %+v, %v", m, err)
	}
	old := openOf(65001)
	old[headerLen] = 3
	if _, err := Parse(old, Terms{}); !errors.As(err, &e) || e.Field != "open.version" {
		t.Errorf("version 3: %v", err)
	}
}

func TestLooks(t *testing.T) {
	for _, c := range []struct {
		b    []byte
		want Guess
	}{
		{message(Keepalive), Yes}, {routes, Yes}, {marker, NeedMore}, {marker[:3], NeedMore}, {nil, No},
		{[]byte("GET / HTTP/1.1"), No}, {slices.Concat(marker, []byte{0, 5, 4}), No}, {slices.Concat(marker, []byte{0, 19, 9}), No},
		{slices.Concat(marker, []byte{0, 0, 11}), No}, {slices.Concat(marker, []byte{0, 0, 0}), No},
		{slices.Concat(marker, []byte{0xff, 0xff, byte(Keepalive)}), No}, {slices.Concat(marker, []byte{0x10, 1, byte(Open)}), No},
		{slices.Concat(marker, []byte{0xff, 0xf0, byte(Update)}), Yes},
	} {
		if got := Looks(c.b); got != c.want {
			t.Errorf("% x: %d, want %d", c.b, got, c.want)
		}
	}
}

func FuzzConn(f *testing.F) {
	for _, b := range [][]byte{fourByteOpen, routes, routes4, routes6, gone6, withdrawn, ceased, slices.Concat(message(Keepalive), routes), slices.Concat(marker, []byte{0, 0, 11, 1, 2, 3})} {
		f.Add(b, uint8(7), true)
	}
	f.Fuzz(func(t *testing.T, b []byte, size uint8, gap bool) {
		var c Conn
		var parts []Part
		want := len(b)
		for i := 0; len(b) > 0; i++ {
			n := min(int(size)+1, len(b))
			if gap && i == 2 {
				parts = c.Gap(flow.FromOriginator, n, parts)
			} else {
				parts = c.Data(flow.FromOriginator, b[:n], parts)
			}
			b = b[n:]
		}
		for _, p := range parts {
			if p.Message != nil {
				p.Message.AppendFacts(nil)
			}
		}
		if _, n := told(parts); n != want {
			t.Errorf("parts cover %d of %d bytes", n, want)
		}
	})
}
