package layers

import (
	"time"

	"github.com/pktjourney/pktjourney/decode/fact"
	"github.com/pktjourney/pktjourney/decode/wire"
)

// appendDiscoveryFacts appends what a message of Neighbour Discovery says, as
// far as it could be read; spans count from the first byte of its ICMPv6 header.
func (p *Packet) appendDiscoveryFacts(l fact.List) fact.List {
	d, ok, _ := p.Discovery()
	if !ok || !d.fixed {
		return l
	}
	if d.Target.IsValid() {
		l = l.Add(fact.NDTarget, fact.Addr(d.Target), wire.Span{Off: icmpLen, Len: 16})
	}
	switch p.ICMP.Type {
	case ICMPv6RouterAdvertisement:
		l = d.addRouter(l)
	case ICMPv6NeighbourAdvertisement:
		flags := wire.Span{Off: 4, Len: 1}
		l = l.Add(fact.NDRouter, fact.Bool(d.Router), flags)
		l = l.Add(fact.NDSolicited, fact.Bool(d.Solicited), flags)
		l = l.Add(fact.NDOverride, fact.Bool(d.Override), flags)
	}
	return d.addOptions(l)
}

func (d *Discovery) addRouter(l fact.List) fact.List {
	l = l.Add(fact.NDHopLimit, fact.Int(int64(d.HopLimit)), wire.Span{Off: 4, Len: 1})
	l = l.Add(fact.NDManaged, fact.Bool(d.Managed), wire.Span{Off: 5, Len: 1})
	l = l.Add(fact.NDOtherConfig, fact.Bool(d.Other), wire.Span{Off: 5, Len: 1})
	return l.Add(fact.NDRouterLifetime, wholeSeconds(d.Lifetime), wire.Span{Off: 6, Len: 2})
}

func (d *Discovery) addOptions(l fact.List) fact.List {
	if d.HasSourceMAC {
		l = l.Add(fact.NDSourceMAC, fact.String(d.SourceMAC.String()), d.spans[optionSourceLink])
	}
	if d.HasTargetMAC {
		l = l.Add(fact.NDTargetMAC, fact.String(d.TargetMAC.String()), d.spans[optionTargetLink])
	}
	if d.MTU != 0 {
		l = l.Add(fact.NDMTU, fact.Int(int64(d.MTU)), d.spans[optionMTU])
	}
	if len(d.Prefixes) > 0 {
		objects := make([]fact.List, len(d.Prefixes))
		for i := range d.Prefixes {
			objects[i] = d.Prefixes[i].facts()
		}
		l = l.Add(fact.NDPrefixes, fact.Objects(objects), d.spans[optionPrefix])
	}
	return d.addDNS(l)
}

func (i *PrefixInfo) facts() fact.List {
	l := make(fact.List, 0, 5)
	l = l.Add(fact.NDPrefix, fact.String(i.Prefix.String()), wire.Span{})
	l = l.Add(fact.NDPrefixOnLink, fact.Bool(i.OnLink), wire.Span{})
	l = l.Add(fact.NDPrefixAutonomous, fact.Bool(i.Autonomous), wire.Span{})
	l = l.Add(fact.NDPrefixValid, wholeSeconds(i.Valid), wire.Span{})
	return l.Add(fact.NDPrefixPreferred, wholeSeconds(i.Preferred), wire.Span{})
}

// addDNS adds the servers and the search list, without those that are taken back.
func (d *Discovery) addDNS(l fact.List) fact.List {
	var servers, names []string
	for _, o := range d.DNSServers {
		for _, a := range o.Servers {
			if o.Lifetime > 0 {
				servers = append(servers, a.String())
			}
		}
	}
	for _, o := range d.Domains {
		if o.Lifetime > 0 {
			names = append(names, o.Names...)
		}
	}
	if len(servers) > 0 {
		l = l.Add(fact.NDDNSServers, fact.Strings(servers), d.spans[optionRDNSS])
	}
	if len(names) > 0 {
		l = l.Add(fact.NDDomains, fact.Strings(names), d.spans[optionDNSSL])
	}
	return l
}

// wholeSeconds is a time in seconds; 4294967295 is for ever.
func wholeSeconds(d time.Duration) fact.Value { return fact.Int(int64(d / time.Second)) }
