package dns

import (
	"net/netip"

	"github.com/pktjourney/pktjourney/decode/wire"
)

// rdata writes the data of r as a zone file does. What is no known type is
// kept in the form of RFC 3597.
func (p *parser) rdata(r *Record, c *wire.Cursor) {
	switch r.Type {
	case TypeA:
		p.a(r, c)
	case TypeAAAA:
		p.aaaa(r, c)
	case TypeCNAME, TypeNS, TypePTR, TypeDNAME:
		p.pointTo(c, "target")
	case TypeMX:
		p.mx(c)
	case TypeSRV:
		p.srv(c)
	case TypeSOA:
		p.soa(c)
	case TypeTXT:
		p.txt(c)
	case TypeNAPTR:
		p.naptr(c)
	case TypeSVCB, TypeHTTPS:
		p.svcb(c)
	case TypeCAA:
		p.caa(c)
	case TypeDS:
		p.ds(c)
	case TypeDNSKEY:
		p.dnskey(c)
	case TypeRRSIG:
		p.rrsig(c)
	case TypeNSEC:
		p.nsec(c)
	case TypeNSEC3:
		p.nsec3(c)
	default:
		p.unknown(c)
	}
}

// a reads an IPv4 address (RFC 1035 section 3.4.1). Only the Internet's A
// records hold one: those of Chaosnet are of another kind.
func (p *parser) a(r *Record, c *wire.Cursor) {
	if r.Class == ClassCH {
		p.unknown(c)
		return
	}
	if b := c.Bytes("address", 4); b != nil {
		r.Addr = netip.AddrFrom4([4]byte(b))
		p.text = r.Addr.AppendTo(p.text)
	}
}

// aaaa reads an IPv6 address (RFC 3596 section 2.2).
func (p *parser) aaaa(r *Record, c *wire.Cursor) {
	if b := c.Bytes("address", 16); b != nil {
		r.Addr = netip.AddrFrom16([16]byte(b))
		p.text = r.Addr.AppendTo(p.text)
	}
}

// pointTo writes a name that is the record's target.
func (p *parser) pointTo(c *wire.Cursor, field string) {
	p.space()
	before := len(p.text)
	p.domain(c, field)
	p.target = wire.Span{Off: before, Len: len(p.text) - before}
}

// mx reads RFC 1035 section 3.3.9.
func (p *parser) mx(c *wire.Cursor) {
	p.number(uint64(c.Uint16("preference")))
	p.pointTo(c, "exchange")
}

// srv reads priority, weight, port and target (RFC 2782).
func (p *parser) srv(c *wire.Cursor) {
	p.number(uint64(c.Uint16("priority")))
	p.number(uint64(c.Uint16("weight")))
	p.number(uint64(c.Uint16("port")))
	p.pointTo(c, "target")
}

// soa reads RFC 1035 section 3.3.13.
func (p *parser) soa(c *wire.Cursor) {
	p.domain(c, "mname")
	p.space()
	p.domain(c, "rname")
	p.number(uint64(c.Uint32("serial")))
	p.number(uint64(c.Uint32("refresh")))
	p.number(uint64(c.Uint32("retry")))
	p.number(uint64(c.Uint32("expire")))
	p.number(uint64(c.Uint32("minimum")))
}

// txt reads one or more strings (RFC 1035 section 3.3.14).
func (p *parser) txt(c *wire.Cursor) {
	p.characterString(c, "text")
	for !c.Empty() {
		p.characterString(c, "text")
	}
}

// naptr reads RFC 3403 section 4.1.
func (p *parser) naptr(c *wire.Cursor) {
	p.number(uint64(c.Uint16("order")))
	p.number(uint64(c.Uint16("preference")))
	p.characterString(c, "flags")
	p.characterString(c, "services")
	p.characterString(c, "regexp")
	p.space()
	p.domain(c, "replacement")
}

// caa reads flags, tag and value (RFC 8659 section 4.1).
func (p *parser) caa(c *wire.Cursor) {
	p.number(uint64(c.Uint8("flags")))
	p.space()
	n := int(c.Uint8("tag"))
	p.text = appendLabel(p.text, c.Bytes("tag", n))
	p.quoted(c.Rest())
}
