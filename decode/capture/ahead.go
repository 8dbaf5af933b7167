package capture

import "io"

// Read-ahead holds so many pieces of such a size.
const (
	aheadPieces = 3
	aheadSize   = 256 << 10
)

// ahead reads from a reader in a goroutine of its own, some pieces before they are asked for.
type ahead struct {
	full    chan aheadPiece
	empty   chan []byte
	stop    chan struct{}
	done    chan struct{}
	current []byte // what is left of the newest piece
	buffer  []byte // of the newest piece, to be given back
	err     error  // behind current
}

// aheadPiece is what one read gave.
type aheadPiece struct {
	buffer []byte
	n      int
	err    error
}

// readAhead begins to read from r, which nobody else may use until close.
func readAhead(r io.Reader) *ahead {
	a := &ahead{
		full: make(chan aheadPiece, aheadPieces), empty: make(chan []byte, aheadPieces),
		stop: make(chan struct{}), done: make(chan struct{}),
	}
	for range aheadPieces {
		a.empty <- make([]byte, aheadSize)
	}
	go a.read(r)
	return a
}

func (a *ahead) read(r io.Reader) {
	defer close(a.done)
	for {
		select {
		case b := <-a.empty:
			n, err := r.Read(b)
			a.full <- aheadPiece{b, n, err} // there is room: not more pieces are about
			if err != nil {
				return
			}
		case <-a.stop:
			return
		}
	}
}

// Read implements io.Reader.
func (a *ahead) Read(p []byte) (int, error) {
	for len(a.current) == 0 && a.err == nil {
		if a.buffer != nil {
			a.empty <- a.buffer
		}
		next := <-a.full
		a.current, a.buffer, a.err = next.buffer[:next.n], next.buffer, next.err
	}
	if len(a.current) == 0 {
		return 0, a.err
	}
	n := copy(p, a.current)
	a.current = a.current[n:]
	return n, nil
}

// close ends the reading, and returns once nothing is read any more.
func (a *ahead) close() {
	close(a.stop)
	<-a.done
}
