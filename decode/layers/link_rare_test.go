package layers

import (
	"testing"

	"github.com/pktjourney/pktjourney/decode/capture"
)

// Headers of IEEE 802.11 frames that the cases below put together. The stations
// are 02-..-01 to 02-..-04.
const (
	wlanAddrs = "020000000001" + "020000000002" + "020000000003" // addresses 1 to 3
	wlanToAP  = "0801 0000" + wlanAddrs + "0010"                 // data to the access point; sequence control
	snapIPv4  = "aa aa 03" + "000000 0800"                       // LLC; SNAP
	snapARP   = "aa aa 03" + "000000 0806"

	arpRequest = "0001 0800 06 04 0001" + "020000000001" + "c0000201" + "000000000000" + "c00002fe"
	arpText    = " request 192.0.2.1(02-00-00-00-00-01) > 192.0.2.254(00-00-00-00-00-00) payload 0 of 0 arp"
)

func TestDecodeWLAN(t *testing.T) {
	const tail = "802.11/LLC/SNAP/IPv4/UDP 192.0.2.1:54321 > 198.51.100.2:53 payload 0 of 0 dns"
	runDecode(t, []decodeCase{
		{
			name: "data", ref: "IEEE 802.11-2020 section 9.3.2.1", link: capture.LinkWLAN,
			frame: frame(wlanToAP, snapIPv4, ipv4UDP, udpHeader), want: tail,
		},
		{
			name: "four addresses", ref: "IEEE 802.11-2020 section 9.3.2.1", link: capture.LinkWLAN,
			frame: frame("0803 0000", wlanAddrs, "0010", "020000000004", snapIPv4, ipv4UDP, udpHeader), want: tail,
		},
		{
			name: "QoS", ref: "IEEE 802.11-2020 section 9.2.4.5", link: capture.LinkWLAN,
			frame: frame("8802 0000", wlanAddrs, "0010", "0000", snapIPv4, ipv4UDP, udpHeader), want: tail,
		},
		{
			name: "QoS with HT Control", ref: "IEEE 802.11-2020 section 9.2.4.6", link: capture.LinkWLAN,
			frame: frame("8881 0000", wlanAddrs, "0010", "0000", "01020304", snapIPv4, ipv4UDP, udpHeader), want: tail,
		},
		{
			name: "mesh", ref: "IEEE 802.11-2020 section 9.2.4.7.3", link: capture.LinkWLAN,
			frame: frame("8803 0000", wlanAddrs, "0010", "020000000004",
				"0001",                      // QoS Control: mesh control present
				"02 1f 00000001",            // flags: two addresses follow; time to live; sequence number
				"020000000005 020000000006", // addresses 5 and 6
				snapIPv4, ipv4UDP, udpHeader),
			want: tail,
		},
		{
			name: "mesh of a draft", ref: "IEEE P802.11s: no bit announces the field", link: capture.LinkWLAN,
			frame: frame("8802 0000", wlanAddrs, "0010", "0000", "01 1f 00000001", "020000000005", snapIPv4, ipv4UDP, udpHeader),
			want:  tail,
		},
		{
			name: "the mesh bit outside a mesh", ref: "IEEE 802.11-2020 section 9.2.4.5.1", link: capture.LinkWLAN,
			frame: frame("8802 0000", wlanAddrs, "0010", "0001", snapIPv4, ipv4UDP, udpHeader), want: tail,
		},
		{
			name: "encrypted", ref: "IEEE 802.11-2020 section 9.2.4.1.9", link: capture.LinkWLAN,
			frame: frame("0841 0000", wlanAddrs, "0010", snapIPv4), want: "802.11 payload 8 of 8 wlan",
		},
		{
			name: "aggregate", ref: "IEEE 802.11-2020 section 9.2.4.5.9", link: capture.LinkWLAN,
			frame: frame("8801 0000", wlanAddrs, "0010", "8000", "0102"), want: "802.11 payload 2 of 2 wlan",
		},
		{
			name: "first fragment", ref: "IEEE 802.11-2020 section 9.2.4.1.5", link: capture.LinkWLAN,
			frame: frame("0805 0000", wlanAddrs, "0010", "0102"), want: "802.11 payload 2 of 2 wlan",
		},
		{
			name: "last fragment", ref: "IEEE 802.11-2020 section 9.2.4.4.3", link: capture.LinkWLAN,
			frame: frame("0801 0000", wlanAddrs, "0110", "0102"), want: "802.11 payload 2 of 2 wlan",
		},
		{
			name: "null data", ref: "IEEE 802.11-2020 section 9.2.4.1.3", link: capture.LinkWLAN,
			frame: frame("4801 0000", wlanAddrs, "0010"), want: "802.11 payload 0 of 0 wlan",
		},
		{
			name: "beacon", ref: "IEEE 802.11-2020 section 9.3.3.1", link: capture.LinkWLAN,
			frame: frame("8000 0000", wlanAddrs, "0010", "0102"), want: "802.11 payload 2 of 2 wlan",
		},
		{
			name: "management frame with the bits of four addresses", ref: "IEEE 802.11-2020 section 9.3.3.1", link: capture.LinkWLAN,
			frame: frame("8003 0000", wlanAddrs, "0010"), want: "802.11 payload 0 of 0 wlan",
		},
		{
			name: "ACK", ref: "IEEE 802.11-2020 section 9.3.1.4", link: capture.LinkWLAN,
			frame: frame("d400 0000", "020000000001"), want: "802.11 payload 0 of 0 wlan",
		},
		{
			name: "another version", ref: "IEEE 802.11-2020 section 9.2.4.1.2", link: capture.LinkWLAN,
			frame: frame("0901 0000", wlanAddrs, "0010"), want: " payload 24 of 24 unknown",
		},
	})
}

