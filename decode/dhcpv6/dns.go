package dhcpv6

import "github.com/pktjourney/pktjourney/decode/wire"

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

// readDomainList reads the search list (RFC 3646 section 4), whose names must not
// be compressed (RFC 8415 section 10).
func readDomainList(m *Message, c *wire.Cursor) {
	for {
		if name := c.DomainName("domain name"); c.Err() == nil {
			m.Domains = append(m.Domains, name)
		}
		if c.Empty() {
			return
		}
	}
}
