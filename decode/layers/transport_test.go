package layers

import (
	"testing"

	"github.com/pktjourney/pktjourney/decode/capture"
)

const ipv4Ends = "c0000201" + "c6336402"

func TestDecodeUDP(t *testing.T) {
	const addresses = "IPv4/UDP 192.0.2.1:54321 > 198.51.100.2:53"
	header := func(length string) string { return "d431 0035" + length + "0000" }
	const ip = "45 00 0020 1234 0000 40 11 0000" + ipv4Ends // 4 bytes in the datagram
	runDecode(t, []decodeCase{
		{
			name: "exact", ref: "RFC 768", link: capture.LinkRaw,
			frame: frame(ip, header("000c"), "01020304"), want: addresses + " payload 4 of 4 dns",
		},
		{
			name: "shorter than the IP packet", ref: "RFC 768", link: capture.LinkRaw,
			frame: frame(ip, header("000a"), "01020304"), want: addresses + " payload 2 of 2 dns",
		},
		{
			name: "longer than the IP packet", ref: "RFC 768", link: capture.LinkRaw,
			frame: frame(ip, header("0100"), "01020304"), want: addresses + " payload 4 of 4 dns",
		},
		{
			name: "length 0", ref: "RFC 2675 section 4", link: capture.LinkRaw,
			frame: frame(ip, header("0000"), "01020304"), want: addresses + " payload 4 of 4 dns",
		},
		{
			name: "length 7", ref: "RFC 768", link: capture.LinkRaw,
			frame: frame(ip, header("0007"), "01020304"),
			want:  addresses + " payload 0 of 0 dns cut false: UDP: length: 2 bytes at offset 24: malformed",
		},
		{
			name: "payload cut", ref: "snap length", link: capture.LinkRaw, wireLen: 32,
			frame: frame(ip, header("000c"), "0102"), want: addresses + " payload 2 of 4 dns",
		},
	})
}

func TestDecodeTCP(t *testing.T) {
	const addresses = "IPv4/TCP 192.0.2.1:54321 > 198.51.100.2:80"
	runDecode(t, []decodeCase{
		{
			name: "SYN", ref: "RFC 9293 section 3.1", link: capture.LinkEthernet,
			frame: frame(etherIPv4, ipv4TCP, tcpSYN),
			want:  "Ethernet/" + addresses + " flags 0x2 seq 16909060 ack 0 win 65535 payload 0 of 0 tcp",
		},
		{
			name: "all flags", ref: "RFC 9293 section 3.1", link: capture.LinkRaw,
			frame: frame(ipv4TCP, "d431 0050 00000001 00000002 51 ff 0001 0000 0000"),
			want:  addresses + " flags 0x1ff seq 1 ack 2 win 1 payload 0 of 0 tcp",
		},
		{
			name: "payload cut", ref: "snap length", link: capture.LinkRaw, wireLen: 1000,
			frame: frame("45 00 03e8 1234 4000 40 06 0000", ipv4Ends, "d431 0050 00000001 00000002 50 10 0001 0000 0000", "474554"),
			want:  addresses + " flags 0x10 seq 1 ack 2 win 1 payload 3 of 960 tcp",
		},
		{
			name: "data offset 4", ref: "RFC 9293 section 3.1", link: capture.LinkRaw,
			frame: frame(ipv4TCP, "d431 0050 00000001 00000002 40 10 0001 0000 0000"),
			want: "IPv4 192.0.2.1:54321 > 198.51.100.2:80 flags 0x10 seq 1 ack 2 win 1 payload 0 of 0 tcp" +
				" cut false: TCP: data offset: 1 bytes at offset 32: malformed",
		},
		{
			name: "data offset beyond the segment", ref: "RFC 9293 section 3.1", link: capture.LinkRaw,
			frame: frame(ipv4TCP, "d431 0050 00000001 00000002 60 10 0001 0000 0000"),
			want: "IPv4 192.0.2.1:54321 > 198.51.100.2:80 flags 0x10 seq 1 ack 2 win 1 payload 0 of 0 tcp" +
				" cut false: TCP: data offset: 1 bytes at offset 32: malformed",
		},
	})
}

