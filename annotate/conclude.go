package annotate

import (
	"slices"
	"time"

	"github.com/pktjourney/pktjourney/rules"
)

// conclude says of every step of the documented journey whether j went through it.
func (a *Annotator) conclude(j *Journey) {
	t := j.trail
	if t.lease == nil {
		t.lease = a.leaseOf(j.Client)
	}
	if frame, ok := a.encrypted.before(j); ok {
		a.differ(j, "difference.encrypted-dns", "1.3", saying{journey: j, frame: frame}, frame)
	}
	a.concludeDrops(j)
	j.Point, j.Complete = t.point, true
	w := &a.work
	for i := range a.plan.steps {
		w.states = append(w.states, StepState{})
		st := &w.states[len(w.states)-1]
		a.state(j, &a.plan.steps[i], st)
		if st.State == Missing && st.Needed {
			j.Complete = false
		}
	}
	w.reasons()
	j.Steps = w.states
	if t.lease != nil {
		w.differ = append(w.differ, t.lease.found...)
	}
	w.differ = append(w.differ, t.found...)
	j.Differences = w.differ
	j.Timing = t.timing()
	j.Chains = a.chains(j)
	j.Routing = a.routed(j)
}

// state finds out about the step s, and fills in st, the newest of the workspace.
func (a *Annotator) state(j *Journey, p *plannedStep, st *StepState) {
	t, s := j.trail, p.Step
	st.Step, st.Needed = s, !s.Inside && s.Visible.Has(t.point) && t.needs(s)
	var walked *stepTrail
	if t.walked&p.bit != 0 {
		walked = t.at(s.ID)
	}
	if walked == nil && t.lease != nil {
		walked = findStep(t.lease.steps, s.ID)
	}
	if walked == nil {
		walked = findStep(a.link, s.ID)
	}
	if walked != nil {
		st.State = Observed
		if !walked.observed {
			st.State = Deduced
		}
		st.Count, st.Frames, st.Start, st.End = int(walked.count), walked.frames, walked.start, walked.end
		return
	}
	for i := range s.Deduce {
		if t.walked&p.from[i] != 0 && a.deduce(j, s, &s.Deduce[i], st) {
			return
		}
	}
	cause := a.cause(j, p)
	st.Cause = cause
	st.Needed = st.Needed && cause != rules.Cached
	missing := a.missing(cause)
	if text, ok := missing.Constant(a.opts.Lang); ok {
		st.Reason = text
		return
	}
	a.work.tell(st, missing, a.opts.Lang, &saying{journey: j})
}

// missing is the sentence that tells of cause.
func (a *Annotator) missing(cause rules.Cause) *rules.Sentence {
	if a.lack.cause == cause && a.lack.sentence != nil { // one step after the other lacks for the same cause
		return a.lack.sentence
	}
	s, known := a.lacks[cause]
	if !known {
		s = a.book.Phrase(rules.MissingPhrase(cause))
		a.lacks[cause] = s
	}
	a.lack.cause, a.lack.sentence = cause, s
	return s
}

// deduce fills in st, of s, when d holds for j.
func (a *Annotator) deduce(j *Journey, s *rules.Step, d *rules.Deduction, st *StepState) bool {
	t := j.trail
	from := t.at(d.From)
	if from == nil || !t.needs(s) || !d.At.Has(t.point) || !a.holds(t, d) {
		return false
	}
	frame, at := from.first(), from.start
	if d.Last {
		frame, at = from.last, from.end
		switch d.When {
		case rules.ResponseComplete:
			m := a.completed(t, a.book.Step(d.From))
			frame, at = m.frame, m.at
		case rules.ResponseRead:
			frame, at = t.opened.frame, t.opened.at
		}
	}
	st.State, st.Count = Deduced, 1
	if d.Observed {
		st.State = Observed
	}
	st.Frames = a.work.only(frame)
	st.Start, st.End = at, at
	v := saying{journey: j, frame: frame, count: t.hops}
	if d.Reason.Has(rules.SlotStack) {
		v.stack = a.stackOf(t, d.From)
	}
	if t.syn.frame != 0 && at.After(t.syn.at) {
		v.since, v.hasSince = at.Sub(t.syn.at), true
	}
	a.work.tell(st, d.Reason, a.opts.Lang, &v)
	return true
}

// stackOf is the headers around the frames that performed step.
func (a *Annotator) stackOf(t *trail, step rules.ID) string {
	if a.subjectOf(a.book.Step(step)) < opening {
		return t.queryStack
	}
	return t.requestStack
}

// holds reports whether the condition of a deduction is true of the journey.
func (a *Annotator) holds(t *trail, d *rules.Deduction) bool {
	switch d.When {
	case "":
		return true
	case rules.HopsKnown:
		return t.hops > 0
	case rules.ResponseRead:
		return t.opened.frame != 0
	case rules.ResponseComplete:
		return a.completed(t, a.book.Step(d.From)).frame != 0
	}
	return false
}

// completed is the frame that completed a response: inside TLS for the steps that are about that, else a page over plain HTTP.
func (a *Annotator) completed(t *trail, s *rules.Step) mark {
	if a.secures(s) {
		return t.secret
	}
	return t.page
}

// needs reports whether the journey's way has the step at all.
func (t *trail) needs(s *rules.Step) bool {
	switch s.Needs {
	case rules.PlainHTTP:
		return t.plain || !t.tls
	case rules.HTTPS:
		return t.tls
	case rules.OverTCP:
		return t.needsTCP()
	case rules.HTTPSOverTCP:
		return t.tls && t.needsTCP()
	}
	return true
}

// needsTCP reports whether a connection of the journey ran over TCP, as far as any is known.
func (t *trail) needsTCP() bool { return t.tcp || !t.quic }

// cause says why s is missing.
func (a *Annotator) cause(j *Journey, p *plannedStep) rules.Cause {
	t, s, about := j.trail, p.Step, p.about
	switch {
	case !s.Visible.Has(t.point) && (about == otherSubject || about == assigning || about >= opening && t.ever == 0):
		return rules.NotVisible
	case about == otherSubject:
		return rules.NotSeen
	case about == assigning && t.lease.kept():
		return rules.NotNeeded
	case about == assigning && t.lease.acknowledged():
		return rules.NotSeen
	case about == assigning:
		return rules.NoDHCP
	case about == asking, about == answering:
		if _, ok := a.encrypted.before(j); ok {
			return rules.EncryptedDNS
		}
		return t.causeOfDNS(s, about)
	case t.ever == 0 && t.withoutAddress():
		return rules.NoAddress
	case t.ever == 0:
		return rules.NoConnection
	case !t.needs(s) && s.Needs == rules.PlainHTTP:
		return rules.OverTLS
	case !t.needs(s) && t.quic && !t.tcp:
		return rules.OverQUIC
	case !t.needs(s) && t.plain:
		return rules.OverHTTP
	case about == opening:
		return t.causeOfOpening(s)
	}
	return a.causeOfExchange(t, s)
}

func (t *trail) causeOfDNS(s *rules.Step, about subject) rules.Cause {
	switch {
	case t.hidesDNS():
		return rules.NotVisible
	case t.query.frame == 0 && t.remembered:
		return rules.Remembered
	case t.query.frame == 0 && !t.wasAnswered():
		return rules.NoDNS
	case t.query.frame == 0 && s.Visible.Has(t.point):
		return rules.NotSeen
	case iterates(s) && s.Visible.Has(t.point) && t.wasAnswered():
		return rules.Cached
	case s.Visible.Has(t.point) && !s.Inside && t.wasAnswered():
		return rules.NotSeen
	case s.Visible.Has(t.point) && !s.Inside || about == answering && !t.wasAnswered():
		return rules.NoAnswer
	}
	return rules.NotVisible
}

// withoutAddress reports whether all questions of the journey were answered without an address.
func (t *trail) withoutAddress() bool {
	return len(t.asked) > 0 && !slices.ContainsFunc(t.asked, func(q *question) bool { return q.reply.frame == 0 || len(q.addrs) > 0 })
}

// hidesDNS reports whether no question passes the capture point: between a client and its resolver
// there is no web server.
func (t *trail) hidesDNS() bool {
	return t.point == rules.WebServer && t.query.frame == 0 && !t.wasAnswered()
}

// iterates reports whether s is what a resolver does when it does not know the answer.
func iterates(s *rules.Step) bool {
	return slices.ContainsFunc(s.Rules, func(r rules.Rule) bool { return r.Event == rules.DNSIterativeQuery })
}

// wasAnswered reports whether a response to the client's question was seen, wherever that was.
func (t *trail) wasAnswered() bool {
	return t.answer.frame != 0 || t.did(rules.DNSResponse) || t.did(rules.DNSResponseConnection) || t.did(rules.DNSSecureResponse)
}

func (t *trail) causeOfOpening(s *rules.Step) rules.Cause {
	switch {
	case t.noSYN && t.syn.frame == 0:
		return rules.BeganBefore
	case t.refused:
		return rules.Refused
	case t.unanswered():
		return rules.SynUnanswered
	case s.Inside:
		return rules.NoRequest
	}
	return rules.NotSeen
}

// unanswered reports whether nobody answered the SYN of the journey, as far as the capture tells.
func (t *trail) unanswered() bool {
	return t.syn.frame != 0 && !t.did(rules.TCPSynAck) && !t.did(rules.TCPHandshakeAck) && t.hello.frame == 0 && t.request.frame == 0
}

func (a *Annotator) causeOfExchange(t *trail, s *rules.Step) rules.Cause {
	switch {
	case t.refused && t.request.frame == 0:
		return rules.Refused
	case t.unanswered():
		return rules.SynUnanswered
	case t.request.frame == 0:
		return rules.NoRequest
	case !s.Visible.Has(t.point) && !s.Inside:
		return rules.NotVisible
	case t.firstByte.frame == 0:
		return rules.NoResponse
	case a.completed(t, s).frame == 0:
		return rules.Incomplete
	}
	return rules.NotSeen
}

// timing splits the journey's time; negative parts are not known.
func (t *trail) timing() Timing {
	const unknown = -1
	m := Timing{DHCP: unknown, Total: unknown}
	m.DNS = between(t.query, t.answer)
	m.TCP = between(t.syn, t.established)
	m.TLS = between(t.hello, t.secured)
	m.FirstByte = between(t.request, t.firstByte)
	first := t.began
	if s := t.lease; s != nil {
		begin := s.discover
		if begin.frame == 0 {
			begin = s.request
		}
		m.DHCP = between(begin, s.ack)
		if begin.frame != 0 && begin.at.Before(first) {
			first = begin.at
		}
	}
	if end := t.end(); !end.IsZero() {
		m.Total = end.Sub(first)
	}
	return m
}

func (t *trail) end() time.Time {
	if t.lastByte.frame != 0 {
		return t.lastByte.at
	}
	return t.answer.at
}

// between is the time from one mark to the other; -1 when one is not known.
func between(from, to mark) time.Duration {
	if from.frame == 0 || to.frame == 0 || to.at.Before(from.at) {
		return -1
	}
	return to.at.Sub(from.at)
}
