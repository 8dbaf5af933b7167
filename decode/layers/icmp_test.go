package layers

import (
	"net/netip"
	"testing"

	"github.com/pktjourney/pktjourney/decode/capture"
	"github.com/pktjourney/pktjourney/decode/fact"
)

func TestQuoted(t *testing.T) {
	const unreachable = "45 00 0038 0000 0000 40 01 0000" + "c0000201" + "c6336402" + "03 03 0000 00000000"
	for _, c := range []struct {
		name, ref string
		frame     []byte
		want      Quoted // without Payload
		ok        bool
	}{
		{
			"UDP", "RFC 792", frame(unreachable, ipv4UDP, udpHeader),
			Quoted{Proto: IPProtoUDP, Src: netip.MustParseAddrPort("192.0.2.1:54321"), Dst: netip.MustParseAddrPort("198.51.100.2:53")}, true,
		},
		{
			"8 bytes of TCP", "RFC 792", frame(unreachable, ipv4TCP, tcpSYN[:21]),
			Quoted{Proto: IPProtoTCP, Src: netip.MustParseAddrPort("192.0.2.1:54321"), Dst: netip.MustParseAddrPort("198.51.100.2:80"), Seq: 0x01020304}, true,
		},
		{
			"IPv6, packet too big", "RFC 4443 section 3.2",
			frame("60000000 0038 3a 40", ipv6Addrs, "02 00 0000 00000500", ipv6UDP, udpHeader),
			Quoted{Proto: IPProtoUDP, Src: netip.MustParseAddrPort("[2001:db8::1]:54321"), Dst: netip.MustParseAddrPort("[2001:db8::2]:53")}, true,
		},
		{"nothing quoted", "RFC 792", frame(unreachable), Quoted{}, false},
		{"no error", "RFC 792", frame("45 00 001c 1234 0000 40 01 0000", ipv4Ends, "08 00 0000 0007 0001"), Quoted{}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			var p Packet
			p.Decode(capture.LinkRaw, c.frame, 0)
			q, ok := p.Quoted()
			q.Payload = nil
			if ok != c.ok || ok && q.String() != c.want.String() {
				t.Errorf("%s: got %v, %t; want %v", c.ref, q, ok, c.want)
			}
		})
	}
}

func TestNeighbourTarget(t *testing.T) {
	var p Packet
	p.Decode(capture.LinkRaw, frame("60000000 0018 3a ff", ipv6Addrs, "87 00 0000 00000000", "fe80 000000000000 0000000000000009"), 0)
	if got := p.NeighbourTarget(); got != netip.MustParseAddr("fe80::9") {
		t.Errorf("RFC 4861 section 4.3: target %v", got)
	}
	p.Decode(capture.LinkRaw, frame("60000000 0008 3a ff", ipv6Addrs, "87 00 0000 00000000"), 0)
	if got := p.NeighbourTarget(); got.IsValid() {
		t.Errorf("a solicitation without a target has %v", got)
	}
}

func TestAppendFacts(t *testing.T) {
	var p Packet
	p.Decode(capture.LinkRaw, frame("45 00 001c 1234 0000 40 01 0000", ipv4Ends, "03 03 0000 0000 0000"), 0)
	l := p.AppendFacts(nil)
	if l.Text(fact.ICMPType) != "3" || l.Text(fact.ICMPCode) != "3" || l.Text(fact.ICMPMessage) != "DestinationUnreachable(Port)" {
		t.Errorf("ICMP: %v", l)
	}
	p.Decode(capture.LinkRaw, frame("60000000 0008 3a ff", ipv6Addrs, "80 00 0000 00000000"), 0)
	if l = p.AppendFacts(nil); l.Text(fact.ICMPMessage) != "EchoRequest" {
		t.Errorf("ICMPv6: %v", l)
	}
	p.Decode(capture.LinkEthernet, frame(etherARP, "0001 0800 06 04 0002", "020000000001 c0000201", "020000000002 c00002fe"), 0)
	l = p.AppendFacts(nil)
	if l.Text(fact.ARPOperation) != "reply" || l.Text(fact.ARPSenderIP) != "192.0.2.1" || l.Text(fact.ARPTargetMAC) != "02-00-00-00-00-02" {
		t.Errorf("ARP: %v", l)
	}
	for _, f := range l {
		if f.Span.End() > arpLen {
			t.Errorf("%v stands outside the packet", f)
		}
	}
	p.Decode(capture.LinkRaw, frame(ipv4UDP, udpHeader), 0)
	if l = p.AppendFacts(nil); len(l) != 0 {
		t.Errorf("UDP: %v", l)
	}
}
