package decode

import (
	"slices"

	"github.com/pktjourney/pktjourney/decode/bgp"
	"github.com/pktjourney/pktjourney/decode/capture"
	"github.com/pktjourney/pktjourney/decode/dhcp"
	"github.com/pktjourney/pktjourney/decode/dhcpv6"
	"github.com/pktjourney/pktjourney/decode/dns"
	"github.com/pktjourney/pktjourney/decode/flow"
	"github.com/pktjourney/pktjourney/decode/http"
	"github.com/pktjourney/pktjourney/decode/http2"
)

// Kind says what a message is.
type Kind uint8

// The kinds of message.
const (
	Unknown             Kind = iota // bytes that no decoder of ours reads
	DHCP                            // a DHCP or BOOTP message
	DHCPv6                          // a DHCPv6 message
	DNS                             // a DNS message
	BGP                             // a BGP message
	RIP                             // a RIP message
	RIPng                           // a RIPng message
	HTTPRequest                     // an HTTP request with its body
	HTTPResponse                    // an HTTP response with its body
	HTTPControl                     // HTTP/2 frames of a segment that belong to no message: the preface, SETTINGS and the like
	TLSHandshake                    // a run of TLS records that carry handshake messages, encrypted ones included
	TLSChangeCipherSpec             // a run of ChangeCipherSpec records
	TLSAlert                        // a run of alert records
	TLSData                         // a run of application data records
	QUICHandshake                   // a run of QUIC packets of the handshake: Initial, Handshake, Retry, Version Negotiation
	QUICData                        // a run of QUIC packets with application data: 0-RTT, 1-RTT
)

// Message is one message of a conversation, or a run of TLS records of one
// kind in one direction. It lives as long as somebody refers to it and grows
// while its bytes arrive.
type Message struct {
	Kind     Kind
	Dir      flow.Dir
	First    int  // number of the frame that brought its first byte
	Segments int  // segments that brought bytes of it
	Bytes    int  // bytes of it that arrived, heads and record headers included
	Complete bool // its last byte has arrived; never set for an endless run of records
	Deduced  bool // what it is follows from the protocol's order; its bytes are encrypted

	Seq    uint32 // the sequence number of its first byte; valid iff Placed
	Placed bool   // it came over TCP from its first byte on

	DHCP   *dhcp.Message   // valid iff Kind is DHCP, until the next frame
	DHCPv6 *dhcpv6.Message // valid iff Kind is DHCPv6, until the next frame
	DNS    *dns.Message    // valid iff Kind is DNS and Complete; over UDP until the next frame
	BGP    *bgp.Message    // valid iff Kind is BGP and Complete
	HTTP   *http.Message   // valid iff Kind is HTTPRequest or HTTPResponse; nil of HTTP/2 until the header is known
	Frames http2.TypeSet   // valid iff Kind is HTTPControl: which they are

	// Note is for who reads the messages; decode does not look at it.
	Note any
}

// Part says that a frame brought bytes of a message.
type Part struct {
	Frame      int // the frame that brought them: this one, or an earlier one whose bytes had to wait
	Message    *Message
	Begin, End bool // the message's first byte, its last byte is among them
}

// ranges is a growing list of frame numbers, runs folded.
type ranges []capture.Range

// maxRanges bounds what is kept of a message's frames.
const maxRanges = 64

// join puts the frames of other, none of which came before those of r began, among those of r.
func (r ranges) join(other ranges) ranges {
	for _, g := range other {
		switch n := len(r); {
		case n > 0 && g.First <= r[n-1].Last+1:
			r[n-1].Last = max(r[n-1].Last, g.Last)
		case n < maxRanges:
			r = append(r, g)
		}
	}
	return r
}

// add puts number among the others, in order. Numbers come nearly in order; one
// that would make a list longer than maxRanges is left out.
func (r ranges) add(number int) ranges {
	i := len(r)
	for i > 0 && r[i-1].First > number {
		i--
	}
	switch {
	case i > 0 && number <= r[i-1].Last:
		return r
	case i > 0 && number == r[i-1].Last+1:
		r[i-1].Last = number
		if i < len(r) && r[i].First == number+1 {
			r[i-1].Last = r[i].Last
			return slices.Delete(r, i, i+1)
		}
		return r
	case i < len(r) && r[i].First == number+1:
		r[i].First = number
		return r
	case len(r) == maxRanges:
		return r
	}
	return slices.Insert(r, i, capture.Range{First: number, Last: number})
}
