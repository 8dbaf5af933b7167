package annotate

import (
	"net/netip"
	"strings"
	"time"

	"github.com/pktjourney/pktjourney/decode/dns"
	"github.com/pktjourney/pktjourney/rules"
)

// resolving remembers what resolvers were asked and whom they asked for it, so that a
// resolver's own query finds the client's question that caused it.
type resolving struct {
	asks  map[netip.Addr]bool     // the resolvers whose own queries are in this capture
	by    map[netip.Addr][]*cause // the questions of clients, oldest first, by the resolver that was asked
	last  [16]*cause              // the newest questions of all, in turn
	asked int                     // how many there were
	zones map[netip.Addr]string   // the zone that a name server serves, by what referrals said of it
	names map[string]string       // the same by the name server's own name
}

// Limits of what is remembered; beyond them nothing new is.
const (
	maxResolvers = 1 << 10
	maxCauses    = 64 // for each resolver; the older half gives way
	maxZones     = 1 << 14
)

// A resolver that was asked works on it so long at most, and for a moment longer when it has answered.
const (
	resolveTime = 30 * time.Second
	afterAnswer = time.Second
)

// cause is a client's question to a resolver.
type cause struct {
	names    []string // the name asked, then the aliases that it led to
	qtype    dns.Type
	client   netip.Addr
	resolver netip.Addr
	journey  *Journey
	frame    int
	at       time.Time
	answered time.Time // zero while it is not
	worked   bool      // the resolver asked others for it
}

// maxAliases bounds how far aliases are followed.
const maxAliases = 16

// wants notes what a client asked resolver for.
func (r *resolving) wants(resolver netip.Addr, c *cause) {
	if r.by == nil {
		r.by = make(map[netip.Addr][]*cause)
	}
	r.last[r.asked%len(r.last)] = c
	r.asked++
	list, known := r.by[resolver]
	if !known && len(r.by) == maxResolvers {
		return
	}
	if len(list) == maxCauses {
		list = append(list[:0], list[maxCauses/2:]...)
	}
	r.by[resolver] = append(list, c)
}

// answers notes that resolver answered the question of that frame, and reports whether it
// remembered the answer: it asked nobody, and where it asks others that is seen.
func (r *resolving) answers(resolver netip.Addr, frame int, at time.Time) (remembered bool) {
	for _, c := range r.by[resolver] {
		if c.frame == frame && c.answered.IsZero() {
			c.answered = at
			return !c.worked && r.asks[resolver]
		}
	}
	return false
}

// works notes that resolver asks others for the sake of c, and so of its like: A and AAAA
// of a name share what is found out on the way.
func (r *resolving) works(resolver netip.Addr, c *cause) {
	for _, other := range r.by[resolver] {
		if other.journey == c.journey && other.answered.IsZero() {
			other.worked = true
		}
	}
}

// asksOthers notes that the queries of resolver are in this capture.
func (r *resolving) asksOthers(resolver netip.Addr) {
	if r.asks == nil {
		r.asks = make(map[netip.Addr]bool)
	}
	if len(r.asks) < maxResolvers {
		r.asks[resolver] = true
	}
}

// causeOf finds the question for which resolver asks for name: the newest for that very
// name, else for a name below it (RFC 9156), else the newest that waits at all, as when
// the resolver looks for the address of a name server. nil when none waits.
func (r *resolving) causeOf(resolver netip.Addr, q *dns.Question, now time.Time) *cause {
	var best *cause
	rank := 0
	for _, c := range r.by[resolver] {
		n := c.fits(q.Name)
		if n == sameName && c.qtype == q.Type {
			n++
		}
		if n >= rank && c.waits(now) {
			best, rank = c, n
		}
	}
	return best
}

func (c *cause) waits(now time.Time) bool {
	if !c.answered.IsZero() {
		return now.Sub(c.answered) <= afterAnswer
	}
	return now.Sub(c.at) <= resolveTime
}

