package paths

import (
	"slices"
	"time"

	"github.com/pktjourney/pktjourney/decode/capture"
	"github.com/pktjourney/pktjourney/decode/layers"
)

// Clocks estimates how far the clock of each point is ahead of that of the first, from the
// packets that two points saw: as NTP does (RFC 5905 section 8), a packet's way there and
// another's way back are taken to last equally long, the shortest of each counting. A point
// that no packet ties to the others is taken to have the first one's clock.
//
// point gives the number of the point that a frame of src was captured at. The error is that
// of src; what could be read before it is used.
func Clocks(src capture.Source, points int, point func(*capture.Frame) int) ([]time.Duration, error) {
	c := newClocks()
	var p layers.Packet
	for {
		f, err := src.Next()
		if err != nil {
			return c.offsets(points), err
		}
		p.Decode(f.LinkType, f.Data, f.WireLen)
		if id, ok := identify(&p); ok && !f.Time.IsZero() {
			c.see(id, look{point: point(f), ttl: p.TTL, at: f.Time})
		}
	}
}

// maxClockPackets is how many packets are compared; those that come first.
const maxClockPackets = 1 << 16

// clocks compares the times of packets.
type clocks struct {
	first   map[packetID][]look
	between map[[2]int]*gap
}

func newClocks() *clocks {
	return &clocks{first: make(map[packetID][]look), between: make(map[[2]int]*gap)}
}

type look struct {
	point int
	ttl   uint8
	at    time.Time
}

// gap is what is known of the clocks of two points, the second's less the first's.
type gap struct {
	n          int             // packets seen at both
	went, came int             // of those, from the first to the second, and from the second to the first
	there      time.Duration   // least difference of those that went; valid when there are any
	back       time.Duration   // least difference, the other way about, of those that came; valid when there are any
	link       []time.Duration // differences of those with the same TTL: no router is between
}

// maxLink is how many packets on one link are compared.
const maxLink = 1 << 10

func (c *clocks) see(id packetID, l look) {
	list, known := c.first[id]
	if !known && len(c.first) >= maxClockPackets {
		return
	}
	for _, other := range list {
		if other.point == l.point {
			return
		}
	}
	for _, other := range list {
		c.compare(other, l)
	}
	c.first[id] = append(list, l)
}

// compare takes in that one packet was seen at a and b.
func (c *clocks) compare(a, b look) {
	if a.point > b.point {
		a, b = b, a
	}
	key := [2]int{a.point, b.point}
	g := c.between[key]
	if g == nil {
		g = &gap{}
		c.between[key] = g
	}
	g.n++
	switch d := b.at.Sub(a.at); {
	case a.ttl > b.ttl:
		if g.went == 0 || d < g.there {
			g.there = d
		}
		g.went++
	case a.ttl < b.ttl:
		if g.came == 0 || -d < g.back {
			g.back = -d
		}
		g.came++
	default:
		if len(g.link) < maxLink {
			g.link = append(g.link, d)
		}
	}
}

// A difference of clocks is not worth correcting below noise, where the times can be right as
// they are. Where they can, fewer packets than enough do not prove it, nor does a difference that is small
// beside the time on the way: ways there and back are seldom quite alike.
const (
	noise  = time.Millisecond
	enough = 8
)

// offset is how far the second clock is ahead of the first.
func (g *gap) offset() time.Duration {
	switch {
	case len(g.link) > 0:
		slices.Sort(g.link)
		d := g.link[len(g.link)/2]
		if d.Abs() <= noise {
			return 0
		}
		return d
	case g.went > 0 && g.came > 0:
		return g.middle()
	case g.went > 0 && g.there < 0: // it cannot arrive before it leaves
		return g.there
	case g.came > 0 && g.back < 0:
		return -g.back
	}
	return 0
}

// middle is the offset at which a packet takes as long there as back.
func (g *gap) middle() time.Duration {
	d := (g.there - g.back) / 2
	if possible := g.there >= 0 && g.back >= 0; !possible {
		return d
	}
	way := (g.there + g.back) / 2
	if min(g.went, g.came) < enough || d.Abs() <= max(noise, way/2) {
		return 0
	}
	return d
}

// offsets goes from the first point to the others, each over the pair that shares most packets.
func (c *clocks) offsets(points int) []time.Duration {
	offsets := make([]time.Duration, points)
	reached := make([]bool, points)
	if points > 0 {
		reached[0] = true
	}
	for {
		best, from, to := 0, 0, 0
		for key, g := range c.between {
			for _, way := range [][2]int{key, {key[1], key[0]}} {
				if reached[way[0]] && !reached[way[1]] && (g.n > best || g.n == best && (way[1] < to || way[1] == to && way[0] < from)) {
					best, from, to = g.n, way[0], way[1]
				}
			}
		}
		if best == 0 {
			return offsets
		}
		reached[to] = true
		if from < to {
			offsets[to] = offsets[from] + c.between[[2]int{from, to}].offset()
		} else {
			offsets[to] = offsets[from] - c.between[[2]int{to, from}].offset()
		}
	}
}
