package annotate

import (
	"net/netip"

	"github.com/pktjourney/pktjourney/decode/layers"
)

// hosts knows which addresses are of one host, so that a client which asks over IPv4 and connects
// over IPv6 is one client. It believes only what a host says of itself with its MAC address: the
// DHCP lease that it took, an ARP request (RFC 826), the check of an address that it is about to
// use (RFC 4862 section 5.4). Frames of other kinds have the MAC address of the last router, and
// answers may be a proxy's.
type hosts struct {
	first map[layers.MAC]*host
	of    map[netip.Addr]netip.Addr // the first address of the host that each further one is of
}

// host is what is known of one MAC address.
type host struct {
	addr netip.Addr // its first address
	more int        // how many others there are
}

// maxAddresses bounds the further addresses of one host: one with more is a device that speaks for others.
const maxAddresses = 16

// own notes that addr is an address of the host with mac. Not more than limit hosts are remembered.
func (h *hosts) own(mac layers.MAC, addr netip.Addr, limit int) {
	if !addr.IsValid() || addr.IsUnspecified() || mac == (layers.MAC{}) || mac.IsMulticast() {
		return
	}
	if h.first == nil {
		h.first, h.of = make(map[layers.MAC]*host), make(map[netip.Addr]netip.Addr)
	}
	known := h.first[mac]
	switch {
	case known == nil && len(h.first) < limit:
		h.first[mac] = &host{addr: addr}
	case known == nil || known.addr == addr || known.more == maxAddresses:
	default:
		if _, taken := h.of[addr]; !taken {
			h.of[addr] = known.addr
			known.more++
		}
	}
}

// called is the address by which the host with addr is known: its first one.
func (h *hosts) called(addr netip.Addr) netip.Addr {
	if first, ok := h.of[addr]; ok {
		return first
	}
	return addr
}
