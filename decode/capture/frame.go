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
	LinkARCnetBSD  LinkType = 7   // ARCnet, as BSD captures it
	LinkFDDI       LinkType = 10  // FDDI
	LinkRawOld     LinkType = 12  // raw IP, as DLT_RAW on most systems
	LinkRawOpenBSD LinkType = 14  // raw IP, as DLT_RAW on OpenBSD
	LinkRaw        LinkType = 101 // raw IPv4 or IPv6
	LinkWLAN       LinkType = 105 // IEEE 802.11
	LinkLoop       LinkType = 108 // OpenBSD loopback, address family in network byte order
	LinkLinuxSLL   LinkType = 113 // Linux cooked capture v1
	LinkPrism      LinkType = 119 // Prism header, then IEEE 802.11
	LinkRadiotap   LinkType = 127 // radiotap header, then IEEE 802.11
	LinkARCnet     LinkType = 129 // ARCnet, as Linux captures it
	LinkPKTAPOld   LinkType = 149 // as DLT_PKTAP in captures of older macOS
	LinkAVS        LinkType = 163 // AVS header, then IEEE 802.11
	LinkPPI        LinkType = 192 // per-packet information, then another link type
	LinkIPv4       LinkType = 228 // raw IPv4
	LinkIPv6       LinkType = 229 // raw IPv6
	LinkNFLOG      LinkType = 239 // Linux netfilter log
	LinkPKTAP      LinkType = 258 // header of macOS, then another link type
	LinkLinuxSLL2  LinkType = 276 // Linux cooked capture v2
)

// Frame is one captured link-layer unit.
type Frame struct {
	Number     int        // position in the capture, from 1, as Wireshark counts
	FileNumber int        // position in its own file, from 1; that in the capture unless files were merged
	Time       time.Time  // capture time, UTC; the only clock that we know; zero when the record has none
	LinkType   LinkType   // what Data starts with
	WireLen    int        // bytes on the wire
	Data       []byte     // bytes captured; valid until the next call to Next
	Interface  *Interface // where it was captured; never nil
	Offset     int64      // byte offset of the frame's record in its (decompressed) file
	Lost       int        // frames that the capturing machine lost since the one before of the same interface; 0 when not told
}

// Cut reports whether the snap length left bytes out.
func (f *Frame) Cut() bool { return len(f.Data) < f.WireLen }

// Interface is one interface of a capture.
type Interface struct {
	ID       int      // from 0, going on across the sections of a pcapng file; Wireshark's frame.interface_id begins anew in each
	Name     string   // "" when the capture does not say
	LinkType LinkType // of its frames
	SnapLen  int      // 0: no limit known
	File     string   // the file that described it, without folders, when files were merged; "" otherwise
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
