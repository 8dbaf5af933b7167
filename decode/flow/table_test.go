package flow

import (
	"net/netip"
	"testing"
	"time"
)

var (
	hostA = netip.MustParseAddr("192.0.2.1")
	hostB = netip.MustParseAddr("198.51.100.2")
	start = time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)
)

// open observes a frame from port to port 80 at so many seconds after start.
func open(t *Table, proto Proto, port uint16, seconds int) *Conversation {
	c, _, _ := t.Observe(proto, hostA, hostB, port, 80, start.Add(time.Duration(seconds)*time.Second))
	return c
}

func TestObserveFindsBothDirections(t *testing.T) {
	var table Table
	first, d, fresh := table.Observe(TCP, hostA, hostB, 5000, 80, start)
	if !fresh || d != FromOriginator || first.ID != 0 {
		t.Errorf("first frame: %v, fresh %t, ID %d", d, fresh, first.ID)
	}
	if want := (Tuple{TCP, netip.AddrPortFrom(hostA, 5000), netip.AddrPortFrom(hostB, 80)}); first.Tuple != want {
		t.Errorf("tuple %v, want %v", first.Tuple, want)
	}
	open(&table, TCP, 5001, 1) // on another slot
	back, d, fresh := table.Observe(TCP, hostB, hostA, 80, 5000, start.Add(2*time.Second))
	if back != first || d != FromResponder || fresh {
		t.Errorf("answer: same %t, %v, fresh %t", back == first, d, fresh)
	}
	if again, d, _ := table.Observe(TCP, hostA, hostB, 5000, 80, start.Add(time.Second)); again != first || d != FromOriginator {
		t.Errorf("again: same %t, %v", again == first, d)
	}
	if !first.Last.Equal(start.Add(2 * time.Second)) {
		t.Errorf("last seen %v", first.Last)
	}
}

func TestConversationsAreKeptApart(t *testing.T) {
	var table Table
	mapped := func(a netip.Addr) netip.Addr { return netip.AddrFrom16(a.As16()) }
	for i, c := range []struct {
		proto            Proto
		src, dst         netip.Addr
		srcPort, dstPort uint16
		id               int
	}{
		{TCP, hostA, hostB, 5000, 80, 0},
		{UDP, hostA, hostB, 5000, 80, 0},  // another protocol counts from 0
		{TCP, hostA, hostB, 80, 5000, 1},  // the ports the other way round
		{TCP, hostA, hostA, 5000, 80, 2},  // a host with itself
		{TCP, hostA, hostA, 80, 80, 3},    // a port with itself
		{TCP, hostA, hostB, 80, 80, 4},    // the same port at both
		{TCP, hostA, hostB, 5000, 443, 5}, // another port
		{TCP, mapped(hostA), mapped(hostB), 5000, 80, 6},
	} {
		got, _, fresh := table.Observe(c.proto, c.src, c.dst, c.srcPort, c.dstPort, start)
		if !fresh || got.ID != c.id {
			t.Errorf("case %d: fresh %t, ID %d, want %d", i, fresh, got.ID, c.id)
		}
		if back, _, fresh := table.Observe(c.proto, c.dst, c.src, c.dstPort, c.srcPort, start); fresh || back != got {
			t.Errorf("case %d: the answer begins another conversation", i)
		}
	}
	if table.Len() != 8 {
		t.Errorf("%d conversations", table.Len())
	}
}

func TestRestart(t *testing.T) {
	var table Table
	old := open(&table, TCP, 5000, 0)
	c := table.Restart(old, hostB, hostA, 80, 5000, start.Add(time.Second))
	if c == old || c.ID != 1 || c.Tuple.Src.Addr() != hostB {
		t.Errorf("ID %d, tuple %v", c.ID, c.Tuple)
	}
	if now, d, fresh := table.Observe(TCP, hostA, hostB, 5000, 80, start); now != c || d != FromResponder || fresh {
		t.Error("the conversation before is still found")
	}
	table.Forget(old) // a second time does nothing
	if table.Len() != 1 {
		t.Errorf("%d conversations", table.Len())
	}
}

