package stream

import "time"

// Segment is what a Half needs to know of a TCP segment.
type Segment struct {
	Frame         int
	Time          time.Time
	Seq           uint32
	SYN, FIN, RST bool
	Payload       []byte // as far as it was captured; used during the call only
	Len           int    // bytes of payload on the wire; more than len(Payload) when the frame was cut
}

// Chunk is a run of bytes of the stream, or a gap in it. Chunks come in order
// and together cover the stream.
type Chunk struct {
	Frame int    // that brought Data, or was cut where the gap is; 0 for bytes of which no frame was captured
	Off   int64  // of the first byte: 0 is the byte after the SYN, or the first one seen of a stream joined late
	Data  []byte // valid during the call only; nil for a gap
	Gap   int    // bytes that were never captured; 0 for data
	Late  bool   // it had to wait for bytes before it
}

// Half is one direction of a TCP connection. The zero value is ready. One that
// is given up must be flushed, so that its Budget is free for others.
type Half struct {
	next    int64    // offset of the first byte that was not delivered
	seen    int64    // offset behind the last byte seen
	fin     int64    // the stream's length; valid iff ended
	waiting *waiting // what came too early; not nil iff there is a hole
	base    uint32   // sequence number of offset 0
	started bool
	ended   bool // a FIN was seen
	bare    bool // it began with a segment without payload, and none with payload has come
}

// Started reports whether a segment was seen, so that offsets are known.
func (h *Half) Started() bool { return h.started }

// Next is the offset of the first byte that was not delivered yet: all before it were.
func (h *Half) Next() int64 { return h.next }

// Base is the sequence number of offset 0.
func (h *Half) Base() uint32 { return h.base }

// FIN gives the length of the stream when its end was seen.
func (h *Half) FIN() (length int64, ok bool) { return h.fin, h.ended }

// Closed reports whether all bytes up to the FIN were delivered.
func (h *Half) Closed() bool { return h.ended && h.next >= h.fin }

// Off is the offset in the stream of the byte with the sequence number seq. Of
// the offsets that it may stand for, 2^32 apart, it is the one closest to Next
// (serial arithmetic, RFC 9293 section 3.4).
func (h *Half) Off(seq uint32) int64 {
	return h.next + int64(int32(seq-(h.base+uint32(h.next))))
}

// Add takes a segment. It delivers the segment's bytes, if it is their turn, and
// those that waited for them. The bytes of a RST are an error text and no part of the
// stream (RFC 9293 section 3.5.3).
func (h *Half) Add(s Segment, b *Budget, deliver func(Chunk)) Verdict {
	control := s.SYN || s.FIN || s.RST
	if !control && s.Len > 0 && s.Len == len(s.Payload) {
		if off, ok := h.Advance(s.Seq, s.Len); ok {
			deliver(Chunk{Frame: s.Frame, Off: off, Data: s.Payload})
			return 0
		}
	}
	if s.RST || !control && len(s.Payload) == 0 && s.Len == 0 && h.Bare(s.Seq) {
		return 0
	}
	return h.add(&s, b, deliver)
}

// Advance is Add for what most segments bring: n bytes, at least one and all captured, from the sequence number seq on and
// no SYN, FIN or RST. It reports whether they are the next of a stream without a hole, and off, the offset
// of the first; otherwise it does nothing. The caller has the bytes, so that none are delivered.
func (h *Half) Advance(seq uint32, n int) (off int64, ok bool) {
	off = h.next
	if !h.started || h.waiting != nil || h.ended || seq != h.base+uint32(off) {
		return 0, false
	}
	h.next += int64(n)
	h.seen = h.next
	return off, true
}

// Bare reports whether a segment without payload, SYN, FIN and RST at the sequence number seq says nothing of the
// stream: it only acknowledges, and Add would do nothing.
func (h *Half) Bare(seq uint32) bool {
	return h.started && h.waiting == nil && seq != h.base+uint32(h.seen)-1
}

