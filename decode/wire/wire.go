// Package wire is the only place that slices bytes of a message. A Cursor
// reads fields in the order in which a standard lists them, remembers the
// first failure with the name and place of the field, and never reads outside
// the bytes that it was given.
package wire

import (
	"errors"
	"fmt"
)

// Span is a range of bytes, counted from the start of the message.
type Span struct{ Off, Len int }

// End is the offset of the first byte after the span.
func (s Span) End() int { return s.Off + s.Len }

var (
	// ErrShort says that the message ends before the field does. Together with
	// a frame that was cut by the snap length it means that we did not capture
	// the field; otherwise the sender broke the rules.
	ErrShort = errors.New("message ends")
	// ErrMalformed says that the bytes are there but break the standard.
	ErrMalformed = errors.New("malformed")
)

// Error says which field of which protocol could not be read, and where.
type Error struct {
	Proto string // lower case, as in "dns"
	Field string // as in "answer[0].rdata"
	Span  Span   // what the field should have covered
	Err   error  // ErrShort, ErrMalformed, or an error that wraps one of them
}

// Error formats like "dns: answer[0].rdata: 4 bytes at offset 41: message ends".
func (e *Error) Error() string {
	return fmt.Sprintf("%s: %s: %d bytes at offset %d: %v", e.Proto, e.Field, e.Span.Len, e.Span.Off, e.Err)
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }
