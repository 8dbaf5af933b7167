package annotate

import (
	"github.com/pktjourney/pktjourney/decode"
	"github.com/pktjourney/pktjourney/decode/layers"
	"github.com/pktjourney/pktjourney/rules"
)

// held is the label of one direction of a connection while its segments do nothing but go on with a message,
// or acknowledge more of one: most segments of a capture. The zero value holds none.
type held struct {
	message *decode.Message // whose bytes they bring or acknowledge
	journey *Journey        // the connection's then
	brief
}

// bulk is the message that l only brings more bytes of or acknowledges more bytes of, in order; nil when l does
// anything else.
func (l *Labelled) bulk() *decode.Message {
	s := &l.Segment
	switch {
	case l.Flags&^layers.PSH != layers.ACK || l.Window == 0 || s.Verdict != 0 || s.Copy || len(l.Facts) > 0:
	case l.PayloadLen > 0:
		if len(l.Parts) == 1 && l.Parts[0].Frame == l.Number && !l.Parts[0].Begin && !l.Parts[0].End {
			return l.Parts[0].Message
		}
	case s.AcksNew && !s.AcksFIN && !s.Completes:
		return s.Acks
	}
	return nil
}

// goesOn gives l the label that its direction holds, if l is more of the same. What may change that
// label comes with segments that are not, and they are looked at in full.
func (a *Annotator) goesOn(l *Labelled) bool {
	k, ok := l.Conversation.Note.(*connection)
	if !ok || k.held == nil {
		return false
	}
	h, m := &k.held[l.Dir], l.bulk()
	if m == nil || h.message != m || h.journey != k.journey || h.journey.trail.closed || h.point != k.point || k.dot || k.doh {
		return false
	}
	l.Label = h.label()
	l.via = k
	k.last = h.brief
	t := k.journey.trail
	t.last = l.Time
	switch {
	case l.PayloadLen == 0:
		l.Lean = l.Segment.AckedFrame
	case l.Dir == k.tcp.Client:
		l.Lean = m.First
	default:
		l.Lean = m.First
		t.responded(l)
	}
	if l.Src == k.client {
		a.released(l, rules.ARPForConnection)
	}
	return true
}

// hold keeps the label of l, which does e, for the segments that only go on with it.
func (k *connection) hold(l *Labelled, e rules.Event) {
	m := l.bulk()
	if m != nil && !k.holds(l, e, m) {
		m = nil
	}
	if m != nil && k.held == nil {
		k.held = new([2]held)
	}
	if k.held != nil {
		k.held[l.Dir] = held{m, k.journey, k.last}
	}
}

// holds reports whether the label of l, which does e with bytes of m, is that of all segments that go on with it.
func (k *connection) holds(l *Labelled, e rules.Event, m *decode.Message) bool {
	switch e {
	case rules.HTTPRequest, rules.HTTPResponse, rules.HTTPRequestAck, rules.HTTPResponseAck,
		rules.TLSClientData, rules.TLSServerData, rules.TLSClientDataAck, rules.TLSServerDataAck:
	default:
		return false
	}
	_, said := m.Note.(string) // else what m says is not known yet
	return said && k.journey != nil && k.sure && k.point != rules.Unknown && l.Variants|l.Implied == 0 && !k.tcp.HTTP2()
}
