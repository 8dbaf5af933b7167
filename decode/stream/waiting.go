package stream

import (
	"bytes"
	"slices"
	"sort"
	"time"
)

// waiting holds what stands behind the first hole of a stream: pieces, or
// nothing but the FIN.
type waiting struct {
	budget *Budget
	pieces []piece   // by offset; they do not overlap, and own their data
	cost   int       // of the pieces, as the limits count it
	since  time.Time // when bytes before the hole were delivered last
	acked  int64     // the receiver has all bytes before this offset
	ackAt  time.Time // when it acknowledged bytes behind the hole; zero when it did not
}

// overhead is what a piece costs beside its data.
const overhead = 64

func (p piece) cost() int { return len(p.data) + overhead }

// find is the index of the first piece that ends behind off.
func (w *waiting) find(off int64) int {
	return sort.Search(len(w.pieces), func(i int) bool { return w.pieces[i].end() > off })
}

// covered is the number of p's bytes that wait already.
func (w *waiting) covered(p piece) int {
	n := 0
	for _, q := range w.pieces[w.find(p.off):] {
		if q.off >= p.end() {
			break
		}
		n += q.from(p.off).until(p.end()).n
	}
	return n
}

// hold copies those bytes of p that do not wait already.
func (w *waiting) hold(p piece) {
	for i := w.find(p.off); p.n > 0; i++ {
		if i < len(w.pieces) && w.pieces[i].off <= p.off {
			p = p.from(w.pieces[i].end())
			continue
		}
		q := p
		if i < len(w.pieces) {
			q = p.until(w.pieces[i].off)
		}
		p = p.from(q.end())
		q.data = bytes.Clone(q.data)
		w.pieces = slices.Insert(w.pieces, i, q)
		w.cost += q.cost()
		w.budget.used += q.cost()
	}
}

// take removes the first piece.
func (w *waiting) take() piece {
	p := w.pieces[0]
	w.pieces[0] = piece{}
	w.pieces = w.pieces[1:]
	w.cost -= p.cost()
	w.budget.used -= p.cost()
	return p
}
