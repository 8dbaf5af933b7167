package dhcp

import (
	"bytes"
	"errors"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"github.com/pktjourney/pktjourney/decode/wire"
	"github.com/pktjourney/pktjourney/decode/wire/wiretest"
)

// option builds an option; value may be longer than one piece (RFC 3396 section 5).
func option(code OptionCode, value string) []byte {
	var b []byte
	for len(value) > 255 {
		b = append(append(b, byte(code), 255), value[:255]...)
		value = value[255:]
	}
	return append(append(b, byte(code), byte(len(value))), value...)
}

// network has the options of later standards that tell a client of its network.
func network() []byte {
	return message(slices.Concat([]byte{53, 1, 5},
		option(OptionNTPServer, "\xc0\x00\x02\x7b\xc0\x00\x02\x7c"),
		option(OptionDomainSearch, "\x03eng\x07example\x00\x03lab\xc0\x00"),
		option(OptionRoutes, "\x00\xc0\x00\x02\x01\x18\xc6\x33\x64\x00\x00\x00\x00"),
		option(OptionRelayAgent, "\x01\x04eth1\x02\x05\x00\x04\x09\x00\x07"),
		[]byte{255})...)
}

func TestNetworkEveryPrefix(t *testing.T) {
	wiretest.Prefixes(t, network(), func(b []byte) error {
		_, err := Parse(b)
		return err
	}, nil)
}

func TestNTPServers(t *testing.T) {
	m, err := Parse(network())
	want := []netip.Addr{netip.MustParseAddr("192.0.2.123"), netip.MustParseAddr("192.0.2.124")}
	if err != nil || !slices.Equal(m.NTPServers, want) {
		t.Errorf("RFC 2132 section 8.3: %v, err %v", m.NTPServers, err)
	}
}

func TestRelayAgent(t *testing.T) {
	for _, c := range []struct {
		ref, wire       string
		circuit, remote string
		ok              bool
	}{
		{"RFC 3046 section 2.0: both", "\x01\x04eth1\x02\x02ab", "eth1", "ab", true},
		{"RFC 3046 section 3.1: circuit id alone", "\x01\x04eth1", "eth1", "", true},
		{"RFC 3046 section 3.2: remote id alone", "\x02\x01r", "", "r", true},
		{"RFC 3527 section 3: another sub-option", "\x05\x04\xc0\x00\x02\x00\x02\x01r", "", "r", true},
		{"RFC 3396 section 7: in two pieces", "\x01\xfe" + strings.Repeat("c", 254) + "\x02\x01r", strings.Repeat("c", 254), "r", true},
		{"RFC 3046 section 2.0: longer than the option", "\x01\x04eth1\x02\x09ab", "eth1", "", false},
		{"RFC 3046 section 2.0: no length", "\x01\x04eth1\x02", "eth1", "", false},
		{"RFC 3046 section 2.0: none", "", "", "", false},
	} {
		m, err := Parse(message(append(option(OptionRelayAgent, c.wire), 255)...))
		if string(m.CircuitID) != c.circuit || string(m.RemoteID) != c.remote || (err == nil) != c.ok || m.Has(OptionRelayAgent) != c.ok {
			t.Errorf("%s: circuit id %q, remote id %q, err %v", c.ref, m.CircuitID, m.RemoteID, err)
		}
	}
}

