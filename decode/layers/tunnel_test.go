package layers

import (
	"encoding/binary"
	"testing"

	"github.com/pktjourney/pktjourney/decode/capture"
)

// greOver makes an IPv4 packet with a GRE header and what follows it.
func greOver(fields ...string) []byte {
	b := append(frame("45 00 0000 1234 0000 40 2f 0000 cb007101 cb007102"), frame(fields...)...)
	binary.BigEndian.PutUint16(b[2:], uint16(len(b)))
	return b
}

func TestDecodeGRE(t *testing.T) {
	const addresses = "192.0.2.1:54321 > 198.51.100.2:53 payload 0 of 0 dns"
	runDecode(t, []decodeCase{
		{
			name: "Ethernet", ref: "RFC 7637 section 3.2", link: capture.LinkRaw,
			frame: greOver("2000 6558 00000101", innerUDP), want: "IPv4/GRE/Ethernet/IPv4/UDP " + addresses,
		},
		{
			name: "Ethernet without IP", ref: "this package's rule", link: capture.LinkRaw,
			frame: greOver("0000 6558", "0180c200000e 020000000001 88cc 0000"),
			want:  "IPv4/GRE 203.0.113.1 > 203.0.113.2 payload 16 of 16 gre",
		},
		{
			name: "ERSPAN type I", ref: "draft-foschiano-erspan-03 section 4", link: capture.LinkRaw,
			frame: greOver("0000 88be", innerUDP), want: "IPv4/GRE/ERSPAN/Ethernet/IPv4/UDP " + addresses,
		},
		{
			name: "ERSPAN type II", ref: "draft-foschiano-erspan-03 section 4", link: capture.LinkRaw,
			frame: greOver("1000 88be 00000001", // with a sequence number
				"1007 0005 00000012", // version and VLAN, session, index
				innerUDP),
			want: "IPv4/GRE/ERSPAN/Ethernet/IPv4/UDP " + addresses,
		},
		{
			name: "ERSPAN type III with a subheader", ref: "draft-foschiano-erspan-03 section 4", link: capture.LinkRaw,
			frame: greOver("1000 22eb 00000001", "2007 0005 00000000 0000 0001", "0000000000000000", innerUDP),
			want:  "IPv4/GRE/ERSPAN/Ethernet/IPv4/UDP " + addresses,
		},
		{
			name: "ERSPAN of another version", ref: "draft-foschiano-erspan-03 section 4", link: capture.LinkRaw,
			frame: greOver("1000 88be 00000001", "3007 0005 00000012"),
			want:  "IPv4/GRE 203.0.113.1 > 203.0.113.2 payload 8 of 8 gre",
		},
		{
			name: "PPTP", ref: "RFC 2637 section 4.1", link: capture.LinkRaw,
			frame: greOver("3081 880b 0020 0001 00000001 00000002", // payload's length, call, sequence, acknowledgement
				"ff03 0021", ipv4UDP, udpHeader),
			want: "IPv4/GRE/PPP/IPv4/UDP " + addresses,
		},
		{
			name: "PPTP acknowledgement", ref: "RFC 2637 section 4.1", link: capture.LinkRaw,
			frame: greOver("2081 880b 0000 0001 00000002"),
			want:  "IPv4/GRE 203.0.113.1 > 203.0.113.2 payload 0 of 0 gre",
		},
		{
			name: "version 2", ref: "RFC 2784 section 2.3.1", link: capture.LinkRaw,
			frame: greOver("0002 0800", ipv4UDP), want: "IPv4 203.0.113.1 > 203.0.113.2 payload 24 of 24 gre",
		},
	})
}

func TestDecodeEthernetInLabels(t *testing.T) {
	const outer = "020000000004 020000000003"
	runDecode(t, []decodeCase{
		{
			name: "control word", ref: "RFC 4448 section 4.6", link: capture.LinkEthernet,
			frame: frame(outer, "8847", "000111ff", "00000000", innerUDP),
			want:  "Ethernet/MPLS/Pseudowire/Ethernet/IPv4/UDP 192.0.2.1:54321 > 198.51.100.2:53 payload 0 of 0 dns",
		},
		{
			name: "no Ethernet behind it", ref: "RFC 4385 section 3", link: capture.LinkEthernet,
			frame: frame(outer, "8847", "000111ff", "00000000", "0102"), want: "Ethernet/MPLS payload 6 of 6 mpls",
		},
		{
			name: "FabricPath", ref: "Cisco FabricPath", link: capture.LinkEthernet,
			frame: frame(outer, "8903", "0060", innerUDP),
			want:  "Ethernet/FabricPath/Ethernet/IPv4/UDP 192.0.2.1:54321 > 198.51.100.2:53 payload 0 of 0 dns",
		},
	})
}
