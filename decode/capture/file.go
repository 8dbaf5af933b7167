package capture

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"sync/atomic"
)

// File is a saved capture that is being read. It is a Source. Only Size and
// Read may be called while another goroutine is in Next.
type File struct {
	Name string // as it is to be called in messages

	format  format
	kind    string
	frame   Frame
	err     error // what Next gave in the end
	size    int64
	raw     *countingReader
	release []func()
}

// format reads the records of one file format.
type format interface {
	// next sets all of f but its number. When it fails, f.Offset is where the
	// record starts that it failed on.
	next(f *Frame) error
	// interfaces are those that the file has described so far.
	interfaces() []*Interface
}

// stdin is how the file name "-" is called in messages.
const stdin = "standard input"

// Open opens the capture file of that name; "-" is standard input. It reads as
// far as it must to know the format. A file that is no capture gives a
// *FormatError.
func Open(name string) (*File, error) { return openNamed(name, false) }

// OpenAhead is Open for who has a processor to spare: what is no pipe or device is decompressed in a goroutine
// of its own, some hundred kilobytes ahead; plain files the system reads ahead. The frames are the same.
func OpenAhead(name string) (*File, error) { return openNamed(name, true) }

func openNamed(name string, ahead bool) (*File, error) {
	if name == "-" {
		return open(stdin, os.Stdin, ahead)
	}
	file, err := os.Open(name)
	if err != nil {
		return nil, explain(name, err)
	}
	f, err := open(name, file, ahead)
	if err != nil {
		file.Close()
		return nil, err
	}
	f.release = append(f.release, func() { file.Close() })
	return f, nil
}

// explain keeps the cause and leaves out the name of the system call.
func explain(name string, err error) error {
	var pathErr *fs.PathError
	if errors.As(err, &pathErr) {
		err = pathErr.Err
	}
	return fmt.Errorf("%s: %w", name, err)
}

func open(name string, file *os.File, ahead bool) (*File, error) {
	info, err := file.Stat()
	if err != nil {
		return nil, explain(name, err)
	}
	if info.IsDir() {
		return nil, &FormatError{name, "is a directory"}
	}
	if !info.Mode().IsRegular() {
		return openReader(name, file, 0, false)
	}
	return openReader(name, file, info.Size(), ahead)
}

// OpenReader reads a capture from r, which it does not close; name is for
// messages.
func OpenReader(name string, r io.Reader) (*File, error) { return openReader(name, r, 0, false) }

// openReader reads a capture of size bytes; 0: nobody knows.
func openReader(name string, r io.Reader, size int64, ahead bool) (*File, error) {
	f := &File{Name: name, raw: &countingReader{r: r}, size: size}
	layers := layers{ahead: ahead, size: func() int64 { return cmp.Or(size, f.raw.n.Load()) }}
	raw := newInput(f.raw)
	in, err := layers.decompressed(raw)
	closeLayers := layers.close
	if err != nil {
		return nil, openError(name, raw, err)
	}
	f.format, f.kind, err = recognise(in)
	if err != nil {
		closeLayers()
		return nil, openError(name, raw, err)
	}
	f.release = append(f.release, closeLayers)
	return f, nil
}

// openError names the file; bytes that do not come are no fault of the format.
func openError(name string, raw *input, err error) error {
	if raw.err != nil && raw.err != io.EOF {
		return explain(name, raw.err)
	}
	return &FormatError{name, err.Error()}
}

// Next gives the next frame; it is valid until the call after. The error is
// io.EOF after the last frame and a *DamageError where the file can not be
// read any further; it stays the same from then on.
func (f *File) Next() (*Frame, error) {
	if f.err != nil {
		return nil, f.err
	}
	f.frame.FileNumber++
	f.frame.Number = f.frame.FileNumber
	if err := f.format.next(&f.frame); err != nil {
		f.err = f.nextError(err)
		return nil, f.err
	}
	return &f.frame, nil
}

func (f *File) nextError(err error) error {
	if err == io.EOF {
		return err
	}
	return &DamageError{File: f.Name, Offset: f.frame.Offset, Frame: f.frame.FileNumber, Err: err}
}

// Close releases the file; what Next gave before is not valid any longer.
func (f *File) Close() error {
	for _, release := range f.release {
		release()
	}
	f.release = nil
	if f.err == nil {
		f.err = fs.ErrClosed
	}
	return nil
}

// Size is how many bytes the file has on disk; 0 when that is not known, as of
// a pipe.
func (f *File) Size() int64 { return f.size }

// Read is how many of those bytes were read so far.
func (f *File) Read() int64 { return f.raw.n.Load() }

// Format is "pcap" or "pcapng".
func (f *File) Format() string { return f.kind }

// Interfaces are those that the file has described so far, of all sections.
func (f *File) Interfaces() []*Interface { return f.format.interfaces() }

// LinkTypes are those of Interfaces, each once, in their order.
func (f *File) LinkTypes() []LinkType {
	var list []LinkType
	seen := map[LinkType]bool{}
	for _, iface := range f.Interfaces() {
		if !seen[iface.LinkType] {
			seen[iface.LinkType] = true
			list = append(list, iface.LinkType)
		}
	}
	return list
}

// KeyLog is the TLS secrets that the file has brought so far, in the
// SSLKEYLOGFILE format. Only pcapng files have them, before the frames that
// they are for. Nil when there are none.
func (f *File) KeyLog() []byte {
	if g, ok := f.format.(*pcapngReader); ok {
		return g.keyLog
	}
	return nil
}

// countingReader counts for a progress display, which another goroutine may
// show.
type countingReader struct {
	r io.Reader
	n atomic.Int64
}

func (c *countingReader) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n.Add(int64(n))
	return n, err
}
