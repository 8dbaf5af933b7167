package quic

import "slices"

// assembler puts the bytes of one stream, or of one encryption level's CRYPTO
// frames, in order (RFC 9000 section 2.2). Frames may come in any order, twice and overlapping.
type assembler struct {
	next   uint64  // offset of the first byte that was not delivered
	pieces []piece // that came too early, by offset
	held   int     // bytes in them
	final  uint64  // length of the stream; valid iff ends
	ends   bool
	lost   bool // it was given up: too much came too early
	done   bool // delivered to its end, or broken off
}

// piece is bytes that wait for those before them.
type piece struct {
	off  uint64
	data []byte
}

func (p *piece) end() uint64 { return p.off + uint64(len(p.data)) }

// maxPieces bounds the pieces of one stream that wait. A ClientHello is
// sent in about thirty by clients that shuffle it.
const maxPieces = 128

// add takes data at offset off and calls deliver with what is in order now; deliver does not keep it. It
// reports whether any byte is new. Bytes that wait are taken from the budget.
func (a *assembler) add(off uint64, data []byte, most int, budget *budget, deliver func([]byte)) (fresh bool) {
	if a.lost || a.done {
		return false
	}
	if end := off + uint64(len(data)); end <= a.next {
		return false
	}
	if off > a.next {
		return a.keep(off, data, most, budget)
	}
	a.deliver(data[a.next-off:], deliver)
	a.drain(budget, deliver)
	return true
}

func (a *assembler) deliver(data []byte, deliver func([]byte)) {
	a.next += uint64(len(data))
	deliver(data)
}

// drain delivers the pieces whose turn has come.
func (a *assembler) drain(budget *budget, deliver func([]byte)) {
	n := 0
	for ; n < len(a.pieces) && a.pieces[n].off <= a.next; n++ {
		p := &a.pieces[n]
		a.free(len(p.data), budget)
		if p.end() > a.next {
			a.deliver(p.data[a.next-p.off:], deliver)
		}
	}
	a.pieces = slices.Delete(a.pieces, 0, n)
	if len(a.pieces) == 0 {
		a.pieces = nil
	}
}

// keep stores bytes that came too early. A piece wholly inside another says nothing new.
func (a *assembler) keep(off uint64, data []byte, most int, budget *budget) bool {
	at, _ := slices.BinarySearchFunc(a.pieces, off, func(p piece, off uint64) int {
		if p.off < off {
			return -1
		}
		return 1
	})
	end := off + uint64(len(data))
	if at > 0 && a.pieces[at-1].end() >= end || len(data) == 0 {
		return false
	}
	for at < len(a.pieces) && a.pieces[at].end() <= end {
		a.free(len(a.pieces[at].data), budget)
		a.pieces = slices.Delete(a.pieces, at, at+1)
	}
	if len(a.pieces) == maxPieces || a.held+len(data) > most || !budget.take(len(data)) {
		a.giveUp(budget)
		return false
	}
	a.held += len(data)
	a.pieces = slices.Insert(a.pieces, at, piece{off, slices.Clone(data)})
	return true
}

func (a *assembler) free(n int, budget *budget) {
	a.held -= n
	budget.give(n)
}

// giveUp drops what waits: the bytes before it are not expected any more.
func (a *assembler) giveUp(budget *budget) {
	a.free(a.held, budget)
	a.pieces, a.lost = nil, true
}

// budget bounds the bytes that wait in all connections together.
type budget struct{ held int }

// maxHeld is the limit of a budget.
const maxHeld = 64 << 20

func (b *budget) take(n int) bool {
	if b.held+n > maxHeld {
		return false
	}
	b.held += n
	return true
}

func (b *budget) give(n int) { b.held -= n }
