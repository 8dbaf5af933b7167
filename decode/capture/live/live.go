// Package live captures on the interfaces of this machine, lists them and compiles filters. It
// is the only door to libpcap, which needs cgo. In a build without it the package is there
// and says so when it is asked for something.
package live

import (
	"errors"
	"fmt"
	"time"
)

// ErrNoLibpcap says that this program was built without libpcap.
var ErrNoLibpcap = errors.New("this build has no libpcap: it needs a build with cgo")

// ErrIdle says that no frame came within Wait. The next call may give one.
var ErrIdle = errors.New("no frame came")

// Wait is how long a call waits for a frame.
const Wait = 50 * time.Millisecond

// Any is the device that stands for all interfaces; Linux has it.
const Any = "any"

// What is captured unless the user says otherwise.
const (
	DefaultSnapLen = 262144   // libpcap's MAXIMUM_SNAPLEN: no frame is longer
	DefaultBuffer  = 64 << 20 // bytes of the kernel's ring: about a second of a busy gigabit link
)

// Options say what to capture.
type Options struct {
	Device      string
	Filter      string // in the language of libpcap; "": every frame
	SnapLen     int    // bytes of each frame
	Buffer      int    // bytes that the kernel keeps
	Promiscuous bool   // also frames for others; Any never is
	Immediate   bool   // hand each frame over at once, not in batches
}

// RightsError says that the program may not capture.
type RightsError struct{ Device string }

func (e *RightsError) Error() string {
	return fmt.Sprintf("%s: capturing needs the capability CAP_NET_RAW", e.Device)
}

// FilterError says that libpcap does not take a filter.
type FilterError struct {
	Expr string
	Err  error
}

func (e *FilterError) Error() string { return fmt.Sprintf("filter %q: %v", e.Expr, e.Err) }
func (e *FilterError) Unwrap() error { return e.Err }

// LostError says that a device gives no more frames: it was taken down or away.
type LostError struct {
	Device string
	Err    error
}

func (e *LostError) Error() string { return fmt.Sprintf("%s: %v", e.Device, e.Err) }
func (e *LostError) Unwrap() error { return e.Err }
