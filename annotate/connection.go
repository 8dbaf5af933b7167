package annotate

import (
	"net/netip"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/pktjourney/pktjourney/decode"
	"github.com/pktjourney/pktjourney/decode/fact"
	"github.com/pktjourney/pktjourney/decode/layers"
	"github.com/pktjourney/pktjourney/rules"
)

// connection is what the annotator keeps with a TCP connection or a QUIC connection.
type connection struct {
	tcp     *decode.Connection // nil for QUIC
	quic    *overQUIC          // nil for TCP
	client  netip.Addr
	server  netip.Addr
	port    uint16 // the server's
	point   rules.Point
	dot     bool // DNS over TLS
	doh     bool // DNS over HTTPS was seen
	journey *Journey
	from    *answer // the DNS answer that gave the address; noAnswer when none did
	named   bool    // its own bytes told the name
	sure    bool    // nothing that can still come changes whose journey it is
	outside bool    // it belongs to no journey
	outlast bool    // an earlier journey of it ended before it did
	open    bool    // counted among its journey's open connections

	answered bool     // the server has sent bytes
	probed   bool     // the newest segment was a keep-alive
	others   uint64   // the further events of the newest segment, a bit for each
	last     brief    // the newest label, for segments that say nothing new
	held     *[2]held // of each direction; nil while no segment only went on with a message
	synack   mark
	dns      *overDNS // nil while its bytes are not known to be DNS
	way      *way     // what its journey keeps of it; nil while it has none

	conversation int
	judged       string // the name that is none of a resolver; "" when not known
}

// connectionOf finds what is kept with l's connection, or begins it.
func (a *Annotator) connectionOf(l *Labelled) *connection {
	if k, ok := l.Conversation.Note.(*connection); ok {
		return k
	}
	k := &connection{tcp: l.Segment.Connection, conversation: l.Conversation.ID, from: noAnswer}
	l.Conversation.Note = k
	k.client, k.server, k.port = l.Src, l.Dst, l.DstPort
	if l.Dir != k.tcp.Client {
		k.client, k.server, k.port = l.Dst, l.Src, l.SrcPort
	}
	a.place(k, l)
	return k
}

// place finds the journey of a new connection by the address that it goes to:
// an earlier answer gave it for a name that this client asked.
func (a *Annotator) place(k *connection, l *Labelled) {
	if ans := a.answered(k.client, k.server); ans != nil {
		k.from = ans
		a.enter(k, a.joins(k, ans.name, l.Time), l)
		return
	}
	if l.Src != k.client {
		return
	}
	if ans := a.answeredHost(l); ans != nil {
		k.from = ans
		j := ans.journey
		if j == nil || j.trail.closed {
			j = a.joins(k, ans.name, l.Time)
		}
		a.enter(k, j, l)
	}
}

// enter makes k a connection of j.
func (a *Annotator) enter(k *connection, j *Journey, l *Labelled) {
	a.leave(k)
	k.journey = j
	t := j.trail
	if k.tcp == nil || !k.tcp.Closed {
		k.open = true
		t.open++
	}
	t.ever++
	t.travels(k)
	a.heads(j, exchanging, k.server)
	a.heads(j, answering, k.client)
	if len(t.servers) < maxServers && !slices.Contains(t.servers, k.server) {
		t.servers = append(t.servers, k.server)
	}
	a.touch(j, l.Time)
}

// maxServers bounds the addresses that a journey keeps.
const maxServers = 16

// leave takes k out of its journey, which turned out to be another's.
func (a *Annotator) leave(k *connection) {
	if k.journey == nil {
		return
	}
	a.shut(k)
	if !k.journey.trail.closed {
		k.journey.trail.ever--
		k.journey.trail.forsakes(k)
	}
	k.journey = nil
}

// shut counts k among its journey's closed connections.
func (a *Annotator) shut(k *connection) {
	if k.open && !k.journey.trail.closed {
		k.journey.trail.open--
	}
	k.open = false
}

// nameless reports whether frames of k must wait for its bytes to tell the name.
func (k *connection) nameless() bool { return !k.sure && !k.outside }

// identify takes the name that the connection's own bytes tell: Host or SNI.
func (a *Annotator) identify(k *connection, l *Labelled) {
	if k.named {
		return
	}
	if name := ownName(k, l); name != "" {
		a.takeName(k, l, name)
	}
}

// takeName moves k to the journey to name.
func (a *Annotator) takeName(k *connection, l *Labelled, name string) {
	k.named, k.sure, k.outside = true, true, false
	if k.from.name != name {
		k.from = a.answerBefore(k, name)
	}
	a.moveTo(k, l, name)
	k.tells(l)
}

// moveTo makes k a connection of the journey to name.
func (a *Annotator) moveTo(k *connection, l *Labelled, name string) {
	if k.journey != nil && k.journey.Name == name && !k.journey.trail.closed {
		return
	}
	if j := k.journey; j != nil && j.Name == k.server.String() && j.trail.ever == 1 && a.opened(k.client, name) == nil {
		a.rename(j, name)
		return
	}
	a.enter(k, a.joins(k, name, l.Time), l)
}

// answerBefore is the answer that gave k's client the server's address for name before it opened k, noAnswer when none did.
func (a *Annotator) answerBefore(k *connection, name string) *answer {
	ans := a.answeredAs(k.client, k.server, name)
	if ans == nil || k.tcp != nil && k.tcp.SYN != 0 && ans.frame > k.tcp.SYN {
		return noAnswer
	}
	return ans
}

