package ospf

import (
	"encoding/binary"
	"errors"
	"net/netip"
	"slices"
	"testing"

	"github.com/pktjourney/pktjourney/decode/fact"
	"github.com/pktjourney/pktjourney/decode/wire"
	"github.com/pktjourney/pktjourney/decode/wire/wiretest"
)

func id(s string) []byte { a := netip.MustParseAddr(s).As4(); return a[:] }

func join(parts ...[]byte) []byte { return slices.Concat(parts...) }

// packet puts the header of a version before a body: router 10.0.0.1 in the backbone.
func packet(version byte, t Type, body ...[]byte) []byte {
	b := join([]byte{version, byte(t), 0, 0}, id("10.0.0.1"), id("0.0.0.0"), []byte{0xab, 0xcd})
	if version == version2 {
		b = append(b, make([]byte, 10)...) // no authentication
	} else {
		b = append(b, 0, 0) // instance, zero
	}
	b = append(b, join(body...)...)
	binary.BigEndian.PutUint16(b[2:], uint16(len(b)))
	return b
}

// lsa is a link state advertisement of router 10.0.0.2, one second old.
func lsa(kind [2]byte, body ...byte) []byte {
	b := join([]byte{0, 1}, kind[:], id("10.0.0.9"), id("10.0.0.2"), []byte{0x80, 0, 0, 3, 0xaa, 0xbb, 0, 0}, body)
	binary.BigEndian.PutUint16(b[18:], uint16(len(b)))
	return b
}

func hello2() []byte {
	return packet(2, Hello, id("255.255.255.0"), []byte{0, 10, 2, 1, 0, 0, 0, 40}, id("192.0.2.1"), id("192.0.2.2"), id("10.0.0.2"), id("10.0.0.3"))
}

func hello3() []byte {
	return packet(3, Hello, []byte{0, 0, 0, 5, 1, 0, 0, 0x13, 0, 10, 0, 40}, id("10.0.0.1"), id("0.0.0.0"))
}

func update2() []byte {
	return packet(2, LinkStateUpdate, []byte{0, 0, 0, 2},
		lsa([2]byte{2, 1}, 3, 0, 0, 0),                                             // router: B and E
		lsa([2]byte{2, 5}, 255, 255, 0, 0, 0x80, 0, 0, 20, 0, 0, 0, 0, 0, 0, 0, 0)) // external
}

func TestFacts(t *testing.T) {
	for _, c := range []struct {
		ref   string
		b     []byte
		facts map[fact.Name]string
	}{
		{"RFC 2328 section A.3.2", hello2(), map[fact.Name]string{
			fact.OSPFVersion: "2", fact.OSPFMessageType: "hello", fact.OSPFRouterID: "10.0.0.1", fact.OSPFAreaID: "0.0.0.0",
			fact.OSPFHelloInterval: "10", fact.OSPFDesignatedRouter: "192.0.2.1", fact.OSPFBackupDesignatedRouter: "192.0.2.2",
			fact.OSPFNeighbors: "10.0.0.2, 10.0.0.3", fact.OSPFLSAs: ""}},
		{"RFC 5340 section A.3.2", hello3(), map[fact.Name]string{
			fact.OSPFVersion: "3", fact.OSPFHelloInterval: "10", fact.OSPFDesignatedRouter: "10.0.0.1",
			fact.OSPFBackupDesignatedRouter: "0.0.0.0", fact.OSPFNeighbors: ""}},
		{"RFC 2328 section A.3.5", update2(), map[fact.Name]string{
			fact.OSPFMessageType: "link_state_update", fact.OSPFDesignatedRouter: "", fact.OSPFLSAs: "2"}},
	} {
		m, err := Parse(c.b)
		if err != nil {
			t.Errorf("%s: %v", c.ref, err)
		}
		for name, want := range c.facts {
			if got := m.Facts().Text(name); got != want {
				t.Errorf("%s: %v = %q, want %q", c.ref, name, got, want)
			}
		}
	}
}

