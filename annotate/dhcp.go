package annotate

import (
	"net/netip"
	"slices"

	"github.com/pktjourney/pktjourney/decode/dhcp"
	"github.com/pktjourney/pktjourney/decode/fact"
	"github.com/pktjourney/pktjourney/decode/layers"
	"github.com/pktjourney/pktjourney/rules"
)

// How a client asks for its address (RFC 2131 table 4).
const (
	selecting uint8 = iota
	rebooting
	renewing
	rebinding
)

var dhcpEvents = map[dhcp.MessageType]rules.Event{
	dhcp.Discover: rules.DHCPDiscover, dhcp.Offer: rules.DHCPOffer, dhcp.Request: rules.DHCPRequest, dhcp.Ack: rules.DHCPAck,
	dhcp.Nak: rules.DHCPNak, dhcp.Decline: rules.DHCPDecline, dhcp.Release: rules.DHCPRelease, dhcp.Inform: rules.DHCPInform,
}

// dhcp labels a DHCP message and follows its lease.
func (a *Annotator) dhcp(l *Labelled, m *dhcp.Message) {
	e, ok := dhcpEvents[m.Type]
	if !ok {
		return
	}
	s := a.leases.transaction(l.Facts.Text(fact.DHCPClientMAC), m.XID, l.Time)
	l.Client = s.mac
	a.leases.leadsThrough(m.Routers)
	switch e {
	case rules.DHCPDiscover:
		s.repeated(a, l, s.discover)
		s.discover.set(l.Number, l.Time)
		a.leases.asks(s)
	case rules.DHCPOffer:
		a.offered(s, l, m)
	case rules.DHCPRequest:
		a.requested(s, l, m)
	case rules.DHCPAck:
		a.acknowledged(s, l, m)
	case rules.DHCPNak:
		s.open = false
		l.lean(s.request.frame, s.request.at)
		a.leases.serves(m.ServerID)
	}
	a.give(l, e, rules.Unknown)
	s.newest = l.Rule
	if l.Conversation != nil && l.Conversation.Note == nil {
		l.Conversation.Note = s
	}
	s.walk(l)
}

// repeated marks a message that the client sends again in the same transaction.
func (s *lease) repeated(a *Annotator, l *Labelled, first mark) {
	if first.frame != 0 {
		l.Variants |= a.set.retransmission
		l.lean(first.frame, first.at)
	}
}

func (a *Annotator) offered(s *lease, l *Labelled, m *dhcp.Message) {
	l.lean(s.discover.frame, s.discover.at)
	server := m.ServerID
	if !server.IsValid() {
		server = l.Src
	}
	a.leases.serves(server)
	a.leases.serves(l.Src)
	if s.ack.frame == 0 {
		a.leases.bind(s, m.YourIP)
	}
	if len(s.offers) < maxOffers {
		s.offers = append(s.offers, offer{frame: l.Number, server: server, addr: m.YourIP})
	}
	l.Count = len(s.offers)
	a.checked(m.YourIP, l.Src, l.Time)
}

func (a *Annotator) requested(s *lease, l *Labelled, m *dhcp.Message) {
	s.renewal = kindOfRequest(l.Dst, m)
	l.Variants |= a.howAsked(s.renewal)
	switch o := s.chosen(m.ServerID); {
	case o != nil:
		l.lean(o.frame, l.Time)
		l.HasSince = false
	case s.renewal == renewing || s.renewal == rebinding:
		a.leases.bind(s, m.ClientIP)
	}
	if s.open {
		l.Variants |= a.set.retransmission
	}
	s.open = true
	s.request.set(l.Number, l.Time)
}

// kindOfRequest tells the four requests apart by their fields (RFC 2131 section 4.3.2).
func kindOfRequest(dst netip.Addr, m *dhcp.Message) uint8 {
	switch {
	case m.Has(dhcp.OptionServerID):
		return selecting
	case m.ClientIP.IsValid() && !m.ClientIP.IsUnspecified():
		if dst == limitedBroadcast {
			return rebinding
		}
		return renewing
	}
	return rebooting
}

func (a *Annotator) howAsked(kind uint8) rules.VariantSet {
	return [...]rules.VariantSet{0, a.set.reboot, a.set.renew, a.set.rebind}[kind]
}

// chosen is the offer of the server that the client asks; nil when it was not seen.
func (s *lease) chosen(server netip.Addr) *offer {
	for i := range s.offers {
		if s.offers[i].server == server {
			return &s.offers[i]
		}
	}
	return nil
}

func (a *Annotator) acknowledged(s *lease, l *Labelled, m *dhcp.Message) {
	s.open = false
	if s.request.frame != 0 {
		l.lean(s.request.frame, s.request.at)
		l.Variants |= a.howAsked(s.renewal)
	}
	a.leases.serves(l.Src)
	a.leases.serves(m.ServerID)
	s.server = m.ServerID
	s.names(m.DNSServers)
	if s.ack.frame == 0 {
		a.inOrder(s, l, m.YourIP)
		a.takenOffer(s)
	}
	a.leases.bind(s, m.YourIP)
	if mac := m.ClientMAC.Bytes(); len(mac) == len(layers.MAC{}) {
		a.hosts.own(layers.MAC(mac), m.YourIP, a.leases.limit)
	}
	s.ack.set(l.Number, l.Time)
	phrase := "difference.ack-unicast"
	switch toAll := l.Dst == limitedBroadcast || l.HasDstMAC && l.DstMAC.IsMulticast(); {
	case toAll && !m.Broadcast:
		return // for a reason of the server's own
	case toAll:
		phrase = "difference.ack-broadcast"
	}
	s.differ(a, phrase, "0.4", saying{client: s.mac, frame: l.Number, to: l.Dst, facts: l.Facts}, l.Number)
}

// takenOffer says which of several offers the client took.
func (a *Annotator) takenOffer(s *lease) {
	o := s.chosen(s.server)
	if o == nil || len(s.offers) < 2 {
		return
	}
	phrase := "difference.other-offer"
	if o.frame == s.offers[0].frame {
		phrase = "difference.first-offer"
	}
	frames := make([]int, 0, len(s.offers))
	for _, each := range s.offers {
		frames = append(frames, each.frame)
	}
	s.differ(a, phrase, "0.3", saying{client: s.mac, frame: o.frame, count: len(s.offers)}, frames...)
}

// maxGiven bounds the addresses whose order is looked at.
const maxGiven = 256

// inOrder says, from the second new lease on, whether addresses are given from the lowest.
func (a *Annotator) inOrder(s *lease, l *Labelled, addr netip.Addr) {
	g := &a.leases
	if s.renewal != selecting || len(g.given) == maxGiven || slices.Contains(g.given, addr) {
		return
	}
	g.given = append(g.given, addr)
	if len(g.given) < 2 {
		return
	}
	phrase := "difference.not-lowest-address"
	if slices.IsSortedFunc(g.given, netip.Addr.Compare) {
		phrase = "difference.lowest-address"
	}
	s.differ(a, phrase, "0.2", saying{client: s.mac, frame: l.Number, count: len(g.given)}, l.Number)
}

// differ notes once that the lease departs from the document.
func (s *lease) differ(a *Annotator, name string, step rules.ID, v saying, frames ...int) {
	if !a.book.Keeps(step) {
		return
	}
	for i := range s.found {
		if s.found[i].name == name {
			return
		}
	}
	s.found = append(s.found, Difference{Step: step, Frames: frames, Text: a.say(name, v), name: name})
}
