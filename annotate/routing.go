package annotate

import (
	"slices"
	"strconv"
	"strings"

	"github.com/pktjourney/pktjourney/decode/fact"
	"github.com/pktjourney/pktjourney/decode/layers"
	"github.com/pktjourney/pktjourney/rules"
)

// Ports of the routing protocols that use TCP or UDP.
const (
	portBGP   = 179 // RFC 4271 section 4
	portRIP   = 520 // RFC 2453 section 3.1
	portRIPng = 521 // RFC 2080 section 2
)

// routing labels the frames by which routers tell each other ways. They are of no single
// journey. It reports whether l is one.
func (a *Annotator) routing(l *Labelled) bool {
	name := routingName(l)
	if name == "" {
		return false
	}
	a.give(l, rules.RoutingMessage, rules.Unknown)
	l.Detail = routingDetail(name, l.Facts)
	a.rib.hear(name, l)
	return true
}

// routingName names the routing protocol that l speaks; "" when it speaks none.
func routingName(l *Labelled) string {
	switch l.Transport {
	case layers.TransportTCP:
		if l.SrcPort == portBGP || l.DstPort == portBGP {
			return "BGP"
		}
	case layers.TransportUDP:
		return ripName(l)
	case layers.TransportOther:
		return routingProtos[l.IPProto]
	}
	return ""
}

// ripName names RIP by what the message says, or where nothing can be read by both ports.
func ripName(l *Labelled) string {
	said := l.Facts.Text(fact.RIPCommand) != ""
	switch {
	case said && l.Protocol == "ripng", l.SrcPort == portRIPng && l.DstPort == portRIPng:
		return "RIPng"
	case said, l.SrcPort == portRIP && l.DstPort == portRIP:
		return "RIP"
	}
	return ""
}

// routingProtos are the routing protocols with an IP protocol number of their own (IANA).
var routingProtos = map[layers.IPProto]string{
	9:  "IGRP",
	88: "EIGRP",
	89: "OSPF",
}

// routingDetail is the protocol's name and what the message says, in the words of the
// protocol: "OSPF link state update, router 10.0.0.1, area 0.0.0.0, ASBR 10.0.0.2".
func routingDetail(name string, facts fact.List) string {
	if kind := facts.Text(fact.OSPFMessageType); kind != "" {
		b := []byte(name + " " + strings.ReplaceAll(kind, "_", " "))
		b = append(b, ", router "+facts.Text(fact.OSPFRouterID)+", area "+facts.Text(fact.OSPFAreaID)...)
		return string(appendBoundaryRouters(b, facts))
	}
	if kind := facts.Text(fact.BGPMessageType); kind != "" {
		return string(appendBGP([]byte(name+" "), kind, facts))
	}
	if kind := facts.Text(fact.RIPCommand); kind != "" {
		return string(appendNames([]byte(name+" "+kind), ": ", ripRoutes(facts)))
	}
	return name
}

// ripRoutes are the routes of a RIP message as in "192.0.2.0/24 metric 2". What asks for a
// whole table names none.
func ripRoutes(facts fact.List) []string {
	entries, _ := facts.Get(fact.RIPEntries)
	var routes []string
	for _, e := range entries.Objects() {
		if prefix := e.Text(fact.RIPEntryPrefix); prefix != "" {
			routes = append(routes, prefix+" metric "+e.Text(fact.RIPEntryMetric))
		}
	}
	return routes
}

// appendBGP says what a BGP message tells: "BGP update: 203.0.113.0/24 over AS 65002 65003".
func appendBGP(b []byte, kind string, facts fact.List) []byte {
	b = append(b, strings.ReplaceAll(kind, "_", " ")...)
	if as := facts.Text(fact.BGPAS); as != "" {
		b = append(b, ": AS "+as+", router "+facts.Text(fact.BGPRouterID)...)
	}
	if text := facts.Text(fact.BGPError); text != "" {
		b = append(b, ": "+text...)
	}
	if text := facts.Text(fact.BGPShutdown); text != "" {
		b = strconv.AppendQuote(append(b, ", "...), text)
	}
	b = appendPrefixes(b, ": ", facts, fact.BGPPrefixes)
	if path := facts.Text(fact.BGPASPath); path != "" {
		b = append(b, " over AS "+path...)
	}
	return appendPrefixes(b, ", no longer ", facts, fact.BGPWithdrawn)
}

// appendPrefixes appends a list of prefixes, as appendNames does.
func appendPrefixes(b []byte, before string, facts fact.List, n fact.Name) []byte {
	v, _ := facts.Get(n)
	return appendNames(b, before, v.Strings())
}

// appendNames appends the first of a list, and how many more there are.
func appendNames(b []byte, before string, list []string) []byte {
	if len(list) == 0 {
		return b
	}
	b = append(append(b, before...), strings.Join(list[:min(len(list), maxNamed)], ", ")...)
	if more := len(list) - maxNamed; more > 0 {
		b = append(b, " and "+strconv.Itoa(more)+" more"...)
	}
	return b
}

// maxNamed bounds how many things a detail lists.
const maxNamed = 3

// appendBoundaryRouters names the routers that an update says to be AS boundary routers
// (RFC 2328 section A.4.2, bit E).
func appendBoundaryRouters(b []byte, facts fact.List) []byte {
	lsas, _ := facts.Get(fact.OSPFLSAs)
	named := 0
	for _, lsa := range lsas.Objects() {
		roles, _ := lsa.Get(fact.OSPFLSARoles)
		if named < maxNamed && slices.Contains(roles.Strings(), "asbr") {
			b = append(b, ", ASBR "+lsa.Text(fact.OSPFLSAAdvertisingRouter)...)
			named++
		}
	}
	return b
}
