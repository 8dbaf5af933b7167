package annotate

import (
	"fmt"
	"net/netip"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/pktjourney/pktjourney/decode"
	"github.com/pktjourney/pktjourney/decode/capture"
	"github.com/pktjourney/pktjourney/decode/capture/captest/packet"
	"github.com/pktjourney/pktjourney/decode/layers"
	"github.com/pktjourney/pktjourney/rules"
)

// null is a sink that forgets.
type null struct{ frames, journeys int }

func (n *null) Frame(*Labelled) error  { n.frames++; return nil }
func (n *null) Journey(*Journey) error { n.journeys++; return nil }
func (n *null) Close(*Summary) error   { return nil }

// flood feeds a count frames that make builds one at a time, so that the frames
// themselves take no memory. Between two of them a millisecond passes.
func flood(t *testing.T, a *Annotator, count int, build func(c *packet.Capture, i int)) {
	t.Helper()
	var d decode.Decoder
	for i := range count {
		c := packet.New()
		build(c, i)
		f := c.Frames()[0]
		f.Number, f.Time = i+1, packet.Start.Add(time.Duration(i)*time.Millisecond)
		if err := a.Annotate(&d, f); err != nil {
			t.Fatal(err)
		}
	}
}

func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// Names that are asked once and never again must not stay.
func TestManyNames(t *testing.T) {
	count := 200_000
	if testing.Short() {
		count = 30_000
	}
	sink := &null{}
	a := New(rules.Web(), Options{}, sink)
	before := heap()
	flood(t, a, count, func(c *packet.Capture, i int) {
		c.Query(packet.DNS{Client: "192.168.1.100:40000", Server: "198.51.100.53", ID: uint16(i), Name: fmt.Sprintf("n%d.example.com", i)})
	})
	if a.journeys.n > DefaultLimits().Journeys+1 {
		t.Errorf("%d journeys are open", a.journeys.n)
	}
	if n := len(a.journeys.open); n > DefaultLimits().Journeys+1 {
		t.Errorf("%d journeys can be joined", n)
	}
	// A journey with one question takes less than 4 KiB.
	if used := heap() - before; heap() > before && used > uint64(DefaultLimits().Journeys)*4096 {
		t.Errorf("%d MiB are used after %d questions", used>>20, count)
	}
	if err := a.Finish(nil); err != nil || sink.journeys != count || sink.frames != count {
		t.Errorf("%d frames and %d journeys came out: %v", sink.frames, sink.journeys, err)
	}
}

// So must clients: one question each.
func TestManyClients(t *testing.T) {
	const count = maxSides + 10_000
	a := New(rules.Web(), Options{}, &null{})
	flood(t, a, count, func(c *packet.Capture, i int) {
		from := netip.AddrFrom4([4]byte{10, byte(i >> 16), byte(i >> 8), byte(i)})
		c.Query(packet.DNS{Client: netip.AddrPortFrom(from, 40000).String(), Server: "198.51.100.53", Name: "www.example.com"})
	})
	if a.journeys.n > DefaultLimits().Journeys+1 {
		t.Errorf("%d journeys are open", a.journeys.n)
	}
	if n := len(a.point.sides.v4); n > maxSides {
		t.Errorf("%d distances are known", n)
	}
}

// Leases of ever new hardware addresses and questions by ARP are bounded too.
func TestManyLeases(t *testing.T) {
	a := New(rules.Web(), Options{}, &null{})
	flood(t, a, DefaultLimits().Clients+5000, func(c *packet.Capture, i int) {
		your := netip.AddrFrom4([4]byte{10, byte(i >> 16), byte(i >> 8), byte(i)}).String()
		m := packet.DHCP{Type: packet.Offer, XID: uint32(i), Client: uint8(i), Server: "192.168.1.1", Your: your, Lease: time.Hour}
		c.DHCP(m)
		b := c.Frames()[0].Data
		b[14+20+8+28+2], b[14+20+8+28+3] = byte(i>>16), byte(i>>8)
	})
	if n := len(a.leases.byMAC); n > DefaultLimits().Clients {
		t.Errorf("%d leases are known", n)
	}
	if n := len(a.leases.byAddr); n > 2*DefaultLimits().Clients {
		t.Errorf("%d addresses are known", n)
	}
}

// Of two clients of whom one lease is remembered, that of the newer is, in every run.
func TestForgottenLeases(t *testing.T) {
	a := New(rules.Web(), Options{Limits: Limits{Clients: 2}}, &null{})
	for _, mac := range []string{"a", "b", "a", "c", "d", "d", "e"} {
		a.leases.transaction(mac, 1, packet.Start)
	}
	if a.leases.byMAC["d"] == nil || a.leases.byMAC["e"] == nil || len(a.leases.byMAC) != 2 || a.leases.overflow != 3 {
		t.Errorf("%v are left, %d were forgotten", a.leases.byMAC, a.leases.overflow)
	}
}

// Of many answers the newest are remembered, and the summary says what was forgotten.
func TestForgottenAnswers(t *testing.T) {
	sink := &ending{}
	a := New(rules.Web(), Options{Limits: Limits{Answers: 2}}, sink)
	client := netip.MustParseAddr("192.0.2.1")
	for i := range byte(5) {
		a.answers.learn(client, netip.AddrFrom4([4]byte{10, 0, 0, i}), answer{name: "n"})
	}
	if a.answers.known(client, netip.AddrFrom4([4]byte{10, 0, 0, 3})) == nil || len(a.answers.of) != 2 {
		t.Errorf("%d answers are known", len(a.answers.of))
	}
	if err := a.Finish(nil); err != nil || len(sink.limits) != 1 || sink.limits[0] != (Reached{LimitAnswers, 2, 3}) {
		t.Errorf("%v, %v", sink.limits, err)
	}
}

