package block

import (
	"time"
	"unicode/utf8"
)

// Codes of options (sections 3.5, 4.1 to 4.3 and 4.6).
const (
	optEnd     = 0
	optComment = 1

	optHardware    = 2
	optSystem      = 3
	optApplication = 4

	optName            = 2
	optDescription     = 3
	optResolution      = 9
	optFilter          = 11
	optInterfaceSystem = 12

	optDropped = 4

	optStarted          = 2
	optEnded            = 3
	optReceived         = 4
	optInterfaceDropped = 5
	optSystemDropped    = 7
	optDelivered        = 8
)

// maxOption is how many bytes the value of an option may have.
const maxOption = 1<<16 - 1

// Option is one option of a block. A value that is too long is cut: text at
// the start of a character.
type Option struct {
	code  uint16
	value []byte
}

// Comment is text for people (opt_comment); any block may have several.
func Comment(text string) Option { return text16(optComment, text) }

// Hardware, System and Application say what captured (of a section).
func Hardware(text string) Option    { return text16(optHardware, text) }
func System(text string) Option      { return text16(optSystem, text) }
func Application(text string) Option { return text16(optApplication, text) }

// Name and Description are those of an interface.
func Name(text string) Option        { return text16(optName, text) }
func Description(text string) Option { return text16(optDescription, text) }

// Filter is the capture filter of an interface, in the language of libpcap.
func Filter(text string) Option { return text16(optFilter, "\x00"+text) } // 0: a string of libpcap

// InterfaceSystem is the operating system of the machine that an interface is in.
func InterfaceSystem(text string) Option { return text16(optInterfaceSystem, text) }

// Dropped is how many frames were lost between the frame before of the same interface and this one.
func Dropped(n uint64) Option { return count(optDropped, n) }

// Started and Ended are when the capture did.
func Started(at time.Time) Option { return instant(optStarted, at) }
func Ended(at time.Time) Option   { return instant(optEnded, at) }

// Received is how many frames the interface got, InterfaceDropped how many of
// them it dropped itself, SystemDropped how many the operating system did,
// Delivered how many were handed to the program.
func Received(n uint64) Option         { return count(optReceived, n) }
func InterfaceDropped(n uint64) Option { return count(optInterfaceDropped, n) }
func SystemDropped(n uint64) Option    { return count(optSystemDropped, n) }
func Delivered(n uint64) Option        { return count(optDelivered, n) }

func text16(code uint16, text string) Option { return Option{code, cut([]byte(text))} }

// cut is as much of text as an option has room for.
func cut(text []byte) []byte {
	if len(text) <= maxOption {
		return text
	}
	n := maxOption
	for n > 0 && !utf8.RuneStart(text[n]) {
		n--
	}
	return text[:n]
}

func count(code uint16, n uint64) Option { return Option{code, order.AppendUint64(nil, n)} }

func instant(code uint16, at time.Time) Option {
	return Option{code, appendTime(nil, at.UnixNano())}
}

func appendOption(b []byte, o *Option) []byte {
	b = order.AppendUint16(b, o.code)
	b = order.AppendUint16(b, uint16(len(o.value)))
	return pad(append(b, o.value...), len(o.value))
}

// appendOptions appends a list of options and what ends it. The block that begins at
// start may have some already: an interface always has.
func appendOptions(b []byte, start int, options []Option) []byte {
	if len(options) == 0 && order.Uint32(b[start:]) != typeInterface {
		return b
	}
	for i := range options {
		b = appendOption(b, &options[i])
	}
	return appendOption(b, &Option{code: optEnd})
}
