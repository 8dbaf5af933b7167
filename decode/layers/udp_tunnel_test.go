package layers

import (
	"encoding/binary"
	"strings"
	"testing"

	"github.com/pktjourney/pktjourney/decode/capture"
)

// over makes an IPv4 packet with a datagram to port that holds the fields.
func over(port uint16, fields ...string) []byte {
	body := frame(fields...)
	b := frame("45 00 0000 1234 0000 40 11 0000 cb007101 cb007102", "c000 0000 0000 0000")
	binary.BigEndian.PutUint16(b[2:], uint16(len(b)+len(body)))
	binary.BigEndian.PutUint16(b[22:], port)
	binary.BigEndian.PutUint16(b[24:], uint16(8+len(body)))
	return append(b, body...)
}

// swapPorts turns a packet of over round.
func swapPorts(b []byte) []byte {
	from := binary.BigEndian.Uint16(b[20:])
	copy(b[20:], b[22:24])
	binary.BigEndian.PutUint16(b[22:], from)
	return b
}

// Headers of tunnels over UDP.
const (
	vxlanHeader  = "08 000000" + "000001 00"       // flags, reserved; network identifier, reserved
	geneveHeader = "00 00 6558" + "000001 00"      // no options, no flags, Ethernet; network identifier
	gtpUHeader   = "30 ff 001c" + "00000001"       // version 1, G-PDU, 28 bytes; tunnel endpoint
	innerUDP     = etherIPv4 + ipv4UDP + udpHeader // an Ethernet frame
)

func TestDecodeUDPTunnels(t *testing.T) {
	const addresses = "192.0.2.1:54321 > 198.51.100.2:53 payload 0 of 0 dns"
	runDecode(t, []decodeCase{
		{
			name: "VXLAN", ref: "RFC 7348 section 5", link: capture.LinkRaw,
			frame: over(portVXLAN, vxlanHeader, innerUDP), want: "IPv4/UDP/VXLAN/Ethernet/IPv4/UDP " + addresses,
		},
		{
			name: "VXLAN with ARP", ref: "RFC 7348 section 4.1", link: capture.LinkRaw,
			frame: over(portVXLAN, vxlanHeader, etherARP, arpRequest), want: "IPv4/UDP/VXLAN/Ethernet/ARP" + arpText,
		},
		{
			name: "VXLAN with a group policy", ref: "draft-smith-vxlan-group-policy", link: capture.LinkRaw,
			frame: over(portVXLAN, "88 400007 000001 00", innerUDP), want: "IPv4/UDP/VXLAN/Ethernet/IPv4/UDP " + addresses,
		},
		{
			name: "VXLAN with IPv4", ref: "draft-ietf-nvo3-vxlan-gpe", link: capture.LinkRaw,
			frame: over(portVXLAN, "0c 000001 000001 00", ipv4UDP, udpHeader), want: "IPv4/UDP/VXLAN/IPv4/UDP " + addresses,
		},
		{
			name: "VXLAN-GPE on its own port", ref: "draft-ietf-nvo3-vxlan-gpe", link: capture.LinkRaw,
			frame: over(portGPE, "0c 000001 000001 00", ipv4UDP, udpHeader), want: "IPv4/UDP/VXLAN/IPv4/UDP " + addresses,
		},
		{
			name: "VXLAN-GPE that sets no flag for its protocol", ref: "draft-ietf-nvo3-vxlan-gpe", link: capture.LinkRaw,
			frame: over(portGPE, "08 000001 000001 00", ipv4UDP, udpHeader), want: "IPv4/UDP/VXLAN/IPv4/UDP " + addresses,
		},
		{
			name: "VXLAN on the port of Linux", ref: "vxlan.udp_port of Linux", link: capture.LinkRaw,
			frame: over(portVXLANLinux, vxlanHeader, innerUDP), want: "IPv4/UDP/VXLAN/Ethernet/IPv4/UDP " + addresses,
		},
		{
			name: "Geneve from its port", ref: "RFC 8926 section 3.3", link: capture.LinkRaw,
			frame: swapPorts(over(portGeneve, geneveHeader, innerUDP)), want: "IPv4/UDP/Geneve/Ethernet/IPv4/UDP " + addresses,
		},
		{
			name: "a later fragment inside has no ports", ref: "RFC 791 section 3.2", link: capture.LinkRaw,
			frame: over(portVXLAN, vxlanHeader, etherIPv4, "45 00 001c 1234 00b9 40 11 0000", ipv4Ends, "0102030405060708"),
			want:  "IPv4/UDP/VXLAN/Ethernet/IPv4 192.0.2.1 > 198.51.100.2 fragment 1480 more false payload 8 of 8 udp",
		},
		{
			name: "Geneve", ref: "RFC 8926 section 3.4", link: capture.LinkRaw,
			frame: over(portGeneve, geneveHeader, innerUDP), want: "IPv4/UDP/Geneve/Ethernet/IPv4/UDP " + addresses,
		},
		{
			name: "Geneve with options and IPv4", ref: "RFC 8926 section 3.5", link: capture.LinkRaw,
			frame: over(portGeneve, "02 40 0800 000001 00", "0100 80 01 00000000", ipv4UDP, udpHeader),
			want:  "IPv4/UDP/Geneve/IPv4/UDP " + addresses,
		},
		{
			name: "GTP-U", ref: "3GPP TS 29.281 section 5.1", link: capture.LinkRaw,
			frame: over(portGTPU, gtpUHeader, ipv4UDP, udpHeader), want: "IPv4/UDP/GTP-U/IPv4/UDP " + addresses,
		},
		{
			name: "GTP-U with a sequence number", ref: "3GPP TS 29.281 section 5.1", link: capture.LinkRaw,
			frame: over(portGTPU, "32 ff 0020 00000001", "0001 00 00", ipv4UDP, udpHeader), want: "IPv4/UDP/GTP-U/IPv4/UDP " + addresses,
		},
		{
			name: "GTP-U with extension headers", ref: "3GPP TS 29.281 section 5.2", link: capture.LinkRaw,
			frame: over(portGTPU, "34 ff 0028 00000001", "0000 00 85", "01 0009 c0", "01 0000 00", ipv4UDP, udpHeader),
			want:  "IPv4/UDP/GTP-U/IPv4/UDP " + addresses,
		},
		{
			name: "GTP-U with IPv6", ref: "3GPP TS 29.281 section 5.1", link: capture.LinkRaw,
			frame: over(portGTPU, "30 ff 0030 00000001", ipv6UDP, udpHeader),
			want:  "IPv4/UDP/GTP-U/IPv6/UDP 2001:db8::1:54321 > 2001:db8::2:53 payload 0 of 0 dns",
		},
		{
			name: "tunnels without end", ref: "documented limit", link: capture.LinkRaw,
			frame: over(portVXLAN, strings.Repeat(vxlanHeader+etherIPv4+
				"45 00 0000 1234 0000 40 11 0000"+ipv4Ends+"c000 12b5 0000 0000", 4)),
			want: "IPv4/UDP/VXLAN/Ethernet/IPv4/UDP/VXLAN/Ethernet 192.0.2.1:49152 > 198.51.100.2:4789 payload 50 of 50 vxlan",
		},
	})
}

