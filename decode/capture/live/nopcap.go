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
