package annotate

import (
	"time"

	"github.com/pktjourney/pktjourney/decode"
	"github.com/pktjourney/pktjourney/decode/capture"
	"github.com/pktjourney/pktjourney/decode/fact"
	"github.com/pktjourney/pktjourney/decode/flow"
)

// A label that needs later frames waits so long in the time of the capture, for so many frames, and until so
// many facts wait with it: a frame may hold hundreds of records.
const (
	maxWait       = time.Second
	maxWaitFrames = 10000
	maxWaitFacts  = 1 << 17
)

// queue holds labelled frames in order, from the oldest that waits on. Frames are decoded into
// the slot behind the newest, so that none is copied.
type queue struct {
	blocks []*block // the first slot is in the first of them
	free   []*block // those that are not needed now
	head   int      // place of the oldest in its block
	n      int

	weight  int       // facts of all frames in it
	waiting int       // the oldest, where it had to wait when it was looked at
	until   time.Time // and how long it may

	// What frames decode facts and the like into. Few frames have any, so this memory
	// does not stay with the slot.
	facts   []fact.List
	message [][]capture.Range
	ended   []*flow.Conversation
}

// block is what the queue grows and shrinks by.
type block [blockSize]slot

const (
	blockSize   = 128
	spareBlocks = 8 // so many are kept for when they are needed again
)

type slot struct {
	Labelled
	waits  bool
	weight int // facts that it holds
}

func (q *queue) empty() bool { return q.n == 0 }

func (q *queue) first() *slot { return q.nth(0) }

func (q *queue) nth(i int) *slot {
	i += q.head
	return &q.blocks[i/blockSize][i%blockSize]
}

// next is the slot for a new frame, which belongs to the queue once it is pushed.
func (q *queue) next() *slot {
	if q.head+q.n == len(q.blocks)*blockSize {
		q.grow()
	}
	s := q.nth(q.n)
	s.Ended = q.ended
	s.Facts, q.facts = lend(q.facts)
	s.Message, q.message = lend(q.message)
	return s
}

// lend takes one of spare, if there is any.
func lend[T any, L ~[]T](spare []L) (L, []L) {
	n := len(spare)
	if n == 0 {
		return nil, spare
	}
	return spare[n-1], spare[:n-1]
}

// giveBack adds list to spare, if it has memory.
func giveBack[T any, L ~[]T](spare []L, list L) []L {
	if cap(list) == 0 {
		return spare
	}
	return append(spare, list[:0])
}

func (q *queue) grow() {
	if len(q.free) == 0 {
		q.free = append(q.free, new(block))
	}
	n := len(q.free) - 1
	q.blocks, q.free = append(q.blocks, q.free[n]), q.free[:n]
}

// push makes s, the next slot, the newest of the queue. It has no longer the bytes of the frame.
func (q *queue) push(s *slot, waits bool) {
	q.n++
	s.waits = waits
	s.Data, s.Payload = nil, nil
	q.takeEnded(s)
	s.weight = weight(s.Facts)
	q.weight += s.weight
	if len(s.Facts) == 0 {
		q.takeFacts(s)
	}
	if len(s.Message) == 0 {
		q.takeMessage(s)
	}
}

// weight is how many facts list holds, those of records and the like in it counted.
func weight(list fact.List) int {
	n := len(list)
	for i := range list {
		if list[i].Value.Kind() == fact.KindObjects {
			for _, object := range list[i].Value.Objects() {
				n += weight(object)
			}
		}
	}
	return n
}

// discard makes s the next slot again: its frame was handed over.
func (q *queue) discard(s *slot) {
	q.takeEnded(s)
	q.takeFacts(s)
	q.takeMessage(s)
}

func (q *queue) takeEnded(s *slot) {
	clear(s.Ended)
	q.ended, s.Ended = s.Ended[:0], nil
}

func (q *queue) takeFacts(s *slot) { q.facts, s.Facts = giveBack(q.facts, s.Facts), nil }

func (q *queue) takeMessage(s *slot) { q.message, s.Message = giveBack(q.message, s.Message), nil }

// pop removes the oldest.
func (q *queue) pop() {
	s := q.first()
	q.weight -= s.weight
	q.takeFacts(s)
	q.takeMessage(s)
	s.Journey, s.via = nil, nil
	q.head++
	q.n--
	if q.head == blockSize {
		if len(q.free) <= spareBlocks {
			q.free = append(q.free, q.blocks[0])
		}
		q.head = 0
		q.blocks = q.blocks[:copy(q.blocks, q.blocks[1:])]
	}
}

// copy makes f the slot's frame.
func (s *slot) copy(f *decode.Frame) {
	parts, facts, message, ended := s.Parts[:0], s.Facts[:0], s.Message[:0], s.Ended[:0]
	s.Frame = *f
	s.Parts, s.Facts = append(parts, f.Parts...), append(facts, f.Facts...)
	s.Message, s.Ended = append(message, f.Message...), append(ended, f.Ended...)
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

// firstWaits reports whether the oldest must stay, at the time and frame now.
func (q *queue) firstWaits(now time.Time, number int) bool {
	s := q.first()
	if !s.waits && !s.nameless() {
		return false
	}
	if q.waiting != s.Number {
		q.waiting, q.until = s.Number, s.Time.Add(maxWait)
	}
	return !now.After(q.until) && number-s.Number < maxWaitFrames && q.weight <= maxWaitFacts
}

// nameless reports whether it is not known yet whose journey l's connection is.
func (l *Label) nameless() bool { return l.via != nil && l.via.nameless() }

// drain hands over the frames at the head that are final by now.
func (a *Annotator) drain(now time.Time, number int) error {
	for !a.queue.empty() && !a.queue.firstWaits(now, number) {
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

// settleFragments gives the frames that brought the fragments of l's packet the label of the packet. What the packet
// says is told where it is whole.
func (a *Annotator) settleFragments(l *Labelled) {
	for _, number := range l.Fragments {
		s := a.queue.waiter(number, l.Time)
		if s == nil {
			continue
		}
		s.Label, s.waits = l.Label, false
		if l.InJourney() {
			s.Does, s.Reason, s.Implied = a.apart.part, a.apart.partReason, 0
			s.Lean, s.HasSince, s.Count, s.Detail = l.Number, false, 0, ""
		}
	}
}
