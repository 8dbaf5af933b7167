package annotate

import (
	"net/netip"
	"slices"

	"github.com/pktjourney/pktjourney/decode"
	"github.com/pktjourney/pktjourney/decode/bgp"
	"github.com/pktjourney/pktjourney/decode/fact"
	"github.com/pktjourney/pktjourney/decode/layers"
)

// rib is what the routing messages of a capture have told so far: which protocols are spoken,
// by whom, and the routes of BGP that were announced and not taken back, of all routers
// together (the Adj-RIBs-In of RFC 4271 section 3.2). It is empty until something is heard.
type rib struct {
	igps       []IGP
	speakers   []Speaker
	boundaries []Boundary

	routes   map[netip.Prefix][]learned
	lengths  [2][129]int // how many prefixes of each length there are, of IPv4 and IPv6
	held     int         // routes, those of sessions that have ended included
	dead     int         // those alone
	limit    int         // of routes
	overflow int         // routes that were one too many
}

// The limits of what is kept beside routes.
const (
	maxAlike      = 8 // routes to one prefix
	maxIGPs       = 8
	maxSpeakers   = 64
	maxBoundaries = 64
)

// learned is a route as one router told another.
type learned struct {
	from  *session
	dir   int    // which side of the session told it
	id    uint32 // of several from that side (RFC 7911); 0 without
	path  []bgp.Segment
	hop   netip.Addr
	frame int
}

// session is a BGP connection between two routers.
type session struct {
	ases  [2]uint32 // of each side, by its OPEN; 0 when that was not seen
	held  int       // routes that came over it
	ended bool      // what it told is no longer true (RFC 4271 section 6)
}

// silent reports whether nothing is known.
func (r *rib) silent() bool {
	return len(r.igps) == 0 && len(r.speakers) == 0 && len(r.boundaries) == 0 && r.held == 0
}

// hear takes in what l, a message of the routing protocol name, tells.
func (r *rib) hear(name string, l *Labelled) {
	if name == "BGP" {
		r.hearBGP(l)
		return
	}
	if len(r.igps) < maxIGPs && !slices.ContainsFunc(r.igps, func(g IGP) bool { return g.Protocol == name }) {
		r.igps = append(r.igps, IGP{Protocol: name, Frame: l.Number})
	}
	if name == "OSPF" {
		r.hearLSAs(l)
	}
}

// hearLSAs notes the routers that are AS boundary routers by their own router LSA (RFC 2328
// section A.4.2, RFC 5340 section A.4.3: bit E), or by the summary of an area border router
// (RFC 2328 section A.4.4).
func (r *rib) hearLSAs(l *Labelled) {
	lsas, _ := l.Facts.Get(fact.OSPFLSAs)
	for _, lsa := range lsas.Objects() {
		roles, _ := lsa.Get(fact.OSPFLSARoles)
		switch {
		case slices.Contains(roles.Strings(), "asbr"):
			r.addBoundary(lsa.Text(fact.OSPFLSAAdvertisingRouter), l.Number)
		case lsa.Text(fact.OSPFLSAType) == "asbr_summary":
			r.addBoundary(lsa.Text(fact.OSPFLSALinkStateID), l.Number)
		}
	}
}

func (r *rib) addBoundary(router string, frame int) {
	if len(r.boundaries) < maxBoundaries && !slices.ContainsFunc(r.boundaries, func(b Boundary) bool { return b.Router == router }) {
		r.boundaries = append(r.boundaries, Boundary{Router: router, Frame: frame})
	}
}

// hearBGP takes in the messages that end in l, and the end of the session.
func (r *rib) hearBGP(l *Labelled) {
	if l.Conversation == nil {
		return
	}
	s, ok := l.Conversation.Note.(*session)
	if !ok {
		s = new(session)
		l.Conversation.Note = s
	}
	for i := range l.Parts {
		if p := &l.Parts[i]; p.End && p.Message.Kind == decode.BGP && p.Message.BGP != nil {
			r.message(s, int(p.Message.Dir), p.Message.BGP, l.Number)
		}
	}
	if l.Flags&(layers.FIN|layers.RST) != 0 {
		r.end(s)
	}
}

