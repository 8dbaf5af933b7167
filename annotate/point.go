package annotate

import (
	"net/netip"

	"github.com/pktjourney/pktjourney/decode"
	"github.com/pktjourney/pktjourney/rules"
)

// pointFinder finds out where the capture was taken from hop counts: a host
// whose packets still have their initial TTL is on the captured link.
type pointFinder struct {
	sides sides
	ttl   [8]uint8 // by point: of the first packet of the host that stands there
	of    [8]int   // labels given, by point
	asks  bool     // a resolver here asks name servers itself
}

// see notes how far f's sender is. A router that hides others behind its address sends packets of its own, as
// questions that it passes on in its own name, and theirs, which have passed it.
func (p *pointFinder) see(f *decode.Frame) {
	was := p.sides.of(f.Src)
	now := was&sideLink | sideHeard
	if hops(f.TTL) == 0 {
		now |= sideNear
	}
	if now != was {
		p.sides.set(f.Src, now)
	}
}

// onLink notes that addr is an address of the captured link. It tells where a server is that
// does not answer. Of a client it tells nothing: a NAT router has its clients' address there.
func (p *pointFinder) onLink(addr netip.Addr) {
	if !addr.IsValid() || addr.IsUnspecified() {
		return
	}
	if was := p.sides.of(addr); was&sideLink == 0 {
		p.sides.set(addr, was|sideLink)
	}
}

// knows reports whether it is known how far the server addr is.
func (p *pointFinder) knows(addr netip.Addr) bool { return p.sides.of(addr) != 0 }

// heard reports whether packets of addr were seen.
func (p *pointFinder) heard(addr netip.Addr) bool { return p.sides.of(addr)&sideHeard != 0 }

// hops is how many routers a packet with this TTL has passed, when it began
// with one of the usual initial values: 64, 128 or 255.
func hops(ttl uint8) int {
	for _, initial := range [...]int{64, 128, 255} {
		if int(ttl) <= initial {
			return initial - int(ttl)
		}
	}
	return 0
}

// pointOf is the capture point of a packet between client and server; end is
// the point at the server's own link.
func (a *Annotator) pointOf(f *decode.Frame, client, server netip.Addr, end rules.Point) rules.Point {
	a.point.see(f)
	p := a.deducePoint(client, server, end)
	a.point.of[p]++
	host := server
	if p == rules.Client {
		host = client
	}
	if f.Src == host && a.point.ttl[p] == 0 {
		a.point.ttl[p] = f.TTL
	}
	return p
}

func (a *Annotator) deducePoint(client, server netip.Addr, end rules.Point) rules.Point {
	if a.opts.Vantage != rules.Unknown {
		return a.opts.Vantage
	}
	switch near := a.point.sides.of(client); {
	case near&sideHeard == 0:
		return rules.Unknown
	case near&sideNear != 0:
		return rules.Client
	case a.point.sides.of(server)&(sideNear|sideLink) != 0:
		return end
	}
	return rules.Router
}

// verdict is the point of most labels, and why.
func (p *pointFinder) verdict(a *Annotator) (rules.Point, string) {
	if a.opts.Vantage != rules.Unknown {
		return a.opts.Vantage, a.say("point.given", saying{})
	}
	best := rules.Unknown
	for point, n := range p.of {
		if n > p.of[best] {
			best = rules.Point(point)
		}
	}
	return best, p.reason(a, best)
}

// reason tells how the point best was found.
func (p *pointFinder) reason(a *Annotator, best rules.Point) string {
	v := saying{count: int(p.ttl[best])}
	switch {
	case best == rules.Unknown:
		return a.say("point.default", v)
	case best == rules.Router:
		return a.say("point.between", v)
	case best == rules.Resolver && p.asks:
		return a.say("point.iterative", v)
	case v.count != 0:
		return a.say("point.ttl", v)
	}
	return ""
}
