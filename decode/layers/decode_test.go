package layers

import (
	"net/netip"
	"slices"
	"testing"
	"unsafe"

	"github.com/google/gopacket"
	"github.com/google/gopacket/layers"

	"github.com/pktjourney/pktjourney/decode/capture"
	"github.com/pktjourney/pktjourney/decode/wire/wiretest"
)

// whole are frames of which every byte belongs to a header.
var whole = []struct {
	name  string
	link  capture.LinkType
	frame []byte
}{
	{"ARP", capture.LinkEthernet, frame(etherARP, "0001 0800 06 04 0001", "020000000001 c0000201", "000000000000 c00002fe")},
	{"UDP over IPv4", capture.LinkEthernet, frame(etherIPv4, ipv4UDP, udpHeader)},
	{"TCP over IPv4", capture.LinkEthernet, frame(etherIPv4, ipv4TCP, tcpSYN)},
	{"UDP over IPv6", capture.LinkEthernet, frame(etherIPv6, ipv6UDP, udpHeader)},
	{"TCP options", capture.LinkLinuxSLL, frame("0004 0001 0006 020000000001 0000 0800",
		"45 00 0034 1234 4000 40 06 0000", ipv4Ends,
		"d431 0050 00000000 00000000 80 02 0000 0000 0000", "020405b4 01030307 01010402")},
	{"extension headers", capture.LinkLinuxSLL2, frame("86dd 0000 00000003 0001 01 06 020000000001 0000",
		"60000000 0018 00 40", ipv6Addrs, "3c 00 050200000100", "11 00 010400000000", udpHeader)},
	{"tags", capture.LinkEthernet, frame("02 00 00 00 00 02", "02 00 00 00 00 01", "88a8", "0002 8100", "0003 0800", ipv4UDP, udpHeader)},
	{"PPPoE", capture.LinkEthernet, frame("02 00 00 00 00 02", "02 00 00 00 00 01", "8864", "11 00 0001 001e 0021", ipv4UDP, udpHeader)},
	{"GRE", capture.LinkRaw, frame("45 00 0040 1234 0000 40 2f 0000 cb007101 cb007102", "b000 0800 00000000 00000007 00000001", ipv4UDP, udpHeader)},
	{"AH", capture.LinkNull, frame("02000000", "45 00 002c 1234 0000 40 33 0000", ipv4Ends, "11 02 0000 00000001 00000001 00000000", udpHeader)},
	{"SNAP", capture.LinkEthernet, frame("02 00 00 00 00 02", "02 00 00 00 00 01", "0024", "aa aa 03", "000000 0800", ipv4UDP, udpHeader)},
	{"802.11", capture.LinkWLAN, frame(wlanToAP, snapIPv4, ipv4UDP, udpHeader)},
	{"radiotap", capture.LinkRadiotap, frame("00 00 0900 02000000", "00", wlanToAP, snapIPv4, ipv4UDP, udpHeader)},
	{"PPI", capture.LinkPPI, frame("00 00 0800 69000000", wlanToAP, snapIPv4, ipv4UDP, udpHeader)},
	{"NFLOG", capture.LinkNFLOG, frame("02 00 0000", "0800 0500 00000001", "2000 0900", ipv4UDP, udpHeader)},
	{"ARCnet", capture.LinkARCnetBSD, frame("01 02 d4", "ffffff d4", "00 0001", ipv4UDP, udpHeader)},
	{"PPTP", capture.LinkRaw, greOver("3001 880b 001e 0001 00000001", "0021", ipv4UDP, udpHeader)},
	{"echo", capture.LinkRaw, frame("45 00 001c 1234 0000 40 01 0000", ipv4Ends, "08 00 0000 0007 0001")},
}

// tunnels are frames that hold an Ethernet frame or an IP packet which is not
// believed before its headers are seen, so that a cut one may be none.
var tunnels = []struct {
	name  string
	link  capture.LinkType
	frame []byte
}{
	{"VXLAN", capture.LinkRaw, over(portVXLAN, vxlanHeader, innerUDP)},
	{"Geneve", capture.LinkRaw, over(portGeneve, "02 40 0800 000001 00", "0100 80 01 00000000", ipv4UDP, udpHeader)},
	{"GTP-U", capture.LinkRaw, over(portGTPU, "34 ff 0024 00000001", "0000 00 85", "01 0009 00", ipv4UDP, udpHeader)},
	{"ERSPAN", capture.LinkRaw, greOver("1000 88be 00000001", "1007 0005 00000012", innerUDP)},
	{"pseudowire", capture.LinkEthernet, frame("020000000004 020000000003 8847", "000111ff", "00000000", innerUDP)},
}

func TestEveryPrefixIsCut(t *testing.T) {
	for _, c := range whole {
		t.Run(c.name, func(t *testing.T) {
			wiretest.Prefixes(t, c.frame, func(b []byte) error {
				var p Packet
				p.Decode(c.link, b, len(c.frame))
				if p.Cut != (p.Err != nil) {
					t.Errorf("%d bytes: Cut is %t, Err is %v", len(b), p.Cut, p.Err)
				}
				return p.Err
			}, nil)
		})
	}
}

