package dhcp

import (
	"net/netip"
	"slices"
	"time"

	"github.com/pktjourney/pktjourney/decode/fact"
	"github.com/pktjourney/pktjourney/decode/wire"
)

// Where the fixed fields stand (RFC 2131 section 2).
var (
	spanXID    = wire.Span{Off: 4, Len: 4}
	spanFlags  = wire.Span{Off: 10, Len: 2}
	spanCIAddr = wire.Span{Off: 12, Len: 4}
	spanYIAddr = wire.Span{Off: 16, Len: 4}
	spanGIAddr = wire.Span{Off: 24, Len: 4}
)

// Facts is AppendFacts to an empty list.
func (m *Message) Facts() fact.List { return m.AppendFacts(nil) }

// AppendFacts appends what m says; absent options and zero addresses say
// nothing. The type and the transaction are those of RFC 2131: other messages
// with the same header (BOOTP, lease queries) are no part of a transaction
// that gives a client its address, and have neither.
func (m *Message) AppendFacts(l fact.List) fact.List {
	if m.Type.Known() {
		l = l.Add(fact.DHCPMessageType, fact.String(m.Type.String()), m.span(OptionMessageType))
		l = l.Add(fact.DHCPTransactionID, fact.String(hex32(m.XID)), spanXID)
	}
	if n := m.ClientMAC.Len(); n > 0 {
		l = l.Add(fact.DHCPClientMAC, fact.String(m.ClientMAC.String()), wire.Span{Off: 28, Len: n})
	}
	l = m.optionBytes(l, fact.DHCPClientID, m.ClientID, OptionClientID, hexBytes)
	l = addAddr(l, fact.DHCPClientIP, m.ClientIP, spanCIAddr)
	l = addAddr(l, fact.DHCPAssignedIP, m.YourIP, spanYIAddr)
	l = m.optionAddr(l, fact.DHCPServerIdentifier, m.ServerID, OptionServerID)
	l = m.optionAddr(l, fact.DHCPRequestedIP, m.RequestedIP, OptionRequestedIP)
	l = addAddr(l, fact.DHCPRelayIP, m.RelayIP, spanGIAddr)
	l = m.optionBytes(l, fact.DHCPRelayCircuitID, m.CircuitID, OptionRelayAgent, readable)
	l = m.optionBytes(l, fact.DHCPRelayRemoteID, m.RemoteID, OptionRelayAgent, readable)
	if m.ClientIP.IsValid() { // it stands after the flags: they were read
		l = l.Add(fact.DHCPBroadcast, fact.Bool(m.Broadcast), spanFlags)
	}
	l = m.optionTime(l, fact.DHCPLeaseTime, m.LeaseTime, OptionLeaseTime)
	l = m.optionTime(l, fact.DHCPRenewalTime, m.RenewalTime, OptionRenewalTime)
	l = m.optionTime(l, fact.DHCPRebindingTime, m.RebindingTime, OptionRebindingTime)
	l = m.optionAddr(l, fact.DHCPSubnetMask, m.SubnetMask, OptionSubnetMask)
	l = m.optionAddrs(l, fact.DHCPRouter, m.Routers, OptionRouter)
	l = m.optionAddrs(l, fact.DHCPDNSServers, m.DNSServers, OptionDNSServer)
	l = m.optionAddrs(l, fact.DHCPNTPServers, m.NTPServers, OptionNTPServer)
	l = m.addRoutes(l)
	l = m.optionText(l, fact.DHCPDomain, m.Domain, OptionDomain)
	l = m.addDomainSearch(l)
	l = m.optionText(l, fact.DHCPHostname, m.Hostname, OptionHostname)
	l = m.optionText(l, fact.DHCPVendorClass, m.VendorClass, OptionVendorClass)
	return m.optionText(l, fact.DHCPMessage, m.Text, OptionMessage)
}

