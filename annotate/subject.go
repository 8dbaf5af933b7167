package annotate

import "github.com/pktjourney/pktjourney/rules"

// subject is what a step of a documented journey is about, whatever its number is.
type subject uint8

const (
	otherSubject subject = iota
	assigning            // an address
	asking               // a DNS server
	answering            // what the DNS server does about it
	opening              // a connection
	exchanging           // what goes over it
)

// subjectOf is what s is about.
func (a *Annotator) subjectOf(s *rules.Step) subject { return subjectOfEvent(a.firstEvent(s)) }

// secures reports whether s is about TLS or QUIC.
func (a *Annotator) secures(s *rules.Step) bool {
	e := a.firstEvent(s)
	return e >= rules.TLSHandshake && e <= rules.QUICServerData
}

// firstEvent is what frames of s do, the first of it: by its own rules, else by those of its phase.
func (a *Annotator) firstEvent(s *rules.Step) rules.Event {
	if len(s.Rules) > 0 {
		return s.Rules[0].Event
	}
	for i := range a.book.Phase(s.Phase).Steps {
		if r := a.book.Phase(s.Phase).Steps[i].Rules; len(r) > 0 {
			return r[0].Event
		}
	}
	return rules.NoEvent
}

func subjectOfEvent(e rules.Event) subject {
	switch e {
	case rules.NoEvent, rules.NDRouter:
		return otherSubject
	case rules.DNSResponse, rules.DNSResponseConnection, rules.DNSSecureResponse,
		rules.DNSIterativeQuery, rules.DNSIterativeResponse, rules.DNSIterativeConnection:
		return answering
	case rules.ARPForQuery, rules.DNSQuery, rules.DNSQueryConnection, rules.DNSSecureQuery, rules.RoutingMessage:
		return asking
	case rules.TCPSyn, rules.TCPSynAck, rules.TCPHandshakeAck, rules.TCPRefused:
		return opening
	}
	if e < rules.ARPForQuery {
		return assigning
	}
	return exchanging
}
