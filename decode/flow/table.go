package flow

import (
	"cmp"
	"net/netip"
	"slices"
	"time"
)

// The limits of a Table, where it has no others.
const (
	IdleUDP   = 30 * time.Second // a UDP conversation ends after so long without a datagram, as in Linux
	IdleTCP   = time.Hour        // a TCP connection is given up after so long without a segment
	LingerTCP = 10 * time.Second // a closed one is kept so long for late segments
	LingerUDP = 5 * time.Second  // a question and its answer are kept so long for what is sent again
	// KeepIdle is how many are kept however long they were idle: a short capture
	// may be of several days, or of clocks that jump, and is read as one.
	KeepIdle = 1024
	// MaxDone is how many closed connections are kept for late segments, and how many answered questions for what is
	// sent again: where there are more, the oldest do not linger.
	MaxDone = 1 << 13
	// MaxConversations is how many are kept. Beyond it those that were not
	// seen for long are given up.
	MaxConversations = 1 << 17

	sweepEvery = time.Second // how often Expire looks
)

// Table finds the conversation of a segment or datagram. The zero value is
// ready. The only clock is the time of the frames; when that goes backwards,
// the latest time counts.
type Table struct {
	// Limit is how many conversations are kept; 0: MaxConversations.
	Limit int
	// Idle is how long a conversation may say nothing, if that is less than the time above for its
	// kind, for TCP also if it is more; then KeepIdle does not hold. 0: the times above.
	Idle time.Duration

	byKey            map[key]*Conversation
	recent           [256]*Conversation // those that Observe gave last, by slot
	tcp, udp, closed queue
	answered         queue // UDP conversations that have said what they had to say
	nextID           map[Proto]int
	now              time.Time // when Expire looked last
	sweep            time.Time // when to look for conversations that ended again
	overflow         int       // conversations that were one too many
}

// Observe gives the conversation of a frame from src to dst at the time at, and
// the frame's direction in it. fresh says that the frame begins it: no other
// one of these addresses and ports is known. For a known conversation it does not allocate.
func (t *Table) Observe(proto Proto, src, dst netip.Addr, srcPort, dstPort uint16, at time.Time) (c *Conversation, d Dir, fresh bool) {
	recent := &t.recent[slot(srcPort, dstPort)]
	c = *recent
	if c == nil || !c.has(proto, src, dst, srcPort, dstPort) {
		k := makeKey(proto, src, dst, srcPort, dstPort)
		c = t.byKey[k]
		if c == nil {
			return t.begin(k, proto, src, dst, srcPort, dstPort, at), FromOriginator, true
		}
		*recent = c
	}
	if at.After(c.Last) {
		c.Last = at
	}
	return c, c.dir(src, srcPort), false
}

// Find gives the conversation of addresses and ports that are only spoken of, as
// by an ICMP error; nil when none is known. d is the direction from src to dst.
func (t *Table) Find(proto Proto, src, dst netip.AddrPort) (c *Conversation, d Dir) {
	c = t.byKey[makeKey(proto, src.Addr(), dst.Addr(), src.Port(), dst.Port())]
	if c == nil {
		return nil, FromOriginator
	}
	return c, c.dir(src.Addr(), src.Port())
}

// slot is the place in recent, the same for both directions.
func slot(srcPort, dstPort uint16) uint8 {
	x := srcPort ^ dstPort
	return uint8(x ^ x>>8)
}

// begin makes a new conversation under the key k.
func (t *Table) begin(k key, proto Proto, src, dst netip.Addr, srcPort, dstPort uint16, at time.Time) *Conversation {
	if t.byKey == nil {
		t.byKey, t.nextID = make(map[key]*Conversation), make(map[Proto]int)
		t.setTimes()
	}
	c := &Conversation{
		ID:    t.nextID[proto],
		Tuple: Tuple{proto, netip.AddrPortFrom(src, srcPort), netip.AddrPortFrom(dst, dstPort)},
		Last:  at,
	}
	t.nextID[proto]++
	t.byKey[k], t.recent[slot(srcPort, dstPort)] = c, c
	if proto == TCP {
		t.tcp.push(c, at)
	} else {
		t.udp.push(c, at)
	}
	return c
}

