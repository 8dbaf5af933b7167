package dhcpv6

import (
	"testing"

	"github.com/pktjourney/pktjourney/decode/fact"
	"github.com/pktjourney/pktjourney/decode/wire"
)

func TestFacts(t *testing.T) {
	const client, server = "00:01:00:01:2c:00:00:01:02:00:00:00:00:01", "00:03:00:01:02:00:00:00:00:02"
	relayed := relay(RelayRepl, 0, option(OptionRelayMessage, reply()))
	asked := message(Request, option(OptionIANA, u32(1, 0, 0), option(OptionIAAddr, ip("2001:db8::10"), u32(0, 0))))
	type want struct {
		name fact.Name
		text string
		span wire.Span
	}
	for _, c := range []struct {
		ref  string
		b    []byte
		want []want
	}{
		{"RFC 8415 section 18.3.2: Reply with everything", reply(), []want{
			{fact.DHCPv6MessageType, "reply", wire.Span{Off: 0, Len: 1}},
			{fact.DHCPv6TransactionID, "0x10b3f2", wire.Span{Off: 1, Len: 3}},
			{fact.DHCPv6ClientID, client, wire.Span{Off: 8, Len: 14}},
			{fact.DHCPv6ServerID, server, wire.Span{Off: 26, Len: 10}},
			{fact.DHCPv6AssignedIPs, "2001:db8::10, 2001:db8::99", wire.Span{Off: 40, Len: 82}},
			{fact.DHCPv6AssignedPrefixes, "2001:db8:0:100::/56", wire.Span{Off: 162, Len: 41}},
			{fact.DHCPv6Leases, "4", wire.Span{Off: 40, Len: 82}},
			{fact.DHCPv6RapidCommit, "true", wire.Span{Off: 219, Len: 4}},
			{fact.DHCPv6DNSServers, "2001:db8::53, 2001:db8::54", wire.Span{Off: 227, Len: 32}},
			{fact.DHCPv6Domains, "example.net, lan", wire.Span{Off: 263, Len: 18}},
			{fact.DHCPv6Status, "Success", wire.Span{Off: 213, Len: 6}},
		}},
		{"RFC 8415 section 19.3: the same in a Relay-reply", relayed, []want{
			{fact.DHCPv6MessageType, "relay_repl", wire.Span{Off: 0, Len: 1}},
			{fact.DHCPv6PeerIP, "fe80::1", wire.Span{Off: 18, Len: 16}},
			{fact.DHCPv6RelayedMessageType, "reply", wire.Span{Off: 38, Len: 1}},
			{fact.DHCPv6TransactionID, "0x10b3f2", wire.Span{Off: 39, Len: 3}},
			{fact.DHCPv6ClientID, client, wire.Span{Off: 46, Len: 14}},
			{fact.DHCPv6ServerID, server, wire.Span{Off: 64, Len: 10}},
			{fact.DHCPv6AssignedIPs, "2001:db8::10, 2001:db8::99", wire.Span{Off: 78, Len: 82}},
			{fact.DHCPv6AssignedPrefixes, "2001:db8:0:100::/56", wire.Span{Off: 200, Len: 41}},
			{fact.DHCPv6Leases, "4", wire.Span{Off: 78, Len: 82}},
			{fact.DHCPv6RapidCommit, "true", wire.Span{Off: 257, Len: 4}},
			{fact.DHCPv6DNSServers, "2001:db8::53, 2001:db8::54", wire.Span{Off: 265, Len: 32}},
			{fact.DHCPv6Domains, "example.net, lan", wire.Span{Off: 301, Len: 18}},
			{fact.DHCPv6Status, "Success", wire.Span{Off: 251, Len: 6}},
		}},
		{"RFC 8415 section 18.2.2: a client's addresses are wishes", asked, []want{
			{fact.DHCPv6MessageType, "request", wire.Span{Off: 0, Len: 1}},
			{fact.DHCPv6TransactionID, "0x10b3f2", wire.Span{Off: 1, Len: 3}},
			{fact.DHCPv6RequestedIPs, "2001:db8::10", wire.Span{Off: 8, Len: 40}},
		}},
		{"RFC 8415 section 18.3.9: no address for an IA",
			message(Advertise, option(OptionIANA, u32(1, 0, 0), option(OptionStatusCode, []byte{0, 2}))), []want{
				{fact.DHCPv6MessageType, "advertise", wire.Span{Off: 0, Len: 1}},
				{fact.DHCPv6TransactionID, "0x10b3f2", wire.Span{Off: 1, Len: 3}},
				{fact.DHCPv6Status, "NoAddrsAvail", wire.Span{Off: 8, Len: 18}},
			}},
		{"RFC 5007 section 4.1.1: a lease query is no part of a transaction", message(14), nil},
		{"cut in the transaction id", message(Solicit)[:2], []want{
			{fact.DHCPv6MessageType, "solicit", wire.Span{Off: 0, Len: 1}},
		}},
	} {
		m, _ := Parse(c.b)
		l := m.Facts()
		if len(l) != len(c.want) {
			t.Errorf("%s: %d facts, want %d: %v", c.ref, len(l), len(c.want), l)
			continue
		}
		for i, w := range c.want {
			if got := l[i]; got.Name != w.name || got.Value.String() != w.text || got.Span != w.span {
				t.Errorf("%s: %s %q at %v, want %s %q at %v",
					c.ref, got.Name, got.Value, got.Span, w.name, w.text, w.span)
			}
		}
	}
}

