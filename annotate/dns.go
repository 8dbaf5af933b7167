package annotate

import (
	"net/netip"
	"slices"
	"time"

	"github.com/pktjourney/pktjourney/decode/dns"
	"github.com/pktjourney/pktjourney/decode/fact"
	"github.com/pktjourney/pktjourney/decode/flow"
	"github.com/pktjourney/pktjourney/decode/layers"
	"github.com/pktjourney/pktjourney/rules"
)

// exchange is what a UDP conversation with a DNS server remembers: its
// questions that may still be answered (RFC 1035 section 7.3).
type exchange struct {
	asked []transaction
}

// transaction is a query and what is known of its answer, matched by ID and name.
type transaction struct {
	id        uint16
	name      string
	qtype     string
	frame     int
	at        time.Time
	journey   *Journey
	server    netip.Addr
	answered  bool
	question  *question // of a client; nil for a resolver's own
	forwarded bool      // it passes a client's question on
	cause     *cause    // of a resolver's own query: the client's question behind it, if one is known
}

// The limits of what is remembered of questions: of one conversation, and of one while there are very many questions
// in all. Beyond them the older half is forgotten.
const (
	maxTransactions  = 64
	fewTransactions  = 2
	manyTransactions = 1 << 15
)

// remembersQuery keeps t, a query of the conversation of l.
func (a *Annotator) remembersQuery(l *Labelled, t transaction) {
	x, limit := exchangeOf(l), maxTransactions
	if a.transactions >= manyTransactions {
		limit = fewTransactions
	}
	if n := len(x.asked); n >= limit {
		keep := limit / 2
		x.asked = slices.Delete(x.asked, 0, n-keep)
		a.transactions -= n - keep
	}
	x.asked = append(x.asked, t)
	a.transactions++
}

// forgetsQueries takes note that conv is over.
func (a *Annotator) forgetsQueries(conv *flow.Conversation) {
	switch note := conv.Note.(type) {
	case *exchange:
		a.transactions -= len(note.asked)
	case *connection:
		if note.dns != nil {
			a.transactions -= len(note.dns.asked)
		}
	}
}

// dns labels a DNS message. A query whose end is not known to be near or far
// waits for the answer, which tells whether the capture was taken at the server.
func (a *Annotator) dns(l *Labelled, m *dns.Message) (waits bool) {
	if len(m.Questions) == 0 || m.OpCode != dns.OpQuery && m.OpCode != dns.OpNotify {
		return false
	}
	// A NOTIFY goes from one name server to another (RFC 1996), whatever its RD bit.
	between := !m.RecursionDesired || m.OpCode == dns.OpNotify
	switch {
	case m.Response && between:
		a.iterativeResponse(l, m)
	case m.Response:
		a.response(l, m)
	case between:
		return a.iterativeQuery(l, m)
	default:
		a.query(l, m)
		return l.Point == rules.Router && !a.point.knows(l.Dst)
	}
	return false
}

// query labels a client's question.
func (a *Annotator) query(l *Labelled, m *dns.Message) {
	q := &m.Questions[0]
	if c := a.resolving.forwards(l.Src, l.Dst, q, l.Time); c != nil {
		a.forwarded(l, m, c)
		return
	}
	if l.HasSrcMAC && hops(l.TTL) == 0 {
		a.hosts.asks(l.SrcMAC, l.Src, a.leases.limit)
	}
	qtype := l.Facts.Text(fact.DNSQuestionType)
	j := a.asks(l.Src, q.Name, l.Time)
	a.touch(j, l.Time)
	l.Journey = j
	l.Detail = qtype + " " + q.Name
	a.give(l, rules.DNSQuery, a.pointOf(&l.Frame, l.Src, l.Dst, rules.Resolver))
	asked := &question{name: q.Name, qtype: qtype, id: m.ID, port: l.SrcPort, client: l.Src, server: l.Dst,
		lease: a.leaseOf(l.Src), frame: l.Number, at: l.Time}
	a.askedBefore(l, j, asked)
	a.heads(j, asking, l.Dst)
	a.heads(j, answering, l.Src)
	if j.trail.query.frame == 0 {
		j.trail.query.set(l.Number, l.Time)
		j.trail.queryStack = a.work.stack(l)
		j.trail.hops = hops(l.TTL)
	}
	if l.Facts.Text(fact.DNSEDNSSize) != "" {
		a.differ(j, "difference.edns", "1.3", saying{journey: j, frame: l.Number, facts: l.Facts}, l.Number)
	}
	a.remembersQuery(l, transaction{id: m.ID, name: q.Name, qtype: qtype, frame: l.Number, at: l.Time, journey: j, server: l.Dst, question: asked})
	a.resolving.wants(l.Dst, &cause{names: []string{q.Name}, qtype: q.Type, client: l.Src, resolver: l.Dst, journey: j, frame: l.Number, at: l.Time})
	a.released(l, rules.ARPForQuery)
}

// askedBefore finds out whether the client asks again what was not answered:
// the resolver's own retransmission, or its switch to the next server.
func (a *Annotator) askedBefore(l *Labelled, j *Journey, now *question) {
	t := j.trail
	var newest *question
	sameServer := false
	for _, q := range t.asked {
		if q.qtype == now.qtype && !q.answered && q.again(now) {
			newest = q
			sameServer = sameServer || q.server == l.Dst
		}
	}
	if newest != nil {
		l.lean(newest.frame, newest.at)
		if sameServer {
			l.Variants |= a.set.retransmission
		} else {
			l.Variants |= a.set.serverSwitch
		}
	}
	t.asks(now)
}

