package layers

import (
	"net/netip"
	"time"

	"github.com/pktjourney/pktjourney/decode/wire"
)

// Discovery is a message of Neighbour Discovery (RFC 4861 section 4). The fields
// of other types than its own and of absent options are zero.
type Discovery struct {
	Target                      netip.Addr // Neighbour Solicitation and Advertisement
	Router, Solicited, Override bool       // Neighbour Advertisement: the flags R, S and O

	// Router Advertisement.
	HopLimit       uint8         // 0: not told
	Managed, Other bool          // the flags M (addresses by DHCPv6) and O (the rest by DHCPv6)
	Lifetime       time.Duration // as default router; 0: it is none

	SourceMAC, TargetMAC       MAC // options 1 and 2, of links with 6-byte addresses
	HasSourceMAC, HasTargetMAC bool
	MTU                        uint32            // option 5
	Prefixes                   []PrefixInfo      // option 3
	DNSServers                 []DiscoveredDNS   // option 25 (RFC 8106 section 5.1)
	Domains                    []DiscoveredNames // option 31 (RFC 8106 section 5.2)

	fixed bool                       // the fields before the options were read
	spans [optionDNSSL + 1]wire.Span // where the first option of each type stands
}

// PrefixInfo is one prefix of a link (RFC 4861 section 4.6.2).
type PrefixInfo struct {
	Prefix             netip.Prefix  // bits after the length are kept
	OnLink, Autonomous bool          // the flags L, and A: hosts make their addresses from it
	Valid, Preferred   time.Duration // InfiniteLifetime when all bits are set
}

// DiscoveredDNS are recursive DNS servers; a Lifetime of zero takes them back.
type DiscoveredDNS struct {
	Lifetime time.Duration
	Servers  []netip.Addr
}

// DiscoveredNames is a search list, without final dots; a Lifetime of zero takes it back.
type DiscoveredNames struct {
	Lifetime time.Duration
	Names    []string
}

// InfiniteLifetime is a lifetime without an end: all 32 bits set (RFC 4861 section 4.6.2).
const InfiniteLifetime = 0xffffffff * time.Second

// maxDiscovered bounds the options of one type that are kept of a message, and
// the servers or names of each.
const maxDiscovered = 64

// The options that are read (RFC 4861 section 4.6, RFC 8106 section 5).
const (
	optionSourceLink = 1
	optionTargetLink = 2
	optionPrefix     = 3
	optionMTU        = 5
	optionRDNSS      = 25
	optionDNSSL      = 31
)

// Discovery reads the message of Neighbour Discovery behind the ICMPv6 header;
// false for other packets. On an error (a *wire.Error whose offsets count from the
// ICMPv6 header) it holds what was read: an option with a bad value does not
// keep those after it from being read. It needs Payload, and so the frame.
func (p *Packet) Discovery() (d Discovery, ok bool, err error) {
	if p.Transport != TransportICMPv6 {
		return d, false, nil
	}
	c := wire.NewCursor(LayerICMPv6.String(), p.Payload)
	switch p.ICMP.Type {
	case ICMPv6RouterSolicitation:
	case ICMPv6RouterAdvertisement:
		d.readRouter(p, &c)
	case ICMPv6NeighbourSolicitation:
		d.Target = target(&c)
	case ICMPv6NeighbourAdvertisement:
		d.readNeighbour(p, &c)
	default:
		return d, false, nil
	}
	d.fixed = c.Err() == nil
	return d, true, offset(d.options(&c), icmpLen)
}

// readRouter reads a Router Advertisement (RFC 4861 section 4.2).
func (d *Discovery) readRouter(p *Packet, c *wire.Cursor) {
	c.Skip("reachable time and retransmission timer", 8)
	if c.Err() != nil {
		return
	}
	d.HopLimit = uint8(p.ICMP.ID >> 8)
	d.Managed, d.Other = p.ICMP.ID&0x80 != 0, p.ICMP.ID&0x40 != 0
	d.Lifetime = time.Duration(p.ICMP.Seq) * time.Second
}

// readNeighbour reads a Neighbour Advertisement (RFC 4861 section 4.4).
func (d *Discovery) readNeighbour(p *Packet, c *wire.Cursor) {
	if d.Target = target(c); c.Err() != nil {
		return
	}
	d.Router, d.Solicited, d.Override = p.ICMP.ID&0x8000 != 0, p.ICMP.ID&0x4000 != 0, p.ICMP.ID&0x2000 != 0
}

func target(c *wire.Cursor) netip.Addr { return ndAddr(c, "target address") }

// ndAddr reads an IPv6 address; the zero Addr after an error.
func ndAddr(c *wire.Cursor, field string) netip.Addr {
	if b := c.Bytes(field, 16); b != nil {
		return addr16(b)
	}
	return netip.Addr{}
}

// offset moves the place of an error n bytes on.
func offset(err error, n int) error {
	e, ok := err.(*wire.Error)
	if !ok {
		return err
	}
	return &wire.Error{Proto: e.Proto, Field: e.Field, Span: wire.Span{Off: e.Span.Off + n, Len: e.Span.Len}, Err: e.Err}
}
