package layers

import (
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/pktjourney/pktjourney/decode/capture"
	"github.com/pktjourney/pktjourney/decode/fact"
	"github.com/pktjourney/pktjourney/decode/wire"
)

const (
	routerAdvert    = "86 00 0000 40 c0 0708 00000000 00000000"
	neighbourAdvert = "88 00 0000 e0000000 fe80 000000000000 0000000000000009"
	sourceLink      = "01 01 020000000001"
	targetLink      = "02 01 020000000002"
	prefixInfo      = "03 04 40 c0 00000e10 00000708 00000000 2001 0db8 0001 0000 0000000000000000"
	mtuOption       = "05 01 0000 000005dc"
	rdnss           = "19 05 0000 00000258 2001 0db8 0000 0000 0000000000000053 2001 0db8 0000 0000 0000000000000054"
	dnssl           = "1f 04 0000 00000258 07 6578616d706c65 03 6e6574 00 03 6c616e 00 00000000 0000"
)

// discovery is a packet with a message of Neighbour Discovery.
func discovery(parts ...string) []byte {
	m := frame(parts...)
	b := frame("60000000 0000 3a ff", ipv6Addrs)
	binary.BigEndian.PutUint16(b[4:6], uint16(len(m)))
	return append(b, m...)
}

func TestDiscoveryFacts(t *testing.T) {
	for _, c := range []struct {
		ref  string
		b    []byte
		want string // facts behind those of the header
	}{
		{"RFC 4861 section 4.1: Router Solicitation", discovery("85 00 0000 00000000", sourceLink),
			"nd.source_mac=02-00-00-00-00-01@8+8"},
		{"RFC 4861 section 4.2: Router Advertisement", discovery(routerAdvert),
			"nd.hop_limit=64@4+1 nd.managed=true@5+1 nd.other_config=true@5+1 nd.router_lifetime=1800@6+2"},
		{"RFC 4861 section 4.2: no default router, no flags", discovery("86 00 0000 00 00 0000 00000000 00000000"),
			"nd.hop_limit=0@4+1 nd.managed=false@5+1 nd.other_config=false@5+1 nd.router_lifetime=0@6+2"},
		{"RFC 4861 section 4.2: the O flag alone, with all options", discovery("86 00 0000 40 40 0708 00000000 00000000",
			sourceLink, mtuOption, prefixInfo, rdnss, dnssl),
			"nd.hop_limit=64@4+1 nd.managed=false@5+1 nd.other_config=true@5+1 nd.router_lifetime=1800@6+2 " +
				"nd.source_mac=02-00-00-00-00-01@16+8 nd.mtu=1500@24+8 nd.prefixes=1@32+32 " +
				"nd.dns_servers=2001:db8::53, 2001:db8::54@64+40 nd.domains=example.net, lan@104+32"},
		{"RFC 8106 section 5.1: servers that are taken back", discovery(routerAdvert, strings.Replace(rdnss, "00000258", "00000000", 1)),
			"nd.hop_limit=64@4+1 nd.managed=true@5+1 nd.other_config=true@5+1 nd.router_lifetime=1800@6+2"},
		{"RFC 8106 section 5.2: a search list that is taken back", discovery(routerAdvert, strings.Replace(dnssl, "00000258", "00000000", 1)),
			"nd.hop_limit=64@4+1 nd.managed=true@5+1 nd.other_config=true@5+1 nd.router_lifetime=1800@6+2"},
		{"RFC 4861 section 4.3: Neighbour Solicitation",
			discovery("87 00 0000 00000000", "fe80 000000000000 0000000000000009", sourceLink),
			"nd.target=fe80::9@8+16 nd.source_mac=02-00-00-00-00-01@24+8"},
		{"RFC 4861 section 4.4: Neighbour Advertisement", discovery(neighbourAdvert, targetLink),
			"nd.target=fe80::9@8+16 nd.router=true@4+1 nd.solicited=true@4+1 nd.override=true@4+1 nd.target_mac=02-00-00-00-00-02@24+8"},
		{"RFC 4861 section 4.4: solicited alone", discovery(strings.Replace(neighbourAdvert, "e0", "40", 1)),
			"nd.target=fe80::9@8+16 nd.router=false@4+1 nd.solicited=true@4+1 nd.override=false@4+1"},
		{"RFC 4861 section 4.6.1: a link with addresses of 8 bytes",
			discovery("85 00 0000 00000000", "01 02 0200000000000001 000000000000"), ""},
		{"RFC 4861 section 4.6: an unknown option is passed over", discovery("85 00 0000 00000000", "fe 01 000000000000", sourceLink),
			"nd.source_mac=02-00-00-00-00-01@16+8"},
		{"RFC 4443 section 4.1: an echo is no discovery", discovery("80 00 0000 00000000", sourceLink), ""},
		{"RFC 4861 section 4.4: no target", discovery("88 00 0000 e0000000"), ""},
	} {
		var p Packet
		p.Decode(capture.LinkRaw, c.b, len(c.b))
		var got []string
		for _, f := range p.AppendFacts(nil)[3:] {
			got = append(got, fmt.Sprintf("%s=%s@%d+%d", f.Name, f.Value, f.Span.Off, f.Span.Len))
		}
		if text := strings.Join(got, " "); text != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.ref, text, c.want)
		}
	}
}

