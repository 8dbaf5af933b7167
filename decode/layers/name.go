package layers

import (
	"strconv"
	"strings"

	"github.com/google/gopacket/layers"
)

// Name is the name of the highest protocol that the headers tell, in lower
// case: "arp", "icmpv6", "ospf", "stp", "ntp", "tcp"; "unknown" when they tell none.
func (p *Packet) Name() string {
	switch p.Transport {
	case TransportARP:
		return "arp"
	case TransportICMP:
		return "icmp"
	case TransportICMPv6:
		return "icmpv6"
	case TransportTCP, TransportUDP:
		if name := PortName(p.Transport, p.SrcPort, p.DstPort); name != "" {
			return name
		}
		if p.Transport == TransportTCP {
			return "tcp"
		}
		return "udp"
	case TransportOther:
		return ipProtoNames[p.IPProto]
	}
	return p.linkName()
}

// linkName names what a frame without an IP packet carries.
func (p *Packet) linkName() string {
	switch {
	case p.IPVersion != 0:
		return ipNames[p.IPVersion&7]
	case p.pppProtocol != 0:
		return pppName(p.pppProtocol)
	case p.EtherType != 0:
		return p.EtherType.name()
	case p.snapID != 0:
		return snapName(p.snapID)
	case p.sap != 0:
		return p.sap.name()
	}
	return p.headerName()
}

// headerName names what carries no protocol that can be told, after its last header.
func (p *Packet) headerName() string {
	if p.headerCount > 0 {
		switch p.headers[p.headerCount-1].Layer {
		case LayerWLAN:
			return "wlan"
		case LayerNFLOG:
			return "nflog"
		case LayerARCnet:
			return "arcnet"
		}
	}
	return "unknown"
}

var ipNames = [8]string{4: "ip", 6: "ipv6"}

// name is the protocol that t announces: ours where it has one that people
// use, gopacket's otherwise, and its number at last.
func (t EtherType) name() string {
	switch t {
	case EtherTypeIPv4:
		return "ip"
	case EtherTypeWakeOnLAN:
		return "wol"
	case EtherTypeRARP:
		return "rarp"
	case EtherTypeIPX:
		return "ipx"
	case EtherTypeFlowControl:
		return "macc"
	case EtherTypeSlow:
		return "slow"
	case EtherTypeMPLS, EtherTypeMPLSMulticast:
		return "mpls"
	case EtherTypePPPoEDiscover, EtherTypePPPoESession:
		return "pppoe"
	case EtherTypeVLAN, EtherTypeServiceVLAN, EtherTypeQinQ:
		return "vlan"
	case EtherTypeLLDP:
		return "lldp"
	case EtherTypeMACsec:
		return "macsec"
	case EtherTypeNSH:
		return "nsh"
	case EtherTypeTrustSec:
		return "trustsec"
	case EtherTypePTP:
		return "ptp"
	case EtherTypeLoopTest:
		return "loop"
	}
	if name := known(layers.EthernetType(t).String()); name != "" {
		return name
	}
	return "ethertype 0x" + strconv.FormatUint(uint64(t), 16)
}

// name is the protocol behind an 802.2 header.
func (s SAP) name() string {
	switch s {
	case SAPSTP:
		return "stp"
	case SAPIPX:
		return "ipx"
	case SAPNetBIOS:
		return "netbios"
	case SAPOSI:
		return "osi"
	}
	return "llc"
}

// snapName is the protocol behind a SNAP header of an organisation's own.
func snapName(id uint64) string {
	switch id {
	case 0x00000c_010b:
		return "stp" // per VLAN
	case 0x00000c_0111:
		return "udld"
	case 0x00000c_2000:
		return "cdp"
	case 0x00000c_2003:
		return "vtp"
	case 0x00000c_2004:
		return "dtp"
	}
	return "llc"
}

// pppName is the protocol with the number n in PPP (PPP numbers registry of IANA).
func pppName(n uint16) string {
	switch n {
	case 0x8021:
		return "ipcp"
	case 0x8057:
		return "ipv6cp"
	case 0xc021:
		return "lcp"
	case 0xc023:
		return "pap"
	case 0xc223:
		return "chap"
	}
	return "ppp"
}

// ipProtoNames are the names of all IP protocols, so that none is made for a frame.
var ipProtoNames = func() (names [256]string) {
	for i := range names {
		names[i] = IPProto(i).name()
	}
	return names
}()

// name is the protocol with the number n, ours or gopacket's or its number.
func (n IPProto) name() string {
	switch n {
	case IPProtoICMP:
		return "icmp"
	case IPProtoIPv4, IPProtoIPv6:
		return "ipip"
	case IPProtoIGRP:
		return "igrp"
	case IPProtoRSVP:
		return "rsvp"
	case IPProtoESP:
		return "esp"
	case IPProtoAH:
		return "ah"
	case IPProtoNone:
		return "ipv6"
	case IPProtoEIGRP:
		return "eigrp"
	case IPProtoPIM:
		return "pim"
	case IPProtoL2TP:
		return "l2tp"
	}
	if name := known(layers.IPProtocol(n).String()); name != "" {
		return name
	}
	return "ip protocol " + decimal(uint64(n))
}

// known is a name of gopacket's in lower case; "" when it has none.
func known(name string) string {
	if strings.HasPrefix(name, unknownName) {
		return ""
	}
	return strings.ToLower(name)
}

// unknownName is how gopacket's names begin of what it has no name for.
const unknownName = "Unknown"

// gopacket describes all numbers that an EtherType or a PPP protocol may have, nearly all as unknown. Each garbage
// collection would look through these 5 MiB of pointers: 2 % of the time that web traffic takes (November 2026).
func init() {
	for _, list := range [...][]layers.EnumMetadata{layers.EthernetTypeMetadata[:], layers.PPPTypeMetadata[:]} {
		for i := range list {
			if strings.HasPrefix(list[i].Name, unknownName) {
				list[i] = layers.EnumMetadata{}
			}
		}
	}
}

func decimal(n uint64) string { return strconv.FormatUint(n, 10) }