func TestLSAs(t *testing.T) {
	router := LSA{Type: LSARouter, LinkStateID: 0x0a000009, Advertising: 0x0a000002, Age: seconds(1), Sequence: 0x80000003}
	border := router
	border.Roles = AreaBorder | ASBoundary
	external := router
	external.Type = LSAExternal
	router3 := router
	router3.Type, router3.Roles = LSAv3Router, ASBoundary
	for _, c := range []struct {
		ref  string
		b    []byte
		want []LSA
	}{
		{"RFC 2328 section A.4.2: E and B", update2(), []LSA{border, external}},
		{"RFC 5340 section A.4.3", packet(3, LinkStateUpdate, []byte{0, 0, 0, 1}, lsa([2]byte{0x20, 1}, 2, 0, 0, 0x13)), []LSA{router3}},
		{"RFC 2328 section A.3.3", packet(2, DatabaseDescription, make([]byte, 8), lsa([2]byte{2, 1})), []LSA{router}},
		{"RFC 5340 section A.3.3", packet(3, DatabaseDescription, make([]byte, 12)), nil},
		{"RFC 2328 section A.3.4", packet(2, LinkStateRequest, []byte{0, 0, 0, 1}, id("10.0.0.9"), id("10.0.0.2")),
			[]LSA{{Type: LSARouter, LinkStateID: 0x0a000009, Advertising: 0x0a000002}}},
		{"RFC 2328 section A.3.6", packet(2, LinkStateAck, lsa([2]byte{2, 1})), []LSA{router}},
		{"RFC 1793 section 2.2: DoNotAge is no age", packet(2, LinkStateAck, append([]byte{0x80}, lsa([2]byte{2, 1})[1:]...)), []LSA{router}},
	} {
		m, err := Parse(c.b)
		if err != nil || !slices.Equal(m.LSAs, c.want) {
			t.Errorf("%s: %+v, %v, want %+v", c.ref, m.LSAs, err, c.want)
		}
	}
}

func TestDigestBehindThePacketIsNoNeighbour(t *testing.T) {
	m, err := Parse(append(hello2(), make([]byte, 16)...))
	if err != nil || len(m.Neighbours) != 2 {
		t.Errorf("RFC 2328 section D.4.3: %v, %v", m.Neighbours, err)
	}
}

func TestPrefixes(t *testing.T) {
	for _, b := range [][]byte{hello2(), hello3(), update2(), packet(2, LinkStateAck, lsa([2]byte{2, 1}))} {
		wiretest.Prefixes(t, b, func(b []byte) error { _, err := Parse(b); return err }, nil)
	}
}

func TestMalformed(t *testing.T) {
	short := lsa([2]byte{2, 1}, 0, 0, 0, 0)
	short[19] = 4
	length := hello2()
	length[3] = 8
	for name, b := range map[string][]byte{
		"version 4":                    packet(4, Hello),
		"an LSA shorter than itself":   packet(2, LinkStateUpdate, []byte{0, 0, 0, 1}, short),
		"a packet shorter than itself": length,
	} {
		if _, err := Parse(b); !errors.Is(err, wire.ErrMalformed) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestBounds(t *testing.T) {
	m, err := Parse(packet(2, Hello, make([]byte, 20), make([]byte, 4*(maxNeighbours+1))))
	if err != nil || len(m.Neighbours) != maxNeighbours {
		t.Errorf("%d neighbours, %v", len(m.Neighbours), err)
	}
	m, err = Parse(packet(2, LinkStateAck, make([]byte, lsaHeaderLen*(maxLSAs+1))))
	if err != nil || len(m.LSAs) != maxLSAs {
		t.Errorf("%d LSAs, %v", len(m.LSAs), err)
	}
}

func FuzzParse(f *testing.F) {
	for _, b := range [][]byte{hello2(), hello3(), update2()} {
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		m, err := Parse(b)
		var e *wire.Error
		if err != nil && !errors.As(err, &e) {
			t.Fatalf("%T", err)
		}
		if len(m.LSAs) > maxLSAs || len(m.Neighbours) > maxNeighbours {
			t.Fatal("no bound")
		}
		for _, x := range m.Facts() {
			if x.Span.End() > len(b) {
				t.Fatalf("%v spans %v of %d bytes", x.Name, x.Span, len(b))
			}
		}
	})
}