// ownName is the name that k's bytes tell by now; "" when they do not.
func ownName(k *connection, l *Labelled) string {
	if t := k.tcp.TLS(); t != nil {
		if hello := t.ClientHello(); hello != nil {
			return named(hello.ServerName)
		}
		return ""
	}
	for i := range l.Parts {
		if m := l.Parts[i].Message; m.Kind == decode.HTTPRequest && m.Dir == k.tcp.Client && m.HTTP != nil && m.HTTP.HeadComplete {
			return named(m.HTTP.Domain())
		}
	}
	return ""
}

// maxName is how long a name of DNS can be in text (RFC 1035 section 2.3.4). A client may send more: that names no host, and
// every frame of the journey would tell it.
const maxName = 253

// named is the journey's name that a client's Host or SNI gives.
func named(host string) string {
	host = strings.ToLower(host)
	if len(host) <= maxName {
		return host
	}
	end := maxName
	for end > 0 && !utf8.RuneStart(host[end]) {
		end--
	}
	return host[:end] + "…"
}

// byAddress makes the journey of a connection whose bytes are of the web but
// tell no name: its name is the server's address.
func (a *Annotator) byAddress(k *connection, l *Labelled) {
	k.sure = true
	if k.journey == nil {
		a.enter(k, a.joins(k, k.server.String(), l.Time), l)
	}
}

// settleVia makes the label of a connection's frame final: with the
// connection's journey as it is known by now, or outside when it has none.
func (a *Annotator) settleVia(l *Labelled) {
	k := l.via
	if k.quic != nil {
		a.settleQUIC(k, l)
		return
	}
	if k.carriesDNS() {
		if !l.overDNS {
			a.settleDNS(k, l)
		}
		return
	}
	if k.journey == nil && !k.outside {
		if k.tcp.Speaks() != "" || !k.tcp.HasData() && k.tcp.SYN != 0 && webPort(k.port) {
			a.byAddress(k, l)
		}
	}
	if k.journey == nil {
		a.outsideConnection(l)
		return
	}
	l.Journey = k.journey
	if l.Point == rules.Unknown {
		l.Point = k.point
	}
	if l.Segment.Syn && l.Lean != k.from.frame && (k.from.frame == 0 || k.from.name == k.journey.Name) {
		l.lean(k.from.frame, k.from.at)
	}
}

// outsideConnection makes l the label of a frame of nobody's connection; where
// nothing tells its protocol, that is all there is to say.
func (a *Annotator) outsideConnection(l *Labelled) {
	a.outside(l)
	l.Reason = a.book.Phrase("outside.connection.reason")
	if l.Protocol == "tcp" {
		l.Does = a.book.Phrase("outside.connection")
	}
}

// webPort reports whether a connection that says nothing was probably meant
// for a web server.
func webPort(port uint16) bool { return port == 80 || port == 443 || port == 8080 || port == 8443 }

// follow keeps the times of the journey's connections.
func (a *Annotator) follow(k *connection, l *Labelled, e rules.Event) {
	if k.journey == nil {
		return
	}
	t := k.journey.trail
	t.tcp = true
	switch e {
	case rules.TCPSyn:
		t.syn.set(l.Number, l.Time)
	case rules.TCPHandshakeAck:
		t.established.set(l.Number, l.Time)
	case rules.TCPRefused:
		t.refused = true
	case rules.TLSHandshake:
		t.tls = true
		if len(l.Facts) > 0 && l.Dir != k.tcp.Client {
			a.handshakeDiffers(k.journey, l)
		}
		if l.Dir == k.tcp.Client {
			t.hello.set(l.Number, l.Time)
			if t.request.frame == 0 {
				t.secured = mark{l.Number, l.Time}
			}
		}
	case rules.HTTPRequest:
		t.plain = true
		t.requested(l, &a.work)
		if k.tcp.HTTP2() {
			a.differ(k.journey, "difference.http2", "4.1", saying{journey: k.journey, frame: l.Number}, l.Number)
		}
	case rules.TLSClientData:
		t.tls = true
		t.requested(l, &a.work)
	case rules.HTTPResponse:
		t.plain = true
		t.responded(l)
	case rules.TLSServerData:
		t.tls = true
		t.respondedInside(l)
	}
	if k.outlast || k.tcp.SYN == 0 && k.tcp.SYNACK == 0 {
		t.noSYN = true
	}
	if k.tcp.Closed {
		a.shut(k)
	}
	t.last = l.Time
}

// zeroWindow reports whether a segment says that its sender takes no more bytes (RFC 9293 section 3.8.6).
func zeroWindow(l *Labelled) bool {
	return l.Window == 0 && l.Flags&(layers.SYN|layers.RST|layers.FIN) == 0
}

// requested notes the first frame that asks for the page.
func (t *trail) requested(l *Labelled, w *workspace) {
	if t.request.frame == 0 {
		t.request.set(l.Number, l.Time)
		t.requestStack = w.stack(l)
	}
}

// responded notes a frame of a response.
func (t *trail) responded(l *Labelled) {
	if t.request.frame != 0 {
		t.firstByte.set(l.Number, l.Time)
	}
	t.lastByte = mark{l.Number, l.Time}
	if t.hops == 0 {
		t.hops = hops(l.TTL)
	}
}

// respondedInside notes a frame of a response inside TLS or QUIC.
func (t *trail) respondedInside(l *Labelled) {
	t.responded(l)
	if _, read := l.Facts.Get(fact.HTTPResponseStatusCode); read {
		t.opened = t.lastByte
	}
}

// shortestRoundTrip stands for a round trip that the handshake does not tell.
const shortestRoundTrip = 3 * time.Millisecond

// roundTrip is about how long a segment and its answer take, from the handshake.
func (k *connection) roundTrip() time.Duration {
	if k.tcp.SYN == 0 || k.synack.frame == 0 {
		return shortestRoundTrip
	}
	return max(shortestRoundTrip, k.synack.at.Sub(k.tcp.SYNTime)*9/10)
}
