package explain

import (
	"fmt"
	"strings"

	"github.com/pktjourney/pktjourney/annotate"
	"github.com/pktjourney/pktjourney/decode"
	"github.com/pktjourney/pktjourney/decode/fact"
	"github.com/pktjourney/pktjourney/decode/flow"
)

// record is a TLS record of a connection (RFC 8446 section 5.1).
type record struct {
	header
	n    int    // bytes, the header included
	text string // what it is
}

// header is where a record begins.
type header struct {
	seq   uint32 // the sequence number of its first byte
	place Place  // its bytes in the frame that brought the first one; zero while that has not come
}

// in looks for the header in l.
func (h *header) in(l *annotate.Labelled) {
	own := segmentOf(l)
	if _, first := own.holds(h.seq, 1); first && h.place.Frame == 0 {
		span, _ := own.holds(h.seq, recordHeaderLen)
		h.place = Place{l.Number, span}
	}
}

// direction is one direction of a connection.
type direction struct {
	connection *decode.Connection
	dir        flow.Dir
}

// records follows where TLS records begin, by the lengths of those that have ended.
type records struct {
	next map[direction]header // of the record that comes next, or has not ended
	of   direction            // the connection of the frame that is explained; zero until it came
	own  segment              // its bytes
	list []record             // those with bytes of it; at most maxRecords
}

// The limits of what is kept. Where directions are too many all are forgotten: they are found
// again where the next run of records begins.
const (
	maxDirections = 1 << 13
	maxRecords    = 16
)

// explains says that l is the frame whose records are looked for.
func (r *records) explains(l *annotate.Labelled) {
	if c := l.Segment.Connection; c != nil && c.TLS() != nil {
		r.of, r.own = direction{c, l.Dir}, segmentOf(l)
	}
}

// frame takes the records that end in l.
func (r *records) frame(l *annotate.Labelled) {
	if l.Segment.Connection == nil || l.Segment.Connection.TLS() == nil {
		return
	}
	d := direction{l.Segment.Connection, l.Dir}
	at, known := r.beginning(d, l)
	if !known {
		return
	}
	at.in(l)
	ended, _ := l.Facts.Get(fact.TLSRecords)
	for _, facts := range ended.Objects() {
		k := newRecord(at, facts)
		if _, overlaps := r.own.holds(k.seq, k.n); d == r.of && overlaps && len(r.list) < maxRecords {
			r.list = append(r.list, k)
		}
		at = header{seq: at.seq + uint32(k.n)}
		at.in(l)
	}
	if r.next == nil || len(r.next) >= maxDirections {
		r.next = make(map[direction]header)
	}
	r.next[d] = at
}

// beginning is the header of the first record that ends in l or later.
func (r *records) beginning(d direction, l *annotate.Labelled) (h header, known bool) {
	h, known = r.next[d]
	for i := range l.Parts {
		m := l.Parts[i].Message
		if m.Kind < decode.TLSHandshake || m.Kind > decode.TLSData || !l.Parts[i].Begin || !m.Placed {
			continue
		}
		if !known || i == 0 && int32(m.Seq-h.seq) > 0 { // behind a hole the lengths of before tell nothing
			return header{seq: m.Seq}, true
		}
		break
	}
	return h, known
}

func newRecord(h header, facts fact.List) record {
	length, _ := facts.Get(fact.TLSRecordLength)
	text := facts.Text(fact.TLSRecordType)
	if messages, ok := facts.Get(fact.TLSRecordHandshake); ok {
		text += " (" + strings.Join(messages.Strings(), ", ") + ")"
	}
	return record{h, recordHeaderLen + int(length.Int()), fmt.Sprintf("%s, length %d", text, length.Int())}
}

// fields are the headers of the records that the frame has bytes of.
func (r *records) fields(frame int) []Field {
	var list []Field
	for _, k := range r.list {
		f := Field{Name: "tls.record", Value: k.text, Layer: "TLS"}
		if k.place.Frame == frame {
			f.Span = k.place.Span
		} else {
			f.Elsewhere, f.Places = true, []Place{k.place}
		}
		list = append(list, f)
	}
	return list
}
