//go:build cgo && !linux && !windows

package live

import "github.com/pktjourney/pktjourney/decode/capture"

// linkTypeOf knows nothing here: a device must be opened to tell.
func linkTypeOf(string) (capture.LinkType, bool) { return 0, false }
