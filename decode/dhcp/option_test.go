package dhcp

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/pktjourney/pktjourney/decode/wire"
)

func TestLongOptionsAreJoined(t *testing.T) {
	m, err := Parse(message(
		12, 2, 'l', 'o', // first piece of the host name
		53, 1, 1,
		6, 3, 192, 0, 2, // a piece may end inside an address
		12, 2, 'n', 'g', // second piece
		6, 1, 53,
		255))
	if err != nil {
		t.Fatal(err)
	}
	if m.Hostname != "long" || len(m.DNSServers) != 1 || m.DNSServers[0].String() != "192.0.2.53" {
		t.Errorf("RFC 3396 section 7: host name %q, dns servers %v", m.Hostname, m.DNSServers)
	}
	if len(m.Options) != 5 || m.Options[3].Span != (wire.Span{Off: 254, Len: 2}) {
		t.Errorf("pieces: %v", m.Options)
	}
}

func TestFirstOfRepeatedFixedOptionsCounts(t *testing.T) {
	m, err := Parse(message(53, 1, 1, 53, 1, 2, 255))
	if err != nil || m.Type != Discover {
		t.Errorf("type %v, err %v", m.Type, err)
	}
}

func TestOverload(t *testing.T) {
	const ref = "RFC 2132 section 9.3"
	for _, c := range []struct {
		name        string
		overload    byte
		file, sname string // what the two fields hold
		hostname    string
		bootFile    string
		serverName  string
	}{
		{"file", 1, "\x0c\x02pc\xff", "server", "pc", "", "server"},
		{"sname", 2, "boot", "\x0c\x02pc\xff", "pc", "boot", ""},
		{"both, file first", 3, "\x0c\x01a\x43\x01f", "\x0c\x01b\xff\x0c\x01c", "ab", "f", ""},
	} {
		b := message(52, 1, c.overload, 255)
		clear(b[44:236])
		copy(b[108:], c.file)
		copy(b[44:], c.sname)
		m, err := Parse(b)
		if err != nil || m.Hostname != c.hostname || m.BootFile != c.bootFile || m.ServerName != c.serverName {
			t.Errorf("%s, %s: host name %q, boot file %q, server name %q, err %v",
				ref, c.name, m.Hostname, m.BootFile, m.ServerName, err)
		}
	}
}

func TestPiecesInAllThreeAreas(t *testing.T) {
	b := message(52, 1, 3, 12, 1, 'a', 53, 1, 1, 255)
	clear(b[44:236])
	copy(b[108:], "\x0c\x01b\xff")
	copy(b[44:], "\x0c\x01c\xff")
	if m, err := Parse(b); err != nil || m.Hostname != "abc" {
		t.Errorf("RFC 3396 section 5: options, file, sname: host name %q, err %v", m.Hostname, err)
	}
}

func TestOptionThatRunsOverItsFieldIsMalformed(t *testing.T) {
	b := message(52, 1, 1, 255)
	b[108], b[109] = 12, 127 // leaves 126 bytes of file
	_, err := Parse(b)
	if !errors.Is(err, wire.ErrMalformed) || errors.Is(err, wire.ErrShort) {
		t.Errorf("error %v: nothing is lacking, the sender broke a rule", err)
	}
}

func TestTextEndsAtTheSizeOfItsField(t *testing.T) {
	b := message(255)
	copy(b[44:], strings.Repeat("s", 64))
	copy(b[108:], strings.Repeat("f", 128))
	m, err := Parse(b)
	if err != nil || len(m.ServerName) != 64 || len(m.BootFile) != 128 {
		t.Errorf("%d and %d bytes, err %v", len(m.ServerName), len(m.BootFile), err)
	}
}

func TestManyOptionsStayCheap(t *testing.T) {
	b := message(append(bytes.Repeat([]byte{12, 0, 6, 0, 3, 0, 60, 0}, 8000), 255)...)
	allocs := testing.AllocsPerRun(1, func() {
		if _, err := Parse(b); err == nil {
			t.Error("no error for empty options")
		}
	})
	if allocs > 200 {
		t.Errorf("%v allocations", allocs)
	}
}

func TestLeaseTimes(t *testing.T) {
	for _, c := range []struct {
		ref  string
		wire []byte
		want time.Duration
		has  bool
	}{
		{"RFC 2132 section 9.2", []byte{51, 4, 0, 1, 0x51, 0x80, 255}, 24 * time.Hour, true},
		{"RFC 2131 section 3.3: infinity", []byte{51, 4, 255, 255, 255, 255, 255}, Infinite, true},
		{"RFC 2132 section 9.2: zero is there", []byte{51, 4, 0, 0, 0, 0, 255}, 0, true},
		{"absent", []byte{255}, 0, false},
		{"too short to be read", []byte{51, 1, 9, 255}, 0, false},
	} {
		m, _ := Parse(message(c.wire...))
		if m.LeaseTime != c.want || m.Has(OptionLeaseTime) != c.has {
			t.Errorf("%s: %v, has %v", c.ref, m.LeaseTime, m.Has(OptionLeaseTime))
		}
	}
}

func TestPrefixLen(t *testing.T) {
	for _, c := range []struct {
		mask [4]byte
		want int
		ok   bool
	}{
		{[4]byte{255, 255, 255, 0}, 24, true},
		{[4]byte{255, 255, 255, 255}, 32, true},
		{[4]byte{0, 0, 0, 0}, 0, true},
		{[4]byte{255, 255, 240, 0}, 20, true},
		{[4]byte{255, 0, 255, 0}, 8, false},
		{[4]byte{0, 0, 0, 1}, 0, false},
	} {
		m, _ := Parse(message(append(append([]byte{1, 4}, c.mask[:]...), 255)...))
		if got, ok := m.PrefixLen(); ok != c.ok || ok && got != c.want {
			t.Errorf("%v: %d, %v", c.mask, got, ok)
		}
	}
	m, _ := Parse(message(255))
	if _, ok := m.PrefixLen(); ok {
		t.Error("a prefix length without a mask")
	}
}
