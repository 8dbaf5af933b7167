package rip

import (
	"net/netip"
	"strconv"
)

// Message is one RIP or RIPng message. On an error it holds what was read.
type Message struct {
	NG      bool // it is of RIPng, whose versions count anew
	Command Command
	Version uint8
	Entries []Entry // the routes, at most maxEntries
	Auth    bool    // it carries authentication (RFC 2453 section 4.1)

	header bool // the header was read
}

// Entry is one route (RFC 2453 section 4, RFC 2080 section 2.1).
type Entry struct {
	Dst     netip.Addr
	Bits    int        // length of the prefix; -1 in version 1 or when the mask is none: the address alone is told
	NextHop netip.Addr // zero when it is the sender itself
	Metric  uint32     // 1 to 15 hops; Infinity: can not be reached
	Table   bool       // of a request: asks for the whole table
}

// Infinity is the metric of what can not be reached (RFC 2453 section 3.4).
const Infinity = 16

// Prefix is the destination as in "192.0.2.0/24", or the address alone where no mask is told.
func (e *Entry) Prefix() string {
	if e.Bits < 0 {
		return e.Dst.String()
	}
	return netip.PrefixFrom(e.Dst, e.Bits).String()
}

// maxEntries is more than the 25 of RIP (RFC 2453 section 4), and than fit a frame in RIPng.
const maxEntries = 256

// Command says what the message does (RFC 2453 section 3.6).
type Command uint8

// The commands.
const (
	Request  Command = 1
	Response Command = 2
)

// String is the name in lower case, or the number.
func (c Command) String() string {
	switch c {
	case Request:
		return "request"
	case Response:
		return "response"
	}
	return strconv.Itoa(int(c))
}
