package layers

import (
	"encoding/binary"
	"net/netip"

	"github.com/google/gopacket/layers"

	"github.com/pktjourney/pktjourney/decode/fact"
	"github.com/pktjourney/pktjourney/decode/wire"
)

// ICMP is an ICMP (RFC 792) or ICMPv6 (RFC 4443) header.
type ICMP struct {
	Type, Code uint8
	ID, Seq    uint16 // valid for echo requests and replies
}

const icmpLen = 8

const icmpv6ListenerReport2 = 143

// icmp reads the header that all messages of both versions have, and the 4
// bytes behind it, whose meaning depends on the type.
func (p *Packet) icmp(r rest, l Layer, t Transport) {
	if !p.has(l, "header", r, 4) {
		return
	}
	p.Transport = t
	p.ICMP.Type, p.ICMP.Code = r.b[0], r.b[1]
	if r.wire < icmpLen {
		p.payload(p.enter(l, r, 4))
		return
	}
	if !p.has(l, "header", r, icmpLen) {
		return
	}
	p.ICMP.ID, p.ICMP.Seq = binary.BigEndian.Uint16(r.b[4:6]), binary.BigEndian.Uint16(r.b[6:8])
	p.payload(p.enter(l, r, icmpLen))
}

// IsICMPError reports whether the packet is an ICMP error, which quotes the
// packet that caused it (RFC 792, RFC 4443 section 2.1).
func (p *Packet) IsICMPError() bool {
	switch p.Transport {
	case TransportICMP:
		switch p.ICMP.Type {
		case ICMPUnreachable, ICMPSourceQuench, ICMPRedirect, ICMPTimeExceeded, ICMPParameterProblem:
			return true
		}
	case TransportICMPv6:
		return p.ICMP.Type < 128
	}
	return false
}

// Quoted is the beginning of a packet that an ICMP error sends back. Its
// direction is that of the packet: Src sent what caused the error.
type Quoted struct {
	Proto    IPProto
	Src, Dst netip.AddrPort // the ports are zero unless Proto is TCP or UDP
	Seq      uint32         // of a TCP segment
	Payload  []byte         // of a UDP datagram, as far as it is quoted; refers to the frame
}

// Quoted reads the packet that an ICMP error quotes: at least its IP header and
// 8 bytes more. It needs Payload, and so the frame.
func (p *Packet) Quoted() (q Quoted, ok bool) {
	if !p.IsICMPError() {
		return q, false
	}
	var inner Packet
	inner.tunnels = maxTunnels // a quoted tunnel is what was sent
	inner.ip(newRest(p.Payload, p.PayloadLen))
	if inner.IPVersion == 0 {
		return q, false
	}
	q.Proto = inner.IPProto
	q.Src, q.Dst = netip.AddrPortFrom(inner.Src, inner.SrcPort), netip.AddrPortFrom(inner.Dst, inner.DstPort)
	q.Seq = inner.TCP.Seq
	if inner.Transport == TransportUDP {
		q.Payload = inner.Payload
	}
	return q, true
}

// NeighbourTarget is the address that a neighbour solicitation asks for or a
// neighbour advertisement is about (RFC 4861 sections 4.3 and 4.4); the zero
// Addr for other packets. It needs Payload, and so the frame.
func (p *Packet) NeighbourTarget() netip.Addr {
	if p.Transport != TransportICMPv6 || len(p.Payload) < 16 {
		return netip.Addr{}
	}
	if t := p.ICMP.Type; t != ICMPv6NeighbourSolicitation && t != ICMPv6NeighbourAdvertisement {
		return netip.Addr{}
	}
	return addr16(p.Payload[:16])
}

// message names the type and code, as in "DestinationUnreachable(Port)".
func (p *Packet) message() string {
	if p.Transport == TransportICMPv6 {
		if p.ICMP.Type == icmpv6ListenerReport2 {
			return "MulticastListenerReportV2" // RFC 3810; gopacket has no name for it
		}
		return layers.CreateICMPv6TypeCode(p.ICMP.Type, p.ICMP.Code).String()
	}
	return layers.CreateICMPv4TypeCode(p.ICMP.Type, p.ICMP.Code).String()
}

// appendICMPFacts appends what the header says, and a message of Neighbour
// Discovery behind it; spans count from its first byte.
func (p *Packet) appendICMPFacts(l fact.List) fact.List {
	l = l.Add(fact.ICMPType, fact.Int(int64(p.ICMP.Type)), wire.Span{Off: 0, Len: 1})
	l = l.Add(fact.ICMPCode, fact.Int(int64(p.ICMP.Code)), wire.Span{Off: 1, Len: 1})
	l = l.Add(fact.ICMPMessage, fact.String(p.message()), wire.Span{Off: 0, Len: 2})
	return p.appendDiscoveryFacts(l)
}

// String is the quoted packet as "udp 192.0.2.1:54321 > 198.51.100.2:53".
func (q Quoted) String() string {
	return ipProtoNames[q.Proto] + " " + q.Src.String() + " > " + q.Dst.String()
}
