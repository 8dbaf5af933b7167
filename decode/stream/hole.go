package stream

import "time"

// When a hole is given up.
const (
	// HoleTime is how long a hole may stand while nothing before it arrives.
	// A sender repeats a lost segment after 1 s at first, then after twice as long
	// each time (RFC 6298 sections 2 and 5).
	HoleTime = 5 * time.Second
	// AckGrace is how long a hole may stand after the receiver has acknowledged
	// the bytes behind it: captures may show segments and their
	// acknowledgements the other way round.
	AckGrace = 10 * time.Millisecond
	// MaxWaiting is how many bytes (and what it costs to keep them) may wait in one direction of a connection.
	MaxWaiting = 1 << 20
	// MaxPieces is how many segments may wait in one direction of a connection.
	MaxPieces = 1024
	// DefaultBudget is how many bytes may wait in all connections of a Budget.
	DefaultBudget = 64 << 20
)

// Budget bounds the bytes that wait in all halves that share it. The zero value
// is ready and allows DefaultBudget bytes.
type Budget struct {
	Limit   int // bytes; 0 means DefaultBudget
	used    int
	skipped int // holes that were given up because too much waited behind them
}

// Skipped is how many holes were given up early, because more waited than may.
func (b *Budget) Skipped() int { return b.skipped }

func (b *Budget) exceeded() bool {
	limit := b.Limit
	if limit == 0 {
		limit = DefaultBudget
	}
	return b.used > limit
}

// Used is the number of bytes that wait, with what it costs to keep them.
func (b *Budget) Used() int { return b.used }

// wait makes ready for bytes that come too early.
func (h *Half) wait(now time.Time, b *Budget) *waiting {
	if h.waiting == nil {
		h.waiting = &waiting{budget: b, since: now}
	}
	return h.waiting
}

// holeEnd is the offset of the first byte behind the hole, or of the FIN.
func (h *Half) holeEnd() int64 {
	if w := h.waiting; len(w.pieces) > 0 {
		return w.pieces[0].off
	}
	return h.fin
}

// drain delivers what waited and is next now, and looks whether there is
// still a hole.
func (h *Half) drain(now time.Time, deliver func(Chunk)) {
	w := h.waiting
	if w == nil {
		return
	}
	for len(w.pieces) > 0 && w.pieces[0].off == h.next {
		h.deliver(w.take(), true, deliver)
	}
	if len(w.pieces) == 0 && !(h.ended && h.next < h.fin) {
		h.waiting = nil
		return
	}
	w.since = now
	if h.holeEnd() > w.acked {
		w.ackAt = time.Time{}
	}
}

// Acked takes note that the receiver has acknowledged all bytes before the
// sequence number ack. Bytes that it has and that were not captured will not come any more.
func (h *Half) Acked(ack uint32, at time.Time, deliver func(Chunk)) {
	w := h.waiting
	if w == nil {
		return
	}
	w.acked = max(w.acked, min(h.Off(ack), max(h.seen, h.fin)))
	if w.acked >= h.holeEnd() && w.ackAt.IsZero() {
		w.ackAt = at
	}
	h.giveUp(at, deliver)
}

// giveUp skips the holes that nothing will fill any more or that can wait no longer.
func (h *Half) giveUp(now time.Time, deliver func(Chunk)) {
	w := h.waiting
	if !w.ackAt.IsZero() && now.Sub(w.ackAt) >= AckGrace {
		for h.waiting != nil && h.holeEnd() <= w.acked {
			h.skip(now, deliver)
		}
	}
	if h.waiting != nil && now.Sub(w.since) >= HoleTime {
		h.skip(now, deliver)
	}
	for h.waiting != nil && w.tooMuch() {
		w.budget.skipped++
		h.skip(now, deliver)
	}
}

// tooMuch reports whether more waits than may.
func (w *waiting) tooMuch() bool {
	return w.cost > MaxWaiting || len(w.pieces) > MaxPieces || len(w.pieces) > 0 && w.budget.exceeded()
}

// skip makes the hole a gap and delivers what waited behind it.
func (h *Half) skip(now time.Time, deliver func(Chunk)) {
	off, end := h.next, h.holeEnd()
	h.next, h.seen = end, max(h.seen, end)
	deliver(Chunk{Off: off, Gap: int(end - off)})
	h.drain(now, deliver)
}

// Flush delivers all that still waits, the holes as gaps: the capture or the
// connection has ended.
func (h *Half) Flush(deliver func(Chunk)) {
	for h.waiting != nil {
		h.skip(h.waiting.since, deliver)
	}
}
