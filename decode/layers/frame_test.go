package layers

import (
	"encoding/hex"
	"fmt"
	"strings"
	"testing"

	"github.com/pktjourney/pktjourney/decode/capture"
)

// frame joins header fields written as hexadecimal digits; blanks do not count.
func frame(fields ...string) []byte {
	b, err := hex.DecodeString(strings.ReplaceAll(strings.Join(fields, ""), " ", ""))
	if err != nil {
		panic(err)
	}
	return b
}

// Headers that the cases below put together.
const (
	etherIPv4 = "02 00 00 00 00 02" + // destination
		"02 00 00 00 00 01" + // source
		"0800" // EtherType
	etherIPv6 = "02 00 00 00 00 02" + "02 00 00 00 00 01" + "86dd"
	etherARP  = "ff ff ff ff ff ff" + "02 00 00 00 00 01" + "0806"

	// 20 bytes of header and 8 of payload: UDP.
	ipv4UDP = "45 00 001c" + // version, header length; total length
		"1234 0000" + // identification; flags, fragment offset
		"40 11 0000" + // TTL, protocol, checksum
		"c0000201" + "c6336402" // 192.0.2.1 to 198.51.100.2
	udpHeader = "d431 0035" + // ports 54321 to 53
		"0008 0000" // length, checksum

	ipv6Addrs = "20010db8 00000000 00000000 00000001" + "20010db8 00000000 00000000 00000002"
	ipv6UDP   = "60000000" + // version, traffic class, flow label
		"0008 11 40" + // payload length, next header, hop limit
		ipv6Addrs

	// 20 bytes of header and 20 of payload: TCP.
	ipv4TCP = "45 00 0028" + "1234 4000" + "40 06 0000" + "c0000201" + "c6336402"
	tcpSYN  = "d431 0050" + // ports 54321 to 80
		"01020304" + "00000000" + // sequence and acknowledgement numbers
		"50 02 ffff" + // data offset, SYN, window
		"0000 0000" // checksum, urgent pointer
)

// text says what p holds, for tests to compare.
func text(p *Packet) string {
	var b strings.Builder
	for i, h := range p.Stack() {
		if i > 0 {
			b.WriteByte('/')
		}
		b.WriteString(h.Layer.String())
	}
	if p.VLANCount > 0 {
		fmt.Fprintf(&b, " vlan %v", p.VLANs[:p.VLANCount])
	}
	switch p.Transport {
	case TransportTCP, TransportUDP:
		fmt.Fprintf(&b, " %v:%d > %v:%d", p.Src, p.SrcPort, p.Dst, p.DstPort)
	case TransportARP:
		fmt.Fprintf(&b, " %v %v(%v) > %v(%v)", p.ARP.Op, p.ARP.SenderIP(), p.ARP.SenderMAC, p.ARP.TargetIP(), p.ARP.TargetMAC)
	default:
		if p.IPVersion != 0 {
			fmt.Fprintf(&b, " %v > %v", p.Src, p.Dst)
		}
	}
	switch p.Transport {
	case TransportTCP:
		fmt.Fprintf(&b, " flags %#x seq %d ack %d win %d", uint16(p.Flags), p.Seq, p.Ack, p.Window)
	case TransportICMP, TransportICMPv6:
		fmt.Fprintf(&b, " type %d code %d", p.ICMP.Type, p.ICMP.Code)
	}
	if p.Frag.Any() {
		fmt.Fprintf(&b, " fragment %d more %t", p.Frag.Offset, p.Frag.More)
	}
	fmt.Fprintf(&b, " payload %d of %d %s", len(p.Payload), p.PayloadLen, p.Name())
	if p.Err != nil {
		fmt.Fprintf(&b, " cut %t: %v", p.Cut, p.Err)
	}
	return b.String()
}

// decodeCase is one frame and what it holds.
type decodeCase struct {
	name, ref string
	link      capture.LinkType
	frame     []byte
	wireLen   int // 0: all of it was captured
	want      string
}

func runDecode(t *testing.T, cases []decodeCase) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var p Packet
			p.Decode(c.link, c.frame, c.wireLen)
			if got := text(&p); got != c.want {
				t.Errorf("%s\n got %s\nwant %s", c.ref, got, c.want)
			}
		})
	}
}
