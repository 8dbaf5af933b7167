package annotate

import (
	"github.com/pktjourney/pktjourney/decode/dhcpv6"
	"github.com/pktjourney/pktjourney/rules"
)

// dhcpv6Events are the messages of RFC 8415 that do what those of DHCPv4 do.
var dhcpv6Events = map[dhcpv6.MessageType]rules.Event{
	dhcpv6.Solicit: rules.DHCPDiscover, dhcpv6.Advertise: rules.DHCPOffer,
	dhcpv6.Request: rules.DHCPRequest, dhcpv6.Renew: rules.DHCPRequest, dhcpv6.Rebind: rules.DHCPRequest, dhcpv6.Confirm: rules.DHCPRequest,
	dhcpv6.Reply: rules.DHCPAck, dhcpv6.Decline: rules.DHCPDecline, dhcpv6.Release: rules.DHCPRelease,
	dhcpv6.InformationRequest: rules.DHCPInform,
}

// dhcpv6 labels a DHCPv6 message, the innermost one where relay agents passed
// it on, and follows its lease. Its client is known by its DUID.
func (a *Annotator) dhcpv6(l *Labelled, m *dhcpv6.Message) {
	e, ok := dhcpv6Events[m.Type]
	if !ok || len(m.ClientID) == 0 {
		return
	}
	s := a.leases.client(m.ClientID.String(), l.Time)
	l.Client = s.mac
	switch m.Type {
	case dhcpv6.Solicit:
		s.restart(m.TransactionID)
		s.repeated(a, l, s.discover)
		s.discover.set(l.Number, l.Time)
	case dhcpv6.Advertise:
		l.lean(s.discover.frame, s.discover.at)
	case dhcpv6.Request, dhcpv6.Renew, dhcpv6.Rebind, dhcpv6.Confirm:
		s.renewal = kindOfRequest6[m.Type]
		l.Variants |= a.howAsked(s.renewal)
		if s.asked == m.TransactionID {
			s.repeated(a, l, s.request)
		}
		s.asked = m.TransactionID
		s.request.set(l.Number, l.Time)
	case dhcpv6.Reply:
		a.replied(s, l, m)
	}
	a.give(l, e, rules.Unknown)
	l.Variants |= a.set.dhcpv6
	s.walk(l)
}

// kindOfRequest6 tells the ways of asking apart (RFC 8415 section 18.2).
var kindOfRequest6 = map[dhcpv6.MessageType]uint8{
	dhcpv6.Request: selecting, dhcpv6.Confirm: rebooting, dhcpv6.Renew: renewing, dhcpv6.Rebind: rebinding,
}

// replied notes the addresses that a Reply gives.
func (a *Annotator) replied(s *lease, l *Labelled, m *dhcpv6.Message) {
	if s.request.frame != 0 {
		l.lean(s.request.frame, s.request.at)
		l.Variants |= a.howAsked(s.renewal)
	}
	for i := range m.Addresses {
		a.leases.bind(s, m.Addresses[i].Addr)
	}
	if len(m.Addresses) > 0 {
		s.ack.set(l.Number, l.Time)
		s.names(m.DNSServers)
	} else { // in answer to an Information-request
		a.leases.announces(mark{l.Number, l.Time}, m.DNSServers)
	}
}
