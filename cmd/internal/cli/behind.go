package cli

import (
	"io"
	"time"
)

const (
	// Writing behind holds so many pieces of output.
	behindPieces = 2
	// handover is how long a write may take before it is worth to hand it to a goroutine: waking that costs about as much.
	handover = 20 * time.Microsecond
	// slowWrites is how many more writes must have taken longer than that than have not.
	slowWrites = 4
)

// behind writes what is given to it, in order. It begins to do so at once; when that takes long, as it does for
// most outputs but the null device, a goroutine of its own goes on. An error of that comes with the next Write, or with end.
type behind struct {
	w     io.Writer
	slow  int
	full  chan []byte // nil: no goroutine yet
	empty chan []byte
	done  chan error
	err   error
}

// writeBehind begins to write to w, which nobody else may use until end.
func writeBehind(w io.Writer) *behind { return &behind{w: w} }

// start begins the goroutine.
func (b *behind) start() {
	b.full, b.empty, b.done = make(chan []byte, behindPieces), make(chan []byte, behindPieces), make(chan error, 1)
	for range behindPieces {
		b.empty <- nil
	}
	go b.write()
}

func (b *behind) write() {
	var err error
	for piece := range b.full {
		if err == nil {
			_, err = b.w.Write(piece)
		}
		if err != nil {
			select {
			case b.done <- err:
			default:
			}
		}
		b.empty <- piece[:0]
	}
	close(b.done)
}

// Write implements io.Writer.
func (b *behind) Write(p []byte) (int, error) {
	if b.full == nil {
		return b.writeNow(p)
	}
	if err := b.failed(); err != nil {
		return 0, err
	}
	b.full <- append(<-b.empty, p...)
	return len(p), nil
}

// Take implements render.Taker.
func (b *behind) Take(p []byte) ([]byte, error) {
	if b.full == nil {
		_, err := b.writeNow(p)
		return p[:0], err
	}
	if err := b.failed(); err != nil {
		return p[:0], err
	}
	next := <-b.empty
	b.full <- p
	return next, nil
}

// writeNow writes p at once, and begins the goroutine if such writes take long.
func (b *behind) writeNow(p []byte) (n int, err error) {
	if b.err != nil {
		return 0, b.err
	}
	began := time.Now()
	n, b.err = b.w.Write(p)
	if time.Since(began) > handover {
		b.slow++
	} else if b.slow > 0 {
		b.slow--
	}
	if b.slow >= slowWrites && b.err == nil {
		b.start()
	}
	return n, b.err
}

// failed is the error of what was written by now.
func (b *behind) failed() error {
	select {
	case err, ok := <-b.done:
		if ok {
			b.err = err
		}
	default:
	}
	return b.err
}

// end returns once everything is written.
func (b *behind) end() error {
	if b.full == nil {
		return b.err
	}
	close(b.full)
	for err := range b.done {
		if b.err == nil {
			b.err = err
		}
	}
	return b.err
}
