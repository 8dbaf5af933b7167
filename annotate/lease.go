package annotate

import (
	"net/netip"
	"slices"
	"time"

	"github.com/pktjourney/pktjourney/rules"
)

// lease is one client's way to an address: its messages, the offers that it got
// and the address that it was given.
type lease struct {
	mac      string // of the client; the DUID of a DHCPv6 client
	xid      uint32
	asked    uint32       // of a DHCPv6 client: the transaction ID of its newest request
	addr     netip.Addr   // given or offered; invalid until one is
	server   netip.Addr   // that gave it
	dns      []netip.Addr // DNS servers that it names
	offers   []offer
	steps    []stepTrail // of its own frames
	discover mark
	request  mark
	ack      mark
	open     bool  // a Request was not answered yet
	renewal  uint8 // how the client asked: one of the kinds below
	found    []Difference
	newest   *rules.Rule // of its newest message, for an ICMP error that quotes it; nil when it has no step
	last     time.Time   // of its newest message
	tried    time.Time   // when the server last asked by ARP for the address
}

// kept reports whether the client asked for an address that it had before: it needs no offer for that.
func (s *lease) kept() bool { return s != nil && s.request.frame != 0 && s.renewal != selecting }

// acknowledged reports whether the client got its address in this capture.
func (s *lease) acknowledged() bool { return s != nil && s.ack.frame != 0 }

// walk notes which step l performed on the way to the address, if any.
func (s *lease) walk(l *Labelled) {
	if l.Step != "" {
		s.steps = walk(s.steps, l.Step, l.Number, l.Time, l.Deduced)
	}
}

// offer is one server's offer.
type offer struct {
	frame  int
	server netip.Addr
	addr   netip.Addr
}

// maxOffers bounds the offers of one transaction.
const maxOffers = 16

// leases finds leases by the client's hardware address and by the address given.
type leases struct {
	byMAC     map[string]*lease
	byAddr    map[netip.Addr]*lease
	servers   map[netip.Addr]bool // addresses of DHCP servers
	routers   map[netip.Addr]bool // the gateways that they name
	announced map[netip.Addr]mark // DNS servers that the whole link was told of
	networks  []netip.Prefix      // of the addresses that were given or offered; at most maxNetworks
	asking    []*lease            // of the clients that sent a Discover not long ago, oldest first; at most maxAsking
	given     []netip.Addr        // new addresses in the order in which they were given

	limit    int      // of the clients that are remembered
	ring     []string // the keys of byMAC, oldest first from next on once it is full
	next     int
	overflow int // how many clients were forgotten for others
}

func (l *leases) init() {
	l.byMAC = make(map[string]*lease)
	l.byAddr = make(map[netip.Addr]*lease)
	l.servers = make(map[netip.Addr]bool)
	l.routers = make(map[netip.Addr]bool)
	l.announced = make(map[netip.Addr]mark)
}

// of finds the lease of an address; nil when the capture does not have it.
func (l *leases) of(addr netip.Addr) *lease {
	if s := l.byAddr[addr]; s != nil && s.ack.frame != 0 {
		return s
	}
	return nil
}

// transaction finds the lease that a message with this hardware address and
// transaction ID belongs to (RFC 2131 section 4.1), or begins one.
func (l *leases) transaction(mac string, xid uint32, now time.Time) *lease {
	s := l.byMAC[mac]
	if s == nil || s.xid != xid {
		if s == nil {
			l.enlist(mac)
		}
		s = &lease{mac: mac, xid: xid}
		l.byMAC[mac] = s
	}
	s.last = now
	return s
}

// client finds the lease of a client that keeps it from one transaction to the
// next, as DHCPv6 clients do, or begins one.
func (l *leases) client(id string, now time.Time) *lease {
	xid := uint32(0)
	if s := l.byMAC[id]; s != nil {
		xid = s.xid
	}
	return l.transaction(id, xid, now)
}

// restart forgets what came before a Solicit with another transaction ID.
func (s *lease) restart(xid uint32) {
	if s.xid != xid {
		*s = lease{mac: s.mac, xid: xid, last: s.last}
	}
}

// enlist makes room for the client mac: the one that came first of all gives way.
func (l *leases) enlist(mac string) {
	if len(l.ring) < l.limit {
		l.ring = append(l.ring, mac)
		return
	}
	l.forget(l.ring[l.next])
	l.ring[l.next] = mac
	l.next = (l.next + 1) % l.limit
	l.overflow++
}

func (l *leases) forget(mac string) {
	s := l.byMAC[mac]
	delete(l.byMAC, mac)
	if s != nil && l.byAddr[s.addr] == s {
		delete(l.byAddr, s.addr)
	}
}

// bind notes that addr is the one that s is about.
func (l *leases) bind(s *lease, addr netip.Addr) {
	if !addr.IsValid() || addr.IsUnspecified() {
		return
	}
	s.addr = addr
	if n := networkOf(addr); addr.Is4() && len(l.networks) < maxNetworks && !slices.Contains(l.networks, n) {
		l.networks = append(l.networks, n)
	}
	if len(l.byAddr) < 2*l.limit {
		l.byAddr[addr] = s
	}
}

// maxAsking bounds the clients whose Discover is remembered.
const maxAsking = 64

// asks notes that the client of s asks for offers.
func (l *leases) asks(s *lease) {
	if slices.Contains(l.asking, s) {
		return
	}
	if len(l.asking) == maxAsking {
		l.asking = slices.Delete(l.asking, 0, 1)
	}
	l.asking = append(l.asking, s)
}

// mayOffer reports whether the host src may be a server that is about to offer addr: some client asks for
// offers, and src is known for a server, or addr is of a network that addresses were given of. Before any
// was given it may be any address.
func (l *leases) mayOffer(src, addr netip.Addr, now time.Time) bool {
	l.asking = slices.DeleteFunc(l.asking, func(s *lease) bool { return now.Sub(s.last) > tryTime })
	if len(l.asking) == 0 {
		return false
	}
	return len(l.networks) == 0 || l.servers[src] || slices.Contains(l.networks, networkOf(addr))
}

// maxNetworks bounds the networks that are remembered.
const maxNetworks = 64

// networkOf is the network of an IPv4 address, as far as its first 16 bits tell: private ones are no larger as a rule.
func networkOf(addr netip.Addr) netip.Prefix {
	p, _ := addr.Prefix(16) // an invalid address has the invalid network
	return p
}

// serves notes that addr is a DHCP server.
func (l *leases) serves(addr netip.Addr) {
	if addr.IsValid() && !addr.IsUnspecified() && len(l.servers) < l.limit {
		l.servers[addr] = true
	}
}

// leadsThrough notes the gateways that a server names.
func (l *leases) leadsThrough(routers []netip.Addr) {
	for _, addr := range routers {
		if len(l.routers) < l.limit {
			l.routers[addr] = true
		}
	}
}

// names notes the DNS servers that the client of s is told of with its address.
func (s *lease) names(servers []netip.Addr) {
	if len(servers) > 0 {
		s.dns = slices.Clone(servers[:min(len(servers), maxDNSServers)])
	}
}

// announces notes DNS servers that every host of the link is told of.
func (l *leases) announces(at mark, servers []netip.Addr) {
	for _, addr := range servers {
		if _, known := l.announced[addr]; !known && len(l.announced) < l.limit {
			l.announced[addr] = at
		}
	}
}

// maxDNSServers bounds the DNS servers that are remembered of one lease.
const maxDNSServers = 16