func TestDecodeWLANAddresses(t *testing.T) {
	for _, c := range []struct {
		name, control string
		src, dst      byte // last byte of the address
	}{
		{"between stations", "0800", 2, 1},
		{"to the access point", "0801", 2, 3},
		{"from the access point", "0802", 3, 1},
		{"between access points", "0803", 4, 3},
	} {
		var p Packet
		p.Decode(capture.LinkWLAN, frame(c.control, "0000", wlanAddrs, "0010", "020000000004", snapARP), 0)
		if !p.HasSrcMAC || !p.HasDstMAC || p.SrcMAC[5] != c.src || p.DstMAC[5] != c.dst {
			t.Errorf("IEEE 802.11-2020 section 9.3.2.1, %s: %v > %v", c.name, p.SrcMAC, p.DstMAC)
		}
	}
}

func TestDecodeWLANHeaders(t *testing.T) {
	const tail = "802.11/LLC/SNAP/ARP" + arpText
	const arp = wlanToAP + snapARP + arpRequest
	const fcs = "deadbeef"
	prism := frame("00000041 00000090")
	prism = append(prism, make([]byte, prismLen-len(prism))...)
	runDecode(t, []decodeCase{
		{
			name: "radiotap without fields", ref: "radiotap.org", link: capture.LinkRadiotap,
			frame: frame("00 00 0800 00000000", arp), want: "Radiotap/" + tail,
		},
		{
			name: "radiotap, padded header, checksum", ref: "radiotap.org, Flags", link: capture.LinkRadiotap,
			frame: frame("00 00 1900", // version, pad, length
				"03000080", "00000000", // time stamp and flags are present, as is a second word; that
				"00000000",         // padding to a multiple of 8
				"0102030405060708", // time stamp
				"30",               // flags: padding, checksum
				"8801 0000", wlanAddrs, "0010", "0000",
				"0000", snapIPv4, // padding after 26 bytes
				"45 00 0015 1234 0000 40 fd 0000", ipv4Ends, "01", fcs),
			want: "Radiotap/802.11/LLC/SNAP/IPv4 192.0.2.1 > 198.51.100.2 payload 1 of 1 ip protocol 253",
		},
		{
			name: "the checksum is no payload", ref: "radiotap.org, Flags", link: capture.LinkRadiotap,
			frame: frame("00 00 0900 02000000", "10", "8000 0000", wlanAddrs, "0010", "0102", fcs),
			want:  "Radiotap/802.11 payload 2 of 2 wlan",
		},
		{
			name: "radiotap of 7 bytes", ref: "radiotap.org", link: capture.LinkRadiotap,
			frame: frame("00 00 0700 00000000"),
			want:  " payload 0 of 0 unknown cut false: Radiotap: length: 2 bytes at offset 2: malformed",
		},
		{
			name: "PPI", ref: "PPI section 3", link: capture.LinkPPI,
			frame: frame("00 00 0800 69000000", arp), want: "PPI/" + tail,
		},
		{
			name: "PPI with a checksum", ref: "PPI section 4.1.2", link: capture.LinkPPI,
			frame: frame("00 00 2000 69000000", // version, flags, length, link type
				"0200 1400", "0000000000000000", // 802.11-Common, its length, time stamp
				"0100 0000 0000 0000 00 00 00 00", // flags: checksum
				"8000 0000", wlanAddrs, "0010", "0102", fcs),
			want: "PPI/802.11 payload 2 of 2 wlan",
		},
		{
			name: "PPI before Ethernet", ref: "PPI section 3", link: capture.LinkPPI,
			frame: frame("00 00 0800 01000000", etherARP, arpRequest), want: "PPI/Ethernet/ARP" + arpText,
		},
		{
			name: "PPI in PPI in PPI", ref: "documented limit", link: capture.LinkPPI,
			frame: frame("00 00 0800 c0000000", "00 00 0800 c0000000", "00 00 0800 69000000"),
			want:  "PPI/PPI payload 8 of 8 unknown",
		},
		{
			name: "Prism", ref: "LINKTYPE_IEEE802_11_PRISM", link: capture.LinkPrism,
			frame: append(prism, frame(arp)...), want: "Prism/" + tail,
		},
		{
			name: "AVS", ref: "LINKTYPE_IEEE802_11_AVS", link: capture.LinkAVS,
			frame: frame("80211001 0000000c 00000000", arp), want: "AVS/" + tail,
		},
		{
			name: "AVS where Prism should be", ref: "LINKTYPE_IEEE802_11_PRISM", link: capture.LinkPrism,
			frame: frame("80211001 0000000c 00000000", arp), want: "AVS/" + tail,
		},
		{
			name: "AVS of 4 GB", ref: "LINKTYPE_IEEE802_11_AVS", link: capture.LinkAVS,
			frame: frame("80211001 ffffffff 00000000", arp),
			want:  " payload 0 of 0 unknown cut false: AVS: length: 4 bytes at offset 4: malformed",
		},
	})
}

