package dhcpv6

import (
	"bytes"
	"strings"
	"testing"
)

func TestDUID(t *testing.T) {
	for _, c := range []struct {
		ref  string
		d    DUID
		kind DUIDType
		text string
		mac  []byte
	}{
		{"RFC 8415 section 11.2", clientDUID, DUIDLLT, "00:01:00:01:2c:00:00:01:02:00:00:00:00:01", []byte{2, 0, 0, 0, 0, 1}},
		{"RFC 8415 section 11.3", DUID{0, 2, 0, 0, 0, 9, 0xab}, DUIDEN, "00:02:00:00:00:09:ab", nil},
		{"RFC 8415 section 11.4", serverDUID, DUIDLL, "00:03:00:01:02:00:00:00:00:02", []byte{2, 0, 0, 0, 0, 2}},
		{"RFC 6355 section 4", append(DUID{0, 4}, make([]byte, 16)...), DUIDUUID, "00:04" + strings.Repeat(":00", 16), nil},
		{"cut", DUID{0, 1, 0}, DUIDLLT, "00:01:00", nil},
		{"none", nil, 0, "", nil},
	} {
		if c.d.Type() != c.kind || c.d.String() != c.text || !bytes.Equal(c.d.LinkLayerAddr(), c.mac) {
			t.Errorf("%s: type %d, %q, link-layer address %x", c.ref, c.d.Type(), c.d, c.d.LinkLayerAddr())
		}
	}
}

func TestDomains(t *testing.T) {
	label := "\x3f" + strings.Repeat("a", 63)
	for _, c := range []struct {
		ref, wire, want string
		ok              bool
	}{
		{"RFC 1035 section 3.1: the root", "\x00", ".", true},
		{"RFC 1035 section 5.1: a dot in a label", "\x03a.b\x01\\\x00", `a\.b.\\`, true},
		{"RFC 1035 section 2.3.4: 255 bytes", label + label + label + "\x3d" + strings.Repeat("b", 61) + "\x00",
			strings.Repeat(strings.Repeat("a", 63)+".", 3) + strings.Repeat("b", 61), true},
		{"RFC 1035 section 2.3.4: 256 bytes", label + label + label + "\x3e" + strings.Repeat("b", 62) + "\x00", "", false},
		{"RFC 8415 section 10: a good name before a bad one", "\x01a\x00\x40", "a", false},
		{"RFC 3646 section 4: none", "", "", false},
	} {
		m, err := Parse(message(Reply, option(OptionDomainList, []byte(c.wire))))
		if got := strings.Join(m.Domains, ","); got != c.want || (err == nil) != c.ok {
			t.Errorf("%s: %q, err %v", c.ref, got, err)
		}
	}
}

func TestManyOptionsStayCheap(t *testing.T) {
	bad := bytes.Repeat(option(OptionDNSServers), 8000)
	ias := bytes.Repeat(option(OptionIATA, u32(1)), 4000)
	allocs := testing.AllocsPerRun(1, func() {
		m, err := Parse(message(Reply, bad, ias))
		if err == nil || len(m.IAs) != 4000 {
			t.Errorf("%d IAs, err %v", len(m.IAs), err)
		}
	})
	if allocs > 200 {
		t.Errorf("%v allocations", allocs)
	}
}

func TestLooks(t *testing.T) {
	id := option(OptionClientID, clientDUID)
	for _, c := range []struct {
		reason string
		b      []byte
		want   bool
	}{
		{"a reply", reply(), true},
		{"a solicit that was cut", message(Solicit, id, option(OptionIANA, u32(1)))[:28], true},
		{"an Information-request without an identifier", message(InformationRequest, option(OptionRequest, []byte{0, 23})), true},
		{"a relay message", nested(1), true},
		{"a relay message with nothing inside", relay(RelayForw, 0, id), false},
		{"too many hops", relay(RelayForw, 9, option(OptionRelayMessage, reply())), false},
		{"a lease query", message(14, id), false},
		{"no identifier", message(Solicit, option(OptionRapidCommit)), false},
		{"an identifier that is no DUID", message(Solicit, option(OptionClientID, []byte{1})), false},
		{"an option of no list", message(Solicit, id, option(4000)), false},
		{"option zero", message(Solicit, id, option(0)), false},
		{"a header alone", message(Solicit), false},
		{"a DNS query", []byte("\x01\x34\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00\x01a\x00\x00\x01\x00\x01"), false},
		{"empty", nil, false},
	} {
		if got := Looks(c.b); got != c.want {
			t.Errorf("%s: %v", c.reason, got)
		}
	}
}
