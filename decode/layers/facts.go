package layers

import "github.com/pktjourney/pktjourney/decode/fact"

// AppendFacts appends the facts of an ARP or ICMP packet. Spans count from the
// start of its ARP or ICMP header. Other packets have none.
func (p *Packet) AppendFacts(l fact.List) fact.List {
	switch p.Transport {
	case TransportARP:
		return p.ARP.appendFacts(l)
	case TransportICMP, TransportICMPv6:
		return p.appendICMPFacts(l)
	}
	return l
}
