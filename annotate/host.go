package annotate

import (
	"net/netip"
	"time"
)

// host is what is known of one client: what it asked, what it was answered,
// and the journeys that it is on.
type host struct {
	addr     netip.Addr
	journeys map[string]*Journey   // the open one for each name
	answers  map[netip.Addr]answer // the newest answer that gave an address
	last     time.Time             // when it last asked or connected
}

// answer says that a frame gave an address for a name.
type answer struct {
	name    string
	frame   int
	at      time.Time
	journey *Journey // the one that asked; it may be closed by now
	shared  bool     // another name was answered with the same address
}

const (
	maxHosts   = 1 << 16 // clients; when there are more, the one that is found idle first is forgotten
	maxAnswers = 1 << 12 // addresses, of each client
)

type hosts struct {
	byAddr map[netip.Addr]*host
}

// of finds the host with the address addr, or begins one.
func (h *hosts) of(addr netip.Addr, now time.Time) *host {
	c := h.byAddr[addr]
	if c == nil {
		if len(h.byAddr) >= maxHosts {
			h.forgetOne()
		}
		c = &host{addr: addr, journeys: make(map[string]*Journey)}
		h.byAddr[addr] = c
	}
	c.last = now
	return c
}

// forgetOne makes room: it drops the longest idle of a few hosts without open journeys.
func (h *hosts) forgetOne() {
	const looks = 32
	var oldest *host
	n := 0
	for _, c := range h.byAddr {
		if len(c.journeys) == 0 && (oldest == nil || c.last.Before(oldest.last)) {
			oldest = c
		}
		if n++; n == looks && oldest != nil {
			break
		}
	}
	if oldest != nil {
		delete(h.byAddr, oldest.addr)
	}
}

// learn notes that frame answered name with addr.
func (c *host) learn(addr netip.Addr, ans answer) {
	if c.answers == nil {
		c.answers = make(map[netip.Addr]answer)
	}
	old, known := c.answers[addr]
	if !known && len(c.answers) >= maxAnswers {
		for a := range c.answers {
			delete(c.answers, a)
			break
		}
	}
	ans.shared = known && (old.shared || old.name != ans.name)
	c.answers[addr] = ans
}
