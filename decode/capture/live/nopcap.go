//go:build !cgo || windows

package live

import (
	"golang.org/x/net/bpf"

	"github.com/pktjourney/pktjourney/decode/capture"
)

// CompileFilter fails: only libpcap knows the language of filters.
func CompileFilter(string, capture.LinkType, int) ([]bpf.RawInstruction, error) {
	return nil, ErrNoLibpcap
}

// Devices fails: only libpcap knows what it can capture on.
func Devices() ([]capture.Device, error) { return nil, ErrNoLibpcap }

// Handle would capture on a device.
type Handle struct{}

// Open fails: only libpcap captures.
func Open(Options) (*Handle, error) { return nil, ErrNoLibpcap }

// Next fails.
func (*Handle) Next() (*capture.Frame, error) { return nil, ErrNoLibpcap }

// Interface is nil.
func (*Handle) Interface() *capture.Interface { return nil }

// Counts fails.
func (*Handle) Counts() (capture.Counts, error) { return capture.Counts{}, ErrNoLibpcap }

// Close does nothing.
func (*Handle) Close() {}
