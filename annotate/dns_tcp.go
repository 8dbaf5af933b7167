package annotate

import (
	"github.com/pktjourney/pktjourney/decode"
	"github.com/pktjourney/pktjourney/decode/dns"
	"github.com/pktjourney/pktjourney/decode/layers"
	"github.com/pktjourney/pktjourney/rules"
)

// overDNS is what is kept with a connection that carries DNS (RFC 7766).
type overDNS struct {
	exchange
	iterative bool // a resolver's own: its questions have RD=0
	query     int  // the frame of the newest query; 0 when none was seen
}

// overDNS is what is kept of k's DNS.
func (k *connection) overDNS() *overDNS {
	if k.dns == nil {
		k.dns = new(overDNS)
	}
	return k.dns
}

// speaksDNS reports whether k's bytes turned out to be DNS.
func (k *connection) speaksDNS() bool { return k.tcp != nil && k.tcp.Speaks() == "dns" }

// dnsSegment labels a segment of DNS over TCP: the messages like those over UDP, all else
// by the message that it serves.
func (a *Annotator) dnsSegment(k *connection, l *Labelled) {
	k.sure, l.overDNS = true, true
	k.point = a.pointOf(&l.Frame, k.client, k.server, rules.Resolver)
	said := false
	for i := range l.Parts {
		p := &l.Parts[i]
		if m := p.Message; p.End && m.Kind == decode.DNS && m.DNS != nil && len(m.DNS.Questions) > 0 {
			a.dnsOverTCP(k, l, m.DNS)
			said = true
		}
	}
	if !said {
		a.servesDNS(k, l, k.servedBy(l))
	}
}

// dnsOverTCP labels the frame that completes the message m.
func (a *Annotator) dnsOverTCP(k *connection, l *Labelled, m *dns.Message) {
	if !m.Response {
		t := k.overDNS()
		t.query, t.iterative = l.Number, !m.RecursionDesired
	}
	a.dns(l, m)
	l.Variants |= a.set.tcp
	if l.Journey == nil {
		return
	}
	k.journey = l.Journey
	if !m.Response && m.RecursionDesired {
		v := saying{journey: l.Journey, frame: l.Number, count: l.Journey.trail.truncated}
		a.differ(l.Journey, "difference.dns-tcp", "1.3", v, l.Number)
	}
}

// servedBy says which side's message a segment without a message's end serves: the
// handshake and the ACKs of a query serve the client's, all else the server's.
func (k *connection) servedBy(l *Labelled) rules.Event {
	s := &l.Segment
	of := s.Acks
	if l.PayloadLen > 0 {
		of = s.Of
		if len(l.Parts) > 0 {
			of = l.Parts[0].Message
		}
	}
	closes := l.Flags&(layers.FIN|layers.RST) != 0 || s.AfterFIN
	switch {
	case k.dot && (closes && l.PayloadLen == 0 || k.servesSecureResponse(of)):
		return rules.DNSSecureResponse
	case k.dot:
		return rules.DNSSecureQuery
	case k.overDNS().iterative:
		return rules.DNSIterativeConnection
	case closes && l.PayloadLen == 0:
		return rules.DNSResponseConnection
	case of == nil || of.Dir == k.tcp.Client:
		return rules.DNSQueryConnection
	}
	return rules.DNSResponseConnection
}

// servesDNS labels a segment that helps to carry a message.
func (a *Annotator) servesDNS(k *connection, l *Labelled, e rules.Event) {
	l.Variants |= a.unusual(k, l)
	l.Journey = k.journey
	l.Detail, l.HasSince, l.Lean = segmentWord(l), false, k.overDNS().query
	a.give(l, e, k.point)
}

// segmentWord says in a word what a segment is.
func segmentWord(l *Labelled) string {
	switch {
	case l.Flags&layers.RST != 0:
		return "RST"
	case l.Flags&(layers.SYN|layers.ACK) == layers.SYN:
		return "SYN"
	case l.Flags&layers.SYN != 0:
		return "SYN+ACK"
	case l.PayloadLen > 0 && len(l.Parts) > 0 && l.Parts[0].Message.Kind != decode.DNS:
		if names := handshakeNames(l.Facts); names != "" {
			return names
		}
		return detail(l.via, l.Parts[0].Message)
	case l.PayloadLen > 0:
		return "bytes of the message"
	case l.Flags&layers.FIN != 0:
		return "FIN"
	}
	return "ACK"
}

// settleDNS labels a frame that waited until its connection turned out to carry
// DNS: it is of the handshake.
func (a *Annotator) settleDNS(k *connection, l *Labelled) {
	variants := l.Variants
	l.Label = Label{Phase: NoPhase, Variants: variants, via: k, overDNS: true}
	e := rules.DNSQueryConnection
	switch {
	case k.dot:
		e = rules.DNSSecureQuery
	case k.overDNS().iterative:
		e = rules.DNSIterativeConnection
	}
	a.servesDNS(k, l, e)
}
