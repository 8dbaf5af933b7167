package layers

import (
	"net/netip"
	"time"

	"github.com/pktjourney/pktjourney/decode/wire"
)

// options reads all options, whose lengths count 8 bytes each (RFC 4861 section
// 4.6), and gives the first error.
func (d *Discovery) options(c *wire.Cursor) (first error) {
	for !c.Empty() {
		at := c.Off()
		kind, units := c.Uint8("option type"), int(c.Uint8("option length"))
		if c.Err() == nil && units == 0 {
			c.Fail("option length", 1, wire.ErrMalformed)
		}
		b := c.Bytes("option value", 8*units-2)
		if c.Err() != nil {
			break
		}
		v := wire.NewCursor(LayerICMPv6.String(), b)
		d.option(kind, &v)
		if err := v.Err(); err != nil && first == nil {
			first = misshapen(offset(err, at+2))
		}
		if v.Err() == nil && int(kind) < len(d.spans) && d.spans[kind].Len == 0 {
			d.spans[kind] = wire.Span{Off: icmpLen + at, Len: 8 * units}
		}
	}
	if first == nil {
		first = c.Err()
	}
	return first
}

// misshapen turns a lack of bytes inside an option, whose own length says where
// it ends, into the sender's mistake.
func misshapen(err error) error {
	e, ok := err.(*wire.Error)
	if !ok {
		return err
	}
	return &wire.Error{Proto: e.Proto, Field: e.Field, Span: e.Span, Err: wire.ErrMalformed}
}

func (d *Discovery) option(kind uint8, c *wire.Cursor) {
	switch kind {
	case optionSourceLink:
		d.SourceMAC, d.HasSourceMAC = linkAddr(c)
	case optionTargetLink:
		d.TargetMAC, d.HasTargetMAC = linkAddr(c)
	case optionPrefix:
		d.prefix(c)
	case optionMTU:
		c.Skip("reserved", 2)
		d.MTU = c.Uint32("mtu")
	case optionRDNSS:
		d.servers(c)
	case optionDNSSL:
		d.names(c)
	}
}

// linkAddr reads a link-layer address (RFC 4861 section 4.6.1); false when it is
// longer than that of Ethernet (RFC 2464 section 6).
func linkAddr(c *wire.Cursor) (MAC, bool) {
	if c.Len() != len(MAC{}) {
		return MAC{}, false
	}
	return MAC(c.Rest()), true
}

// prefix reads prefix information (RFC 4861 section 4.6.2).
func (d *Discovery) prefix(c *wire.Cursor) {
	bits := int(c.Uint8("prefix length"))
	if bits > 128 {
		c.Fail("prefix length", 1, wire.ErrMalformed)
	}
	flags := c.Uint8("prefix flags")
	i := PrefixInfo{OnLink: flags&0x80 != 0, Autonomous: flags&0x40 != 0}
	i.Valid, i.Preferred = lifetime(c, "valid lifetime"), lifetime(c, "preferred lifetime")
	c.Skip("reserved", 4)
	i.Prefix = netip.PrefixFrom(ndAddr(c, "prefix"), bits)
	if c.Err() == nil && len(d.Prefixes) < maxDiscovered {
		d.Prefixes = append(d.Prefixes, i)
	}
}

func lifetime(c *wire.Cursor, field string) time.Duration {
	return time.Duration(c.Uint32(field)) * time.Second
}

// servers reads at least one recursive DNS server (RFC 8106 section 5.1).
func (d *Discovery) servers(c *wire.Cursor) {
	c.Skip("reserved", 2)
	o := DiscoveredDNS{Lifetime: lifetime(c, "dns lifetime")}
	for {
		a := ndAddr(c, "dns server")
		if c.Err() == nil && len(o.Servers) < maxDiscovered {
			o.Servers = append(o.Servers, a)
		}
		if c.Empty() {
			break
		}
	}
	if len(o.Servers) > 0 && len(d.DNSServers) < maxDiscovered {
		d.DNSServers = append(d.DNSServers, o)
	}
}

// names reads a search list, padded with zeros to a whole unit (RFC 8106 section 5.2).
func (d *Discovery) names(c *wire.Cursor) {
	c.Skip("reserved", 2)
	o := DiscoveredNames{Lifetime: lifetime(c, "domain lifetime")}
	for {
		name := c.DomainName("domain name")
		if c.Err() == nil && name != "." && len(o.Names) < maxDiscovered {
			o.Names = append(o.Names, name)
		}
		if c.Empty() {
			break
		}
	}
	if len(o.Names) > 0 && len(d.Domains) < maxDiscovered {
		d.Domains = append(d.Domains, o)
	}
}