func TestExpire(t *testing.T) {
	other := map[Proto]Proto{TCP: UDP, UDP: TCP}
	for _, c := range []struct {
		name    string
		proto   Proto
		close   bool
		seen    []int // seconds after the first frame
		at      time.Duration
		expires bool
	}{
		{"UDP that rests", UDP, false, nil, IdleUDP - 1, false},
		{"UDP that is over", UDP, false, nil, IdleUDP, true},
		{"UDP that was seen since", UDP, false, []int{5}, IdleUDP, false},
		{"TCP that rests", TCP, false, nil, LingerTCP, false},
		{"TCP that is given up", TCP, false, nil, IdleTCP, true},
		{"TCP that lingers", TCP, true, nil, LingerTCP - 1, false},
		{"TCP that is closed", TCP, true, nil, LingerTCP, true},
		{"TCP that gets a late segment", TCP, true, []int{100}, LingerTCP, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			var table Table
			crowd(&table, other[c.proto])
			conv := open(&table, c.proto, 5000, 0)
			if c.close {
				table.Close(conv)
			}
			for _, s := range c.seen {
				open(&table, c.proto, 5000, s)
			}
			var gone []*Conversation
			visit := func(c *Conversation) { gone = append(gone, c) }
			table.Expire(start.Add(c.at), visit)
			if c.expires != (len(gone) == 1 && gone[0] == conv && table.Len() == KeepIdle) {
				t.Errorf("%d expired, %d left", len(gone), table.Len())
			}
			table.Expire(start.Add(c.at+2*IdleTCP), visit)
			if len(gone) != 1 || table.Len() != KeepIdle {
				t.Errorf("in the end %d expired, %d are left", len(gone), table.Len())
			}
		})
	}
}

// crowd fills table with as many conversations as it keeps however idle they are, none of which ends.
func crowd(table *Table, proto Proto) {
	for port := range uint16(KeepIdle) {
		open(table, proto, 10000+port, 1_000_000)
	}
}

func TestFewConversationsDoNotExpire(t *testing.T) {
	var table Table
	c := open(&table, TCP, 5000, 0)
	table.Close(c)
	open(&table, UDP, 5000, 0)
	years := 5 * 365 * 24 * 3600
	table.Expire(start.Add(time.Duration(years)*time.Second), func(c *Conversation) { t.Errorf("%v expired", c.Tuple) })
	if again := open(&table, TCP, 5000, years); again != c {
		t.Errorf("conversation %d, not %d", again.ID, c.ID)
	}
}

func TestTimeThatGoesBackwards(t *testing.T) {
	var table Table
	crowd(&table, TCP)
	c := open(&table, UDP, 5000, 0)
	open(&table, UDP, 5000, -10)
	if !c.Last.Equal(start) {
		t.Errorf("last seen %v", c.Last)
	}
	n := 0
	table.Expire(start.Add(IdleUDP), func(*Conversation) { n++ })
	open(&table, UDP, 5001, -100)
	table.Expire(start.Add(IdleUDP+sweepEvery), func(*Conversation) { n++ })
	if n != 2 {
		t.Errorf("%d expired", n)
	}
}

func TestTooManyConversations(t *testing.T) {
	if testing.Short() {
		t.Skip("makes a million conversations")
	}
	var table Table
	busy := open(&table, TCP, 1, 0)
	quiet := open(&table, TCP, 2, 0)
	open(&table, TCP, 1, 1)
	for i := range MaxConversations {
		a := netip.AddrFrom4([4]byte{10, byte(i >> 16), byte(i >> 8), byte(i)})
		table.Observe(UDP, a, hostB, 53, 53, start.Add(2*time.Second))
	}
	var gone []*Conversation
	table.Expire(start.Add(3*time.Second), func(c *Conversation) { gone = append(gone, c) })
	if len(gone) != 2 || gone[0] != quiet || gone[1] == busy {
		t.Errorf("%d given up, first %v", len(gone), gone[0].Tuple)
	}
}

// A limit of one's own holds, and what went beyond it is counted.
func TestLimit(t *testing.T) {
	table := Table{Limit: 2}
	for port := range uint16(5) {
		open(&table, UDP, 100+port, int(port))
		table.Expire(start.Add(time.Duration(port)*time.Second), func(*Conversation) {})
	}
	if table.Len() != 2 || table.Overflow() != 3 {
		t.Errorf("%d are kept, %d were given up", table.Len(), table.Overflow())
	}
}

