package layers

import (
	"encoding/binary"
	"net/netip"

	"github.com/pktjourney/pktjourney/decode/fact"
	"github.com/pktjourney/pktjourney/decode/wire"
)

// ARP is an ARP packet for IPv4 over a link with 6-byte addresses (RFC 826).
type ARP struct {
	Op                   ARPOp
	SenderMAC, TargetMAC MAC
	sender, target       [4]byte
}

// SenderIP is the protocol address of the sender.
func (a *ARP) SenderIP() netip.Addr { return netip.AddrFrom4(a.sender) }

// TargetIP is the protocol address that is asked for, or of the one who asked.
func (a *ARP) TargetIP() netip.Addr { return netip.AddrFrom4(a.target) }

const (
	arpFixedLen = 8
	arpLen      = 28
)

// arp reads an ARP packet. Of other address lengths than those of Ethernet and
// IPv4 only the operation is kept.
func (p *Packet) arp(r rest) {
	if !p.has(LayerARP, "header", r, arpFixedLen) {
		return
	}
	op := ARPOp(binary.BigEndian.Uint16(r.b[6:8]))
	if r.b[4] != 6 || r.b[5] != 4 {
		p.payload(r)
		return
	}
	if !p.has(LayerARP, "addresses", r, arpLen) {
		return
	}
	p.Transport = TransportARP
	p.ARP = ARP{
		Op:        op,
		SenderMAC: MAC(r.b[8:14]), sender: [4]byte(r.b[14:18]),
		TargetMAC: MAC(r.b[18:24]), target: [4]byte(r.b[24:28]),
	}
	p.enter(LayerARP, r, arpLen) // what follows is padding
}

// appendFacts appends what the packet says; spans count from its first byte.
func (a *ARP) appendFacts(l fact.List) fact.List {
	l = l.Add(fact.ARPOperation, fact.String(a.Op.String()), wire.Span{Off: 6, Len: 2})
	l = l.Add(fact.ARPSenderMAC, fact.String(a.SenderMAC.String()), wire.Span{Off: 8, Len: 6})
	l = l.Add(fact.ARPSenderIP, fact.Addr(a.SenderIP()), wire.Span{Off: 14, Len: 4})
	l = l.Add(fact.ARPTargetMAC, fact.String(a.TargetMAC.String()), wire.Span{Off: 18, Len: 6})
	return l.Add(fact.ARPTargetIP, fact.Addr(a.TargetIP()), wire.Span{Off: 24, Len: 4})
}
