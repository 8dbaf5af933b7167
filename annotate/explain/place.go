package explain

import (
	"github.com/pktjourney/pktjourney/annotate"
	"github.com/pktjourney/pktjourney/decode"
	"github.com/pktjourney/pktjourney/decode/layers"
	"github.com/pktjourney/pktjourney/decode/wire"
)

// segment is where a frame has bytes of a TCP stream.
type segment struct {
	seq uint32 // of its first byte
	off int    // of that byte in the frame
	n   int    // 0: the frame is no segment, or has no bytes
}

func segmentOf(l *annotate.Labelled) segment {
	stack := l.Packet.Stack()
	if l.Transport != layers.TransportTCP || len(stack) == 0 {
		return segment{}
	}
	h := stack[len(stack)-1]
	s := segment{seq: l.Seq, off: int(h.Off) + int(h.Len), n: l.PayloadLen}
	if l.Flags&layers.SYN != 0 {
		s.seq++
	}
	return s
}

// Place is where a field has bytes in a frame.
type Place struct {
	Frame int
	Span  wire.Span
}

// holds is the part of the n bytes from seq on that s holds, as a span of its frame.
func (s segment) holds(seq uint32, n int) (wire.Span, bool) {
	first := int(int32(seq - s.seq)) // serial arithmetic, RFC 9293 section 3.4
	from, to := max(first, 0), min(first+n, s.n)
	if s.n == 0 || from >= to {
		return wire.Span{}, false
	}
	return wire.Span{Off: s.off + from, Len: to - from}, true
}

// How far before the bytes that spans count from a message begins.
const (
	dnsLengthLen    = 2 // RFC 1035 section 4.2.2
	recordHeaderLen = 5 // RFC 8446 section 5.1
)

// origin is the sequence number that the spans of l's facts count from; false when they count
// from bytes that are not on the wire as they are: compressed, encrypted, or behind others.
func origin(l *annotate.Labelled) (seq uint32, ok bool) {
	c := l.Segment.Connection
	if c == nil {
		return 0, false
	}
	for i := range l.Parts {
		p := &l.Parts[i]
		m := p.Message
		switch {
		case !p.End || !m.Placed:
		case m.Kind == decode.DNS:
			return m.Seq + dnsLengthLen, true
		case m.Kind == decode.BGP:
			return m.Seq, true
		case m.Kind == decode.HTTPRequest || m.Kind == decode.HTTPResponse:
			return m.Seq, !c.HTTP2() && c.TLS() == nil
		case m.Kind == decode.TLSHandshake && !m.Deduced:
			return m.Seq + recordHeaderLen, l.Protocol == "tls"
		}
	}
	return 0, false
}

// places are the bytes of f in the frames that brought l's message.
func (x *Explainer) places(l *annotate.Labelled, span wire.Span) []Place {
	seq, ok := origin(l)
	if !ok {
		return nil
	}
	seq += uint32(span.Off)
	if own, ok := segmentOf(l).holds(seq, span.Len); ok && own.Len == span.Len {
		return []Place{{l.Number, own}}
	}
	var list []Place
	for _, r := range l.Message {
		for n := r.First; n <= r.Last && len(list) < maxPlaces; n++ {
			k, known := x.links[n]
			if part, ok := k.bytes.holds(seq, span.Len); known && ok {
				list = append(list, Place{n, part})
			}
		}
	}
	return list
}

// maxPlaces bounds the frames that one field is found in.
const maxPlaces = 8
