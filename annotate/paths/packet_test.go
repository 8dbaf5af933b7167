package paths

import (
	"testing"
	"time"

	"github.com/pktjourney/pktjourney/annotate"
	"github.com/pktjourney/pktjourney/decode/capture"
	build "github.com/pktjourney/pktjourney/decode/capture/captest/packet"
	"github.com/pktjourney/pktjourney/decode/layers"
)

// Places in a frame of Ethernet and IPv4.
const (
	atTTL     = 14 + 8
	atSource  = 14 + 12
	atPort    = 14 + 20
	atPayload = 14 + 20 + 8
)

// identity is the ID of the packet in a frame after change.
func identity(t *testing.T, frame []byte, change func(b []byte)) packetID {
	t.Helper()
	b := append([]byte(nil), frame...)
	change(b)
	var p layers.Packet
	p.Decode(capture.LinkEthernet, b, len(b))
	id, ok := identify(&p)
	if !ok || p.Err != nil {
		t.Fatalf("not identified: %v", p.Err)
	}
	return id
}

// A packet stays the same through routers and address translation (RFC 3022), and no other is taken for it.
func TestIdentity(t *testing.T) {
	c := build.New()
	c.Query(build.DNS{Client: "192.168.1.100:40000", Server: "198.51.100.53", ID: 7, Name: "www.example.com"})
	s := c.Connection("192.168.1.100:50000 > 203.0.113.82:80")
	s.Client.SYN()
	for _, frame := range c.Frames() {
		same := identity(t, frame.Data, func([]byte) {})
		for _, change := range []struct {
			name  string
			keeps bool
			do    func(b []byte)
		}{
			{"a router", true, func(b []byte) { b[atTTL]--; b[0] = 9 }},
			{"another source address and port", true, func(b []byte) { b[atSource] = 9; b[atPort] ^= 1 }},
			{"another identification", false, func(b []byte) { b[14+4] ^= 1 }},
			{"another sequence number, or payload", false, func(b []byte) { b[atPayload-4] ^= 1; b[len(b)-1] ^= 1 }},
		} {
			if got := identity(t, frame.Data, change.do); (got == same) != change.keeps {
				t.Errorf("frame %d, %s: the same packet: %v", frame.Number, change.name, got == same)
			}
		}
	}
}

func TestSightings(t *testing.T) {
	var all packets
	at := time.Unix(1000, 0)
	see := func(id packetID, point string, frame int, ttl uint8, after time.Duration) *packet {
		return all.see(id, annotate.Sighting{Point: point, Frame: frame, TTL: ttl, Time: at.Add(after)})
	}
	p := see(1, "router", 1, 63, 0)
	if see(1, "client", 2, 64, ms) != p || see(1, "router", 3, 62, 2*ms) != p {
		t.Error("the same packet at another point, or behind the router, is another")
	}
	if see(1, "client", 4, 64, 3*ms) != nil {
		t.Error("a copy of a packet counts as a sighting")
	}
	var way []int
	for _, h := range p.hops() {
		way = append(way, h.Frame)
	}
	if len(way) != 3 || way[0] != 2 || way[1] != 1 || way[2] != 3 {
		t.Errorf("its way is %v, want by TTL: 2 1 3", way)
	}
	if see(1, "web", 5, 60, travelTime+time.Second) == p {
		t.Error("a packet is recognised after it must have arrived")
	}
	for id := packetID(10); id < maxPackets+1000; id++ {
		see(id, "client", 9, 64, travelTime+2*time.Second)
	}
	if len(all.byID) > maxPackets+1 || len(all.old) > maxPackets+1 {
		t.Errorf("%d packets remembered, %d in order", len(all.byID), len(all.old))
	}
	for i := range uint8(100) {
		see(1, "loop", int(i), 200-i, travelTime+2*time.Second)
	}
	if n := len(all.byID[1].seen); n > maxHops {
		t.Errorf("%d hops of one packet", n)
	}
}
