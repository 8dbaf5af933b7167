package paths

import (
	"testing"
	"time"
)

const ms = time.Millisecond

// way is one packet seen at the first point with one TTL and at the second with another, so much later.
type way struct {
	ttl   [2]uint8
	later time.Duration
}

// ways are n packets there and n back, of which each takes there and back.
func ways(n int, there, back time.Duration) []way {
	var list []way
	for i := range n {
		slower := time.Duration(i) * ms
		list = append(list, way{[2]uint8{64, 62}, there + slower}, way{[2]uint8{60, 64}, -back - slower})
	}
	return list
}

func TestClockOffset(t *testing.T) {
	for _, c := range []struct {
		name string
		ways []way
		want time.Duration
	}{
		{"no packet in common", nil, 0},
		{"right as they are", ways(10, 10*ms, 10*ms), 0},
		{"an hour ahead", ways(1, time.Hour+10*ms, -time.Hour+10*ms), time.Hour},
		{"an hour behind", ways(3, -time.Hour+10*ms, time.Hour+10*ms), -time.Hour},
		{"one answer that took longer proves nothing", ways(1, 14*ms, 1*ms), 0},
		{"many packets prove a difference that is possible", ways(20, 19*ms, 1*ms), 9 * ms},
		{"ways that differ a little prove nothing", ways(20, 12*ms, 10*ms), 0},
		{"one way: it cannot arrive before it leaves", []way{{[2]uint8{64, 63}, -5 * ms}}, -5 * ms},
		{"one way, and possible", []way{{[2]uint8{64, 63}, 5 * ms}}, 0},
		{"one way back", []way{{[2]uint8{63, 64}, 5 * ms}}, 5 * ms},
		{"the same link", []way{{[2]uint8{64, 64}, 500 * ms}, {[2]uint8{60, 60}, 501 * ms}, {[2]uint8{60, 60}, 900 * ms}}, 501 * ms},
		{"the same link, right as they are", []way{{[2]uint8{64, 64}, 30 * time.Microsecond}}, 0},
	} {
		clock := newClocks()
		at := time.Unix(1000, 0)
		for i, w := range c.ways {
			clock.see(packetID(i), look{0, w.ttl[0], at})
			clock.see(packetID(i), look{1, w.ttl[1], at.Add(w.later)})
		}
		if got := clock.offsets(2); got[0] != 0 || got[1] != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

// A point is compared with the one that it shares most packets with, directly or over others.
func TestClockOffsetsOverOtherPoints(t *testing.T) {
	clock := newClocks()
	at := time.Unix(1000, 0)
	see := func(id packetID, point int, d time.Duration) { clock.see(id, look{point, 64, at.Add(d)}) }
	for id := range packetID(3) { // points 0 and 2 share a link, 2 is an hour ahead
		see(id, 0, 0)
		see(id, 2, time.Hour)
	}
	for id := packetID(10); id < 13; id++ { // points 2 and 1 too, 1 is a minute ahead of 2
		see(id, 2, 0)
		see(id, 1, time.Minute)
	}
	see(20, 0, 0) // one copy that goes astray must not count more
	see(20, 1, time.Second)
	if got := clock.offsets(4); got[1] != time.Hour+time.Minute || got[2] != time.Hour || got[3] != 0 {
		t.Errorf("offsets %v", got)
	}
}

func TestClocksAreBounded(t *testing.T) {
	clock := newClocks()
	for id := range packetID(maxClockPackets + 1000) {
		clock.see(id, look{})
	}
	if len(clock.first) != maxClockPackets {
		t.Errorf("%d packets remembered", len(clock.first))
	}
}
