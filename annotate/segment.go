package annotate

import (
	"github.com/pktjourney/pktjourney/decode"
	"github.com/pktjourney/pktjourney/decode/http"
	"github.com/pktjourney/pktjourney/decode/layers"
	"github.com/pktjourney/pktjourney/decode/stream"
	"github.com/pktjourney/pktjourney/rules"
)

// segment labels a TCP segment and reports whether it waits for bytes that come before its own.
func (a *Annotator) segment(l *Labelled) (waits bool) {
	k := a.connectionOf(l)
	l.via = k
	if k.journey != nil && k.journey.trail.closed {
		k.open, k.outlast = false, true
		a.enter(k, a.joins(k, k.journey.Name, l.Time), l)
	}
	if l.Flags&layers.SYN != 0 || k.point == rules.Unknown {
		k.point = a.pointOf(&l.Frame, k.client, k.server, rules.WebServer)
	}
	if k.speaksDNS() {
		a.dnsSegment(k, l)
		return false
	}
	if k.overTLS(l) {
		a.secureDNSSegment(k, l)
		return false
	}
	a.identify(k, l)
	for i := range l.Parts {
		a.completes(k, l, &l.Parts[i])
	}
	a.decideOutside(k, l)
	a.overHTTPS(k, l)
	k.others = 0
	e, variants := a.eventOf(k, l)
	if e == rules.NoEvent {
		a.again(k, l, variants)
		return false
	}
	a.dress(k, l, e)
	l.Variants |= variants
	l.Also = a.withOthers(l.Also, l.Step, k)
	a.follow(k, l, e)
	if l.Src == k.client && k.journey != nil {
		a.released(l, rules.ARPForConnection)
	}
	k.last = l.brief()
	k.hold(l, e)
	return len(l.Parts) == 0 && l.PayloadLen > 0 && l.Segment.Verdict&stream.Ahead != 0
}

// decideOutside settles whether a connection without a name belongs to a journey once
// its first bytes are seen: those of the web do.
func (a *Annotator) decideOutside(k *connection, l *Labelled) {
	if k.sure || k.outside || len(l.Parts) == 0 {
		return
	}
	switch {
	case k.tcp.Speaks() == "" && k.journey == nil:
		k.outside = true
	case k.tcp.Speaks() == "":
		k.sure = true
	case k.tcp.Speaks() == "tls" && k.tcp.TLS().ClientHello() != nil, !tellsName(l.Parts[0].Message.Kind):
		a.byAddress(k, l)
	}
}

// tellsName reports whether messages like this one, or those that follow it, tell the name of a connection.
func tellsName(kind decode.Kind) bool {
	return kind == decode.TLSHandshake || kind == decode.HTTPRequest || kind == decode.HTTPControl
}

// eventOf says what a segment does (RFC 9293), and how unusually. NoEvent: nothing new.
func (a *Annotator) eventOf(k *connection, l *Labelled) (rules.Event, rules.VariantSet) {
	s := &l.Segment
	v := a.unusual(k, l)
	switch {
	case l.Flags&layers.RST != 0:
		return a.resetEvent(k, l), v
	case s.Syn:
		l.lean(k.from.frame, k.from.at)
		return rules.TCPSyn, v
	case l.Flags&layers.SYN != 0:
		l.lean(k.tcp.SYN, k.tcp.SYNTime)
		k.synack.set(l.Number, l.Time)
		return rules.TCPSynAck, v
	case s.Completes && l.PayloadLen == 0 && l.Flags&layers.FIN == 0:
		l.lean(k.synack.frame, k.synack.at)
		return rules.TCPHandshakeAck, v
	case s.Verdict&stream.KeepAlive != 0:
		return rules.NoEvent, v | a.set.keepAlive
	case l.PayloadLen > 0:
		return a.dataEvent(k, l), v
	case l.Flags&layers.FIN != 0:
		l.Detail = "FIN"
		return rules.TCPClose, v
	case s.AcksNew && !s.AcksFIN:
		return a.ackEvent(k, l), v
	case s.AfterFIN:
		l.Detail = "ACK"
		return rules.TCPClose, v
	case zeroWindow(l):
		return rules.NoEvent, v
	case s.NewWindow:
		return rules.NoEvent, v | a.set.windowUpdate
	}
	return rules.NoEvent, v | a.set.duplicate
}