// asks keeps q, the newest question of the journey.
func (t *trail) asks(q *question) {
	if len(t.asked) == maxQuestions {
		t.asked = slices.Delete(t.asked, 0, maxQuestions/2)
	}
	t.asked = append(t.asked, q)
}

// No resolver gives up waiting so soon; whoever asks again before asks on its own account.
const shortestTimeout = 200 * time.Millisecond

// again reports whether now asks q once more.
func (q *question) again(now *question) bool {
	return q.id == now.id && q.port == now.port || now.at.Sub(q.at) >= shortestTimeout
}

// response labels the answer to a client's question.
func (a *Annotator) response(l *Labelled, m *dns.Message) {
	name := m.Questions[0].Name
	qtype := l.Facts.Text(fact.DNSQuestionType)
	a.point.see(&l.Frame)
	tr := answered(l, m.ID, name, qtype)
	if tr != nil && tr.forwarded {
		a.iterativeResponse(l, m)
		return
	}
	var j *Journey
	if tr != nil {
		j = tr.journey
	}
	if j == nil || j.trail.closed {
		j = a.asks(l.Dst, name, l.Time)
	}
	a.touch(j, l.Time)
	l.Journey = j
	l.Detail = qtype + " " + name
	l.Count = len(m.Answers)
	if tr != nil {
		l.lean(tr.frame, tr.at)
		if tr.answered {
			l.Variants |= a.set.duplicate
		}
		tr.answered = true
		a.placeQuery(tr.frame, l.Time)
		j.trail.settle(tr.frame, qtype)
	}
	a.give(l, rules.DNSResponse, a.pointOf(&l.Frame, l.Dst, l.Src, rules.Resolver))
	if tr != nil && a.resolving.answers(l.Src, tr.frame, l.Time) && l.Point == rules.Resolver && !m.Authoritative {
		l.Variants |= a.set.cached
	}
	again := a.remember(j, l, m, a.questionOf(tr, j, l, m))
	if m.Truncated {
		j.trail.truncated = l.Number
	}
	a.answerDiffers(l, j, tr, again)
}

// exchangeOf finds what is remembered of l's conversation.
func exchangeOf(l *Labelled) *exchange {
	switch note := l.Conversation.Note.(type) {
	case *exchange:
		return note
	case *connection:
		return &note.overDNS().exchange
	}
	x := &exchange{}
	l.Conversation.Note = x
	return x
}

// answered finds the question that l answers.
func answered(l *Labelled, id uint16, name, qtype string) *transaction {
	x := exchangeOf(l)
	for i := len(x.asked) - 1; i >= 0; i-- {
		if t := &x.asked[i]; t.id == id && t.name == name && t.qtype == qtype {
			return t
		}
	}
	return nil
}

// placeQuery labels a query that waited: by its answer it is known how far the server is.
func (a *Annotator) placeQuery(frame int, now time.Time) {
	if s := a.queue.waiter(frame, now); s != nil {
		s.waits = false
		a.give(&s.Labelled, rules.DNSQuery, a.pointOf(&s.Frame, s.Src, s.Dst, rules.Resolver))
	}
}

// settle marks the questions of qtype up to frame as answered.
func (t *trail) settle(frame int, qtype string) {
	for _, q := range t.asked {
		if q.qtype == qtype && q.frame <= frame {
			q.answered = true
		}
	}
}

// questionOf is the question that l answers; one without a frame when the capture does not have it.
func (a *Annotator) questionOf(tr *transaction, j *Journey, l *Labelled, m *dns.Message) *question {
	if tr != nil && tr.question != nil {
		return tr.question
	}
	q := &question{name: m.Questions[0].Name, qtype: l.Facts.Text(fact.DNSQuestionType), client: l.Dst, server: l.Src,
		lease: a.leaseOf(l.Dst), at: l.Time, answered: true}
	j.trail.asks(q)
	return q
}

// remember notes the addresses that the answer to q gives, through aliases, and
// reports whether an earlier journey was answered the same: the resolver had it in its cache.
func (a *Annotator) remember(j *Journey, l *Labelled, m *dns.Message, q *question) (again bool) {
	addrs, aliases := m.Resolve(q.name)
	q.takes(l, addrs, aliases)
	for _, addr := range addrs {
		if old := a.answered(l.Dst, addr); old != nil && old.name == q.name && old.journey != j {
			again = true
		}
		a.answers.learn(a.hosts.called(l.Dst), addr, answer{name: q.name, frame: l.Number, at: l.Time, journey: j, question: q})
	}
	if len(addrs) > 0 {
		j.trail.answer.set(l.Number, l.Time)
		j.trail.hops = max(j.trail.hops, hops(l.TTL))
	}
	return again
}

// A resolver that takes longer than this has probably asked others first.
const askingTime = 50 * time.Millisecond

// answerDiffers notes how an answer departs from the document.
func (a *Annotator) answerDiffers(l *Labelled, j *Journey, tr *transaction, again bool) {
	const classicLimit = 512 // RFC 1035 section 4.2.1
	if l.Transport == layers.TransportUDP && l.PayloadLen > classicLimit {
		a.differ(j, "difference.large-udp", "2.6", saying{journey: j, frame: l.Number, size: l.PayloadLen, facts: l.Facts}, l.Number)
	}
	if tr == nil || l.Point != rules.Client && l.Point != rules.Unknown {
		return
	}
	v := saying{journey: j, frame: l.Number, since: l.Since, hasSince: true}
	switch {
	case l.Since > askingTime:
		a.differ(j, "difference.resolver-asked", "2.2", v, tr.frame, l.Number)
	case again:
		a.differ(j, "difference.resolver-cached", "2.2", v, tr.frame, l.Number)
	}
}
