package rip

import (
	"errors"
	"net/netip"
	"slices"
	"testing"

	"github.com/pktjourney/pktjourney/decode/fact"
	"github.com/pktjourney/pktjourney/decode/wire"
	"github.com/pktjourney/pktjourney/decode/wire/wiretest"
)

func ip(s string) []byte { return netip.MustParseAddr(s).AsSlice() }

func header(c Command, version byte) []byte { return []byte{byte(c), version, 0, 0} }

// entry is an entry of RIP version 2, for IPv4.
func entry(dst, mask, hop string, metric byte) []byte {
	return slices.Concat([]byte{0, 2, 0, 0}, ip(dst), ip(mask), ip(hop), []byte{0, 0, 0, metric})
}

// entryNG is an entry of RIPng.
func entryNG(dst string, bits, metric byte) []byte {
	return slices.Concat(ip(dst), []byte{0, 0, bits, metric})
}

func response() []byte {
	return slices.Concat(header(Response, 2),
		entry("192.0.2.0", "255.255.255.0", "0.0.0.0", 1), entry("0.0.0.0", "0.0.0.0", "198.51.100.1", 16))
}

func responseNG() []byte {
	return slices.Concat(header(Response, 1), entryNG("2001:db8:1::", 48, 1), entryNG("fe80::1", 0, 0xff),
		entryNG("2001:db8:2::", 64, 2), entryNG("::", 0, 0xff), entryNG("::", 0, 3))
}

func TestEntries(t *testing.T) {
	for _, c := range []struct {
		ref  string
		b    []byte
		ng   bool
		want []string // prefix, next hop
	}{
		{"RFC 2453 section 4", response(), false, []string{"192.0.2.0/24 invalid IP", "0.0.0.0/0 198.51.100.1"}},
		{"RFC 1058 section 3.1: version 1 has no mask", slices.Concat(header(Response, 1), entry("192.0.2.0", "0.0.0.0", "0.0.0.0", 1)),
			false, []string{"192.0.2.0 invalid IP"}},
		{"RFC 2453 section 4.3: no mask", slices.Concat(header(Response, 2), entry("192.0.2.0", "0.0.0.0", "0.0.0.0", 1)),
			false, []string{"192.0.2.0 invalid IP"}},
		{"a mask with holes", slices.Concat(header(Response, 2), entry("192.0.2.0", "255.0.255.0", "0.0.0.0", 1)),
			false, []string{"192.0.2.0 invalid IP"}},
		{"RFC 2080 section 2.1.1", responseNG(), true,
			[]string{"2001:db8:1::/48 invalid IP", "2001:db8:2::/64 fe80::1", "::/0 invalid IP"}},
	} {
		m := new(Message)
		err := m.parse(c.b, c.ng)
		var got []string
		for _, e := range m.Entries {
			got = append(got, e.Prefix()+" "+e.NextHop.String())
		}
		if err != nil || !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, %v, want %q", c.ref, got, err, c.want)
		}
	}
}

func TestRequestOfTheWholeTable(t *testing.T) {
	for _, c := range []struct {
		ref string
		b   []byte
		ng  bool
	}{
		{"RFC 2453 section 3.9.1", slices.Concat(header(Request, 2), make([]byte, 19), []byte{16}), false},
		{"RFC 2080 section 2.4.1", slices.Concat(header(Request, 1), entryNG("::", 0, 16)), true},
	} {
		var m Message
		if err := m.parse(c.b, c.ng); err != nil || len(m.Entries) != 1 || !m.Entries[0].Table {
			t.Errorf("%s: %+v, %v", c.ref, m.Entries, err)
		}
	}
}

func TestAuthenticationIsNoRoute(t *testing.T) {
	auth := append([]byte{0xff, 0xff, 0, 2}, make([]byte, 16)...)
	m, err := Parse(slices.Concat(header(Response, 2), auth, entry("192.0.2.0", "255.255.255.0", "0.0.0.0", 1)))
	if err != nil || !m.Auth || len(m.Entries) != 1 {
		t.Errorf("RFC 2453 section 4.1: %+v, %v", m, err)
	}
}

func TestFacts(t *testing.T) {
	m, _ := Parse(response())
	for name, want := range map[fact.Name]string{fact.RIPCommand: "response", fact.RIPVersion: "2", fact.RIPEntries: "2"} {
		if got := m.Facts().Text(name); got != want {
			t.Errorf("%v = %q, want %q", name, got, want)
		}
	}
}

func TestPrefixes(t *testing.T) {
	whole := func(n int) bool { return n >= 4 && (n-4)%entryLen == 0 }
	wiretest.Prefixes(t, response(), func(b []byte) error { _, err := Parse(b); return err }, whole)
	wiretest.Prefixes(t, responseNG(), func(b []byte) error { _, err := ParseNG(b); return err }, whole)
}

func TestMalformed(t *testing.T) {
	if _, err := ParseNG(slices.Concat(header(Response, 1), entryNG("2001:db8::", 129, 1))); !errors.Is(err, wire.ErrMalformed) {
		t.Errorf("RFC 2080 section 2.1: a prefix of 129 bits: %v", err)
	}
}

func TestBounds(t *testing.T) {
	m, err := Parse(append(header(Response, 1), make([]byte, (maxEntries+1)*entryLen)...))
	if err != nil || len(m.Entries) != maxEntries {
		t.Errorf("%d entries, %v", len(m.Entries), err)
	}
}

func TestLooks(t *testing.T) {
	for _, c := range []struct {
		name  string
		b     []byte
		looks func([]byte) bool
		want  bool
	}{
		{"RFC 2453 section 4", response(), Looks, true},
		{"its last entry is cut", response()[:30], Looks, true},
		{"RFC 2453 section 3.6: an obsolete command", header(5, 1), Looks, false},
		{"a version that is none", header(Request, 3), Looks, false},
		{"an unknown family", slices.Concat(header(Response, 2), []byte{0, 99}, make([]byte, 18)), Looks, false},
		{"too short", []byte{2, 2, 0}, Looks, false},
		{"RFC 2080 section 2.1", responseNG(), LooksNG, true},
		{"a prefix of 129 bits", slices.Concat(header(Response, 1), entryNG("::", 129, 1)), LooksNG, false},
		{"RIPng has one version", header(Response, 2), LooksNG, false},
	} {
		if got := c.looks(c.b); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(response(), false)
	f.Add(responseNG(), true)
	f.Fuzz(func(t *testing.T, b []byte, ng bool) {
		var m Message
		var e *wire.Error
		if err := m.parse(b, ng); err != nil && !errors.As(err, &e) {
			t.Fatalf("%T", err)
		}
		if len(m.Entries) > maxEntries {
			t.Fatal("no bound")
		}
		m.Facts()
	})
}
