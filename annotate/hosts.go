package annotate

import (
	"net/netip"

	"github.com/pktjourney/pktjourney/decode/layers"
)

// hosts knows which addresses are of one host, so that a client which asks over IPv4 and connects
// over IPv6 is one client. It believes what a host says of itself with its MAC address: the
// DHCP lease that it took, an ARP request (RFC 826), the check of an address that it is about to
// use (RFC 4862 section 5.4). Frames of other kinds have the MAC address of the last router, and
// answers may be a proxy's. But a packet that has passed no router and opens a connection to an address
// that the host with its MAC address was just answered over the other version of IP is of that host.
type hosts struct {
	first map[layers.MAC]*host
	of    map[netip.Addr]netip.Addr // the first address of the host that each further one is of
	ring  []layers.MAC              // the keys of first, oldest first from next on once it is full
	next  int
}

// host is what is known of one MAC address.
type host struct {
	addr  netip.Addr   // the first address that it said to be its own; the zero Addr while it said none
	asked netip.Addr   // from which it asked a DNS server last; the zero Addr when it asked none
	more  []netip.Addr // those that it is found by in hosts.of
}

// maxAddresses bounds the further addresses of one host: one with more is a device that speaks for others.
const maxAddresses = 16

// own notes that addr is an address of the host with mac. Of more than limit hosts the oldest are forgotten.
func (h *hosts) own(mac layers.MAC, addr netip.Addr, limit int) {
	if !addr.IsValid() || addr.IsUnspecified() {
		return
	}
	if known := h.at(mac, limit); known != nil && !known.addr.IsValid() {
		known.addr = addr
	} else if known != nil {
		h.join(known, addr, known.addr)
	}
}

// asks notes that the host with mac asked a DNS server from addr.
func (h *hosts) asks(mac layers.MAC, addr netip.Addr, limit int) {
	if known := h.at(mac, limit); known != nil {
		known.asked = addr
	}
}

// at is the host with mac, which is remembered from now on; nil when mac is of no single host.
func (h *hosts) at(mac layers.MAC, limit int) *host {
	if known := h.first[mac]; known != nil {
		return known
	}
	if mac == (layers.MAC{}) || mac.IsMulticast() {
		return nil
	}
	if h.first == nil {
		h.first, h.of = make(map[layers.MAC]*host), make(map[netip.Addr]netip.Addr)
	}
	var known *host
	if len(h.ring) < limit {
		known = new(host)
		h.ring = append(h.ring, mac)
	} else {
		known = h.forget(h.ring[h.next])
		h.ring[h.next] = mac
		h.next = (h.next + 1) % limit
	}
	h.first[mac] = known
	return known
}

// forget forgets the host with mac, and gives its memory.
func (h *hosts) forget(mac layers.MAC) *host {
	known := h.first[mac]
	for _, addr := range known.more {
		delete(h.of, addr)
	}
	delete(h.first, mac)
	*known = host{more: known.more[:0]}
	return known
}

// join notes that addr is of the host known, which is found by first.
func (h *hosts) join(known *host, addr, first netip.Addr) {
	if _, taken := h.of[addr]; !taken && addr != first && len(known.more) < maxAddresses {
		h.of[addr] = first
		known.more = append(known.more, addr)
	}
}

// others are the addresses of the host with mac that are of another version of IP than addr.
func (h *hosts) others(mac layers.MAC, addr netip.Addr) (list [2]netip.Addr) {
	known := h.first[mac]
	if known == nil {
		return list
	}
	for i, other := range [...]netip.Addr{known.addr, known.asked} {
		if other.IsValid() && other.Is4() != addr.Is4() {
			list[i] = other
		}
	}
	return list
}

// joins notes that a and b are both of the host with mac.
func (h *hosts) joins(mac layers.MAC, a, b netip.Addr) {
	known := h.first[mac]
	first := known.addr
	if !first.IsValid() {
		first = a
	}
	h.join(known, a, first)
	h.join(known, b, first)
}

// called is the address by which the host with addr is known: its first one.
func (h *hosts) called(addr netip.Addr) netip.Addr {
	if first, ok := h.of[addr]; ok {
		return first
	}
	return addr
}
