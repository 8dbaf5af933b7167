package layers

import (
	"testing"

	"github.com/pktjourney/pktjourney/decode/capture"
)

func TestDecodeLink(t *testing.T) {
	const (
		addresses  = "192.0.2.1:54321 > 198.51.100.2:53"
		addresses6 = "2001:db8::1:54321 > 2001:db8::2:53"
		tail       = " payload 0 of 0 dns"
	)
	runDecode(t, []decodeCase{
		{
			name: "Ethernet II", ref: "RFC 894", link: capture.LinkEthernet,
			frame: frame(etherIPv4, ipv4UDP, udpHeader),
			want:  "Ethernet/IPv4/UDP " + addresses + tail,
		},
		{
			name: "Ethernet padding is no payload", ref: "RFC 894", link: capture.LinkEthernet,
			frame: frame(etherIPv4, ipv4UDP, udpHeader, "00000000 00000000 00000000 00000000 0000"),
			want:  "Ethernet/IPv4/UDP " + addresses + tail,
		},
		{
			name: "802.3 with LLC and SNAP", ref: "RFC 1042", link: capture.LinkEthernet,
			frame: frame("02 00 00 00 00 02", "02 00 00 00 00 01", "0024", // length
				"aa aa 03", "000000 0800", // LLC; SNAP: organisation, EtherType
				ipv4UDP, udpHeader),
			want: "Ethernet/LLC/SNAP/IPv4/UDP " + addresses + tail,
		},
		{
			name: "spanning tree", ref: "IEEE 802.1D section 9.3", link: capture.LinkEthernet,
			frame: frame("01 80 c2 00 00 00", "02 00 00 00 00 01", "0026", "42 42 03", "00000000"),
			want:  "Ethernet/LLC payload 4 of 4 stp",
		},
		{
			name: "CDP", ref: "SNAP of an organisation", link: capture.LinkEthernet,
			frame: frame("01 00 0c cc cc cc", "02 00 00 00 00 01", "0009", "aa aa 03", "00000c 2000", "02"),
			want:  "Ethernet/LLC/SNAP payload 1 of 1 cdp",
		},
		{
			name: "LLDP", ref: "IEEE 802.1AB", link: capture.LinkEthernet,
			frame: frame("01 80 c2 00 00 0e", "02 00 00 00 00 01", "88cc", "0000"),
			want:  "Ethernet payload 2 of 2 lldp",
		},
		{
			name: "EAPOL", ref: "IEEE 802.1X", link: capture.LinkEthernet,
			frame: frame("01 80 c2 00 00 03", "02 00 00 00 00 01", "888e", "01010000"),
			want:  "Ethernet payload 4 of 4 eapol",
		},
		{
			name: "802.1Q", ref: "IEEE 802.1Q section 9.6", link: capture.LinkEthernet,
			frame: frame("02 00 00 00 00 02", "02 00 00 00 00 01", "8100",
				"6064 0800", // priority 3, VLAN 100; EtherType
				ipv4UDP, udpHeader),
			want: "Ethernet/802.1Q/IPv4/UDP vlan [100] " + addresses + tail,
		},
		{
			name: "802.1ad in 0x9100, three tags", ref: "IEEE 802.1ad", link: capture.LinkEthernet,
			frame: frame("02 00 00 00 00 02", "02 00 00 00 00 01", "9100", "0001 88a8", "0002 8100", "0003 0800",
				ipv4UDP, udpHeader),
			want: "Ethernet/802.1Q/802.1Q/802.1Q/IPv4/UDP vlan [1 2] " + addresses + tail,
		},
		{
			name: "spanning tree in a VLAN", ref: "IEEE 802.1Q section 9.6", link: capture.LinkEthernet,
			frame: frame("01 80 c2 00 00 00", "02 00 00 00 00 01", "8100", "0001 0003", "42 42 03"),
			want:  "Ethernet/802.1Q/LLC vlan [1] payload 0 of 0 stp",
		},
		{
			name: "Linux cooked", ref: "LINKTYPE_LINUX_SLL", link: capture.LinkLinuxSLL,
			frame: frame("0004 0001", // packet type: from us; ARPHRD_ETHER
				"0006 020000000001 0000", // address length, address, padding
				"0800", ipv4UDP, udpHeader),
			want: "Linux cooked/IPv4/UDP " + addresses + tail,
		},
		{
			name: "Linux cooked with a tag", ref: "LINKTYPE_LINUX_SLL", link: capture.LinkLinuxSLL,
			frame: frame("0000 0001 0006 020000000001 0000 8100", "0005 86dd", ipv6UDP, udpHeader),
			want:  "Linux cooked/802.1Q/IPv6/UDP vlan [5] " + addresses6 + tail,
		},
		{
			name: "Linux cooked 2", ref: "LINKTYPE_LINUX_SLL2", link: capture.LinkLinuxSLL2,
			frame: frame("86dd 0000", // EtherType, reserved
				"00000003 0001",           // interface index, ARPHRD_ETHER
				"01 06 020000000001 0000", // broadcast, address length, address
				ipv6UDP, udpHeader),
			want: "Linux cooked 2/IPv6/UDP " + addresses6 + tail,
		},
		{
			name: "BSD loopback, little endian", ref: "LINKTYPE_NULL", link: capture.LinkNull,
			frame: frame("02000000", ipv4UDP, udpHeader),
			want:  "Loopback/IPv4/UDP " + addresses + tail,
		},
		{
			name: "BSD loopback, big endian", ref: "LINKTYPE_NULL", link: capture.LinkNull,
			frame: frame("0000001e", ipv6UDP, udpHeader),
			want:  "Loopback/IPv6/UDP " + addresses6 + tail,
		},
		{
			name: "BSD loopback, a family that is none", ref: "LINKTYPE_NULL", link: capture.LinkNull,
			frame: frame("0f000000", ipv4UDP, udpHeader),
			want:  "Loopback/IPv4/UDP " + addresses + tail,
		},
		{
			name: "OpenBSD loopback", ref: "LINKTYPE_LOOP", link: capture.LinkLoop,
			frame: frame("00000018", ipv6UDP, udpHeader),
			want:  "Loopback/IPv6/UDP " + addresses6 + tail,
		},
		{
			name: "raw IPv4", ref: "LINKTYPE_RAW", link: capture.LinkRaw,
			frame: frame(ipv4UDP, udpHeader), want: "IPv4/UDP " + addresses + tail,
		},
		{
			name: "raw IPv6", ref: "LINKTYPE_IPV6", link: capture.LinkIPv6,
			frame: frame(ipv6UDP, udpHeader), want: "IPv6/UDP " + addresses6 + tail,
		},
		{
			name: "raw IP of no version", ref: "LINKTYPE_RAW", link: capture.LinkRaw,
			frame: frame("10"), want: " payload 0 of 0 unknown cut false: IPv4: version: 1 bytes at offset 0: malformed",
		},
		{
			name: "PPPoE with a compressed protocol field", ref: "RFC 2516 section 4, RFC 1661 section 6.5", link: capture.LinkEthernet,
			frame: frame("02 00 00 00 00 02", "02 00 00 00 00 01", "8864",
				"11 00 0001 001d", // version, code, session, length
				"21", ipv4UDP, udpHeader, "0000"),
			want: "Ethernet/PPPoE/PPP/IPv4/UDP " + addresses + tail,
		},
		{
			name: "PPP in HDLC framing", ref: "RFC 1662 section 3.1", link: linkPPP,
			frame: frame("ff 03 c021 01"), want: "PPP payload 1 of 1 lcp",
		},
		{
			name: "MPLS, two labels", ref: "RFC 3032 section 2.1", link: capture.LinkEthernet,
			frame: frame("02 00 00 00 00 02", "02 00 00 00 00 01", "8847", "00010040", "00011140", ipv4UDP, udpHeader),
			want:  "Ethernet/MPLS/MPLS/IPv4/UDP " + addresses + tail,
		},
		{
			name: "a link type that is not read", ref: "", link: 147,
			frame: frame("0102"), want: " payload 2 of 2 unknown",
		},
	})
}

