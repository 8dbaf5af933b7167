package dhcpv6

import (
	"time"

	"github.com/pktjourney/pktjourney/decode/fact"
	"github.com/pktjourney/pktjourney/decode/wire"
)

// maxLeases bounds the addresses and prefixes that are told with their times.
const maxLeases = 64

// addLeases adds how long the client may use what a server gives it, in whole
// seconds; 4294967295 is for ever. Those that it takes back are among them, with
// a valid lifetime of zero.
func (m *Message) addLeases(l fact.List) fact.List {
	if !m.Type.FromServer() {
		return l
	}
	var objects []fact.List
	var span wire.Span
	add := func(ia int, s Status, n fact.Name, v fact.Value, preferred, valid time.Duration) {
		if s.Code != Success || len(objects) == maxLeases {
			return
		}
		if objects == nil {
			span = m.IAs[ia].Span
		}
		o := make(fact.List, 0, 3).Add(n, v, wire.Span{})
		o = o.Add(fact.DHCPv6LeasePreferred, fact.Int(int64(preferred/time.Second)), wire.Span{})
		objects = append(objects, o.Add(fact.DHCPv6LeaseValid, fact.Int(int64(valid/time.Second)), wire.Span{}))
	}
	for i := range m.Addresses {
		a := &m.Addresses[i]
		add(a.IA, a.Status, fact.DHCPv6LeaseIP, fact.Addr(a.Addr), a.Preferred, a.Valid)
	}
	for i := range m.Prefixes {
		p := &m.Prefixes[i]
		add(p.IA, p.Status, fact.DHCPv6LeasePrefix, fact.String(p.Prefix.String()), p.Preferred, p.Valid)
	}
	if objects == nil {
		return l
	}
	return l.Add(fact.DHCPv6Leases, fact.Objects(objects), span)
}
