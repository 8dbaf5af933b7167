package layers

// layerNames are the names of headers as the encapsulation texts show them.
var layerNames = [layerCount]string{
	LayerEthernet:    "Ethernet",
	LayerLinuxSLL:    "Linux cooked",
	LayerLinuxSLL2:   "Linux cooked 2",
	LayerLoopback:    "Loopback",
	LayerCiscoHDLC:   "Cisco HDLC",
	LayerFDDI:        "FDDI",
	LayerARCnet:      "ARCnet",
	LayerNFLOG:       "NFLOG",
	LayerPKTAP:       "PKTAP",
	LayerPPI:         "PPI",
	LayerRadiotap:    "Radiotap",
	LayerPrism:       "Prism",
	LayerAVS:         "AVS",
	LayerWLAN:        "802.11",
	LayerVLAN:        "802.1Q",
	LayerLLC:         "LLC",
	LayerSNAP:        "SNAP",
	LayerPPPoE:       "PPPoE",
	LayerPPP:         "PPP",
	LayerMPLS:        "MPLS",
	LayerGRE:         "GRE",
	LayerERSPAN:      "ERSPAN",
	LayerVXLAN:       "VXLAN",
	LayerGeneve:      "Geneve",
	LayerGTPU:        "GTP-U",
	LayerFabricPath:  "FabricPath",
	LayerNSH:         "NSH",
	LayerTrustSec:    "TrustSec tag",
	LayerPseudowire:  "Pseudowire",
	LayerIPv4:        "IPv4",
	LayerIPv6:        "IPv6",
	LayerHopByHop:    "IPv6 hop-by-hop options",
	LayerRouting:     "IPv6 routing",
	LayerFragment:    "IPv6 fragment",
	LayerDestination: "IPv6 destination options",
	LayerAH:          "AH",
	LayerARP:         "ARP",
	LayerICMP:        "ICMP",
	LayerICMPv6:      "ICMPv6",
	LayerUDP:         "UDP",
	LayerTCP:         "TCP",
}

// String is the name of the header, as in "IPv4".
func (l Layer) String() string {
	if l < layerCount {
		return layerNames[l]
	}
	return ""
}

// EtherType says what an Ethernet frame carries (IEEE 802 Numbers registry of IANA).
type EtherType uint16

// The EtherTypes that are read further or have a name of ours.
const (
	EtherTypeIPv4          EtherType = 0x0800
	EtherTypeARP           EtherType = 0x0806
	EtherTypeWakeOnLAN     EtherType = 0x0842
	EtherTypeRARP          EtherType = 0x8035
	EtherTypeBridging      EtherType = 0x6558 // Ethernet frames in a tunnel
	EtherTypeVLAN          EtherType = 0x8100 // 802.1Q
	EtherTypeIPX           EtherType = 0x8137
	EtherTypeIPv6          EtherType = 0x86dd
	EtherTypeFlowControl   EtherType = 0x8808
	EtherTypeSlow          EtherType = 0x8809 // LACP and other slow protocols
	EtherTypeMPLS          EtherType = 0x8847
	EtherTypeMPLSMulticast EtherType = 0x8848
	EtherTypePPTP          EtherType = 0x880b // PPP packets in a tunnel
	EtherTypePPPoEDiscover EtherType = 0x8863
	EtherTypePPPoESession  EtherType = 0x8864
	EtherTypeEAPOL         EtherType = 0x888e
	EtherTypeServiceVLAN   EtherType = 0x88a8 // 802.1ad
	EtherTypeERSPAN        EtherType = 0x88be // types I and II
	EtherTypeLLDP          EtherType = 0x88cc
	EtherTypeMACsec        EtherType = 0x88e5
	EtherTypePTP           EtherType = 0x88f7
	EtherTypeERSPAN3       EtherType = 0x22eb
	EtherTypeFabricPath    EtherType = 0x8903
	EtherTypeTrustSec      EtherType = 0x8909
	EtherTypeNSH           EtherType = 0x894f
	EtherTypeLoopTest      EtherType = 0x9000 // Ethernet configuration testing
	EtherTypeQinQ          EtherType = 0x9100 // tags in tags before 802.1ad
)

// SAP is a service access point of an 802.2 header.
type SAP uint8

// The service access points that have a name of ours.
const (
	SAPSTP     SAP = 0x42
	SAPSNAP    SAP = 0xaa
	SAPIPX     SAP = 0xe0
	SAPNetBIOS SAP = 0xf0
	SAPOSI     SAP = 0xfe
)

// IPProto is an IP protocol number.
type IPProto uint8

// The protocol numbers that are read further or have a name of ours.
const (
	IPProtoHopByHop    IPProto = 0
	IPProtoICMP        IPProto = 1
	IPProtoIGMP        IPProto = 2
	IPProtoIPv4        IPProto = 4
	IPProtoTCP         IPProto = 6
	IPProtoIGRP        IPProto = 9
	IPProtoUDP         IPProto = 17
	IPProtoIPv6        IPProto = 41
	IPProtoRouting     IPProto = 43
	IPProtoFragment    IPProto = 44
	IPProtoRSVP        IPProto = 46
	IPProtoGRE         IPProto = 47
	IPProtoESP         IPProto = 50
	IPProtoAH          IPProto = 51
	IPProtoICMPv6      IPProto = 58
	IPProtoNone        IPProto = 59
	IPProtoDestination IPProto = 60
	IPProtoEIGRP       IPProto = 88
	IPProtoOSPF        IPProto = 89
	IPProtoPIM         IPProto = 103
	IPProtoVRRP        IPProto = 112
	IPProtoL2TP        IPProto = 115
	IPProtoSCTP        IPProto = 132
)

// ICMP types (RFC 792; RFC 4443 and RFC 4861 for ICMPv6).
const (
	ICMPEchoReply        = 0
	ICMPUnreachable      = 3
	ICMPSourceQuench     = 4
	ICMPRedirect         = 5
	ICMPEchoRequest      = 8
	ICMPTimeExceeded     = 11
	ICMPParameterProblem = 12

	ICMPv6EchoRequest            = 128
	ICMPv6EchoReply              = 129
	ICMPv6RouterSolicitation     = 133
	ICMPv6RouterAdvertisement    = 134
	ICMPv6NeighbourSolicitation  = 135
	ICMPv6NeighbourAdvertisement = 136
)

// ARPOp is the operation of an ARP packet (ARP Parameters registry of IANA).
type ARPOp uint16

// The operations of RFC 826.
const (
	ARPRequest ARPOp = 1
	ARPReply   ARPOp = 2
)

// String is the name of the operation, or its number.
func (o ARPOp) String() string {
	switch o {
	case ARPRequest:
		return "request"
	case ARPReply:
		return "reply"
	}
	return decimal(uint64(o))
}
