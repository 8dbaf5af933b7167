package annotate

import (
	"github.com/pktjourney/pktjourney/decode/layers"
	"github.com/pktjourney/pktjourney/rules"
)

// icmp labels the echo with which a DHCP server tries an address. While a client
// waits for an Offer, an echo request waits for it too: who sends it may turn out to be a server.
func (a *Annotator) icmp(l *Labelled) (waits bool) {
	if a.icmpError(l) {
		return false
	}
	switch l.ICMP.Type {
	case layers.ICMPEchoRequest:
		if a.tries(l.Src, l.Dst, l.Time) {
			a.check(l, l.Dst)
			return false
		}
		return l.Time.Sub(a.leases.discovered) <= tryTime && a.asksFor(l, l.Src, l.Dst)
	case layers.ICMPEchoReply:
		if a.tries(l.Dst, l.Src, l.Time) {
			a.check(l, l.Src)
		}
	}
	return false
}

// icmpv6 labels Router Solicitation and Advertisement (RFC 4861 sections 4.1 and 4.2).
func (a *Annotator) icmpv6(l *Labelled) {
	if a.icmpError(l) {
		return
	}
	switch l.ICMP.Type {
	case layers.ICMPv6NeighbourSolicitation, layers.ICMPv6NeighbourAdvertisement:
		a.point.onLink(l.Src)
	case layers.ICMPv6RouterSolicitation, layers.ICMPv6RouterAdvertisement:
		a.give(l, rules.NDRouter, rules.Unknown)
		if l.Step != "" {
			a.link = walk(a.link, l.Step, l.Number, l.Time, l.Deduced)
		}
	}
}