// unusual names what retransmission and reordering did to a segment.
func (a *Annotator) unusual(k *connection, l *Labelled) rules.VariantSet {
	var v rules.VariantSet
	s := &l.Segment
	switch {
	case s.Copy:
		v |= a.set.duplicate
	case s.SynAgain || s.Verdict.Has(stream.Retransmission):
		v |= a.set.retransmission
	case s.Verdict.Has(stream.OutOfOrder) && s.HoleAge >= k.roundTrip():
		v |= a.set.retransmission // reordering does not take so long; the sender was told and sent again
	case s.Verdict.Has(stream.OutOfOrder):
		v |= a.set.outOfOrder
	}
	if zeroWindow(l) {
		v |= a.set.zeroWindow
	}
	return v
}

func (a *Annotator) resetEvent(k *connection, l *Labelled) rules.Event {
	if k.tcp.SYN != 0 && k.tcp.SYNACK == 0 && l.Src == k.server {
		l.lean(k.tcp.SYN, k.tcp.SYNTime)
		return rules.TCPRefused
	}
	return rules.TCPReset
}

// dataEvent is the event of a segment's bytes: of several messages, the one
// whose step comes first.
func (a *Annotator) dataEvent(k *connection, l *Labelled) rules.Event {
	best := rules.NoEvent
	var seen uint64
	var of *decode.Message
	for i := range l.Parts {
		p := &l.Parts[i]
		if p.Frame != l.Number {
			continue
		}
		e := messageEvent(k, p.Message)
		seen |= 1 << e
		k.answered = k.answered || l.Dir != k.tcp.Client
		if e == rules.TLSHandshake && p.Message.Deduced {
			seen |= 1 << rules.TLSChangeCipherSpec // protected: of the record protocol too
		}
		if best == rules.NoEvent || stepOrder(e) < stepOrder(best) {
			best, of = e, p.Message
		}
	}
	k.others = seen &^ (1 << best)
	if best == rules.NoEvent {
		if of = l.Segment.Of; of == nil {
			return rules.TCPData
		}
		best = messageEvent(k, of)
	}
	a.speak(k, l, of)
	return best
}

// speak gives the sentences of a label the message that they are about.
func (a *Annotator) speak(k *connection, l *Labelled, m *decode.Message) {
	l.Detail = detail(k, m)
	if m.Kind == decode.TLSHandshake {
		if names := handshakeNames(l.Facts); names != "" {
			l.Detail = names
		}
	}
	if m.First < l.Number && m.Kind != decode.TLSHandshake { // a run of handshake records is no one message
		l.Lean = m.First
	}
}

// completes notes the end of a response.
func (a *Annotator) completes(k *connection, l *Labelled, p *decode.Part) {
	if k.journey == nil || !p.End {
		return
	}
	t := k.journey.trail
	switch {
	case p.Message.Kind == decode.HTTPResponse && p.Message.Complete && p.Message.HTTP != nil: // HTTP/2 may lack the header
		if isPage(p.Message.HTTP) {
			t.page = mark{l.Number, l.Time}
		}
		a.responseDiffers(k.journey, l, p.Message.HTTP)
	case p.Message.Kind == decode.TLSData && p.Message.Dir != k.tcp.Client:
		t.secret = mark{l.Number, l.Time}
	}
}

// isPage reports whether a response gives the browser something to show: it is
// final and no redirect (RFC 9110 section 15), and has no request but GET.
func isPage(m *http.Message) bool {
	redirect := m.StatusCode >= 300 && m.StatusCode < 400 && m.StatusCode != 304
	asked := m.AnswerTo == nil || m.AnswerTo.Method == "GET"
	return (m.StatusCode >= 200 || m.Simple()) && !redirect && asked
}

// messageEvent is the event of bytes of m.
func messageEvent(k *connection, m *decode.Message) rules.Event {
	fromClient := m.Dir == k.tcp.Client
	switch m.Kind {
	case decode.HTTPRequest:
		if !fromClient {
			return rules.HTTPResponse // a request that the server promises while it responds to another
		}
		return rules.HTTPRequest
	case decode.HTTPResponse:
		return rules.HTTPResponse
	case decode.HTTPControl:
		return rules.HTTPControl
	case decode.TLSHandshake:
		return rules.TLSHandshake
	case decode.TLSChangeCipherSpec:
		if k.tcp.TLS().Is13() {
			return rules.TLSCompatibility
		}
		return rules.TLSChangeCipherSpec
	case decode.TLSAlert:
		return rules.TLSAlert
	case decode.TLSData:
		if fromClient {
			return rules.TLSClientData
		}
		return rules.TLSServerData
	}
	return rules.TCPData
}

// stepOrder orders the events of bytes as their steps are ordered. What is
// alone in 5.2 comes last: a frame with anything else is labelled by that.
func stepOrder(e rules.Event) int {
	switch e {
	case rules.TLSChangeCipherSpec, rules.TLSCompatibility, rules.TLSAlert:
		return 200
	case rules.HTTPControl:
		return 201
	case rules.TCPData:
		return 202
	}
	return int(e)
}

