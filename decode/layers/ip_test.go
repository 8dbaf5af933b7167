package layers

import (
	"testing"

	"github.com/pktjourney/pktjourney/decode/capture"
)

func TestDecodeIPv4(t *testing.T) {
	const addresses = " 192.0.2.1:54321 > 198.51.100.2:53"
	const ends = "c0000201" + "c6336402"
	runDecode(t, []decodeCase{
		{
			name: "options", ref: "RFC 791 section 3.1", link: capture.LinkRaw,
			frame: frame("46 00 0020 1234 0000 40 11 0000", ends, "94040000", udpHeader), // router alert
			want:  "IPv4/UDP" + addresses + " payload 0 of 0 dns",
		},
		{
			name: "first fragment", ref: "RFC 791 section 3.2", link: capture.LinkRaw,
			frame: frame("45 00 0020 1234 2000 40 11 0000", ends, "d431 0035 0fa0 0000", "01020304"),
			want:  "IPv4/UDP" + addresses + " fragment 0 more true payload 4 of 4 dns",
		},
		{
			name: "last fragment has no ports", ref: "RFC 791 section 3.2", link: capture.LinkRaw,
			frame: frame("45 00 001c 1234 00b9 40 11 0000", ends, "0102030405060708"),
			want:  "IPv4 192.0.2.1 > 198.51.100.2 fragment 1480 more false payload 8 of 8 udp",
		},
		{
			name: "total length 0", ref: "segmentation offload", link: capture.LinkRaw,
			frame: frame("45 00 0000 1234 0000 40 11 0000", ends, "d431 0035 0000 0000", "0102"),
			want:  "IPv4/UDP" + addresses + " payload 2 of 2 dns",
		},
		{
			name: "total length shorter than the header", ref: "RFC 791 section 3.1", link: capture.LinkRaw,
			frame: frame("45 00 0013 1234 0000 40 11 0000", ends, udpHeader),
			want:  " 192.0.2.1 > 198.51.100.2 payload 0 of 0 ip cut false: IPv4: total length: 2 bytes at offset 2: malformed",
		},
		{
			name: "total length beyond the frame", ref: "RFC 791 section 3.1", link: capture.LinkRaw,
			frame: frame("45 00 ffff 1234 0000 40 11 0000", ends, "d431 0035 ffff 0000", "01"),
			want:  "IPv4/UDP" + addresses + " payload 1 of 1 dns",
		},
		{
			name: "header length 4", ref: "RFC 791 section 3.1", link: capture.LinkRaw,
			frame: frame("44 00 0014 1234 0000 40 11 0000", ends),
			want:  " payload 0 of 0 unknown cut false: IPv4: header length: 1 bytes at offset 0: malformed",
		},
		{
			name: "authentication header", ref: "RFC 4302 section 2", link: capture.LinkRaw,
			frame: frame("45 00 002c 1234 0000 40 33 0000", ends, "11 02 0000 00000001 00000001 00000000", udpHeader),
			want:  "IPv4/AH/UDP" + addresses + " payload 0 of 0 dns",
		},
		{
			name: "OSPF", ref: "RFC 2328 appendix A.3.1", link: capture.LinkRaw,
			frame: frame("45 00 0016 1234 0000 01 59 0000", ends, "0201"),
			want:  "IPv4 192.0.2.1 > 198.51.100.2 payload 2 of 2 ospf",
		},
		{
			name: "IP in IP", ref: "RFC 2003 section 3.1", link: capture.LinkRaw,
			frame: frame("45 00 0030 1234 0000 40 04 0000 cb007101 cb007102", ipv4UDP, udpHeader),
			want:  "IPv4/IPv4/UDP" + addresses + " payload 0 of 0 dns",
		},
		{
			name: "GRE with a key", ref: "RFC 2890 section 2", link: capture.LinkRaw,
			frame: frame("45 00 0038 1234 0000 40 2f 0000 cb007101 cb007102", "2000 0800 00000007", ipv4UDP, udpHeader),
			want:  "IPv4/GRE/IPv4/UDP" + addresses + " payload 0 of 0 dns",
		},
		{
			name: "tunnels without end", ref: "documented limit", link: capture.LinkRaw,
			frame: frame(
				"45 00 0064 0000 0000 40 04 0000", ends, "45 00 0050 0000 0000 40 04 0000", ends,
				"45 00 003c 0000 0000 40 04 0000", ends, "45 00 0028 0000 0000 40 04 0000", ends,
				"45 00 0014 0000 0000 40 04 0000", ends),
			want: "IPv4/IPv4/IPv4/IPv4 192.0.2.1 > 198.51.100.2 payload 20 of 20 ipip",
		},
	})
}

