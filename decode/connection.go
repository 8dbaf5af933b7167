package decode

import (
	"slices"
	"time"

	"github.com/pktjourney/pktjourney/decode/bgp"
	"github.com/pktjourney/pktjourney/decode/dns"
	"github.com/pktjourney/pktjourney/decode/flow"
	"github.com/pktjourney/pktjourney/decode/http"
	"github.com/pktjourney/pktjourney/decode/stream"
	"github.com/pktjourney/pktjourney/decode/tls"
)

// Connection is what is known of one TCP connection (RFC 9293).
type Connection struct {
	Client      flow.Dir  // the side that asks: who sent the SYN, the request or the ClientHello
	SYN         int       // the frame of the first SYN; 0 when the capture began later
	SYNTime     time.Time // of that frame
	SYNACK      int       // the frame of the first SYN+ACK; 0 when not seen
	Established int       // the frame of the ACK that completed the handshake; 0 when not seen
	Reset       bool      // a RST was seen
	Closed      bool      // both directions have ended, or RST

	halves [2]half
	reader reader // what its bytes are
	http   *http.Conn
	http2  *overHTTP2
	tls    *tls.Conn
	inside *insideTLS // nil while nothing was decrypted
	dns    *dns.Conn
	bgp    *bgp.Conn
	vpn    *overVPN
}

// TLS is the state of the connection's TLS; nil when it speaks none.
func (c *Connection) TLS() *tls.Conn { return c.tls }

// HTTP2 reports whether the connection speaks HTTP/2 in clear text.
func (c *Connection) HTTP2() bool { return c.reader == readHTTP2 }

// Speaks names what the bytes of the connection are: "http", "tls", "dns", or "" while nothing tells.
func (c *Connection) Speaks() string {
	switch c.reader {
	case readHTTP, readHTTP2:
		return "http"
	case readTLS:
		return "tls"
	case readDNS:
		return "dns"
	}
	return ""
}

// HasData reports whether either side has sent a byte.
func (c *Connection) HasData() bool {
	return c.halves[0].Next() > 0 || c.halves[1].Next() > 0
}

// half is one direction of a connection.
type half struct {
	stream.Half
	seen   int64  // offset behind the last byte that came, be it in order or not
	acked  int64  // the other side acknowledged the bytes before this offset; -1: not even the SYN
	fin    int64  // the stream's length, from its FIN; -1 when none was seen
	isn    uint32 // the SYN's sequence number; valid iff syn
	window uint16 // of its newest segment
	syn    bool   // a SYN was seen in this direction

	*content // noContent while no byte has come
}

// content is what is kept of the bytes of one direction.
type content struct {
	current  *Message
	marks    []mark[*Message] // which message which bytes belong to, oldest first
	recent   []mark[int]      // which frame brought which bytes, oldest first
	hole     time.Time        // when the first bytes behind the oldest hole came; zero when there is none
	building ranges           // the frames of the message or record that is being read
	first    held             // the first bytes, while they do not tell yet what they are
	headEnd  int              // the frame with the end of the last HTTP head
	told     *http.Message    // the last one that told what it says before its end; nil when there is none
	packets  [8]packetID      // the newest with payload, in turn
	packet   uint8            // how many there were, modulo 256
}

// noContent is the content of a direction without bytes. Nobody writes to it.
var noContent content

// contents keeps the memory of content for directions to come.
type contents struct{ spare []*content }

// maxSpare bounds what contents keeps.
const maxSpare = 64

// open gives h memory for its content, if it has none.
func (c *contents) open(h *half) {
	if h.content != &noContent {
		return
	}
	n := len(c.spare) - 1
	if n < 0 {
		h.content = new(content)
		return
	}
	h.content, c.spare = c.spare[n], c.spare[:n]
}

// take takes the memory of h, of which nothing is asked any more.
func (c *contents) take(h *half) {
	if own := h.content; own != &noContent && len(c.spare) < maxSpare {
		clear(own.marks[:cap(own.marks)])
		*own = content{marks: own.marks[:0], recent: own.recent[:0], building: own.building[:0]}
		c.spare = append(c.spare, own)
	}
	h.content = &noContent
}

// packetID tells a packet from others with the same bytes.
type packetID struct {
	seq  uint32
	ipid uint32 // 0 where IP has no identification
}

// copied reports whether r's packet came before, and remembers it.
func (h *half) copied(r *Frame, c *contents) bool {
	id := packetID{r.Seq, r.IPID}
	if id.ipid == 0 || r.PayloadLen == 0 {
		return false
	}
	c.open(h)
	if slices.Contains(h.packets[:], id) {
		return true
	}
	h.packets[h.packet%uint8(len(h.packets))] = id
	h.packet++
	return false
}

// held are bytes that wait for more to tell what they are.
type held struct {
	data  []byte
	off   int64 // in the stream
	frame int   // that brought the first of them
}

// mark says that the bytes before end, back to the mark before, belong to what.
type mark[T comparable] struct {
	end  int64
	what T
}

const (
	maxMarks  = 32 // of messages, in one direction: what a late ACK or retransmission may refer to
	maxRecent = 64 // of frames
)

// bring notes that frame brought the bytes of m up to offset end.
func (h *half) bring(m *Message, end int64, frame int) {
	h.marks = appendBounded(h.marks, mark[*Message]{end, m}, maxMarks)
	h.recent = appendBounded(h.recent, mark[int]{end, frame}, maxRecent)
}

// appendBounded appends m, or makes the newest reach as far where it says the same. It drops the older
// half when there are limit marks already.
func appendBounded[T comparable](marks []mark[T], m mark[T], limit int) []mark[T] {
	n := len(marks)
	if n > 0 && marks[n-1].what == m.what {
		marks[n-1].end = m.end
		return marks
	}
	if n == limit {
		marks = marks[:copy(marks, marks[limit/2:])]
	}
	return append(marks, m)
}

// at finds what the byte at off belongs to; the zero T when it is not known (any more).
func at[T comparable](marks []mark[T], off int64) (what T) {
	for i := len(marks) - 1; i >= 0; i-- {
		if marks[i].end <= off {
			if i+1 < len(marks) {
				return marks[i+1].what
			}
			return what
		}
	}
	if len(marks) > 0 && len(marks) < maxMarks/2 && off >= 0 {
		return marks[0].what
	}
	return what
}
