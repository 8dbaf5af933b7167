package dhcp

import (
	"testing"

	"github.com/pktjourney/pktjourney/decode/fact"
	"github.com/pktjourney/pktjourney/decode/wire"
)

func TestFacts(t *testing.T) {
	m, err := Parse(ack())
	if err != nil {
		t.Fatal(err)
	}
	l := m.Facts()
	for _, c := range []struct {
		name fact.Name
		want string
		span wire.Span
	}{
		{fact.DHCPMessageType, "ack", wire.Span{Off: 242, Len: 1}},
		{fact.DHCPTransactionID, "0xaf31937b", wire.Span{Off: 4, Len: 4}},
		{fact.DHCPClientMAC, "02-00-00-00-00-01", wire.Span{Off: 28, Len: 6}},
		{fact.DHCPClientID, "01:02:00:00:00:00:01", wire.Span{Off: 336, Len: 7}},
		{fact.DHCPClientIP, "192.0.2.9", wire.Span{Off: 12, Len: 4}},
		{fact.DHCPAssignedIP, "192.0.2.10", wire.Span{Off: 16, Len: 4}},
		{fact.DHCPServerIdentifier, "192.0.2.1", wire.Span{Off: 245, Len: 4}},
		{fact.DHCPRequestedIP, "192.0.2.10", wire.Span{Off: 311, Len: 4}},
		{fact.DHCPRelayIP, "192.0.2.3", wire.Span{Off: 24, Len: 4}},
		{fact.DHCPBroadcast, "true", wire.Span{Off: 10, Len: 2}},
		{fact.DHCPLeaseTime, "600", wire.Span{Off: 251, Len: 4}},
		{fact.DHCPRenewalTime, "300", wire.Span{Off: 257, Len: 4}},
		{fact.DHCPRebindingTime, "525", wire.Span{Off: 263, Len: 4}},
		{fact.DHCPSubnetMask, "255.255.255.0", wire.Span{Off: 271, Len: 4}},
		{fact.DHCPRouter, "192.0.2.1", wire.Span{Off: 277, Len: 4}},
		{fact.DHCPDNSServers, "192.0.2.53, 198.51.100.53", wire.Span{Off: 283, Len: 8}},
		{fact.DHCPDomain, "example.net", wire.Span{Off: 293, Len: 12}},
		{fact.DHCPHostname, "pc", wire.Span{Off: 307, Len: 2}},
		{fact.DHCPVendorClass, "udhc", wire.Span{Off: 330, Len: 4}},
		{fact.DHCPMessage, "ok", wire.Span{Off: 322, Len: 2}},
	} {
		if got := l.Text(c.name); got != c.want {
			t.Errorf("%s = %q, want %q", c.name, got, c.want)
		}
		for _, f := range l {
			if f.Name == c.name && f.Span != c.span {
				t.Errorf("%s at %v, want %v", c.name, f.Span, c.span)
			}
		}
	}
	if len(l) != 20 {
		t.Errorf("%d facts", len(l))
	}
}

func TestFactsOfTheNetwork(t *testing.T) {
	m, err := Parse(network())
	if err != nil {
		t.Fatal(err)
	}
	l := m.Facts()
	for _, c := range []struct {
		ref  string
		name fact.Name
		want string
	}{
		{"RFC 2132 section 8.3", fact.DHCPNTPServers, "192.0.2.123, 192.0.2.124"},
		{"RFC 3397 section 2", fact.DHCPDomainSearch, "eng.example, lab.eng.example"},
		{"RFC 3442", fact.DHCPStaticRoutes, "2"},
		{"RFC 3046 section 3.1", fact.DHCPRelayCircuitID, "eth1"},
		{"RFC 3046 section 3.2: bytes that are no text", fact.DHCPRelayRemoteID, "00:04:09:00:07"},
	} {
		if got := l.Text(c.name); got != c.want {
			t.Errorf("%s: %s = %q, want %q", c.ref, c.name, got, c.want)
		}
	}
	routes, _ := l.Get(fact.DHCPStaticRoutes)
	for i, want := range []string{"0.0.0.0/0 192.0.2.1", "198.51.100.0/24 "} {
		o := routes.Objects()[i]
		if got := o.Text(fact.DHCPRoutePrefix) + " " + o.Text(fact.DHCPRouteRouter); got != want {
			t.Errorf("RFC 3442: route %q, want %q", got, want)
		}
	}
}

func TestAbsentFieldsMakeNoFacts(t *testing.T) {
	b := message(53, 1, 1, 255)
	clear(b[10:28]) // flags and addresses
	b[2] = 0        // no hardware address (RFC 4390 section 2.1)
	m, _ := Parse(b)
	if got := len(m.Facts()); got != 3 {
		t.Errorf("%d facts, want type, transaction and broadcast: %v", got, m.Facts())
	}
}

func TestCutMessageHasOnlyTheFactsThatWereRead(t *testing.T) {
	whole := ack()
	for n := range whole {
		m, _ := Parse(whole[:n])
		for _, f := range m.Facts() {
			if f.Span.End() > n {
				t.Errorf("%d bytes: %s from %v", n, f.Name, f.Span)
			}
		}
	}
}

func TestOnlyRFC2131MessagesHaveATransaction(t *testing.T) {
	for kind, want := range map[byte]string{1: "discover", 8: "inform", 9: "", 10: "", 13: ""} {
		m, err := Parse(message(53, 1, kind, 255))
		l := m.Facts()
		_, id := l.Get(fact.DHCPTransactionID)
		if got := l.Text(fact.DHCPMessageType); err != nil || got != want || id != (want != "") {
			t.Errorf("type %d: %q, transaction %v, err %v", kind, got, id, err)
		}
	}
}

func TestMessageTypeNames(t *testing.T) {
	for kind, want := range []string{"bootp", "discover", "offer", "request", "decline", "ack", "nak", "release",
		"inform", "type 9"} {
		if got := MessageType(kind).String(); got != want {
			t.Errorf("%d: %q, want %q", kind, got, want)
		}
	}
}

func TestHardwareAddr(t *testing.T) {
	for _, c := range []struct {
		hlen byte
		want string
	}{
		{0, ""},
		{1, "02"},
		{8, "02-00-00-00-00-01-00-00"},
		{16, "02-00-00-00-00-01-00-00-00-00-00-00-00-00-00-00"},
		{17, ""},
	} {
		b := message(255)
		b[2] = c.hlen
		m, _ := Parse(b)
		if got := m.ClientMAC.String(); got != c.want || m.ClientMAC.Len() != len(m.ClientMAC.Bytes()) {
			t.Errorf("hlen %d: %q", c.hlen, got)
		}
	}
}

func BenchmarkFacts(b *testing.B) {
	m, _ := Parse(ack())
	var l fact.List
	b.ReportAllocs()
	for b.Loop() {
		l = m.AppendFacts(l[:0])
	}
}
