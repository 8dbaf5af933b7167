package annotate

import "net/netip"

// side is what is known of where an address is: bits.
type side uint8

const (
	sideHeard side = 1 << iota // packets of it were seen
	sideNear                   // the newest of them had its initial TTL
	sideLink                   // ARP or Neighbour Discovery showed it on the captured link
)

// sides are those of many addresses. Those of IPv4, of which a capture may have very many, take a quarter of
// the memory that they would beside those of IPv6.
type sides struct {
	v4 map[[4]byte]side
	v6 map[netip.Addr]side
}

// of is what is known of addr; 0 when nothing is.
func (s *sides) of(addr netip.Addr) side {
	if addr.Is4() {
		return s.v4[addr.As4()]
	}
	return s.v6[addr]
}

// set makes to what is known of addr. An address of which nothing was known is taken only while there
// are fewer than maxSides of them.
func (s *sides) set(addr netip.Addr, to side) {
	if s.of(addr) == 0 && len(s.v4)+len(s.v6) >= maxSides {
		return
	}
	if addr.Is4() {
		if s.v4 == nil {
			s.v4 = make(map[[4]byte]side)
		}
		s.v4[addr.As4()] = to
		return
	}
	if s.v6 == nil {
		s.v6 = make(map[netip.Addr]side)
	}
	s.v6[addr] = to
}

// maxSides bounds the addresses that are remembered.
const maxSides = 1 << 16