// add takes any segment but a RST.
func (h *Half) add(s *Segment, b *Budget, deliver func(Chunk)) Verdict {
	seq := s.Seq
	if s.SYN {
		seq++ // the SYN itself has a number (RFC 9293 section 3.4)
	}
	if !h.started {
		h.base, h.started = seq, true
		h.bare = s.Len == 0 && !s.SYN && !s.FIN
	}
	if h.bare && s.Len > 0 {
		h.findStart(seq, s.Len)
	}
	p := piece{off: h.Off(seq), n: max(s.Len, len(s.Payload)), data: s.Payload, frame: s.Frame}
	v := h.judge(p, s.SYN || s.FIN)
	if s.FIN {
		h.finAt(p.end())
	}
	if p.n > 0 {
		h.put(p, s.Time, b, deliver)
	}
	if h.ended && h.next < h.fin {
		h.wait(s.Time, b)
	}
	if h.waiting != nil {
		h.giveUp(s.Time, deliver)
	}
	if p.n > 0 && p.end() > h.next {
		v |= Ahead
	}
	return v
}

// maxRewind is how far before the segment that a stream was joined at its first bytes may stand: a
// window without scaling (RFC 9293 section 3.1).
const maxRewind = 1<<16 - 1

// findStart moves the start of a stream that was joined at a segment without payload to the first
// byte that comes: behind a keep-alive probe, whose number is one before the next byte's and which
// may have a byte of its own (RFC 9293 section 3.8.4), or before a segment that overtook it or that it
// is repeated behind.
func (h *Half) findStart(seq uint32, n int) {
	if n == 1 && seq+1 == h.base {
		return
	}
	h.bare = false
	if h.next != 0 || h.seen != 0 || h.waiting != nil || h.ended {
		return
	}
	if back := int32(h.base - seq); back >= -1 && back <= maxRewind {
		h.base = seq
	}
}

// judge compares p with what was seen; control says that the segment has a SYN or FIN.
func (h *Half) judge(p piece, control bool) Verdict {
	if p.n <= 1 && p.off == h.seen-1 && !control {
		return KeepAlive
	}
	if p.n == 0 {
		return 0
	}
	fresh := h.fresh(p)
	if fresh == 0 {
		return Retransmission
	}
	var v Verdict
	if fresh < p.n {
		v |= Partial
	}
	if beyond := max(0, p.end()-max(h.seen, p.off)); int64(fresh) > beyond {
		v |= OutOfOrder
	}
	return v
}

// fresh is the number of bytes of p that were not seen before.
func (h *Half) fresh(p piece) int {
	p = p.from(h.next)
	if h.waiting == nil || p.n == 0 {
		return p.n
	}
	return p.n - h.waiting.covered(p)
}

// finAt notes where the stream ends. A FIN before bytes that were seen is not believed,
// and the first of several counts.
func (h *Half) finAt(off int64) {
	if !h.ended && off >= h.seen {
		h.fin, h.ended = off, true
	}
}

// put delivers the bytes of p whose turn it is, and those that they set free.
// The others wait.
func (h *Half) put(p piece, now time.Time, b *Budget, deliver func(Chunk)) {
	h.seen = max(h.seen, p.end())
	for p = p.from(h.next); p.n > 0; p = p.from(h.next) {
		if p.off > h.next {
			h.wait(now, b).hold(p)
			return
		}
		h.deliver(h.beforeWaiting(p), false, deliver)
		h.drain(now, deliver)
	}
}

// beforeWaiting is what of p, which starts at next, stands before the bytes that
// wait. Of bytes that came twice the first copy counts.
func (h *Half) beforeWaiting(p piece) piece {
	if h.waiting == nil || len(h.waiting.pieces) == 0 {
		return p
	}
	return p.until(h.waiting.pieces[0].off)
}

// deliver hands p, which starts at next, to its reader: what was captured, then the gap.
func (h *Half) deliver(p piece, late bool, deliver func(Chunk)) {
	h.next = p.end()
	if len(p.data) > 0 {
		deliver(Chunk{Frame: p.frame, Off: p.off, Data: p.data, Late: late})
	}
	if gap := p.n - len(p.data); gap > 0 {
		deliver(Chunk{Frame: p.frame, Off: p.off + int64(len(p.data)), Gap: gap, Late: late})
	}
}