// An idle time of one's own holds for every protocol, however few conversations there are.
func TestIdle(t *testing.T) {
	for _, c := range []struct {
		name     string
		proto    Proto
		close    bool
		idle, at time.Duration
		expires  bool
	}{
		{"TCP that rests", TCP, false, 10 * time.Second, 9 * time.Second, false},
		{"TCP that is given up", TCP, false, 10 * time.Second, 10 * time.Second, true},
		{"TCP may rest for longer than usual", TCP, false, 2 * IdleTCP, IdleTCP, false},
		{"closed TCP", TCP, true, 10 * time.Second, 10 * time.Second, true},
		{"UDP", UDP, false, 10 * time.Second, 10 * time.Second, true},
		{"UDP rests for no longer than usual", UDP, false, 2 * IdleTCP, IdleUDP, true},
	} {
		table := Table{Idle: c.idle}
		conv := open(&table, c.proto, 5000, 0)
		if c.close {
			table.Close(conv)
		}
		n := 0
		table.Expire(start.Add(c.at), func(*Conversation) { n++ })
		if c.expires != (n == 1) || table.Overflow() != 0 {
			t.Errorf("%s: %d expired, %d were one too many", c.name, n, table.Overflow())
		}
	}
}

func TestEachGoesInOrder(t *testing.T) {
	var table Table
	for i := range 20 {
		open(&table, UDP, uint16(100+i*7), 0)
		open(&table, TCP, uint16(100+i*7), 0)
	}
	last, n := Tuple{}, 0
	id := -1
	table.Each(func(c *Conversation) {
		if c.Tuple.Proto != last.Proto {
			id = -1
		}
		if c.ID != id+1 || c.Tuple.Proto < last.Proto {
			t.Errorf("%v %d comes after %v %d", c.Tuple.Proto, c.ID, last.Proto, id)
		}
		last, id = c.Tuple, c.ID
		n++
		table.Forget(c)
	})
	if n != 40 || table.Len() != 0 {
		t.Errorf("%d visited, %d left", n, table.Len())
	}
}

func TestObserveDoesNotAllocate(t *testing.T) {
	var table Table
	open(&table, TCP, 1, 0)
	open(&table, TCP, 2, 0)
	visit := func(*Conversation) {}
	if n := testing.AllocsPerRun(100, func() {
		open(&table, TCP, 1, 1)
		open(&table, TCP, 2, 1)
		table.Expire(start.Add(IdleTCP), visit)
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func BenchmarkObserve(b *testing.B) {
	for _, c := range []struct {
		name  string
		flows int
	}{{"one", 1}, {"of 100", 100}, {"of 10000", 10000}} {
		b.Run(c.name, func(b *testing.B) {
			var table Table
			visit := func(*Conversation) {}
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				table.Observe(TCP, hostA, hostB, uint16(i%c.flows), 80, start)
				table.Expire(start, visit)
			}
		})
	}
}

// Of what is done no more than MaxDone linger, the newest; what is under way stays.
func TestDoneDoNotCrowd(t *testing.T) {
	const n = MaxDone + 100
	var table Table
	open(&table, TCP, 1, 0)
	for i := range n {
		a := netip.AddrFrom4([4]byte{10, byte(i >> 16), byte(i >> 8), byte(i)})
		for _, proto := range []Proto{UDP, TCP} {
			c, _, _ := table.Observe(proto, a, hostB, 1000, 53, start.Add(time.Duration(i)*time.Microsecond))
			table.Close(c)
		}
	}
	var gone []*Conversation
	table.Expire(start.Add(n*time.Microsecond), func(c *Conversation) { gone = append(gone, c) })
	if table.Len() != 2*MaxDone+1 || len(gone) != 200 || table.Overflow() != 0 {
		t.Fatalf("%d are kept, %d went, %d were one too many", table.Len(), len(gone), table.Overflow())
	}
	for i, c := range gone {
		if age := c.Last.Sub(start); age >= 100*time.Microsecond {
			t.Errorf("number %d that went was the one of %v", i, age)
		}
	}
}
