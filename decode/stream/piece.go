package stream

// piece is a run of bytes that one frame brought.
type piece struct {
	off   int64  // in the stream
	n     int    // bytes on the wire
	data  []byte // the first of them, as far as they were captured
	frame int
}

// end is the offset behind the last byte.
func (p piece) end() int64 { return p.off + int64(p.n) }

// from is what stands at off and behind it; it may be empty.
func (p piece) from(off int64) piece {
	skip := off - p.off
	if skip <= 0 {
		return p
	}
	if skip >= int64(p.n) {
		return piece{off: off, frame: p.frame}
	}
	p.off, p.n = off, p.n-int(skip)
	p.data = p.data[min(int(skip), len(p.data)):]
	return p
}

// until is what stands before off; it may be empty.
func (p piece) until(off int64) piece {
	if off >= p.end() {
		return p
	}
	p.n = max(0, int(off-p.off))
	p.data = p.data[:min(p.n, len(p.data))]
	return p
}