func TestRoutes(t *testing.T) {
	for _, c := range []struct {
		ref, wire string
		want      string
		ok        bool
	}{
		{"RFC 3442: the default route", "\x00\xc0\x00\x02\x01", "0.0.0.0/0 192.0.2.1", true},
		{"RFC 3442: a width of 8", "\x08\x0a\xc0\x00\x02\x01", "10.0.0.0/8 192.0.2.1", true},
		{"RFC 3442: a width of 9 takes two bytes", "\x09\x0a\x80\xc0\x00\x02\x01", "10.128.0.0/9 192.0.2.1", true},
		{"RFC 3442: a width of 32", "\x20\x0a\x11\x00\x01\xc0\x00\x02\x01", "10.17.0.1/32 192.0.2.1", true},
		{"RFC 3442: router 0.0.0.0 is the link", "\x10\xa9\xfe\x00\x00\x00\x00", "169.254.0.0/16 0.0.0.0", true},
		{"RFC 3442: a width of 33", "\x21\x0a\x11\x00\x01\x00\xc0\x00\x02\x01", "", false},
		{"RFC 3442: a good route before one that is cut", "\x08\x0a\xc0\x00\x02\x01\x18\x0a", "10.0.0.0/8 192.0.2.1", false},
		{"RFC 3442: none", "", "", false},
	} {
		m, err := Parse(message(append(option(OptionRoutes, c.wire), 255)...))
		var got []string
		for _, r := range m.Routes {
			got = append(got, r.Prefix.String()+" "+r.Router.String())
		}
		if strings.Join(got, ",") != c.want || (err == nil) != c.ok {
			t.Errorf("%s: %q, err %v", c.ref, got, err)
		}
	}
}

func TestDomainSearch(t *testing.T) {
	label := "\x3f" + strings.Repeat("a", 63)
	for _, c := range []struct {
		ref, wire, want string
		ok              bool
	}{
		{"RFC 3397 section 3: the example", "\x03eng\x05apple\x03com\x00\x09marketing\xc0\x04", "eng.apple.com,marketing.apple.com", true},
		{"RFC 1035 section 2.3.4: 255 bytes", label + label + label + "\x3d" + strings.Repeat("b", 61) + "\x00",
			strings.Repeat(strings.Repeat("a", 63)+".", 3) + strings.Repeat("b", 61), true},
		{"RFC 3396 section 7: a pointer over the end of a piece", strings.Repeat("\x01a\x00", 60) + label + "\x08" + "example1\x00\x01c\xc0\xb4",
			strings.Repeat("a,", 60) + strings.Repeat("a", 63) + ".example1,c." + strings.Repeat("a", 63) + ".example1", true},
		{"RFC 1035 section 3.1: the root", "\x00", ".", true},
		{"RFC 1035 section 4.1.4: a pointer to itself", "\xc0\x00", "", false},
		{"RFC 1035 section 4.1.4: a pointer forward", "\x01a\xc0\x04\x01b\x00", "", false},
		{"RFC 1035 section 2.3.4: 256 bytes", label + label + label + "\x3e" + strings.Repeat("b", 62) + "\x00", "", false},
		{"RFC 1035 section 4.1.4: a label of no kind", "\x40", "", false},
		{"RFC 3397 section 2: a good name before a bad one", "\x01a\x00\x02b", "a", false},
		{"RFC 3397 section 2: none", "", "", false},
	} {
		m, err := Parse(message(append(option(OptionDomainSearch, c.wire), 255)...))
		if got := strings.Join(m.DomainSearch, ","); got != c.want || (err == nil) != c.ok {
			t.Errorf("%s: %q, err %v", c.ref, got, err)
		}
	}
}

func TestDomainSearchIsBounded(t *testing.T) {
	names := strings.Repeat("\x01a\x00", maxSearch+1)
	m, err := Parse(message(append(option(OptionDomainSearch, names), 255)...))
	if err != nil || len(m.DomainSearch) != maxSearch {
		t.Errorf("%d names, err %v", len(m.DomainSearch), err)
	}
}

func TestBadNetworkOptionsAreMalformed(t *testing.T) {
	for ref, b := range map[string][]byte{
		"RFC 2132 section 8.3: half an address": option(OptionNTPServer, "\xc0\x00"),
		"RFC 3397 section 2: cut":               option(OptionDomainSearch, "\x05ab"),
		"RFC 3442: cut":                         option(OptionRoutes, "\x18\x0a"),
		"RFC 3046 section 2.0: cut":             option(OptionRelayAgent, "\x01\x05ab"),
	} {
		m, err := Parse(message(slices.Concat(b, []byte{53, 1, 3, 255})...))
		if !errors.Is(err, wire.ErrMalformed) || m.Type != Request || !bytes.Equal(m.Options[0].Data, b[2:]) {
			t.Errorf("%s: type %v, err %v", ref, m.Type, err)
		}
	}
}
