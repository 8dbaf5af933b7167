package annotate

import (
	"math/bits"
	"net/netip"
	"slices"
	"strings"

	"github.com/pktjourney/pktjourney/decode"
	"github.com/pktjourney/pktjourney/rules"
)

const (
	portDoT = 853   // RFC 7858 section 3.1
	alpnDoT = "dot" // RFC 7858 section 3.2, the registry of RFC 7301

	mimeDoH = "application/dns-message" // RFC 8484 section 6
)

// publicDoH are names of well-known resolvers that answer DNS over HTTPS; what ends in
// one of them behind a dot counts too. Their TLS does not tell it, their name does.
var publicDoH = []string{
	"dns.google", "cloudflare-dns.com", "one.one.one.one", "dns.quad9.net", "doh.opendns.com", "dns.nextdns.io",
	"adguard-dns.com", "dns.adguard.com", "doh.cleanbrowsing.org", "dns0.eu", "doh.dns.sb", "dns.alidns.com", "doh.pub",
	"dns.controld.com", "dns.mullvad.net", "doh.xfinity.com", "dns.sse.cisco.com", "doh.apple.com",
}

// isPublicDoH reports whether name is that of a well-known resolver.
func isPublicDoH(name string) bool {
	for _, known := range publicDoH {
		if rest, ok := strings.CutSuffix(name, known); ok && (rest == "" || strings.HasSuffix(rest, ".")) {
			return true
		}
	}
	return false
}

// encrypted remembers which clients were seen to use encrypted DNS, and from when on.
type encrypted map[netip.Addr]mark

// maxEncrypted bounds the clients that are remembered.
const maxEncrypted = 1 << 12

func (e encrypted) note(client netip.Addr, l *Labelled) {
	if _, known := e[client]; !known && len(e) < maxEncrypted {
		e[client] = mark{l.Number, l.Time}
	}
}

// before finds the frame from which on j's client used encrypted DNS, if that was before j
// began without a question in clear text.
func (e encrypted) before(j *Journey) (frame int, ok bool) {
	m, ok := e[j.trail.host]
	t := j.trail
	return m.frame, ok && !m.at.After(t.began) && t.query.frame == 0 && !t.wasAnswered() && !t.remembered
}

// overTLS reports whether k carries DNS over TLS (RFC 7858): TLS on its port, or with its ALPN. Frames before the
// ClientHello is whole wait.
func (k *connection) overTLS(l *Labelled) bool {
	t := k.tcp.TLS()
	if k.dot || t == nil || k.outside {
		return k.dot
	}
	switch hello := t.ClientHello(); {
	case hello != nil:
		k.dot = k.port == portDoT || slices.Contains(hello.ALPN, alpnDoT)
	case len(l.Parts) > 0 && l.Parts[0].Message.Kind != decode.TLSHandshake:
		k.dot = k.port == portDoT
	}
	return k.dot
}

// carriesDNS reports whether k's bytes turned out to be DNS, encrypted or not.
func (k *connection) carriesDNS() bool { return k.speaksDNS() || k.dot }

// secureDNSSegment labels a segment of DNS over TLS: by the side that it serves, as for DNS over TCP. What is asked
// can not be told, so that it is the journey to the server's name.
func (a *Annotator) secureDNSSegment(k *connection, l *Labelled) {
	k.sure, l.overDNS = true, true
	k.point = a.pointOf(&l.Frame, k.client, k.server, rules.Resolver)
	a.placeSecureDNS(k, l)
	k.others = 0
	for i := range l.Parts {
		if p := &l.Parts[i]; p.Frame == l.Number {
			k.others |= 1 << messageEvent(k, p.Message)
		}
	}
	t := k.journey.trail
	if k.others&(1<<rules.TLSClientData) != 0 {
		k.overDNS().query = l.Number
		t.query.set(l.Number, l.Time)
	}
	if k.others&(1<<rules.TLSServerData) != 0 {
		t.answer.set(l.Number, l.Time)
	}
	a.servesDNS(k, l, k.servedBy(l))
	l.Also = a.withRecords(l.Also, l.Step, k)
}

// servesSecureResponse reports whether the records of are the server's, after the handshake, or end the connection.
func (k *connection) servesSecureResponse(of *decode.Message) bool {
	return of != nil && (of.Kind == decode.TLSAlert || of.Dir != k.tcp.Client && of.Kind == decode.TLSData)
}

// placeSecureDNS makes k part of the journey to its server.
func (a *Annotator) placeSecureDNS(k *connection, l *Labelled) {
	if k.named && k.journey != nil && !k.journey.trail.closed {
		a.touch(k.journey, l.Time)
		return
	}
	name := ownName(k, l)
	if name == "" {
		name = k.server.String()
		if k.from.name != "" {
			name = k.from.name
		}
	}
	a.leave(k)
	k.named = true
	k.journey = a.asks(k.client, name, l.Time)
	a.touch(k.journey, l.Time)
	if t := k.journey.trail; t.queryStack == "" {
		t.queryStack = a.work.stack(l)
	}
	a.hidesDNS(k, l)
}

// hidesDNS notes that DNS of k's client is encrypted.
func (a *Annotator) hidesDNS(k *connection, l *Labelled) {
	a.encrypted.note(a.hosts.called(k.client), l)
	a.differ(k.journey, "difference.encrypted-dns", "1.3", saying{journey: k.journey, frame: l.Number}, l.Number)
}

// withRecords adds to also the steps of the TLS records that the newest segment of k
// has bytes of. The lists are made once for each combination.
func (a *Annotator) withRecords(also []rules.ID, step rules.ID, k *connection) []rules.ID {
	if k.others == 0 {
		return also
	}
	key := alsoKey{step, k.others, k.point}
	if known, ok := a.also[key]; ok {
		return known
	}
	all := slices.Clone(also)
	add := func(id rules.ID) {
		if id != "" && id != step && !slices.Contains(all, id) {
			all = append(all, id)
		}
	}
	for set := k.others; set != 0; set &= set - 1 {
		if r := a.book.Match(rules.Event(bits.TrailingZeros64(set)), k.point, nil); r != nil {
			add(r.Step)
			for _, id := range r.Also {
				add(id)
			}
		}
	}
	slices.Sort(all)
	a.also[key] = all
	return all
}

// overHTTPS notes DNS over HTTPS (RFC 8484): a message has its type, or the server
// is known for nothing else. Such a connection keeps its own steps.
func (a *Annotator) overHTTPS(k *connection, l *Labelled) {
	if k.journey == nil || k.doh {
		return
	}
	if t := k.tcp.TLS(); t != nil && t.ClientHello() != nil && k.judged != k.journey.Name {
		k.judged = k.journey.Name
		k.doh = isPublicDoH(k.judged)
	}
	for i := range l.Parts {
		m := l.Parts[i].Message
		k.doh = k.doh || m.HTTP != nil && m.HTTP.MIMEType == mimeDoH
	}
	if k.doh {
		a.hidesDNS(k, l)
	}
}
