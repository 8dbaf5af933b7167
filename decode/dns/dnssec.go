package dns

import (
	"encoding/base32"
	"encoding/base64"
	"time"

	"github.com/pktjourney/pktjourney/decode/wire"
)

// ds reads RFC 4034 section 5.1.
func (p *parser) ds(c *wire.Cursor) {
	p.number(uint64(c.Uint16("key tag")))
	p.number(uint64(c.Uint8("algorithm")))
	p.number(uint64(c.Uint8("digest type")))
	p.space()
	p.upperHex(c.Rest())
}

// dnskey reads RFC 4034 section 2.1.
func (p *parser) dnskey(c *wire.Cursor) {
	p.number(uint64(c.Uint16("flags")))
	p.number(uint64(c.Uint8("protocol")))
	p.number(uint64(c.Uint8("algorithm")))
	p.base64(c)
}

// rrsig reads RFC 4034 section 3.1.
func (p *parser) rrsig(c *wire.Cursor) {
	p.typeName(Type(c.Uint16("type covered")))
	p.number(uint64(c.Uint8("algorithm")))
	p.number(uint64(c.Uint8("labels")))
	p.number(uint64(c.Uint32("original ttl")))
	p.signatureTime(c, "expiration")
	p.signatureTime(c, "inception")
	p.number(uint64(c.Uint16("key tag")))
	p.space()
	p.domain(c, "signer")
	p.base64(c)
}

// nsec reads RFC 4034 section 4.1.
func (p *parser) nsec(c *wire.Cursor) {
	p.domain(c, "next name")
	p.typeBitmap(c)
}

// nsec3 reads RFC 5155 section 3.2.
func (p *parser) nsec3(c *wire.Cursor) {
	p.number(uint64(c.Uint8("hash algorithm")))
	p.number(uint64(c.Uint8("flags")))
	p.number(uint64(c.Uint16("iterations")))
	p.space()
	salt := c.Bytes("salt", int(c.Uint8("salt length")))
	if len(salt) == 0 {
		p.text = append(p.text, '-')
	}
	p.upperHex(salt)
	p.space()
	hash := c.Bytes("next hashed owner", int(c.Uint8("hash length")))
	p.text = base32.HexEncoding.WithPadding(base32.NoPadding).AppendEncode(p.text, hash)
	p.typeBitmap(c)
}

// typeBitmap reads which types a name has: windows of up to 32 bytes with a bit
// for each type, rising (RFC 4034 section 4.1.2).
func (p *parser) typeBitmap(c *wire.Cursor) {
	for last := -1; !c.Empty(); {
		window := int(c.Uint8("type window"))
		n := int(c.Uint8("type bitmap"))
		if c.Err() == nil && (window <= last || n == 0 || n > 32) {
			c.Fail("type bitmap", n, wire.ErrMalformed)
		}
		last = window
		for i, bits := range c.Bytes("type bitmap", n) {
			for bit := range 8 {
				if bits&(0x80>>bit) != 0 {
					p.typeName(Type(window<<8 | i<<3 | bit))
				}
			}
		}
	}
}

func (p *parser) typeName(t Type) {
	p.space()
	p.text = append(p.text, t.String()...)
}

// signatureTime reads seconds since 1970 and writes YYYYMMDDHHmmSS in UTC (RFC
// 4034 section 3.2).
func (p *parser) signatureTime(c *wire.Cursor, field string) {
	p.space()
	p.text = time.Unix(int64(c.Uint32(field)), 0).UTC().AppendFormat(p.text, "20060102150405")
}

// base64 writes the rest of the data: a key or a signature.
func (p *parser) base64(c *wire.Cursor) {
	p.space()
	p.text = base64.StdEncoding.AppendEncode(p.text, c.Rest())
}
