package capture

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// maxLayers is how often a capture may be compressed one around the other.
const maxLayers = 2

// maxZstdWindow is the memory that a zstd frame may ask for: what the zstd
// program itself accepts without being told to (RFC 8878 section 3.1.1.1.2
// recommends at least 8 MiB).
const maxZstdWindow = 128 << 20

// A file may grow to so many times its size when it is decompressed: captures grow to less than 100 times. What it
// grows to at first does not count: that is read in a moment.
const (
	maxRatio   = 500
	freeGrowth = 64 << 20
)

// errBomb says that a file grows to more than maxRatio times its size.
var errBomb = errors.New("the limit of decompression")

const gzipBufferSize = 64 << 10

var errTooManyLayers = fmt.Errorf("is compressed more than %d times", maxLayers)

// compression is one way in which a file may be compressed.
type compression struct {
	name  string
	magic func(head []byte) bool
	open  func(in *input) (io.Reader, func(), error)
}

var compressions = []compression{
	{"gzip", isGzip, openGzip},
	{"zstd", isZstd, openZstd},
}

// isGzip knows ID1, ID2 and the only method there is (RFC 1952 section 2.3.1).
func isGzip(head []byte) bool { return bytes.HasPrefix(head, []byte{0x1f, 0x8b, 8}) }

// isZstd knows zstd frames and skippable frames, with which parallel
// compressors start their files (RFC 8878 sections 3.1.1 and 3.1.2).
func isZstd(head []byte) bool {
	if len(head) < 4 {
		return false
	}
	magic := littleEndian.uint32(head)
	return magic == 0xfd2fb528 || magic&^0xf == 0x184d2a50
}

func openGzip(in *input) (io.Reader, func(), error) {
	r, err := gzip.NewReader(bufio.NewReaderSize(in, gzipBufferSize)) // faster on a bufio.Reader than on others
	if err != nil {
		return nil, nil, err
	}
	return r, func() { r.Close() }, nil
}

func openZstd(in *input) (io.Reader, func(), error) {
	r, err := zstd.NewReader(in, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(maxZstdWindow))
	if err != nil {
		return nil, nil, err
	}
	return r, r.Close, nil
}

// layers are the streams of a file, the outermost first.
type layers struct {
	ahead  bool         // each but the file itself is read in a goroutine of its own
	size   func() int64 // of the file; while that is not known, how much of it was read
	closes []func()     // what ends them, the outermost first
}

// input is a window on the stream r.
func (l *layers) input(r io.Reader) *input {
	if l.ahead {
		a := readAhead(r)
		l.closes = append(l.closes, a.close)
		r = a
	}
	return newInput(r)
}

// close ends all streams, the innermost first: each reads from the one around it.
func (l *layers) close() {
	for i := len(l.closes) - 1; i >= 0; i-- {
		l.closes[i]()
	}
}

// decompressed gives the innermost stream of in. On an error all are closed.
func (l *layers) decompressed(in *input) (*input, error) {
	for layer := 0; ; layer++ {
		c := compressionOf(in)
		if c == nil {
			return in, nil
		}
		if layer == maxLayers {
			l.close()
			return nil, errTooManyLayers
		}
		r, closeThis, err := c.open(in)
		if err != nil {
			l.close()
			return nil, fmt.Errorf("has a damaged %s header: %w", c.name, err)
		}
		l.closes = append(l.closes, closeThis)
		in = l.input(&layerReader{name: c.name, r: r, size: l.size})
	}
}

// compressionOf tells by the first bytes; nil when in is not compressed.
func compressionOf(in *input) *compression {
	head, _ := in.peek(in.available(4))
	for i := range compressions {
		if compressions[i].magic(head) {
			return &compressions[i]
		}
	}
	return nil
}

// layerReader says of errors in which layer they arose.
type layerReader struct {
	name string
	r    io.Reader
	size func() int64 // of the file, as in layers
	n    int64        // bytes that it grew to so far
}

func (l *layerReader) Read(p []byte) (int, error) {
	n, err := l.r.Read(p)
	l.n += int64(n)
	switch {
	case l.n > freeGrowth && l.n/maxRatio > l.size():
		return 0, &layerError{fmt.Sprintf("%s data: grows to more than %d times the file: it may be a bomb (decompressed by hand it is read)", l.name, maxRatio), errBomb}
	case err == nil || err == io.EOF:
		return n, err
	case errors.Is(err, io.ErrUnexpectedEOF):
		return n, &layerError{l.name + " data ends early", err}
	}
	return n, &layerError{l.name + " data: " + err.Error(), err}
}

// layerError is a failure to decompress.
type layerError struct {
	text string
	err  error
}

func (e *layerError) Error() string { return e.text }
func (e *layerError) Unwrap() error { return e.err }
