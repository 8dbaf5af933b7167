package dhcpv6

import (
	"bytes"
	"testing"

	"github.com/pktjourney/pktjourney/decode/fact"
)

func TestLeases(t *testing.T) {
	m, err := Parse(reply())
	if err != nil {
		t.Fatal(err)
	}
	v, _ := m.Facts().Get(fact.DHCPv6Leases)
	got := v.Objects()
	for i, c := range []struct {
		ref              string
		name             fact.Name
		what             string
		preferred, valid string
	}{
		{"RFC 8415 section 21.6", fact.DHCPv6LeaseIP, "2001:db8::10", "600", "900"},
		{"RFC 8415 section 18.2.10.1: taken back", fact.DHCPv6LeaseIP, "2001:db8::11", "0", "0"},
		{"RFC 8415 section 7.7: for ever", fact.DHCPv6LeaseIP, "2001:db8::99", "4294967295", "4294967295"},
		{"RFC 8415 section 21.22", fact.DHCPv6LeasePrefix, "2001:db8:0:100::/56", "600", "900"},
	} {
		if i >= len(got) {
			t.Fatalf("%d leases", len(got))
		}
		o := got[i]
		if o.Text(c.name) != c.what || o.Text(fact.DHCPv6LeasePreferred) != c.preferred || o.Text(fact.DHCPv6LeaseValid) != c.valid {
			t.Errorf("%s: %v", c.ref, o)
		}
	}
}

func TestLeasesAreWhatAServerGives(t *testing.T) {
	lease := option(OptionIANA, u32(1, 0, 0), option(OptionIAAddr, ip("2001:db8::10"), u32(600, 900)))
	failed := option(OptionIANA, u32(1, 0, 0), option(OptionIAAddr, ip("::1"), u32(1, 1), option(OptionStatusCode, []byte{0, 4})))
	for _, c := range []struct {
		ref  string
		b    []byte
		want int
	}{
		{"RFC 8415 section 18.3.9: an offer", message(Advertise, lease), 1},
		{"RFC 8415 section 18.2.2: a client's wish", message(Request, lease), 0},
		{"RFC 8415 section 18.4: refused", message(Reply, failed), 0},
		{"none", message(Reply), 0},
		{"more than are told", message(Reply, bytes.Repeat(lease, maxLeases+1)), maxLeases},
	} {
		m, err := Parse(c.b)
		v, _ := m.Facts().Get(fact.DHCPv6Leases)
		if n := len(v.Objects()); n != c.want || err != nil {
			t.Errorf("%s: %d leases, err %v", c.ref, n, err)
		}
	}
}

func TestRapidCommit(t *testing.T) {
	for _, c := range []struct {
		ref  string
		b    []byte
		want string
	}{
		{"RFC 8415 section 21.14: the client wants a Reply at once", message(Solicit, option(OptionRapidCommit)), "true"},
		{"RFC 8415 section 18.3.1: the server gives it", message(Reply, option(OptionRapidCommit)), "true"},
		{"RFC 8415 section 21.14: absent", message(Solicit), ""},
		{"RFC 8415 section 21.14: it has no value", message(Solicit, option(OptionRapidCommit, []byte{1})), ""},
	} {
		m, _ := Parse(c.b)
		if got := m.Facts().Text(fact.DHCPv6RapidCommit); got != c.want {
			t.Errorf("%s: %q", c.ref, got)
		}
	}
}
