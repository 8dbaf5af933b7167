package layers

import "github.com/pktjourney/pktjourney/decode/capture"

// link reads a frame that starts with what the link type says (the LINKTYPE_
// registry of tcpdump.org).
func (p *Packet) link(link capture.LinkType, r rest) {
	switch link {
	case capture.LinkEthernet:
		p.ethernet(r)
	case capture.LinkLinuxSLL:
		p.linuxSLL(r)
	case capture.LinkLinuxSLL2:
		p.linuxSLL2(r)
	case capture.LinkNull, capture.LinkLoop:
		p.loopback(r)
	case capture.LinkRaw, capture.LinkRawOld, capture.LinkRawOpenBSD, capture.LinkIPv4, capture.LinkIPv6:
		p.ip(r)
	default:
		p.rareLink(link, r)
	}
}

// rareLink reads the frames of links that few captures are taken on.
func (p *Packet) rareLink(link capture.LinkType, r rest) {
	switch link {
	case linkPPP, linkPPPHDLC:
		p.ppp(r)
	case linkCiscoHDLC:
		p.ciscoHDLC(r)
	case capture.LinkWLAN:
		p.wlan(r, false)
	case capture.LinkRadiotap:
		p.radiotap(r)
	case capture.LinkPrism:
		p.prism(r)
	case capture.LinkAVS:
		p.avs(r)
	case capture.LinkPPI:
		p.ppi(r)
	case capture.LinkPKTAP, capture.LinkPKTAPOld:
		p.pktap(r)
	case capture.LinkNFLOG:
		p.nflog(r)
	case capture.LinkARCnet:
		p.arcnetLinux(r)
	case capture.LinkARCnetBSD:
		p.arcnetBSD(r)
	case capture.LinkFDDI:
		p.fddi(r)
	default:
		p.payload(r)
	}
}

// nestedLink reads a frame of the link type that a header before it gives. Such
// headers do not nest.
func (p *Packet) nestedLink(link capture.LinkType, r rest) {
	if p.headerCount > 1 {
		p.payload(r)
		return
	}
	p.link(link, r)
}
