package annotate

import (
	"github.com/pktjourney/pktjourney/decode/layers"
	"github.com/pktjourney/pktjourney/rules"
)

// icmp labels the echo with which a DHCP server tries an address.
func (a *Annotator) icmp(l *Labelled) {
	switch l.ICMP.Type {
	case layers.ICMPEchoRequest:
		if a.tries(l.Src, l.Dst, l.Time) {
			a.check(l, l.Dst)
		}
	case layers.ICMPEchoReply:
		if a.tries(l.Dst, l.Src, l.Time) {
			a.check(l, l.Src)
		}
	}
}

// icmpv6 labels Router Solicitation and Advertisement (RFC 4861 sections 4.1 and 4.2).
func (a *Annotator) icmpv6(l *Labelled) {
	switch l.ICMP.Type {
	case layers.ICMPv6RouterSolicitation, layers.ICMPv6RouterAdvertisement:
		a.give(l, rules.NDRouter, rules.Unknown)
	}
}
