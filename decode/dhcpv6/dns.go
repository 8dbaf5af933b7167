package dhcpv6

import "github.com/pktjourney/pktjourney/decode/wire"

// The most bytes of a label and of a name (RFC 1035 section 2.3.4).
const (
	maxLabel = 63
	maxName  = 255
)

// readDNSServers reads a list of at least one address (RFC 3646 section 3).
func readDNSServers(m *Message, c *wire.Cursor) {
	for {
		if a := addr(c, "dns server"); a.IsValid() {
			m.DNSServers = append(m.DNSServers, a)
		}
		if c.Empty() {
			return
		}
	}
}

// readDomainList reads the search list (RFC 3646 section 4).
func readDomainList(m *Message, c *wire.Cursor) {
	for {
		if name := domain(c); c.Err() == nil {
			m.Domains = append(m.Domains, name)
		}
		if c.Empty() {
			return
		}
	}
}

// domain reads one name, which must not be compressed (RFC 8415 section 10).
// The root is ".". A dot or backslash inside a label gets a backslash in front,
// as in master files (RFC 1035 section 5.1).
func domain(c *wire.Cursor) string {
	var text [2 * maxName]byte
	out := text[:0]
	for size := 1; ; size++ { // the byte of the root label is counted first
		n := int(c.Uint8("domain name"))
		if n == 0 {
			break
		}
		if size += n; n > maxLabel || size >= maxName {
			c.Fail("domain name", n, wire.ErrMalformed)
			break
		}
		if len(out) > 0 {
			out = append(out, '.')
		}
		out = appendLabel(out, c.Bytes("domain name", n))
	}
	if len(out) == 0 {
		return "."
	}
	return string(out)
}

func appendLabel(out, label []byte) []byte {
	for _, b := range label {
		if b == '.' || b == '\\' {
			out = append(out, '\\')
		}
		out = append(out, b)
	}
	return out
}
