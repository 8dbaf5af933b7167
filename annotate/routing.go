package annotate

import (
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
	l.Detail = name
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
		if l.SrcPort == portRIP && l.DstPort == portRIP || l.SrcPort == portRIPng && l.DstPort == portRIPng {
			return "RIP"
		}
	case layers.TransportOther:
		return routingProtos[l.IPProto]
	}
	return ""
}

// routingProtos are the routing protocols with an IP protocol number of their own (IANA).
var routingProtos = map[layers.IPProto]string{
	9:  "IGRP",
	88: "EIGRP",
	89: "OSPF",
}