// forwardTime is within which a forwarder that does not know the answer passes a question on.
const forwardTime = time.Second

// forwards finds the client's question that a query of sender to server passes on: it was
// asked of sender, or of another address of the same home router, a private one (RFC 1918). A
// question that only went through a translator has the same server, and is none.
func (r *resolving) forwards(sender, server netip.Addr, q *dns.Question, now time.Time) *cause {
	for _, c := range r.last {
		if c == nil || c.fits(q.Name) != sameName || c.qtype != q.Type || !c.answered.IsZero() || now.Sub(c.at) > forwardTime {
			continue
		}
		if c.resolver == sender || c.resolver.IsPrivate() && c.resolver != server && c.client != sender && !r.asks[sender] {
			return c
		}
	}
	return nil
}

// sameName is how well a query for the very name fits.
const sameName = 3

// fits ranks how well a resolver's query for name goes with the question.
func (c *cause) fits(name string) int {
	rank := 1
	for _, wanted := range c.names {
		switch {
		case wanted == name:
			return sameName
		case within(wanted, name):
			rank = 2
		}
	}
	return rank
}

// within reports whether name is zone or stands below it; "" is the root.
func within(name, zone string) bool {
	return zone == "" || name == zone || strings.HasSuffix(name, zone) && name[len(name)-len(zone)-1] == '.'
}

// learn takes from a name server's answer what it refers to, and how aliases go on.
func (r *resolving) learn(c *cause, server netip.Addr, m *dns.Message) {
	if c != nil {
		for _, rec := range m.Answers {
			if rec.Type == dns.TypeCNAME && len(c.names) < maxAliases && c.fits(rec.Name) == sameName {
				c.names = append(c.names, rec.Target)
			}
		}
	}
	if r.zones == nil {
		r.zones, r.names = make(map[netip.Addr]string), make(map[string]string)
	}
	if zone, ok := servedZone(m); ok && (m.Authoritative || r.zones[server] == "") {
		r.place(server, zone)
	}
	for _, rec := range m.Authorities {
		if rec.Type == dns.TypeNS && len(r.names) < maxZones {
			r.names[rec.Target] = rec.Name
		}
	}
	for _, list := range [][]dns.Record{m.Answers, m.Additionals} {
		for _, rec := range list {
			if zone, ok := r.names[rec.Name]; ok && rec.Addr.IsValid() {
				r.place(rec.Addr, zone)
			}
		}
	}
}

// place notes the zone of a name server: the deepest that is known of it, since a server
// of several zones is asked for the one that was referred to last.
func (r *resolving) place(server netip.Addr, zone string) {
	if _, known := r.zones[server]; known || len(r.zones) < maxZones {
		r.zones[server] = zone
	}
}

// isReferral reports whether m names other servers instead of an answer (RFC 1034 section 4.3.1).
func isReferral(m *dns.Message) bool {
	if !m.Response || m.Authoritative || m.RCode != 0 || len(m.Answers) > 0 {
		return false
	}
	for _, rec := range m.Authorities {
		if rec.Type == dns.TypeNS {
			return true
		}
	}
	return false
}

// servedZone is the zone of the server that answers m, as far as m itself tells: a referral
// comes from the zone above, an authoritative answer names its zone.
func servedZone(m *dns.Message) (zone string, ok bool) {
	for _, rec := range m.Authorities {
		switch {
		case rec.Type == dns.TypeNS && isReferral(m):
			return parent(rec.Name), true
		case (rec.Type == dns.TypeNS || rec.Type == dns.TypeSOA) && m.Authoritative:
			return rec.Name, true
		}
	}
	if m.Authoritative && len(m.Questions) > 0 && m.Questions[0].Type == dns.TypeNS && len(m.Answers) > 0 {
		return m.Answers[0].Name, true
	}
	return "", false
}