// What has the port of a tunnel and is none stays a datagram.
func TestDecodeNoUDPTunnel(t *testing.T) {
	for _, c := range []struct {
		name, ref string
		port      uint16
		body      string
	}{
		{"flag I is not set", "RFC 7348 section 5", portVXLAN, "00 000000 000001 00" + innerUDP},
		{"reserved bytes are set", "RFC 7348 section 5", portVXLAN, "08 000100 000001 00" + innerUDP},
		{"the last byte is set", "RFC 7348 section 5", portVXLAN, "08 000000 000001 01" + innerUDP},
		{"next protocol NSH", "draft-ietf-nvo3-vxlan-gpe", portVXLAN, "0c 000004 000001 00" + innerUDP},
		{"no IP inside", "this package's rule", portVXLAN, vxlanHeader + "0180c200000e 020000000001 88cc 0000"},
		{"IP inside is broken", "this package's rule", portVXLAN, vxlanHeader + etherIPv4 + "44 00 0014 1234 0000 40 11 0000" + ipv4Ends},
		{"header alone", "RFC 7348 section 5", portVXLAN, vxlanHeader},
		{"a DNS query from the port", "RFC 1035 section 4.1.1", portVXLAN, "0800 0100 0001 0000 0000 0000 00 0001 0001"},
		{"version 1", "RFC 8926 section 3.4", portGeneve, "40 00 6558 000001 00" + innerUDP},
		{"reserved flags are set", "RFC 8926 section 3.4", portGeneve, "00 01 6558 000001 00" + innerUDP},
		{"options beyond the datagram", "RFC 8926 section 3.4", portGeneve, "3f 00 6558 000001 00"},
		{"LLDP", "RFC 8926 section 3.4", portGeneve, "00 00 88cc 000001 00 0000"},
		{"echo request", "3GPP TS 29.281 section 7.2.1", portGTPU, "32 01 0004 00000000 0001 00 00"},
		{"length does not fit", "3GPP TS 29.281 section 5.1", portGTPU, "30 ff 001b 00000001" + ipv4UDP + udpHeader},
		{"extension header of 0 bytes", "3GPP TS 29.281 section 5.2.1", portGTPU, "34 ff 0024 00000001 0000 00 85 00 0009 00" + ipv4UDP + udpHeader},
		{"extension header beyond the datagram", "3GPP TS 29.281 section 5.2.1", portGTPU, "34 ff 0008 00000001 0000 00 85 ff 0009 00"},
		{"no IP version inside", "3GPP TS 29.281 section 5.1", portGTPU, "30 ff 0004 00000001 01020304"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var p Packet
			b := over(c.port, c.body)
			p.Decode(capture.LinkRaw, b, 0)
			if p.Transport != TransportUDP || p.DstPort != c.port || len(p.Payload) != len(b)-28 || len(p.Stack()) != 2 || p.Err != nil {
				t.Errorf("%s: %s", c.ref, text(&p))
			}
		})
	}
}

// A capture that lacks bytes of what is inside gives either the tunnel or the datagram.
func TestDecodeCutUDPTunnels(t *testing.T) {
	for _, c := range tunnels[:3] {
		whole := c.frame
		for n := 28; n < len(whole); n++ {
			var p Packet
			p.Decode(capture.LinkRaw, whole[:n:n], len(whole))
			tunnel := p.Src.String() == "192.0.2.1"
			if datagram := p.Transport == TransportUDP && p.Err == nil && len(p.Payload) == n-28; tunnel == datagram {
				t.Errorf("%d bytes: %s", n, text(&p))
			}
			if p.Err != nil && !p.Cut {
				t.Errorf("%d bytes: %v", n, p.Err)
			}
		}
	}
}
