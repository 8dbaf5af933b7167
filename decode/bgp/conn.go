package bgp

import (
	"bytes"
	"encoding/binary"

	"github.com/pktjourney/pktjourney/decode/flow"
)

// Conn cuts the bytes of a TCP connection into messages. The zero value is ready. It keeps at
// most one message of each direction.
type Conn struct {
	half  [2]half
	opens [2]*Message // what each side has said in its OPEN; nil when that was not seen
}

// half is one direction.
type half struct {
	b    []byte // what has come of the current message
	lost bool   // where the next message begins is not known
	ones int    // while it is lost: bytes of a marker that came last
}

// Part is a run of bytes that belong to one message, or to none.
type Part struct {
	Len        int
	Begin, End bool     // the message's first byte, its last byte is in this part
	Known      bool     // it belongs to a message
	Message    *Message // where it ends; the caller's to keep
	Err        error    // what of it could not be read
}

var marker = bytes.Repeat([]byte{0xff}, markerLen)

// Data takes the next bytes of dir, which it does not keep, and appends parts that cover them in order.
func (c *Conn) Data(dir flow.Dir, b []byte, parts []Part) []Part {
	h := &c.half[dir]
	for len(b) > 0 {
		p := c.next(dir, h, b)
		b = b[p.Len:]
		parts = append(parts, p)
	}
	return parts
}

// next takes bytes up to the end of the message that b continues; of a direction that is lost
// up to the next marker, which may have begun in bytes before.
func (c *Conn) next(dir flow.Dir, h *half, b []byte) Part {
	p := Part{Begin: len(h.b) == 0, Known: true}
	if h.lost {
		end, found := h.findMarker(b)
		if before := end - markerLen; !found || before > 0 {
			if found {
				end, h.ones = before, 0
			}
			return Part{Len: end}
		}
		h.lost, h.ones = false, 0
		h.b, p.Len = bytes.Clone(marker), end
	}
	for p.Len < len(b) && h.need() > 0 {
		n := min(h.need(), len(b)-p.Len)
		h.b = append(h.b, b[p.Len:p.Len+n]...)
		p.Len += n
		if !plausible(h.b) {
			h.lost, h.b, h.ones = true, nil, 0
			return Part{Len: p.Len}
		}
	}
	if h.need() == 0 {
		m, err := Parse(h.b, terms(c.opens[dir], c.opens[dir.Reverse()]))
		if m.Type == Open {
			c.opens[dir] = &m
		}
		p.End, p.Message, p.Err, h.b = true, &m, err, nil
	}
	return p
}

// findMarker finds the end of a marker in b, counting what came before b: the first byte of the
// length, which no sensible message has all ones in. Ones in front of the marker are not of it.
func (h *half) findMarker(b []byte) (end int, found bool) {
	for i, x := range b {
		switch {
		case x == 0xff:
			h.ones = min(h.ones+1, markerLen)
		case h.ones == markerLen:
			return i, true
		default:
			h.ones = 0
		}
	}
	return len(b), false
}

// need is how many bytes the header, or the message behind it, still lacks.
func (h *half) need() int {
	if len(h.b) < headerLen {
		return headerLen - len(h.b)
	}
	return int(binary.BigEndian.Uint16(h.b[markerLen:])) - len(h.b)
}

// plausible reports whether b may begin a message. It looks at no more than there is.
func plausible(b []byte) bool {
	if n := min(len(b), markerLen); !bytes.Equal(b[:n], marker[:n]) {
		return false
	}
	if len(b) < headerLen {
		return true
	}
	length := int(binary.BigEndian.Uint16(b[markerLen:]))
	limits, known := lengths[Type(b[headerLen-1])]
	return known && length >= limits[0] && length <= limits[1]
}

// lengths are the least and the greatest of each type (RFC 4271 section 6.1, RFC 2918 section 3). All
// but OPEN and KEEPALIVE may be extended (RFC 8654 section 4).
var lengths = map[Type][2]int{
	Open: {29, 4096}, Update: {23, 65535}, Notification: {21, 65535}, Keepalive: {headerLen, headerLen}, RouteRefresh: {23, 65535},
}

// Gap takes n bytes of dir that were never captured. The direction is lost until a marker comes.
func (c *Conn) Gap(dir flow.Dir, n int, parts []Part) []Part {
	h := &c.half[dir]
	h.lost, h.b, h.ones = true, nil, 0
	return append(parts, Part{Len: n})
}

// Guess is what the first bytes of a direction tell.
type Guess uint8

// The guesses.
const (
	No Guess = iota
	NeedMore
	Yes
)

// Looks says whether b, the first bytes of a direction, begin a message.
func Looks(b []byte) Guess {
	switch {
	case len(b) == 0 || !plausible(b):
		return No
	case len(b) < headerLen:
		return NeedMore
	}
	return Yes
}