func (r *rib) message(s *session, dir int, m *bgp.Message, frame int) {
	switch m.Type {
	case bgp.Open:
		s.ases[dir] = m.AS
		r.addSpeaker(Speaker{AS: m.AS, Router: m.RouterID, Frame: frame})
	case bgp.Update:
		for _, gone := range m.Withdrawn {
			r.withdraw(s, dir, gone)
		}
		for _, route := range m.Prefixes {
			r.learn(route.Prefix, learned{s, dir, route.ID, m.Path, m.NextHop, frame})
		}
	case bgp.Notification:
		r.end(s)
	}
}

func (r *rib) addSpeaker(s Speaker) {
	if len(r.speakers) < maxSpeakers && !slices.ContainsFunc(r.speakers, func(o Speaker) bool { return o.AS == s.AS && o.Router == s.Router }) {
		r.speakers = append(r.speakers, s)
	}
}

// learn keeps a route in the place of the one that the same side told before (RFC 4271 section 9.1.4).
func (r *rib) learn(p netip.Prefix, l learned) {
	if l.from.ended || !p.IsValid() {
		return
	}
	r.withdraw(l.from, l.dir, bgp.Route{Prefix: p, ID: l.id})
	if r.dead > r.held/2 {
		r.sweep()
	}
	known := r.routes[p]
	if r.held >= r.limit || len(known) >= maxAlike {
		r.overflow++
		return
	}
	if r.routes == nil {
		r.routes = make(map[netip.Prefix][]learned)
	}
	if len(known) == 0 {
		r.lengths[ipv6(p.Addr())][p.Bits()]++
	}
	r.routes[p] = append(known, l)
	r.held++
	l.from.held++
}

// withdraw takes back what the side dir of s told of a route.
func (r *rib) withdraw(s *session, dir int, gone bgp.Route) {
	r.drop(gone.Prefix, func(l learned) bool { return l.from == s && l.dir == dir && l.id == gone.ID })
}

// drop forgets the routes to p that which picks.
func (r *rib) drop(p netip.Prefix, which func(learned) bool) {
	known, ok := r.routes[p]
	if !ok {
		return
	}
	left := slices.DeleteFunc(known, func(l learned) bool {
		gone := which(l)
		if gone {
			r.held--
			l.from.held--
			if l.from.ended {
				r.dead--
			}
		}
		return gone
	})
	if len(left) > 0 {
		r.routes[p] = left
		return
	}
	delete(r.routes, p)
	r.lengths[ipv6(p.Addr())][p.Bits()]--
}

// end ends a session: none of its routes holds any longer. They are cleared away together, once
// they are more than the others.
func (r *rib) end(s *session) {
	if !s.ended {
		s.ended = true
		r.dead += s.held
	}
}

func (r *rib) sweep() {
	for p := range r.routes {
		r.drop(p, func(l learned) bool { return l.from.ended })
	}
}

// to finds the route to addr: that of the longest prefix, of several with that the one with
// the shortest AS path, of several such the first (RFC 4271 section 9.1.2.2 a).
func (r *rib) to(addr netip.Addr) (p netip.Prefix, best *learned) {
	addr = addr.Unmap().WithZone("")
	if r.held == r.dead || !addr.IsValid() {
		return p, nil
	}
	for bits := addr.BitLen(); bits >= 0; bits-- {
		if r.lengths[ipv6(addr)][bits] == 0 {
			continue
		}
		p, _ = addr.Prefix(bits)
		if best = shortest(r.routes[p]); best != nil {
			return p, best
		}
	}
	return p, nil
}

func shortest(list []learned) (best *learned) {
	for i := range list {
		if l := &list[i]; !l.from.ended && (best == nil || bgp.Hops(l.path) < bgp.Hops(best.path)) {
			best = l
		}
	}
	return best
}

// ipv6 is 1 for an address of IPv6, 0 for one of IPv4.
func ipv6(addr netip.Addr) int {
	if addr.Is6() {
		return 1
	}
	return 0
}