func TestDecodeIPv6(t *testing.T) {
	const addresses = " 2001:db8::1:54321 > 2001:db8::2:53"
	runDecode(t, []decodeCase{
		{
			name: "extension headers", ref: "RFC 8200 section 4.1", link: capture.LinkRaw,
			frame: frame("60000000 0020 00 40", ipv6Addrs,
				"2b 00 050200000100",  // hop-by-hop: router alert
				"3c 00 0400 00000000", // routing
				"11 00 010400000000",  // destination options
				udpHeader),
			want: "IPv6/IPv6 hop-by-hop options/IPv6 routing/IPv6 destination options/UDP" + addresses + " payload 0 of 0 dns",
		},
		{
			name: "first fragment", ref: "RFC 8200 section 4.5", link: capture.LinkRaw,
			frame: frame("60000000 0012 2c 40", ipv6Addrs, "11 00 0001 0000abcd", "d431 0035 0800 0000", "0102"),
			want:  "IPv6/IPv6 fragment/UDP" + addresses + " fragment 0 more true payload 2 of 2 dns",
		},
		{
			name: "later fragment", ref: "RFC 8200 section 4.5", link: capture.LinkRaw,
			frame: frame("60000000 0010 2c 40", ipv6Addrs, "11 00 05a8 0000abcd", "0102030405060708"),
			want:  "IPv6/IPv6 fragment 2001:db8::1 > 2001:db8::2 fragment 1448 more false payload 8 of 8 udp",
		},
		{
			name: "later fragment of extension headers", ref: "RFC 8200 section 4.5", link: capture.LinkRaw,
			frame: frame("60000000 0010 2c 40", ipv6Addrs, "3c 00 05a8 0000abcd", "ffff030405060708"),
			want:  "IPv6/IPv6 fragment 2001:db8::1 > 2001:db8::2 fragment 1448 more false payload 8 of 8 ipv6destination",
		},
		{
			name: "atomic fragment", ref: "RFC 6946 section 4", link: capture.LinkRaw,
			frame: frame("60000000 0010 2c 40", ipv6Addrs, "11 00 0000 0000abcd", udpHeader),
			want:  "IPv6/IPv6 fragment/UDP" + addresses + " payload 0 of 0 dns",
		},
		{
			name: "jumbogram", ref: "RFC 2675 section 3", link: capture.LinkRaw,
			frame: frame("60000000 0000 00 40", ipv6Addrs, "11 00 c204 00000010", "d431 0035 0000 0000", "0102"),
			want:  "IPv6/IPv6 hop-by-hop options/UDP" + addresses + " payload 2 of 2 dns",
		},
		{
			name: "no next header", ref: "RFC 8200 section 4.7", link: capture.LinkRaw,
			frame: frame("60000000 0001 3b 40", ipv6Addrs, "ff"),
			want:  "IPv6 2001:db8::1 > 2001:db8::2 payload 1 of 1 ipv6",
		},
		{
			name: "ESP", ref: "RFC 4303 section 2", link: capture.LinkRaw,
			frame: frame("60000000 0004 32 40", ipv6Addrs, "00000001"),
			want:  "IPv6 2001:db8::1 > 2001:db8::2 payload 4 of 4 esp",
		},
		{
			name: "extension header beyond the payload", ref: "RFC 8200 section 4.3", link: capture.LinkRaw,
			frame: frame("60000000 0008 00 40", ipv6Addrs, "11 ff 000000000000"),
			want: "IPv6 2001:db8::1 > 2001:db8::2 payload 0 of 0 ipv6 cut false: " +
				"IPv6 hop-by-hop options: header: 2048 bytes at offset 40: message ends",
		},
		{
			name: "IPv6 in IPv4", ref: "RFC 4213 section 3.5", link: capture.LinkRaw,
			frame: frame("45 00 0044 1234 0000 40 29 0000 c0000201 c6336402", ipv6UDP, udpHeader),
			want:  "IPv4/IPv6/UDP" + addresses + " payload 0 of 0 dns",
		},
	})
}

func TestDecodeReassembled(t *testing.T) {
	var p Packet
	p.Decode(capture.LinkRaw, frame("45 00 001c 1234 00b9 40 11 0000 c0000201 c6336402", "0102030405060708"), 0)
	whole := append(frame("d431 0035 05d8 0000"), make([]byte, 1488)...)
	p.DecodeReassembled(whole)
	const want = "IPv4/UDP 192.0.2.1:54321 > 198.51.100.2:53 payload 1488 of 1488 dns"
	if got := text(&p); got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
}