func TestDecodeLinkAddresses(t *testing.T) {
	var p Packet
	p.Decode(capture.LinkEthernet, frame(etherIPv4), 0)
	if !p.HasSrcMAC || !p.HasDstMAC || p.SrcMAC.String() != "02-00-00-00-00-01" || p.DstMAC.String() != "02-00-00-00-00-02" {
		t.Errorf("Ethernet: %v > %v", p.SrcMAC, p.DstMAC)
	}
	p.Decode(capture.LinkLinuxSLL, frame("0001 0001 0006 020000000001 0000 0800"), 0)
	if !p.HasSrcMAC || p.HasDstMAC || p.SrcMAC != (MAC{2, 0, 0, 0, 0, 1}) || p.Delivery != DeliveryBroadcast {
		t.Errorf("cooked: %v %v, delivery %d", p.HasSrcMAC, p.SrcMAC, p.Delivery)
	}
	if !Broadcast.IsMulticast() || (MAC{2}).IsMulticast() {
		t.Error("IsMulticast looks at the wrong bit")
	}
}

func TestDecodeARP(t *testing.T) {
	const request = "0001 0800 06 04 0001" + // Ethernet, IPv4, lengths, request
		"020000000001" + "c0000201" + // sender
		"000000000000" + "c00002fe" // target
	runDecode(t, []decodeCase{
		{
			name: "request with padding", ref: "RFC 826", link: capture.LinkEthernet,
			frame: frame(etherARP, request, "00000000 00000000 00000000 00000000 0000"),
			want:  "Ethernet/ARP request 192.0.2.1(02-00-00-00-00-01) > 192.0.2.254(00-00-00-00-00-00) payload 0 of 0 arp",
		},
		{
			name: "other address lengths", ref: "RFC 826", link: capture.LinkEthernet,
			frame: frame(etherARP, "0007 0800 01 04 0002", "01c0000201", "02c0000202"),
			want:  "Ethernet payload 18 of 18 arp",
		},
		{
			name: "cut", ref: "RFC 826", link: capture.LinkEthernet, wireLen: 60,
			frame: frame(etherARP, request)[:40],
			want:  "Ethernet payload 0 of 0 arp cut true: ARP: addresses: 28 bytes at offset 14: message ends",
		},
	})
}
