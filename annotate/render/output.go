package render

import "io"

// flushSize is how many bytes an output gathers before it writes them.
const flushSize = 64 << 10

// output gathers what is to be written. Renderers append to b.
type output struct {
	w io.Writer
	b []byte
}

// flushFull writes what was gathered once that is worth a system call.
func (o *output) flushFull() error {
	if len(o.b) < flushSize {
		return nil
	}
	return o.flush()
}

// flush writes what was gathered.
func (o *output) flush() error {
	if len(o.b) == 0 {
		return nil
	}
	_, err := o.w.Write(o.b)
	o.b = o.b[:0]
	return err
}
