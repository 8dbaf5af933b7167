package annotate

import (
	"github.com/pktjourney/pktjourney/decode/fact"
	"github.com/pktjourney/pktjourney/decode/flow"
	"github.com/pktjourney/pktjourney/rules"
)

// icmpError labels an ICMP error with the step of the packet that it quotes.
// It reports whether l is one that quotes a packet of a journey.
func (a *Annotator) icmpError(l *Labelled) bool {
	if l.Quotes == nil {
		return false
	}
	var of Label
	switch note := l.Quotes.Note.(type) {
	case *connection:
		of = note.last.label()
		of.via = note
	case *lease:
		of = note.label()
	case *exchange:
		of = a.labelOfQuestion(l, note)
	}
	if of.Does == nil {
		return false
	}
	l.Detail = l.Facts.Text(fact.ICMPMessage)
	a.give(l, rules.ICMPError, of.Point)
	l.Phase, l.Step, l.Also = of.Phase, of.Step, of.Also
	l.Journey, l.Client, l.via, l.overDNS = of.Journey, of.Client, of.via, of.overDNS
	return true
}

// label is as much of the label of the newest message as an error that quotes it takes over.
func (s *lease) label() Label {
	b := brief{rule: s.newest}
	of := b.label()
	of.Client = s.mac
	return of
}

// labelOfQuestion is the label of the newest question of x, or of its answer,
// whichever l quotes.
func (a *Annotator) labelOfQuestion(l *Labelled, x *exchange) Label {
	if len(x.asked) == 0 {
		return Label{}
	}
	newest := &x.asked[len(x.asked)-1]
	if newest.journey == nil {
		return a.labelOfIterative(l, newest)
	}
	if newest.journey.trail.closed {
		return Label{}
	}
	e := rules.DNSQuery
	if l.QuotesDir == flow.FromResponder {
		e = rules.DNSResponse
	}
	of := Labelled{Label: Label{Phase: NoPhase, Journey: newest.journey}}
	a.give(&of, e, a.deducePoint(newest.journey.Client, newest.server, rules.Resolver))
	l.lean(newest.frame, newest.at)
	return of.Label
}

// labelOfIterative is that of a resolver's own question, or of its answer.
func (a *Annotator) labelOfIterative(l *Labelled, t *transaction) Label {
	e := rules.DNSIterativeQuery
	if l.QuotesDir == flow.FromResponder {
		e = rules.DNSIterativeResponse
	}
	of := Labelled{Label: Label{Phase: NoPhase}}
	a.give(&of, e, rules.Resolver)
	if c := t.cause; c != nil && !c.journey.trail.closed {
		of.Journey = c.journey
	}
	l.lean(t.frame, t.at)
	return of.Label
}
