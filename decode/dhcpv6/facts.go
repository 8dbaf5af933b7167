package dhcpv6

import (
	"github.com/pktjourney/pktjourney/decode/fact"
	"github.com/pktjourney/pktjourney/decode/wire"
)

// Facts is AppendFacts to an empty list.
func (m *Message) Facts() fact.List { return m.AppendFacts(nil) }

// AppendFacts appends what m says; absent options say nothing. The type is that
// of m itself, so that what a relay agent and a server say to each other is not
// taken for the client's own message; all else is of the innermost message,
// whose type a relay message has as relayed_message_type.
func (m *Message) AppendFacts(l fact.List) fact.List {
	in := m.Innermost()
	l = m.addType(l, fact.DHCPv6MessageType)
	if m.Type.Relay() && m.PeerAddr.IsValid() {
		l = l.Add(fact.DHCPv6PeerIP, fact.Addr(m.PeerAddr), wire.Span{Off: m.base + 18, Len: 16})
	}
	if in != m {
		l = in.addType(l, fact.DHCPv6RelayedMessageType)
	}
	return in.addContent(l)
}

func (m *Message) addType(l fact.List, n fact.Name) fact.List {
	if !m.Type.Known() {
		return l
	}
	return l.Add(n, fact.String(m.Type.String()), wire.Span{Off: m.base, Len: 1})
}

// addContent adds what a client or server says to the other.
func (m *Message) addContent(l fact.List) fact.List {
	if m.header && m.Type.Known() && !m.Type.Relay() {
		l = l.Add(fact.DHCPv6TransactionID, fact.String(hex24(m.TransactionID)), wire.Span{Off: m.base + 1, Len: 3})
	}
	l = m.addDUID(l, fact.DHCPv6ClientID, m.ClientID, OptionClientID)
	l = m.addDUID(l, fact.DHCPv6ServerID, m.ServerID, OptionServerID)
	l = m.addAddresses(l)
	l = m.addPrefixes(l)
	l = m.addLeases(l)
	l = m.addRapidCommit(l)
	l = m.addDNSServers(l)
	if len(m.Domains) > 0 {
		l = l.Add(fact.DHCPv6Domains, fact.Strings(append([]string(nil), m.Domains...)), m.span(OptionDomainList))
	}
	return m.addStatus(l)
}

func (m *Message) addDUID(l fact.List, n fact.Name, d DUID, code OptionCode) fact.List {
	if len(d) == 0 {
		return l
	}
	return l.Add(n, fact.String(d.String()), m.span(code))
}

// addAddresses adds the addresses of the IAs: from a server those that the
// client may use, which excludes those it takes back with a valid lifetime of
// zero (RFC 8415 section 18.2.10.1), from a client those it asks for or gives back.
func (m *Message) addAddresses(l fact.List) fact.List {
	name := fact.DHCPv6RequestedIPs
	if m.Type.FromServer() {
		name = fact.DHCPv6AssignedIPs
	}
	var texts []string
	var span wire.Span
	for i := range m.Addresses {
		a := &m.Addresses[i]
		if m.Type.FromServer() && (a.Valid == 0 || a.Status.Code != Success) {
			continue
		}
		if texts == nil {
			span = m.IAs[a.IA].Span
		}
		texts = append(texts, a.Addr.String())
	}
	return addTexts(l, name, texts, span)
}

// addPrefixes adds what a server delegates, as addAddresses does.
func (m *Message) addPrefixes(l fact.List) fact.List {
	if !m.Type.FromServer() {
		return l
	}
	var texts []string
	var span wire.Span
	for i := range m.Prefixes {
		p := &m.Prefixes[i]
		if p.Valid == 0 || p.Status.Code != Success {
			continue
		}
		if texts == nil {
			span = m.IAs[p.IA].Span
		}
		texts = append(texts, p.Prefix.String())
	}
	return addTexts(l, fact.DHCPv6AssignedPrefixes, texts, span)
}

// addRapidCommit adds an option without a value, which stands at its own head.
func (m *Message) addRapidCommit(l fact.List) fact.List {
	if !m.RapidCommit {
		return l
	}
	s := m.span(OptionRapidCommit)
	return l.Add(fact.DHCPv6RapidCommit, fact.Bool(true), wire.Span{Off: s.Off - 4, Len: 4})
}

func (m *Message) addDNSServers(l fact.List) fact.List {
	var texts []string
	for _, a := range m.DNSServers {
		texts = append(texts, a.String())
	}
	return addTexts(l, fact.DHCPv6DNSServers, texts, m.span(OptionDNSServers))
}

func addTexts(l fact.List, n fact.Name, texts []string, s wire.Span) fact.List {
	if len(texts) == 0 {
		return l
	}
	return l.Add(n, fact.Strings(texts), s)
}

// addStatus adds the first failure, wherever it stands: a server says of one IA
// that it has no address for it. Success is only said by the message's own option.
func (m *Message) addStatus(l fact.List) fact.List {
	code, span := m.failure()
	if code == Success {
		if !m.Has(OptionStatusCode) {
			return l
		}
		span = m.span(OptionStatusCode)
	}
	return l.Add(fact.DHCPv6Status, fact.String(code.String()), span)
}

// hex24 is like fmt's "0x%06x", at a fraction of its cost.
func hex24(v uint32) string {
	const digits = "0123456789abcdef"
	b := [8]byte{'0', 'x'}
	for i := len(b) - 1; i > 1; i, v = i-1, v>>4 {
		b[i] = digits[v&15]
	}
	return string(b[:])
}
