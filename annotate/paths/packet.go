package paths

import (
	"cmp"
	"slices"
	"time"

	"github.com/pktjourney/pktjourney/annotate"
)

// packet is one packet on its way past the points.
type packet struct {
	id    packetID
	began time.Time // when it was first seen
	seen  []annotate.Sighting
	joint *joint // the journey that it belongs to, once one of the points knows; nil before
}

// packets are those that may still be seen at a further point.
type packets struct {
	byID map[packetID]*packet
	old  []*packet // by age, the oldest first
}

// see notes a sighting, and gives the packet; nil when this point has seen it before: the
// network doubled it, or its sender sent the same once more.
func (t *packets) see(id packetID, s annotate.Sighting) *packet {
	t.expire(s.Time)
	p := t.byID[id]
	if p == nil {
		p = &packet{id: id, began: s.Time}
		if t.byID == nil {
			t.byID = make(map[packetID]*packet)
		}
		t.byID[id] = p
		t.old = append(t.old, p)
	}
	for i := range p.seen {
		if p.seen[i].Point == s.Point && p.seen[i].TTL == s.TTL {
			return nil
		}
	}
	if len(p.seen) < maxHops {
		p.seen = append(p.seen, s)
	}
	return p
}

// expire forgets the packets that must have arrived by now.
func (t *packets) expire(now time.Time) {
	n := 0
	for n < len(t.old) && (now.Sub(t.old[n].began) > travelTime || len(t.old)-n > maxPackets) {
		delete(t.byID, t.old[n].id)
		n++
	}
	if n > 0 {
		t.old = slices.Delete(t.old, 0, n)
	}
}

// hops are the sightings from the sender on: each router takes one from the TTL (RFC 791
// section 3.2); on one link time decides.
func (p *packet) hops() []annotate.Sighting {
	hops := slices.Clone(p.seen)
	slices.SortStableFunc(hops, func(a, b annotate.Sighting) int {
		return cmp.Or(cmp.Compare(b.TTL, a.TTL), a.Time.Compare(b.Time))
	})
	return hops
}