func TestDecodeTCPOptions(t *testing.T) {
	for _, c := range []struct {
		name, ref, options string // padded to 12 bytes
		want               TCP
		bad                bool
	}{
		{"maximum segment size", "RFC 9293 section 3.7.1", "020405b4 00000000 00000000", TCP{MSS: 1460}, false},
		{"of the wrong length", "RFC 9293 section 3.1", "0203ff 01 00000000 00000000", TCP{}, false},
		{"window scale 0 was sent", "RFC 7323 section 2.2", "01 030300 00000000 00000000", TCP{HasWScale: true}, false},
		{"SACK permitted", "RFC 2018 section 2", "0402 0000 00000000 00000000", TCP{SACKPerm: true}, false},
		{"SACK", "RFC 2018 section 3", "0101 050a 00000001 00000009", TCP{HasSACK: true}, false},
		{"timestamps", "RFC 7323 section 3.2", "0101 080a 00000001 00000009", TCP{HasTS: true, TSVal: 1, TSEcr: 9}, false},
		{"nothing after the end of the list", "RFC 9293 section 3.1", "00 020405b4 000000 00000000", TCP{}, false},
		{"unknown option", "RFC 9293 section 3.1", "fd04ffff 020405b4 00000000", TCP{MSS: 1460}, false},
		{"length 0", "RFC 9293 section 3.1", "020405b4 0800 0000 00000000", TCP{MSS: 1460}, true},
		{"length 1", "RFC 9293 section 3.1", "0801 0000 00000000 00000000", TCP{}, true},
		{"length beyond the header", "RFC 9293 section 3.1", "01010101 01010101 080a 0000", TCP{}, true},
		{"length missing", "RFC 9293 section 3.1", "01010101 01010101 010101 02", TCP{}, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			var p Packet
			p.Decode(capture.LinkRaw, frame("45 00 0034 1234 4000 40 06 0000", ipv4Ends,
				"d431 0050 00000000 00000000 80 00 0000 0000 0000", c.options), 0)
			if p.TCP != c.want || p.Err != nil != c.bad {
				t.Errorf("%s: got %+v, error %v", c.ref, p.TCP, p.Err)
			}
		})
	}
}

func TestDecodeICMP(t *testing.T) {
	runDecode(t, []decodeCase{
		{
			name: "echo request", ref: "RFC 792", link: capture.LinkRaw,
			frame: frame("45 00 001e 1234 0000 40 01 0000", ipv4Ends, "08 00 0000 0007 0001", "6162"),
			want:  "IPv4/ICMP 192.0.2.1 > 198.51.100.2 type 8 code 0 payload 2 of 2 icmp",
		},
		{
			name: "four bytes are a message", ref: "RFC 4443 section 2.1", link: capture.LinkRaw,
			frame: frame("60000000 0004 3a 40", ipv6Addrs, "85 00 0000"),
			want:  "IPv6/ICMPv6 2001:db8::1 > 2001:db8::2 type 133 code 0 payload 0 of 0 icmpv6",
		},
		{
			name: "cut", ref: "snap length", link: capture.LinkRaw, wireLen: 30,
			frame: frame("45 00 001e 1234 0000 40 01 0000", ipv4Ends, "08 00 00"),
			want:  "IPv4 192.0.2.1 > 198.51.100.2 payload 0 of 0 icmp cut true: ICMP: header: 4 bytes at offset 20: message ends",
		},
	})
	var p Packet
	p.Decode(capture.LinkRaw, frame("45 00 001c 1234 0000 40 01 0000", ipv4Ends, "08 00 0000 0007 0001"), 0)
	if p.ICMP != (ICMP{Type: ICMPEchoRequest, ID: 7, Seq: 1}) || p.IsICMPError() {
		t.Errorf("echo request: %+v", p.ICMP)
	}
}
