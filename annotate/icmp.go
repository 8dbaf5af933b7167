package annotate

import (
	"github.com/pktjourney/pktjourney/decode/layers"
	"github.com/pktjourney/pktjourney/rules"
)

// icmp labels the echo with which a DHCP server tries an address. While an Offer may come, an
// echo request to an address that it may be of waits for it: who sends it may turn out to be a server.
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
		return a.leases.mayOffer(l.Src, l.Dst, l.Time) && a.asksFor(l, l.Src, l.Dst)
	case layers.ICMPEchoReply:
		if a.tries(l.Dst, l.Src, l.Time) {
			a.check(l, l.Src)
		}
	}
	return false
}

// icmpv6 labels Neighbour Discovery (RFC 4861 section 4).
func (a *Annotator) icmpv6(l *Labelled) (waits bool) {
	if a.icmpError(l) {
		return false
	}
	switch l.ICMP.Type {
	case layers.ICMPv6NeighbourSolicitation:
		a.point.onLink(l.Src)
		return a.solicits(l)
	case layers.ICMPv6NeighbourAdvertisement:
		a.point.onLink(l.Src)
		return a.advertises(l)
	case layers.ICMPv6RouterSolicitation, layers.ICMPv6RouterAdvertisement:
		a.give(l, rules.NDRouter, rules.Unknown)
		if l.Step != "" {
			a.link = walk(a.link, l.Step, l.Number, l.Time, l.Deduced)
		}
		a.advertisesDNS(l)
	}
	return false
}

// solicits notes a host's question for the MAC address of a neighbour. One from no address
// is a check of the host's own (RFC 4862 section 5.4.2), one to a single host of a neighbour
// that is known (RFC 4861 section 7.3.3): both release nothing.
func (a *Annotator) solicits(l *Labelled) bool {
	d, ok, _ := l.Discovery()
	if ok && l.Src.IsUnspecified() && l.HasSrcMAC {
		a.hosts.own(l.SrcMAC, d.Target, a.leases.limit)
	}
	if !ok || !d.Target.IsValid() || l.Src.IsUnspecified() || !l.Dst.IsMulticast() || !a.asksFor(l, l.Src, d.Target) {
		return false
	}
	if w := a.arpOf(l.Src, d.Target); l.Src.IsLinkLocalUnicast() && l.HasSrcMAC {
		w.from = l.SrcMAC
	}
	return true
}

// advertises joins an answer to its question.
func (a *Annotator) advertises(l *Labelled) bool {
	d, ok, _ := l.Discovery()
	if !ok || !d.Solicited || !l.HasSrcMAC {
		return false
	}
	w := a.arpOf(l.Dst, d.Target)
	if w == nil {
		return false
	}
	mac := l.SrcMAC
	if d.HasTargetMAC {
		mac = d.TargetMAC
	}
	return w.answered(l, mac)
}

// advertisesDNS notes the DNS servers of a Router Advertisement (RFC 8106 section 5.1).
func (a *Annotator) advertisesDNS(l *Labelled) {
	if d, ok, _ := l.Discovery(); ok {
		for _, option := range d.DNSServers {
			a.leases.announces(mark{l.Number, l.Time}, option.Servers)
		}
	}
}
