package capture

import "fmt"

// DamageError says where a capture can not be read any further. All frames
// before that place were given out.
type DamageError struct {
	File   string
	Offset int64 // where the record that can not be read starts, in the decompressed file
	Frame  int   // number of the frame that it would have been, or that would have followed
	Err    error
}

// Error formats like "a.pcap: cut short at byte 1234, at frame 17: the record
// has 96 bytes, 31 are left".
func (e *DamageError) Error() string {
	how := "damaged"
	if e.Cut() {
		how = "cut short"
	}
	return fmt.Sprintf("%s: %s at byte %d, at frame %d: %v", e.File, how, e.Offset, e.Frame, e.Err)
}

// Cut reports whether the file just ends too early, as that of a capture that
// is still being written.
func (e *DamageError) Cut() bool { return isShort(e.Err) }

// Unwrap gives the cause; io.ErrUnexpectedEOF is in its chain when Cut.
func (e *DamageError) Unwrap() error { return e.Err }

// FormatError says that a file is no capture that we can read.
type FormatError struct {
	File string
	What string // as in "is empty"; may hold bytes of the file, quoted
}

// Error formats like "a.txt: is empty".
func (e *FormatError) Error() string { return e.File + ": " + e.What }