func TestDecodeForgetsTheFrameBefore(t *testing.T) {
	var used, fresh Packet
	for _, c := range slices.Concat(whole, tunnels) {
		used.Decode(c.link, c.frame, 0)
		fresh = Packet{}
		fresh.Decode(c.link, c.frame, 0)
		if text(&used) != text(&fresh) {
			t.Errorf("%s: %s, fresh %s", c.name, text(&used), text(&fresh))
		}
	}
}

func TestPacketStaysSmall(t *testing.T) {
	if n := unsafe.Sizeof(Packet{}); n > 256 {
		t.Errorf("a Packet has %d bytes", n)
	}
}

// Another decoder must see the same in the same bytes.
func TestDecodeAgreesWithGopacket(t *testing.T) {
	for _, c := range whole {
		if c.link != capture.LinkEthernet && c.link != capture.LinkLinuxSLL {
			continue
		}
		t.Run(c.name, func(t *testing.T) {
			var p Packet
			p.Decode(c.link, c.frame, 0)
			other := gopacket.NewPacket(c.frame, layers.LinkType(c.link), gopacket.Default)
			if n := other.NetworkLayer(); n != nil {
				src, _ := netip.AddrFromSlice(n.NetworkFlow().Src().Raw())
				dst, _ := netip.AddrFromSlice(n.NetworkFlow().Dst().Raw())
				if src != p.Src || dst != p.Dst {
					t.Errorf("%v > %v, gopacket %v > %v", p.Src, p.Dst, src, dst)
				}
			}
			switch l := other.TransportLayer().(type) {
			case *layers.UDP:
				if uint16(l.SrcPort) != p.SrcPort || uint16(l.DstPort) != p.DstPort {
					t.Errorf("%d > %d, gopacket %v > %v", p.SrcPort, p.DstPort, l.SrcPort, l.DstPort)
				}
			case *layers.TCP:
				if l.Seq != p.Seq || l.Window != p.Window || l.SYN != p.Flags.Has(SYN) {
					t.Errorf("%+v, gopacket %+v", p.TCP, l)
				}
			}
		})
	}
}

func TestNames(t *testing.T) {
	for n, want := range map[IPProto]string{IPProtoIGMP: "igmp", IPProtoOSPF: "ospf", IPProtoEIGRP: "eigrp", IPProtoVRRP: "vrrp", IPProtoSCTP: "sctp", 200: "ip protocol 200"} {
		if got := n.name(); got != want {
			t.Errorf("IP protocol %d is %q, want %q", n, got, want)
		}
	}
	for n, want := range map[EtherType]string{EtherTypePPPoEDiscover: "pppoe", EtherTypeSlow: "slow", EtherTypeEAPOL: "eapol", 0x1234: "ethertype 0x1234"} {
		if got := n.name(); got != want {
			t.Errorf("EtherType %#x is %q, want %q", n, got, want)
		}
	}
	if got := PortName(TransportUDP, 40000, 5353); got != "mdns" {
		t.Errorf("UDP 5353 is %q", got)
	}
	if got := PortName(TransportTCP, 22, 40000); got != "ssh" {
		t.Errorf("TCP 22 is %q", got)
	}
	for l := LayerEthernet; l < layerCount; l++ {
		if l.String() == "" {
			t.Errorf("layer %d has no name", l)
		}
	}
}

func TestDecodeDoesNotAllocate(t *testing.T) {
	var p Packet
	for _, c := range slices.Concat(whole, tunnels) {
		if n := testing.AllocsPerRun(100, func() { p.Decode(c.link, c.frame, 0) }); n != 0 {
			t.Errorf("%s: %v allocations", c.name, n)
		}
	}
}

func FuzzDecode(f *testing.F) {
	for _, c := range slices.Concat(whole, tunnels) {
		f.Add(uint16(c.link), c.frame, 0)
	}
	f.Fuzz(func(t *testing.T, link uint16, b []byte, more int) {
		if more < 0 || more > 1<<20 {
			more = 0
		}
		var p Packet
		p.Decode(capture.LinkType(link), b, len(b)+more)
		if len(p.Payload) > p.PayloadLen || p.PayloadLen > len(b)+more {
			t.Errorf("payload %d of %d in %d bytes", len(p.Payload), p.PayloadLen, len(b))
		}
		end := 0
		for _, h := range p.Stack() {
			if int(h.Off) < end || int(h.Off)+int(h.Len) > len(b) {
				t.Errorf("header %+v does not stand behind byte %d", h, end)
			}
			end = int(h.Off) + int(h.Len)
		}
		p.Name()
		p.AppendFacts(nil)
		p.Quoted()
		p.NeighbourTarget()
		p.Discovery()
	})
}

func BenchmarkDecode(b *testing.B) {
	payload := make([]byte, 1400)
	for _, c := range slices.Concat(whole, tunnels) {
		b.Run(c.name, func(b *testing.B) {
			data := append(append([]byte(nil), c.frame...), payload...)
			var p Packet
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				p.Decode(c.link, data, len(data))
			}
		})
	}
}