func (t *Table) setTimes() {
	t.tcp.idle, t.udp.idle, t.closed.idle, t.answered.idle = IdleTCP, IdleUDP, LingerTCP, LingerUDP
	if t.Idle > 0 {
		t.tcp.idle, t.udp.idle, t.closed.idle, t.answered.idle = t.Idle, min(t.Idle, IdleUDP), min(t.Idle, LingerTCP), min(t.Idle, LingerUDP)
	}
}

// Restart forgets old and begins another conversation of its addresses and
// ports, with a frame from src to dst: a host has opened a new connection on the
// ports of one before (RFC 9293 section 3.6.1). Wireshark counts anew then too.
func (t *Table) Restart(old *Conversation, src, dst netip.Addr, srcPort, dstPort uint16, at time.Time) *Conversation {
	t.Forget(old)
	proto := old.Tuple.Proto
	return t.begin(makeKey(proto, src, dst, srcPort, dstPort), proto, src, dst, srcPort, dstPort, at)
}

// Close says that c is closed, or that its question is answered: it is kept for LingerTCP after its last
// segment, for LingerUDP after its last datagram.
func (t *Table) Close(c *Conversation) {
	switch c.queue {
	case &t.tcp:
		t.tcp.remove(c)
		t.closed.push(c, c.Last)
	case &t.udp:
		t.udp.remove(c)
		t.answered.push(c, c.Last)
	}
}

// Forget removes c; a later frame of its addresses and ports begins another conversation.
func (t *Table) Forget(c *Conversation) {
	if c.queue == nil {
		return
	}
	c.queue.remove(c)
	delete(t.byKey, c.Tuple.key())
	if recent := &t.recent[slot(c.Tuple.Src.Port(), c.Tuple.Dst.Port())]; *recent == c {
		*recent = nil
	}
}

// Expire removes the conversations that ended before now, as long as there are
// more than KeepIdle, and those beyond the limits, and shows each to visit. It is made to be called for every frame.
func (t *Table) Expire(now time.Time, visit func(*Conversation)) {
	limit, keep := cmp.Or(t.Limit, MaxConversations), KeepIdle
	for _, q := range [...]*queue{&t.answered, &t.closed} {
		for q.n > MaxDone {
			t.giveUp(q.oldest(t.now), visit)
		}
	}
	if now.Before(t.sweep) && len(t.byKey) <= limit {
		return
	}
	if now.After(t.now) {
		t.now, t.sweep = now, now.Add(sweepEvery)
	}
	if t.Idle > 0 {
		keep = 0
	}
	for _, q := range [...]*queue{&t.answered, &t.udp, &t.closed, &t.tcp} {
		for len(t.byKey) > keep {
			c := q.expired(t.now)
			if c == nil {
				break
			}
			t.giveUp(c, visit)
		}
	}
	for len(t.byKey) > limit {
		t.overflow++
		t.giveUp(t.oldest(), visit)
	}
}

// oldest is a conversation to give up: a closed one first, then whichever
// protocol's was looked at longest ago.
func (t *Table) oldest() *Conversation {
	if c := t.answered.oldest(t.now); c != nil {
		return c
	}
	if c := t.closed.oldest(t.now); c != nil {
		return c
	}
	a, b := t.udp.oldest(t.now), t.tcp.oldest(t.now)
	if a == nil || b != nil && b.checked.Before(a.checked) {
		return b
	}
	return a
}

func (t *Table) giveUp(c *Conversation, visit func(*Conversation)) {
	t.Forget(c)
	visit(c)
}

// Overflow is how many conversations were given up because others came, not because they ended.
func (t *Table) Overflow() int { return t.overflow }

// Len is the number of conversations that are kept.
func (t *Table) Len() int { return len(t.byKey) }

// Each visits the conversations that are kept, by protocol number and ID. visit
// may forget them.
func (t *Table) Each(visit func(*Conversation)) {
	all := make([]*Conversation, 0, len(t.byKey))
	for _, c := range t.byKey {
		all = append(all, c)
	}
	slices.SortFunc(all, func(a, b *Conversation) int {
		return cmp.Or(cmp.Compare(a.Tuple.Proto, b.Tuple.Proto), cmp.Compare(a.ID, b.ID))
	})
	for _, c := range all {
		visit(c)
	}
}