// span is where the value of an option stands: its first piece.
func (m *Message) span(code OptionCode) wire.Span {
	if i := m.find(code); i >= 0 {
		return m.Options[i].Span
	}
	return wire.Span{}
}

// addAddr adds an address field of the header unless it is all zero.
func addAddr(l fact.List, n fact.Name, a netip.Addr, s wire.Span) fact.List {
	if !a.IsValid() || a.IsUnspecified() {
		return l
	}
	return l.Add(n, fact.Addr(a), s)
}

func (m *Message) optionAddr(l fact.List, n fact.Name, a netip.Addr, code OptionCode) fact.List {
	if !m.Has(code) {
		return l
	}
	return l.Add(n, fact.Addr(a), m.span(code))
}

func (m *Message) optionAddrs(l fact.List, n fact.Name, addrs []netip.Addr, code OptionCode) fact.List {
	if len(addrs) == 0 {
		return l
	}
	texts := make([]string, len(addrs))
	for i, a := range addrs {
		texts[i] = a.String()
	}
	return l.Add(n, fact.Strings(texts), m.span(code))
}

// optionTime adds a time in whole seconds; 4294967295 is for ever.
func (m *Message) optionTime(l fact.List, n fact.Name, d time.Duration, code OptionCode) fact.List {
	if !m.Has(code) {
		return l
	}
	return l.Add(n, fact.Int(int64(d/time.Second)), m.span(code))
}

func (m *Message) optionText(l fact.List, n fact.Name, s string, code OptionCode) fact.List {
	if !m.Has(code) {
		return l
	}
	return l.Add(n, fact.String(s), m.span(code))
}

// optionBytes adds a value without a form of its own, written by write.
func (m *Message) optionBytes(l fact.List, n fact.Name, b []byte, code OptionCode, write func([]byte) string) fact.List {
	if len(b) == 0 || !m.Has(code) {
		return l
	}
	return l.Add(n, fact.String(write(b)), m.span(code))
}

func (m *Message) addDomainSearch(l fact.List) fact.List {
	if len(m.DomainSearch) == 0 {
		return l
	}
	return l.Add(fact.DHCPDomainSearch, fact.Strings(slices.Clone(m.DomainSearch)), m.span(OptionDomainSearch))
}

// addRoutes adds the static routes; one without a router is on the link.
func (m *Message) addRoutes(l fact.List) fact.List {
	if len(m.Routes) == 0 {
		return l
	}
	objects := make([]fact.List, len(m.Routes))
	for i, r := range m.Routes {
		o := make(fact.List, 0, 2).Add(fact.DHCPRoutePrefix, fact.String(r.Prefix.String()), wire.Span{})
		if !r.Router.IsUnspecified() {
			o = o.Add(fact.DHCPRouteRouter, fact.Addr(r.Router), wire.Span{})
		}
		objects[i] = o
	}
	return l.Add(fact.DHCPStaticRoutes, fact.Objects(objects), m.span(OptionRoutes))
}

// readable is b itself when it is printable ASCII, as most relay agents fill
// their identifiers, and otherwise in hexadecimal.
func readable(b []byte) string {
	for _, v := range b {
		if v < ' ' || v > '~' {
			return hexBytes(b)
		}
	}
	return string(b)
}

// hexBytes is b in lower-case hexadecimal with colons.
func hexBytes(b []byte) string {
	const digits = "0123456789abcdef"
	out := make([]byte, 0, 3*len(b))
	for i, v := range b {
		if i > 0 {
			out = append(out, ':')
		}
		out = append(out, digits[v>>4], digits[v&15])
	}
	return string(out)
}

// hex32 is like fmt's "0x%08x", at a fraction of its cost.
func hex32(v uint32) string {
	const digits = "0123456789abcdef"
	b := [10]byte{'0', 'x'}
	for i := len(b) - 1; i > 1; i, v = i-1, v>>4 {
		b[i] = digits[v&15]
	}
	return string(b[:])
}
