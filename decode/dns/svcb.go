package dns

import (
	"encoding/base64"
	"errors"
	"net/netip"
	"strconv"

	"github.com/pktjourney/pktjourney/decode/wire"
)

// svcParam is a key of RFC 9460 section 14.3.2, or added to that list since.
type svcParam uint16

const (
	paramMandatory     svcParam = 0
	paramALPN          svcParam = 1
	paramNoDefaultALPN svcParam = 2
	paramPort          svcParam = 3
	paramIPv4Hint      svcParam = 4
	paramECH           svcParam = 5
	paramIPv6Hint      svcParam = 6
	paramDoHPath       svcParam = 7 // RFC 9461 section 5
	paramOHTTP         svcParam = 8 // RFC 9540 section 4
)

var svcParamNames = [...]string{
	"mandatory", "alpn", "no-default-alpn", "port", "ipv4hint", "ech", "ipv6hint", "dohpath", "ohttp",
}

func (p *parser) svcParamName(key svcParam) {
	if int(key) < len(svcParamNames) {
		p.text = append(p.text, svcParamNames[key]...)
		return
	}
	p.text = append(p.text, "key"...)
	p.text = strconv.AppendUint(p.text, uint64(key), 10)
}

// svcb reads SVCB and HTTPS (RFC 9460 section 2.2): priority, target and
// parameters whose keys rise.
func (p *parser) svcb(c *wire.Cursor) {
	p.number(uint64(c.Uint16("priority")))
	p.pointTo(c, "target")
	for last := -1; !c.Empty(); {
		key := svcParam(c.Uint16("parameter key"))
		n := int(c.Uint16("parameter length"))
		at := c.Off()
		c.Skip("parameter value", n)
		if c.Err() == nil && int(key) <= last {
			c.Fail("parameter key", 2, wire.ErrMalformed)
		}
		if c.Err() != nil {
			return
		}
		last = int(key)
		value := p.within(wire.Span{Off: at, Len: n})
		p.svcParam(key, &value)
		if err := value.Err(); err != nil {
			c.Fail("parameter value", n, errors.Unwrap(err))
		}
	}
}

// svcParam writes one parameter as name=value.
func (p *parser) svcParam(key svcParam, c *wire.Cursor) {
	p.space()
	p.svcParamName(key)
	if c.Empty() && key != paramMandatory && key != paramALPN && key != paramPort {
		return
	}
	p.text = append(p.text, '=')
	switch key {
	case paramMandatory:
		p.mandatory(c)
	case paramALPN:
		p.alpn(c)
	case paramPort:
		p.text = strconv.AppendUint(p.text, uint64(c.Uint16("port")), 10)
	case paramIPv4Hint:
		p.hints(c, 4)
	case paramIPv6Hint:
		p.hints(c, 16)
	case paramECH:
		p.text = base64.StdEncoding.AppendEncode(p.text, c.Rest())
	case paramNoDefaultALPN, paramOHTTP: // have no value; what is left is an error
	default: // dohpath and what we do not know
		p.text = appendContiguous(p.text, c.Rest())
	}
	if !c.Empty() {
		c.Fail("parameter value", c.Len(), wire.ErrMalformed)
	}
}

// mandatory writes the keys that a client must know (RFC 9460 section 8).
func (p *parser) mandatory(c *wire.Cursor) {
	p.svcParamName(svcParam(c.Uint16("mandatory")))
	for !c.Empty() {
		p.text = append(p.text, ',')
		p.svcParamName(svcParam(c.Uint16("mandatory")))
	}
}

// alpn writes the protocols on offer (RFC 9460 section 7.1.1). Commas and
// backslashes in one are escaped twice: for the list, then as text (appendix A.1).
func (p *parser) alpn(c *wire.Cursor) {
	for first := true; first || !c.Empty(); first = false {
		n := int(c.Uint8("alpn"))
		if !first {
			p.text = append(p.text, ',')
		}
		for _, v := range c.Bytes("alpn", n) {
			if v == ',' || v == '\\' {
				p.text = append(p.text, `\\`...)
			}
			p.text = appendContiguous(p.text, []byte{v})
		}
	}
}

// hints writes a list of addresses of size bytes each (RFC 9460 section 7.3).
func (p *parser) hints(c *wire.Cursor, size int) {
	for first := true; first || !c.Empty(); first = false {
		b := c.Bytes("address hint", size)
		if !first {
			p.text = append(p.text, ',')
		}
		if a, ok := netip.AddrFromSlice(b); ok {
			p.text = a.AppendTo(p.text)
		}
	}
}

// appendContiguous appends text that needs no quotes (RFC 9460 appendix A).
func appendContiguous(b, text []byte) []byte {
	for _, v := range text {
		switch {
		case v <= ' ' || v > '~':
			b = appendDecimal(b, v)
		case v == '"' || v == '(' || v == ')' || v == ';' || v == '\\':
			b = append(b, '\\', v)
		default:
			b = append(b, v)
		}
	}
	return b
}