func TestDecodeRareLinks(t *testing.T) {
	const addresses = "192.0.2.1:54321 > 198.51.100.2:53 payload 0 of 0 dns"
	pktap := func(kind, link string) []byte {
		h := frame("6c000000", kind, link)
		return append(h, make([]byte, pktapLen-len(h))...)
	}
	runDecode(t, []decodeCase{
		{
			name: "NFLOG, little endian", ref: "LINKTYPE_NFLOG", link: capture.LinkNFLOG,
			frame: frame("02 00 0000", // AF_INET, version, resource
				"0500 0a00 00 000000", // prefix, and padding
				"2000 0900", ipv4UDP, udpHeader),
			want: "NFLOG/IPv4/UDP " + addresses,
		},
		{
			name: "NFLOG, big endian", ref: "LINKTYPE_NFLOG", link: capture.LinkNFLOG,
			frame: frame("02 00 0000", "0008 0001 0800 03 00", "0020 0009", ipv4UDP, udpHeader),
			want:  "NFLOG/IPv4/UDP " + addresses,
		},
		{
			name: "NFLOG of a bridge", ref: "LINKTYPE_NFLOG", link: capture.LinkNFLOG,
			frame: frame("07 00 0000", "0600 0900 0102"), want: "NFLOG payload 2 of 2 nflog",
		},
		{
			name: "NFLOG without a packet", ref: "LINKTYPE_NFLOG", link: capture.LinkNFLOG,
			frame: frame("02 00 0000", "0800 0500 00000001"), want: "NFLOG payload 0 of 0 nflog",
		},
		{
			name: "NFLOG attribute of 3 bytes", ref: "LINKTYPE_NFLOG", link: capture.LinkNFLOG,
			frame: frame("02 00 0000", "0300 0500"),
			want:  " payload 0 of 0 unknown cut false: NFLOG: attribute length: 2 bytes at offset 4: malformed",
		},
		{
			name: "ARCnet of Linux", ref: "RFC 1201 section 2.1", link: capture.LinkARCnet,
			frame: frame("01 02 0000 d4", "00 0001", ipv4UDP, udpHeader), // protocol; split flag, sequence number
			want:  "ARCnet/IPv4/UDP " + addresses,
		},
		{
			name: "ARCnet, simple", ref: "RFC 1051", link: capture.LinkARCnet,
			frame: frame("01 02 0000 f0", ipv4UDP, udpHeader), want: "ARCnet/IPv4/UDP " + addresses,
		},
		{
			name: "ARCnet, ARP of 1-byte addresses", ref: "RFC 1201 section 2.1", link: capture.LinkARCnet,
			frame: frame("01 00 0000 d5", "00 0001", "0007 0800 01 04 0001", "01c0000201", "00c0000202"),
			want:  "ARCnet payload 18 of 18 arp",
		},
		{
			name: "ARCnet of BSD, exception packet", ref: "RFC 1201 section 2.1", link: capture.LinkARCnetBSD,
			frame: frame("01 02 d4", "ffffff d4", "00 0001", ipv4UDP, udpHeader), want: "ARCnet/IPv4/UDP " + addresses,
		},
		{
			name: "ARCnet, second piece", ref: "RFC 1201 section 2.1", link: capture.LinkARCnetBSD,
			frame: frame("01 02 d4", "02 0001", "0102"), want: "ARCnet payload 2 of 2 arcnet",
		},
		{
			name: "ARCnet, another protocol", ref: "RFC 1201 section 2.1", link: capture.LinkARCnet,
			frame: frame("01 02 0000 80", "01"), want: "ARCnet payload 1 of 1 arcnet",
		},
		{
			name: "FDDI", ref: "RFC 1390", link: capture.LinkFDDI,
			frame: frame("50", "02 00 00 00 00 02", "02 00 00 00 00 01", snapIPv4, ipv4UDP, udpHeader),
			want:  "FDDI/LLC/SNAP/IPv4/UDP " + addresses,
		},
		{
			name: "FDDI station management", ref: "LINKTYPE_FDDI", link: capture.LinkFDDI,
			frame: frame("41", "02 00 00 00 00 02", "02 00 00 00 00 01", "01"), want: "FDDI payload 1 of 1 unknown",
		},
		{
			name: "PKTAP", ref: "LINKTYPE_PKTAP", link: capture.LinkPKTAP,
			frame: append(pktap("01000000", "01000000"), frame(etherIPv4, ipv4UDP, udpHeader)...),
			want:  "PKTAP/Ethernet/IPv4/UDP " + addresses,
		},
		{
			name: "PKTAP without a frame", ref: "LINKTYPE_PKTAP", link: capture.LinkPKTAP,
			frame: pktap("00000000", "01000000"), want: " payload 108 of 108 unknown",
		},
	})
	var p Packet
	p.Decode(capture.LinkNFLOG, frame("02 00 0000", "1000 0800", "0006 0000 020000000001 0000", "0400 0900"), 0)
	if !p.HasSrcMAC || p.SrcMAC != (MAC{2, 0, 0, 0, 0, 1}) {
		t.Errorf("NFLOG hardware address: %t %v", p.HasSrcMAC, p.SrcMAC)
	}
}