// ackEvent is the event of a bare ACK: that of the bytes which it acknowledges.
func (a *Annotator) ackEvent(k *connection, l *Labelled) rules.Event {
	m := l.Segment.Acks
	l.Lean = l.Segment.AckedFrame
	if m == nil {
		return rules.TCPData
	}
	l.Detail = detail(k, m)
	fromClient := m.Dir == k.tcp.Client
	switch m.Kind {
	case decode.HTTPRequest:
		if !fromClient {
			return rules.HTTPResponseAck
		}
		return rules.HTTPRequestAck
	case decode.HTTPResponse:
		return rules.HTTPResponseAck
	case decode.HTTPControl:
		return rules.HTTPControlAck
	case decode.TLSHandshake, decode.TLSChangeCipherSpec:
		return rules.TLSHandshakeAck
	case decode.TLSData, decode.TLSAlert:
		if fromClient {
			return rules.TLSClientDataAck
		}
		return rules.TLSServerDataAck
	}
	return rules.TCPData
}

// dress gives l the step of e. What closes a connection or is of no protocol
// of ours belongs to the phase that the connection is in.
func (a *Annotator) dress(k *connection, l *Labelled, e rules.Event) {
	phase := NoPhase
	switch e {
	case rules.TCPClose, rules.TCPReset, rules.TCPData:
		phase = 4
		if k.tcp.TLS() != nil {
			phase = 5
		}
	}
	a.giveIn(l, e, phase, k.point)
	switch e {
	case rules.TLSHandshake, rules.TLSServerData, rules.TLSClientData:
		l.Deduced = l.Deduced || deducedOnly(k, l, e)
	case rules.TLSHandshakeAck, rules.TLSServerDataAck, rules.TLSClientDataAck:
		l.Deduced = l.Deduced || l.Segment.Acks.Deduced
	}
}

// deducedOnly reports whether the order of the protocol alone says that l's bytes do e.
func deducedOnly(k *connection, l *Labelled, e rules.Event) bool {
	any := false
	for i := range l.Parts {
		if p := &l.Parts[i]; p.Frame == l.Number && messageEvent(k, p.Message) == e {
			if !p.Message.Deduced {
				return false
			}
			any = true
		}
	}
	return any || l.Segment.Of != nil && l.Segment.Of.Deduced
}

// again labels a segment that says nothing new. A bare ACK goes with what it
// acknowledges once more; all else, keep-alives and their answers among it, keeps
// the connection's last step.
func (a *Annotator) again(k *connection, l *Labelled, variants rules.VariantSet) {
	answersProbe := k.probed
	k.probed = l.Segment.Verdict&stream.KeepAlive != 0
	switch {
	case l.PayloadLen == 0 && l.Segment.Acks != nil && !answersProbe && !k.probed:
		a.dress(k, l, a.ackEvent(k, l))
	case l.PayloadLen == 0 && k.tcp.Established != 0 && l.Segment.AcksStart && l.Dir == k.tcp.Client && !k.answered:
		l.lean(k.synack.frame, k.synack.at)
		a.dress(k, l, rules.TCPHandshakeAck)
	case k.last.rule == nil:
		a.dress(k, l, rules.TCPData)
	default:
		l.Label = k.last.label()
		l.via = k
		a.speakOfNothing(l, answersProbe)
	}
	l.Variants |= variants
	if answersProbe {
		l.Variants = l.Variants&^a.set.duplicate | a.set.keepAlive
	}
}

// speakOfNothing gives a segment that only repeats what is known words of its own.
func (a *Annotator) speakOfNothing(l *Labelled, answersProbe bool) {
	name := "again.nothing"
	switch {
	case l.Segment.Verdict&stream.KeepAlive != 0:
		name = "again.keep-alive"
	case answersProbe:
		name = "again.keep-alive-answer"
	}
	l.Does = a.book.Phrase(name)
	l.Reason = a.book.Phrase(name + ".reason")
	l.Lean, l.HasSince = 0, false
}

// relabel labels a frame that waited: the part p says what its bytes are.
func (a *Annotator) relabel(s *slot, p *decode.Part) {
	s.waits = false
	k := s.via
	if k == nil {
		return
	}
	e := messageEvent(k, p.Message)
	variants := s.Variants
	s.Also, s.Variants = nil, 0
	s.Lean, s.HasSince = 0, false // what was guessed before
	a.speak(k, &s.Labelled, p.Message)
	a.dress(k, &s.Labelled, e)
	s.Variants |= variants
	if k.journey != nil {
		k.journey.trail.lastByte = mark{max(k.journey.trail.lastByte.frame, s.Number), s.Time}
	}
}