// parent is the zone that delegates zone, as if each label were cut off into one of its own.
func parent(zone string) string {
	_, above, _ := strings.Cut(zone, ".")
	return above
}

// serverKind says which of the servers on the way down one of zone is: "root", "TLD com",
// "authoritative google.com".
func serverKind(zone string) string {
	switch {
	case zone == "" || zone == ".":
		return "root"
	case !strings.Contains(zone, "."):
		return "TLD " + zone
	}
	return "authoritative " + zone
}

// iterativeQuery labels a resolver's own question. It waits for the answer when only that
// can tell which kind of server was asked.
func (a *Annotator) iterativeQuery(l *Labelled, m *dns.Message) (waits bool) {
	name := m.Questions[0].Name
	a.giveIterative(l, rules.DNSIterativeQuery, l.Src, l.Dst)
	a.resolving.asksOthers(l.Src)
	a.point.asks = a.point.asks || l.Point == rules.Resolver
	c := a.resolving.causeOf(l.Src, &m.Questions[0], l.Time)
	if c != nil {
		a.resolving.works(l.Src, c)
		a.tie(l, c.journey)
		l.lean(c.frame, c.at)
	}
	a.remembersQuery(l, transaction{id: m.ID, name: name, qtype: m.Questions[0].Type.String(), frame: l.Number, at: l.Time, server: l.Dst, cause: c})
	zone, known := a.resolving.zones[l.Dst]
	if known {
		l.Detail = serverKind(zone)
	}
	return !known
}

// iterativeResponse labels the answer to a resolver.
func (a *Annotator) iterativeResponse(l *Labelled, m *dns.Message) {
	name := m.Questions[0].Name
	a.giveIterative(l, rules.DNSIterativeResponse, l.Dst, l.Src)
	if isReferral(m) {
		l.Variants |= a.set.referral
	}
	tr := answered(l, m.ID, name, m.Questions[0].Type.String())
	if tr != nil && tr.forwarded {
		l.Variants |= a.set.forwarded
	}
	var c *cause
	if tr != nil {
		c = tr.cause
		l.lean(tr.frame, tr.at)
	}
	if c != nil {
		a.tie(l, c.journey)
	}
	a.resolving.learn(c, l.Src, m)
	zone, known := a.resolving.zones[l.Src]
	if !known {
		return
	}
	l.Detail = serverKind(zone)
	if tr == nil {
		return
	}
	if s := a.queue.waiter(tr.frame, l.Time); s != nil {
		s.waits, s.Detail = false, l.Detail
	}
}

// forwarded labels the query of a forwarder, which passes the client's own question on (RD=1).
func (a *Annotator) forwarded(l *Labelled, m *dns.Message, c *cause) {
	a.giveIterative(l, rules.DNSIterativeQuery, l.Src, l.Dst)
	l.Variants |= a.set.forwarded
	a.resolving.works(c.resolver, c)
	a.tie(l, c.journey)
	l.lean(c.frame, c.at)
	q := &m.Questions[0]
	a.remembersQuery(l, transaction{id: m.ID, name: q.Name, qtype: q.Type.String(), frame: l.Number, at: l.Time, server: l.Dst, cause: c, forwarded: true})
}

// giveIterative gives l the step of e, and the point where it was captured: unlike
// most, it is the same step at every point.
func (a *Annotator) giveIterative(l *Labelled, e rules.Event, resolver, server netip.Addr) {
	a.give(l, e, rules.Resolver)
	a.point.see(&l.Frame)
	l.Point = a.deducePoint(resolver, server, rules.NameServer)
	if l.Point == rules.Client && a.opts.Vantage == rules.Unknown {
		l.Point = rules.Resolver
	}
	a.point.of[l.Point]++
}

// tie makes l a frame of j, unless j is over.
func (a *Annotator) tie(l *Labelled, j *Journey) {
	if !j.trail.closed {
		l.Journey = j
		a.touch(j, l.Time)
	}
}