func TestCutMessageHasOnlyTheFactsThatWereRead(t *testing.T) {
	whole := relay(RelayRepl, 0, option(18, []byte("eth0")), option(OptionRelayMessage, reply()))
	for n := range whole {
		m, _ := Parse(whole[:n])
		for _, f := range m.Facts() {
			if f.Span.End() > n {
				t.Errorf("%d bytes: %s from %v", n, f.Name, f.Span)
			}
		}
	}
}

func TestFailure(t *testing.T) {
	no := func(code byte) []byte { return option(OptionStatusCode, []byte{0, code}) }
	for _, c := range []struct {
		ref  string
		b    []byte
		want string
	}{
		{"RFC 8415 section 21.13: absent is Success", message(Reply), ""},
		{"RFC 8415 section 18.4: of the message", message(Reply, no(5)), "UseMulticast"},
		{"RFC 8415 section 18.3.4: of an IA", message(Reply, no(0), option(OptionIANA, u32(1, 0, 0), no(3))), "NoBinding"},
		{"RFC 8415 section 21.6: of an address", message(Reply,
			option(OptionIANA, u32(1, 0, 0), option(OptionIAAddr, ip("::1"), u32(1, 1), no(4)))), "NotOnLink"},
		{"RFC 8415 section 21.22: of a prefix", message(Reply,
			option(OptionIAPD, u32(1, 0, 0), option(OptionIAPrefix, u32(1, 1), []byte{64}, ip("::"), no(6)))), "NoPrefixAvail"},
		{"of no standard", message(Reply, no(99)), "status 99"},
	} {
		m, err := Parse(c.b)
		if got := m.Facts().Text(fact.DHCPv6Status); got != c.want || err != nil {
			t.Errorf("%s: %q, err %v", c.ref, got, err)
		}
		if n := len(m.Addresses) + len(m.Prefixes); n > 0 && len(m.Facts()) != 3 {
			t.Errorf("%s: a failed lease counts as given: %v", c.ref, m.Facts())
		}
	}
}

func TestMessageTypeNames(t *testing.T) {
	for kind, want := range []string{"type 0", "solicit", "advertise", "request", "confirm", "renew", "rebind", "reply",
		"release", "decline", "reconfigure", "information_request", "relay_forw", "relay_repl", "type 14"} {
		if got := MessageType(kind).String(); got != want {
			t.Errorf("%d: %q, want %q", kind, got, want)
		}
	}
}

func BenchmarkFacts(b *testing.B) {
	m, _ := Parse(reply())
	var l fact.List
	b.ReportAllocs()
	for b.Loop() {
		l = m.AppendFacts(l[:0])
	}
}
