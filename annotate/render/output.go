package render

import "io"

// flushSize is how many bytes an output gathers before it writes them.
const flushSize = 256 << 10

// Flusher is a renderer that can write at once what it has gathered, for when the
// input makes it wait.
type Flusher interface{ Flush() error }

// Taker is a writer that keeps what it is given, and gives other memory back for it: it copies nothing.
type Taker interface {
	// Take writes all of b, which is the Taker's from now on. The slice that it returns is
	// empty, and the caller's until it is given in turn.
	Take(b []byte) ([]byte, error)
}

// output gathers what is to be written. Renderers append to b.
type output struct {
	w   io.Writer
	b   []byte
	err error // the first of w; nothing is written after it
}

// flushFull writes what was gathered once that is worth a system call.
func (o *output) flushFull() error {
	if len(o.b) < flushSize && o.err == nil {
		return nil
	}
	return o.flush()
}

// flush writes what was gathered.
func (o *output) flush() error {
	if len(o.b) > 0 && o.err == nil {
		if w, ok := o.w.(Taker); ok {
			o.b, o.err = w.Take(o.b)
		} else {
			_, o.err = o.w.Write(o.b)
		}
	}
	o.b = o.b[:0]
	return o.err
}
