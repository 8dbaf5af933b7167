package annotate

import (
	"github.com/pktjourney/pktjourney/decode"
	"github.com/pktjourney/pktjourney/decode/fact"
	"github.com/pktjourney/pktjourney/rules"
)

// quicDatagram labels a datagram of a QUIC connection by the packets that it carries.
func (a *Annotator) quicDatagram(l *Labelled) {
	k := a.quicOf(l)
	l.via = k
	if k.journey != nil && k.journey.trail.closed {
		k.open = false
		a.enter(k, a.joins(k, k.journey.Name, l.Time), l)
	}
	if k.point == rules.Unknown {
		k.point = a.pointOf(&l.Frame, k.client, k.server, rules.WebServer)
	}
	a.identifyQUIC(k, l)
	e := a.quicEvent(k, l)
	if e == rules.NoEvent {
		return
	}
	a.giveIn(l, e, NoPhase, k.point)
	l.Deduced = l.Deduced || deducedQUIC(l, e)
	l.Also = a.withOthers(l.Also, l.Step, k)
	a.followQUIC(k, l, e)
	if l.FromClient && k.journey != nil {
		a.released(l, rules.ARPForConnection)
	}
	k.last = l.brief()
}

// overQUIC is what is kept of a QUIC connection alone.
type overQUIC struct {
	*decode.QUIC
	first mark // the first frame
}

// quicOf finds what is kept with l's connection, or begins it. A client that moves to another
// address stays on its journey.
func (a *Annotator) quicOf(l *Labelled) *connection {
	k, ok := l.QUIC.Note.(*connection)
	if !ok {
		k = &connection{quic: &overQUIC{l.QUIC, mark{l.Number, l.Time}}, conversation: l.Conversation.ID, client: l.Src, server: l.Dst, port: l.DstPort, from: noAnswer}
		if !l.FromClient {
			k.client, k.server, k.port = l.Dst, l.Src, l.SrcPort
		}
		l.QUIC.Note = k
		a.place(k, l)
	}
	l.Conversation.Note = k
	return k
}

// identifyQUIC takes the name that the ClientHello tells. Once anything but an Initial packet has come it
// tells nothing any more.
func (a *Annotator) identifyQUIC(k *connection, l *Labelled) {
	if k.named {
		return
	}
	hello := k.quic.ClientHello()
	switch {
	case hello != nil && hello.ServerName != "":
		a.takeName(k, l, named(hello.ServerName))
	case !k.sure && (hello != nil || !l.FromClient):
		a.byAddress(k, l)
	}
}

// settleQUIC makes the label of a frame final: with the connection's journey as it is known by now.
func (a *Annotator) settleQUIC(k *connection, l *Labelled) {
	if k.journey == nil {
		a.byAddress(k, l)
	}
	l.Journey = k.journey
	if l.Point == rules.Unknown {
		l.Point = k.point
	}
}

// quicEvent is the event of a datagram: of several packets, the one whose step comes first.
func (a *Annotator) quicEvent(k *connection, l *Labelled) rules.Event {
	best := rules.NoEvent
	var seen uint64
	for i := range l.Parts {
		e := quicMessageEvent(l, l.Parts[i].Message)
		seen |= 1 << e
		if best == rules.NoEvent || e < best {
			best = e
		}
	}
	k.others = seen &^ (1 << best)
	if best == rules.QUICHandshake {
		l.Detail = quicDetail(l.Facts)
		if len(l.Message) > 0 && l.Message[0].First < l.Number {
			l.Lean = l.Message[0].First
		}
	}
	return best
}

func quicMessageEvent(l *Labelled, m *decode.Message) rules.Event {
	switch {
	case m.Kind == decode.QUICHandshake:
		return rules.QUICHandshake
	case l.FromClient:
		return rules.QUICClientData
	}
	return rules.QUICServerData
}

// deducedQUIC reports whether the packets that do e can not be read: that they carry
// the request or the response follows from the handshake before them.
func deducedQUIC(l *Labelled, e rules.Event) bool {
	for i := range l.Parts {
		if m := l.Parts[i].Message; quicMessageEvent(l, m) == e && !m.Deduced {
			return false
		}
	}
	return true
}

// followQUIC keeps the times of the journey's QUIC connections.
func (a *Annotator) followQUIC(k *connection, l *Labelled, e rules.Event) {
	if k.journey == nil {
		return
	}
	t := k.journey.trail
	t.tls, t.quic = true, true
	switch {
	case e == rules.QUICHandshake && l.FromClient:
		t.hello.set(k.quic.first.frame, k.quic.first.at)
		if t.request.frame == 0 {
			t.secured = mark{l.Number, l.Time}
		}
	case e == rules.QUICHandshake && l.Facts.Text(fact.QUICResumed) == "true":
		a.differ(k.journey, "difference.resumed", "5.1", saying{journey: k.journey, frame: l.Number, facts: l.Facts}, l.Number)
	}
	if e == rules.QUICClientData || k.others&(1<<rules.QUICClientData) != 0 {
		t.requested(l, &a.work)
	}
	if e == rules.QUICServerData || k.others&(1<<rules.QUICServerData) != 0 {
		t.respondedInside(l)
		t.secret = t.lastByte
	}
	a.differ(k.journey, "difference.quic", "3.2", saying{journey: k.journey, frame: k.quic.first.frame, facts: l.Facts}, k.quic.first.frame)
	t.last = l.Time
}

// quicTypes are the packets of the handshake in the words of RFC 9000.
var quicTypes = map[string]string{
	"initial": "Initial", "handshake": "Handshake", "retry": "Retry", "version_negotiation": "Version Negotiation", "0-rtt": "0-RTT", "1-rtt": "1-RTT",
}

// quicDetail says what a datagram's packets are, and which messages they complete: "Initial
// (ClientHello)". Packets of the same type are named once.
func quicDetail(facts fact.List) string {
	packets, _ := facts.Get(fact.QUICPackets)
	var b []byte
	last := ""
	for _, p := range packets.Objects() {
		typ := quicTypes[p.Text(fact.QUICPacketType)]
		if typ != last && typ != "" {
			b = appendListed(b, typ)
			last = typ
		}
		names, _ := p.Get(fact.QUICPacketHandshake)
		for i, name := range names.Strings() {
			if i == 0 {
				b = append(b, " ("...)
			} else {
				b = append(b, ", "...)
			}
			b = appendCamel(b, name)
		}
		if names.Len() > 0 {
			b = append(b, ')')
		}
	}
	return string(b)
}

func appendListed(b []byte, word string) []byte {
	if len(b) > 0 {
		b = append(b, " + "...)
	}
	return append(b, word...)
}