func TestDiscoveryPrefixes(t *testing.T) {
	for _, c := range []struct {
		ref, option, want string
	}{
		{"RFC 4861 section 4.6.2: L and A", prefixInfo, "2001:db8:1::/64 true true 3600 1800"},
		{"RFC 4861 section 4.6.2: L alone", strings.Replace(prefixInfo, "40 c0", "40 80", 1), "2001:db8:1::/64 true false 3600 1800"},
		{"RFC 4861 section 4.6.2: A alone", strings.Replace(prefixInfo, "40 c0", "40 40", 1), "2001:db8:1::/64 false true 3600 1800"},
		{"RFC 4861 section 4.6.2: for ever", strings.Replace(prefixInfo, "00000e10 00000708", "ffffffff ffffffff", 1),
			"2001:db8:1::/64 true true 4294967295 4294967295"},
	} {
		var p Packet
		p.Decode(capture.LinkRaw, discovery(routerAdvert, c.option), 0)
		v, _ := p.AppendFacts(nil).Get(fact.NDPrefixes)
		if v.Len() != 1 {
			t.Errorf("%s: %d prefixes", c.ref, v.Len())
			continue
		}
		var got []string
		for _, f := range v.Objects()[0] {
			got = append(got, f.Value.String())
		}
		if text := strings.Join(got, " "); text != c.want {
			t.Errorf("%s: %s", c.ref, text)
		}
	}
}

func TestDiscoveryKeepsWhatItReadOfABadMessage(t *testing.T) {
	for _, c := range []struct {
		ref, bad string
		after    bool // what stands behind is read
		text     string
	}{
		{"RFC 4861 section 4.6: length zero", "01 00 020000000001", false,
			"ICMPv6: option length: 1 bytes at offset 18: malformed"},
		{"RFC 4861 section 4.6.2: prefix length 129", strings.Replace(prefixInfo, "40 c0", "81 c0", 1), true,
			"ICMPv6: prefix length: 1 bytes at offset 19: malformed"},
		{"RFC 4861 section 4.6.2: a short one", "03 01 40 c0 00000e10", true,
			"ICMPv6: preferred lifetime: 4 bytes at offset 24: malformed"},
		{"RFC 8106 section 5.1: no server", "19 01 0000 00000258", true,
			"ICMPv6: dns server: 16 bytes at offset 24: malformed"},
		{"RFC 8106 section 5.2: a compressed name", "1f 02 0000 00000258 c000 000000000000", true,
			"ICMPv6: domain name: 192 bytes at offset 25: malformed"},
	} {
		var p Packet
		p.Decode(capture.LinkRaw, discovery(routerAdvert, c.bad, mtuOption), 0)
		d, ok, err := p.Discovery()
		if !ok || !errors.Is(err, wire.ErrMalformed) || err.Error() != c.text {
			t.Errorf("%s: error %v", c.ref, err)
		}
		if d.Lifetime == 0 || (d.MTU == 1500) != c.after || len(d.Prefixes)+len(d.DNSServers)+len(d.Domains) != 0 {
			t.Errorf("%s: %+v", c.ref, d)
		}
	}
}

func TestCutDiscoveryHasOnlyTheFactsThatWereRead(t *testing.T) {
	whole := discovery(routerAdvert, sourceLink, mtuOption, prefixInfo, rdnss, dnssl)
	for n := range whole {
		var p Packet
		p.Decode(capture.LinkRaw, whole[:n], len(whole))
		for _, f := range p.AppendFacts(nil) {
			if f.Span.End() > n-ipv6Len {
				t.Errorf("%d bytes: %s from %v", n, f.Name, f.Span)
			}
		}
		if _, ok, err := p.Discovery(); ok && n < len(whole) && err == nil && !optionEnds(n-ipv6Len) {
			t.Errorf("%d bytes are no whole message", n)
		}
	}
}

// optionEnds reports whether an option of the whole message above ends at n.
func optionEnds(n int) bool {
	switch n {
	case 16, 24, 32, 64, 104:
		return true
	}
	return false
}

func TestDiscoveryIsBounded(t *testing.T) {
	var p Packet
	p.Decode(capture.LinkRaw, discovery(routerAdvert, strings.Repeat(prefixInfo+" ", maxDiscovered+1)), 0)
	if d, _, err := p.Discovery(); err != nil || len(d.Prefixes) != maxDiscovered {
		t.Errorf("%d prefixes, err %v", len(d.Prefixes), err)
	}
}
