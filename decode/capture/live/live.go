// Package live lists the interfaces of this machine and compiles filters. It is the only
// door to libpcap, which needs cgo. In a build without it the package is there and
// says so when it is asked for something.
package live

import "errors"

// ErrNoLibpcap says that this program was built without libpcap.
var ErrNoLibpcap = errors.New("this build has no libpcap: it needs a build with cgo")

// Any is the device that stands for all interfaces; Linux has it.
const Any = "any"
