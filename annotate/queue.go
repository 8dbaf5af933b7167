package annotate

import (
	"time"

	"github.com/pktjourney/pktjourney/decode"
	"github.com/pktjourney/pktjourney/decode/fact"
)

// A label that needs later frames waits so long in the time of the capture, and for so many frames.
const (
	maxWait       = time.Second
	maxWaitFrames = 10000
)

// queue holds labelled frames in order, from the oldest that waits on.
type queue struct {
	spare []fact.List // of slots that are free, to be used again
	slots []slot      // a ring; its length is a power of two
	head  int         // place of the oldest
	n     int
}

type slot struct {
	Labelled
	waits bool
}

func (q *queue) empty() bool { return q.n == 0 }

func (q *queue) first() *slot { return q.nth(0) }

func (q *queue) nth(i int) *slot { return &q.slots[(q.head+i)&(len(q.slots)-1)] }

// push puts a copy of l behind the others. The copy owns what it holds, but has
// no longer the bytes of the frame.
func (q *queue) push(l *Labelled, waits bool) {
	if q.n == len(q.slots) {
		q.grow()
	}
	s := q.nth(q.n)
	q.n++
	parts, message := s.Parts[:0], s.Message[:0]
	s.Labelled, s.waits = *l, waits
	s.Data, s.Payload = nil, nil
	s.Parts = append(parts, l.Parts...)
	s.Facts = q.keep(l.Facts)
	s.Message = append(message, l.Message...)
}

func (q *queue) grow() {
	slots := make([]slot, max(16, 2*len(q.slots)))
	for i := range q.n {
		slots[i] = *q.nth(i)
	}
	q.slots, q.head = slots, 0
}

// keep copies facts. Few frames have any, so their memory does not stay with the slot.
func (q *queue) keep(facts fact.List) fact.List {
	if len(facts) == 0 {
		return nil
	}
	var kept fact.List
	if n := len(q.spare); n > 0 {
		kept, q.spare = q.spare[n-1], q.spare[:n-1]
	}
	return append(kept[:0], facts...)
}

// pop removes the oldest.
func (q *queue) pop() {
	s := q.first()
	if s.Facts != nil {
		q.spare = append(q.spare, s.Facts)
	}
	s.Facts, s.Journey, s.via = nil, nil, nil
	q.head = (q.head + 1) & (len(q.slots) - 1)
	q.n--
}

// waiter finds the frame with the given number, if its label still waits at the time now.
func (q *queue) waiter(number int, now time.Time) *slot {
	s := q.find(number)
	if s == nil || !s.waits || now.Sub(s.Time) > maxWait {
		return nil
	}
	return s
}

// find finds the frame with the given number; nil when it is not in the queue.
func (q *queue) find(number int) *slot {
	lo, hi := 0, q.n
	for lo < hi {
		mid := (lo + hi) / 2
		if q.nth(mid).Number < number {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo == q.n {
		return nil
	}
	if s := q.nth(lo); s.Number == number {
		return s
	}
	return nil
}

// waiting reports whether s must stay, at the time and frame now.
func (s *slot) waiting(now time.Time, number int) bool {
	if now.Sub(s.Time) > maxWait || number-s.Number >= maxWaitFrames {
		return false
	}
	return s.waits || s.nameless()
}

// nameless reports whether it is not known yet whose journey l's connection is.
func (l *Label) nameless() bool { return l.via != nil && l.via.nameless() }

// drain hands over the frames at the head that are final by now.
func (a *Annotator) drain(now time.Time, number int) error {
	for !a.queue.empty() && !a.queue.first().waiting(now, number) {
		if err := a.emitFirst(); err != nil {
			return err
		}
	}
	return nil
}

// emitFirst hands over the oldest frame. What it waited for in vain changes nothing:
// an ARP frame that released nothing stays outside, a segment keeps what was guessed of it.
func (a *Annotator) emitFirst() error {
	s := a.queue.first()
	err := a.emit(&s.Labelled)
	a.queue.pop()
	return err
}

// settle labels the frames that waited for bytes which are in order now.
func (a *Annotator) settle(f *decode.Frame) {
	for i := range f.Parts {
		p := &f.Parts[i]
		if p.Frame == f.Number {
			continue
		}
		if s := a.queue.waiter(p.Frame, f.Time); s != nil {
			a.relabel(s, p)
		}
	}
}

// settleFragments gives the frames that brought the fragments of l's packet the label of the packet.
func (a *Annotator) settleFragments(l *Labelled) {
	for _, number := range l.Fragments {
		if s := a.queue.waiter(number, l.Time); s != nil {
			s.Label, s.waits = l.Label, false
		}
	}
}