// ending is a sink that keeps the limits that were reached.
type ending struct {
	null
	limits []Reached
}

func (e *ending) Close(s *Summary) error {
	e.limits = s.Limits
	return nil
}

func TestManyARPQuestions(t *testing.T) {
	a := New(rules.Web(), Options{}, &null{})
	flood(t, a, 20_000, func(c *packet.Capture, i int) {
		c.WhoHas(fmt.Sprintf("192.168.%d.%d", i>>8&255, i&255), "192.168.1.100")
		if len(a.arps) > maxARPWaits {
			t.Fatalf("%d questions wait", len(a.arps))
		}
		if a.queue.n > maxWaitFrames+1 {
			t.Fatalf("%d frames wait", a.queue.n)
		}
	})
}

// Frames without a time, as those of simple packet blocks are, must not wait for ever.
func TestWaitEndsWithoutAClock(t *testing.T) {
	a := New(rules.Web(), Options{}, &null{})
	var d decode.Decoder
	c := packet.New()
	c.WhoHas("192.168.1.7", "192.168.1.100")
	first := c.Frames()[0]
	c.UDP("192.168.1.100:40000 > 203.0.113.82:9999", nil) // waits for nothing
	for i := range maxWaitFrames + 10 {
		f := capture.Frame{LinkType: first.LinkType, Data: c.Frames()[min(i, 1)].Data, Number: i + 1, WireLen: 60, Interface: first.Interface}
		if err := a.Annotate(&d, &f); err != nil {
			t.Fatal(err)
		}
	}
	if !a.queue.empty() {
		t.Errorf("%d frames still wait", a.queue.n)
	}
}

// What one host has said to be its own stays its own, and one that says so of too many speaks for others.
func TestHosts(t *testing.T) {
	var h hosts
	addr := func(n byte) netip.Addr { return netip.AddrFrom4([4]byte{192, 0, 2, n}) }
	a, b := layers.MAC{2, 0, 0, 0, 0, 1}, layers.MAC{2, 0, 0, 0, 0, 2}
	h.own(a, addr(1), 2)
	h.own(a, addr(2), 2)
	h.own(b, addr(3), 2)
	h.own(b, addr(2), 2)
	h.own(layers.Broadcast, addr(1), 2)
	for n := byte(100); n < 200; n++ {
		h.own(b, addr(n), 2)
	}
	for n, want := range map[byte]byte{1: 1, 2: 1, 3: 3, 9: 9, 100: 3, 199: 199} {
		if got := h.called(addr(n)); got != addr(want) {
			t.Errorf("%v is called %v, want %v", addr(n), got, addr(want))
		}
	}
	h.own(layers.MAC{2, 9}, addr(9), 2)
	h.own(layers.MAC{2, 9}, addr(2), 2)
	if got := h.called(addr(2)); got != addr(9) {
		t.Errorf("the host that had it was forgotten, and %v is called %v", addr(2), got)
	}
	if len(h.first) != 2 || len(h.ring) != 2 || len(h.of) > 2*maxAddresses {
		t.Errorf("%d hosts, %d addresses", len(h.first), len(h.of))
	}
}

// Frames with very many facts do not wait until all 10,000 that may wait are there.
func TestWaitingFactsAreBounded(t *testing.T) {
	const record = "\x16\x03\x03\x00\x04\x00\x00\x00\x00" // a HelloRequest (RFC 5246 section 7.4.1.1)
	sink := &null{}
	a := New(rules.Web(), Options{}, sink)
	count, most := 3000, 0
	flood(t, a, count, func(c *packet.Capture, i int) {
		most = max(most, a.queue.weight)
		c.TCP("203.0.113.82:443 > 192.0.2.1:4000", packet.Segment{Flags: "A", Seq: 1 + uint32(i*1395), Data: []byte(strings.Repeat(record, 155))})
	})
	if most < maxWaitFacts/2 || most > maxWaitFacts+1000 {
		t.Errorf("%d facts waited", most)
	}
	if err := a.Finish(nil); err != nil || sink.frames != count || a.queue.weight != 0 {
		t.Errorf("%d frames came out, %d facts are left: %v", sink.frames, a.queue.weight, err)
	}
}

// Where very many questions wait, each conversation remembers few; those that are over are not counted.
func TestManyQuestions(t *testing.T) {
	const conversations = 10_000
	a := New(rules.Web(), Options{}, &null{})
	var d decode.Decoder
	ask := func(number int, at time.Time, port int) {
		c := packet.New()
		c.Query(packet.DNS{Client: fmt.Sprintf("192.168.1.100:%d", port), Server: "198.51.100.53", ID: uint16(number), Name: fmt.Sprintf("n%d.example.com", number)})
		f := c.Frames()[0]
		f.Number, f.Time = number, at
		if err := a.Annotate(&d, f); err != nil {
			t.Fatal(err)
		}
	}
	const each = 8
	for i := range conversations * each {
		ask(i+1, packet.Start.Add(time.Duration(i)*time.Microsecond), 1024+i%conversations)
	}
	if n := a.transactions; n < conversations || n > manyTransactions+fewTransactions*conversations {
		t.Errorf("%d questions are remembered", n)
	}
	later := packet.Start.Add(24 * time.Hour)
	for i := range 3 {
		ask(conversations*each+1+i, later.Add(time.Duration(i)*time.Minute), 1024)
	}
	if n := a.transactions; n > 2*1024*each { // of the conversations that stay however idle they are
		t.Errorf("%d questions are counted after the conversations ended", n)
	}
}
