package packet

import (
	"encoding/binary"
	"fmt"
	"net/netip"
	"strings"
)

// order is the byte order of the network.
var order = binary.BigEndian

// EtherTypes and protocol numbers.
const (
	typeIPv4  = 0x0800
	typeARP   = 0x0806
	typeIPv6  = 0x86dd
	protoICMP = 1
	protoTCP  = 6
	protoUDP  = 17
)

// IP adds an IPv4 or IPv6 packet.
func (c *Capture) IP(src, dst netip.Addr, proto uint8, payload []byte) int {
	if !src.Is4() {
		b := []byte{0x60, 0, 0, 0}
		b = order.AppendUint16(b, uint16(len(payload)))
		b = append(b, proto, c.ttl(src))
		b = append(append(b, src.AsSlice()...), dst.AsSlice()...)
		return c.Ethernet(c.mac(dst), c.mac(src), typeIPv6, append(b, payload...))
	}
	b := []byte{0x45, 0}
	b = order.AppendUint16(b, uint16(20+len(payload)))
	b = append(b, 0, 0, 0x40, 0, c.ttl(src), proto, 0, 0) // do not fragment
	b = append(append(b, src.AsSlice()...), dst.AsSlice()...)
	return c.Ethernet(c.mac(dst), c.mac(src), typeIPv4, append(b, payload...))
}

// UDP adds a datagram; way is as in "192.168.1.100:40000 > 198.51.100.53:53".
func (c *Capture) UDP(way string, payload []byte) int {
	src, dst := parseWay(way)
	b := order.AppendUint16(nil, src.Port())
	b = order.AppendUint16(b, dst.Port())
	b = order.AppendUint16(b, uint16(8+len(payload)))
	b = append(b, 0, 0)
	return c.IP(src.Addr(), dst.Addr(), protoUDP, append(b, payload...))
}

// flagBits are the letters of TCP flags, from the lowest bit on.
const flagBits = "FSRPAU"

// Segment is a TCP segment.
type Segment struct {
	Flags    string // letters of FSRPAU
	Seq, Ack uint32
	Window   uint16
	Data     []byte
}

// TCP adds a segment; way is as in "192.168.1.100:40000 > 203.0.113.82:80".
func (c *Capture) TCP(way string, s Segment) int {
	src, dst := parseWay(way)
	return c.tcp(src, dst, s)
}

func (c *Capture) tcp(src, dst netip.AddrPort, s Segment) int {
	b := order.AppendUint16(nil, src.Port())
	b = order.AppendUint16(b, dst.Port())
	b = order.AppendUint32(b, s.Seq)
	b = order.AppendUint32(b, s.Ack)
	b = append(b, 5<<4, flags(s.Flags))
	b = order.AppendUint16(b, s.Window)
	b = append(b, 0, 0, 0, 0)
	return c.IP(src.Addr(), dst.Addr(), protoTCP, append(b, s.Data...))
}

func flags(letters string) (bits uint8) {
	for _, l := range letters {
		bits |= 1 << strings.IndexRune(flagBits, l)
	}
	return bits
}

// parseWay reads "source > destination".
func parseWay(way string) (src, dst netip.AddrPort) {
	from, to, ok := strings.Cut(way, " > ")
	if !ok {
		panic(fmt.Sprintf("packet: %q is no way", way))
	}
	return netip.MustParseAddrPort(from), netip.MustParseAddrPort(to)
}
