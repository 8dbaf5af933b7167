package annotate

import (
	"testing"

	"github.com/pktjourney/pktjourney/decode/fact"
	"github.com/pktjourney/pktjourney/decode/wire"
)

func TestRoutingDetail(t *testing.T) {
	router := func(id string, roles ...string) fact.List {
		var l fact.List
		l = l.Add(fact.OSPFLSAAdvertisingRouter, fact.String(id), wire.Span{})
		return l.Add(fact.OSPFLSARoles, fact.Strings(roles), wire.Span{})
	}
	var ospf fact.List
	ospf = ospf.Add(fact.OSPFMessageType, fact.String("link_state_update"), wire.Span{})
	ospf = ospf.Add(fact.OSPFRouterID, fact.String("10.0.0.1"), wire.Span{})
	ospf = ospf.Add(fact.OSPFAreaID, fact.String("0.0.0.0"), wire.Span{})
	boundary := ospf.Add(fact.OSPFLSAs, fact.Objects([]fact.List{router("10.0.0.2", "abr"), router("10.0.0.3", "abr", "asbr")}), wire.Span{})
	var rip, route fact.List
	rip = rip.Add(fact.RIPCommand, fact.String("request"), wire.Span{})
	route = route.Add(fact.RIPEntryPrefix, fact.String("192.0.2.0/24"), wire.Span{}).Add(fact.RIPEntryMetric, fact.Int(2), wire.Span{})
	routes := rip.Add(fact.RIPEntries, fact.Objects([]fact.List{route}), wire.Span{})
	for _, c := range []struct {
		name  string
		facts fact.List
		want  string
	}{
		{"EIGRP", nil, "EIGRP"},
		{"OSPF", ospf, "OSPF link state update, router 10.0.0.1, area 0.0.0.0"},
		{"OSPF", boundary, "OSPF link state update, router 10.0.0.1, area 0.0.0.0, ASBR 10.0.0.3"},
		{"RIP", rip, "RIP request"},
		{"RIP", routes, "RIP request: 192.0.2.0/24 metric 2"},
	} {
		if got := routingDetail(c.name, c.facts); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}
