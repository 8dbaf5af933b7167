// Package capture reads frames out of saved captures: pcap and pcapng, plain
// or compressed, recognised by content.
package capture

import "time"

// LinkType says what the bytes of a frame start with: a LINKTYPE_ value of the
// tcpdump registry, the full 16 bits of it.
type LinkType uint16

// The link types that the project's decoders know.
const (
	LinkNull       LinkType = 0   // BSD loopback, address family in the capturing host's byte order
	LinkEthernet   LinkType = 1   // Ethernet II or 802.3
	LinkRawOld     LinkType = 12  // raw IP, as DLT_RAW on most systems
	LinkRawOpenBSD LinkType = 14  // raw IP, as DLT_RAW on OpenBSD
	LinkRaw        LinkType = 101 // raw IPv4 or IPv6
	LinkLoop       LinkType = 108 // OpenBSD loopback, address family in network byte order
	LinkLinuxSLL   LinkType = 113 // Linux cooked capture v1
	LinkIPv4       LinkType = 228 // raw IPv4
	LinkIPv6       LinkType = 229 // raw IPv6
	LinkLinuxSLL2  LinkType = 276 // Linux cooked capture v2
)

// Frame is one captured link-layer unit.
type Frame struct {
	Number    int        // position in the capture, from 1, as Wireshark counts
	Time      time.Time  // capture time, UTC; the only clock that we know; zero when the record has none
	LinkType  LinkType   // what Data starts with
	WireLen   int        // bytes on the wire
	Data      []byte     // bytes captured; valid until the next call to Next
	Interface *Interface // where it was captured; never nil
	Offset    int64      // byte offset of the frame's record in the (decompressed) file
}

// Cut reports whether the snap length left bytes out.
func (f *Frame) Cut() bool { return len(f.Data) < f.WireLen }

// Interface is one interface of a capture.
type Interface struct {
	ID       int      // from 0, going on across the sections of a pcapng file; Wireshark's frame.interface_id begins anew in each
	Name     string   // "" when the capture does not say
	LinkType LinkType // of its frames
	SnapLen  int      // 0: no limit known
}

// Range is a run of frame numbers, both ends included.
type Range struct{ First, Last int }

// Source gives the frames of a capture in order.
type Source interface {
	// Next gives the next frame; it is valid until the call after. The error is
	// io.EOF after the last frame and a *DamageError where the capture can not
	// be read any further.
	Next() (*Frame, error)
}
