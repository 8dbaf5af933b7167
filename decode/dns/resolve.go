package dns

import (
	"net/netip"
	"slices"
	"strings"
)

// maxChain is how many aliases in a row are followed; resolvers give up about here.
const maxChain = 16

// Resolve gives the addresses that the answers have for name, and the aliases
// that led to them (RFC 1034 section 3.6.2): the last one has the addresses.
// Without addresses the chain tells how far the answers lead.
func (m *Message) Resolve(name string) (addrs []netip.Addr, chain []string) {
	first := canonical(name)
	for at := first; ; {
		addrs, alias := m.lookup(at)
		again := alias == first || slices.Contains(chain, alias)
		if len(addrs) > 0 || alias == "" || again || len(chain) == maxChain {
			return addrs, chain
		}
		chain = append(chain, alias)
		at = alias
	}
}

// lookup gives the addresses of name, or what it is an alias of.
func (m *Message) lookup(name string) (addrs []netip.Addr, alias string) {
	for i := range m.Answers {
		r := &m.Answers[i]
		switch {
		case r.Name != name:
		case r.Addr.IsValid():
			addrs = append(addrs, r.Addr)
		case r.Type == TypeCNAME:
			alias = r.Target
		}
	}
	return addrs, alias
}

// canonical is name as Message writes names.
func canonical(name string) string {
	name = strings.ToLower(name)
	if name == "." {
		return name
	}
	return strings.TrimSuffix(name, ".")
}
