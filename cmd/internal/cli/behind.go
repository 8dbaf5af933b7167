package cli

import "io"

// Writing behind holds so many pieces of output.
const behindPieces = 2

// behind writes in a goroutine of its own what is given to it, in order. An error of that comes with the next
// Write, or with end.
type behind struct {
	full  chan []byte
	empty chan []byte
	done  chan error
	err   error
}

// writeBehind begins to write to w, which nobody else may use until end.
func writeBehind(w io.Writer) *behind {
	b := &behind{full: make(chan []byte, behindPieces), empty: make(chan []byte, behindPieces), done: make(chan error, 1)}
	for range behindPieces {
		b.empty <- nil
	}
	go b.write(w)
	return b
}

func (b *behind) write(w io.Writer) {
	var err error
	for piece := range b.full {
		if err == nil {
			_, err = w.Write(piece)
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
	if err := b.failed(); err != nil {
		return 0, err
	}
	b.full <- append(<-b.empty, p...)
	return len(p), nil
}

// Take implements render.Taker.
func (b *behind) Take(p []byte) ([]byte, error) {
	if err := b.failed(); err != nil {
		return p[:0], err
	}
	next := <-b.empty
	b.full <- p
	return next, nil
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
	close(b.full)
	for err := range b.done {
		if b.err == nil {
			b.err = err
		}
	}
	return b.err
}
