package rules

import (
	"slices"
	"testing"

	"github.com/pktjourney/pktjourney/decode/fact"
)

func TestConditions(t *testing.T) {
	facts := fact.List{
		{Name: fact.DNSResponseCode, Value: fact.String("NXDOMAIN")},
		{Name: fact.DNSHeaderFlags, Value: fact.Strings([]string{"RD", "TC"})},
		{Name: fact.DNSBytes, Value: fact.Int(512)},
		{Name: fact.DHCPBroadcast, Value: fact.Bool(true)},
	}
	for _, c := range []struct {
		condition Condition
		words     string
		want      bool
	}{
		{Condition{Fact: fact.DNSResponseCode, Op: Is, Text: "NXDOMAIN"}, "dns.response_code is NXDOMAIN", true},
		{Condition{Fact: fact.DNSResponseCode, Op: Is, Text: "NX"}, "dns.response_code is NX", false},
		{Condition{Fact: fact.DNSResponseCode, Op: IsNot, Text: "NOERROR"}, "dns.response_code is not NOERROR", true},
		{Condition{Fact: fact.DNSResponseCode, Op: Over, Int: 1}, "dns.response_code > 1", false},
		{Condition{Fact: fact.DNSHeaderFlags, Op: Is, Text: "TC"}, "dns.header_flags is TC", true},
		{Condition{Fact: fact.DNSHeaderFlags, Op: IsNot, Text: "TC"}, "dns.header_flags is not TC", false},
		{Condition{Fact: fact.DNSBytes, Op: Is, Text: "512"}, "dns.bytes is 512", true},
		{Condition{Fact: fact.DNSBytes, Op: Over, Int: 511}, "dns.bytes > 511", true},
		{Condition{Fact: fact.DNSBytes, Op: Over, Int: 512}, "dns.bytes > 512", false},
		{Condition{Fact: fact.DNSBytes, Op: Under, Int: 513}, "dns.bytes < 513", true},
		{Condition{Fact: fact.DNSBytes, Op: Under, Int: 512}, "dns.bytes < 512", false},
		{Condition{Fact: fact.DHCPBroadcast, Op: Is, Text: "true"}, "dhcp.broadcast is true", true},
		{Condition{Fact: fact.DNSID, Op: Is, Text: ""}, "dns.id is ", false},
		{Condition{Fact: fact.DNSID, Op: IsNot, Text: "1"}, "dns.id is not 1", false},
		{Condition{Fact: fact.DNSID, Op: Present}, "dns.id is there", false},
		{Condition{Fact: fact.DNSID, Op: Absent}, "dns.id is not there", true},
	} {
		if got := c.condition.Holds(facts); got != c.want || c.condition.String() != c.words {
			t.Errorf("%v: %v, want %q: %v", c.condition, got, c.words, c.want)
		}
	}
}

func TestPoints(t *testing.T) {
	some := Points(0).With(Client).With(WebServer)
	for _, c := range []struct {
		set   Points
		point Point
		want  bool
	}{
		{0, Router, true}, {some, Client, true}, {some, Unknown, true}, {some, Router, false}, {some, WebServer, true},
	} {
		if got := c.set.Has(c.point); got != c.want {
			t.Errorf("%v has %v: %v", c.set.Names(), c.point, got)
		}
	}
	if got := some.Names(); !slices.Equal(got, []string{"client", "web-server"}) {
		t.Errorf("names %q", got)
	}
	for p := Unknown; p < pointCount; p++ {
		if got, ok := ParsePoint(p.String()); !ok || got != p {
			t.Errorf("%v is read as %v", p, got)
		}
	}
}

func TestEventNames(t *testing.T) {
	for e := NoEvent + 1; e < eventCount; e++ {
		if got, ok := ParseEvent(e.String()); !ok || got != e {
			t.Errorf("event %d (%q) is read as %d", e, e.String(), got)
		}
	}
	for _, name := range []string{"", "none", "unknown"} {
		if e, ok := ParseEvent(name); ok {
			t.Errorf("%q is read as %v", name, e)
		}
	}
}
