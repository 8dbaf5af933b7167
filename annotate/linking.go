package annotate

import (
	"net/netip"
	"slices"
	"strings"

	"github.com/pktjourney/pktjourney/decode/layers"
	"github.com/pktjourney/pktjourney/rules"
)

// chains tells how each connection of j was found, then what became of the questions that
// none of these rests on.
func (a *Annotator) chains(j *Journey) []Chain {
	var list []Chain
	t := j.trail
	for _, w := range t.ways {
		list = append(list, a.chainOf(j, w, w.from))
	}
	for _, q := range t.asked {
		if slices.ContainsFunc(t.ways, func(w *way) bool { return w.from.question == q }) {
			continue
		}
		if w := t.useOf(q); w != nil {
			list = append(list, a.chainOf(j, w, &answer{name: q.name, frame: q.reply.frame, at: q.reply.at, question: q}))
		} else if q.frame != 0 || len(q.addrs) > 0 {
			list = append(list, a.chainOfQuestion(j, q))
		}
	}
	return list
}

// useOf is the first connection to an address that q was answered before; nil when there is none.
func (t *trail) useOf(q *question) *way {
	for _, w := range t.ways {
		if slices.Contains(q.addrs, w.server.Addr()) && w.opened.frame > q.reply.frame {
			return w
		}
	}
	return nil
}

// linking puts the links of one chain together.
type linking struct {
	a     *Annotator
	j     *Journey
	links []Link
}

// kept are the links, in the workspace.
func (k *linking) kept() []Link {
	w := &k.a.work
	n := len(w.links)
	w.links = append(w.links, k.links...) // no copy where they are there already
	return slices.Clip(w.links[n:])
}

// add adds the link that frames prove. Frames that are 0 are not in the capture.
func (k *linking) add(kind LinkKind, phrase string, v saying, frames ...int) {
	v.journey = k.j
	k.links = append(k.links, Link{Kind: kind, Frames: k.a.work.those(frames), says: k.a.book.Phrase(phrase), values: v})
}

// lacks adds a link that is broken.
func (k *linking) lacks(kind LinkKind, phrase string, v saying) {
	v.journey = k.j
	k.links = append(k.links, Link{Kind: kind, Broken: true, says: k.a.book.Phrase(phrase), values: v})
}

// chainOf is the chain of the connection w, whose address from gave.
func (a *Annotator) chainOf(j *Journey, w *way, from *answer) Chain {
	k := linking{a: a, j: j, links: a.work.links[len(a.work.links):]}
	k.lease(from.question, w.client)
	k.asked(from, w)
	k.connected(w)
	k.named(w)
	return Chain{Links: k.kept(), conversation: w.conversation, transport: w.transport}
}

// chainOfQuestion is the chain of a question that led to no connection.
func (a *Annotator) chainOfQuestion(j *Journey, q *question) Chain {
	k := linking{a: a, j: j, links: a.work.links[len(a.work.links):]}
	k.lease(q, q.client)
	k.question(q, q.reply.frame)
	switch {
	case q.reply.frame == 0:
		k.unanswered(q)
	case len(q.addrs) == 0:
		k.add(LinkAnswer, "link.no-address", saying{frame: q.reply.frame}, q.reply.frame)
	default:
		k.answer(q, q.addrs[0], q.reply)
		k.unused(q)
	}
	return Chain{Links: k.kept(), conversation: -1}
}

// unused tells that no connection to an address of q's answer followed: the client chose another
// (RFC 8305), or opened none.
func (k *linking) unused(q *question) {
	for _, w := range k.j.trail.ways {
		if w.opened.frame > q.frame && w.from.frame != 0 {
			k.add(LinkSYN, "link.other-address", saying{to: w.server.Addr(), port: w.server.Port()}, w.opened.frame)
			return
		}
	}
	k.lacks(LinkSYN, rules.MissingPhrase(rules.NoConnection), saying{})
}

// lease tells how the client got its address.
func (k *linking) lease(q *question, client netip.Addr) {
	s := k.leaseOf(q, client)
	switch {
	case s != nil:
		k.add(LinkLease, "link.lease", saying{to: s.addr, frame: s.ack.frame}, s.frames()...)
	case k.onLink():
		k.lacks(LinkLease, rules.MissingPhrase(rules.NoDHCP), saying{})
	default:
		k.lacks(LinkLease, rules.MissingPhrase(rules.NotVisible), saying{})
	}
}

// onLink reports whether the capture, as far as is known, was taken where the client is given its address.
func (k *linking) onLink() bool {
	return k.j.trail.point == rules.Client || k.j.trail.point == rules.Unknown
}

// leaseOf is the lease with which the client asked q; where no question is known, that of its address.
func (k *linking) leaseOf(q *question, client netip.Addr) *lease {
	if q != nil && q.lease != nil {
		return q.lease
	}
	if client == k.j.Client {
		return k.j.trail.lease
	}
	return k.a.leaseOf(client)
}

// frames are the messages that led to the address.
func (s *lease) frames() []int {
	offered := 0
	if o := s.chosen(s.server); o != nil {
		offered = o.frame
	}
	return []int{s.discover.frame, offered, s.request.frame, s.ack.frame}
}

// asked tells how the client came to the address of w.
func (k *linking) asked(from *answer, w *way) {
	v := saying{to: w.server.Addr(), frame: from.frame}
	switch _, literal := netip.ParseAddr(k.j.Name); {
	case from.frame != 0 && from.name == k.j.Name:
		k.question(from.question, from.frame)
		k.answer(from.question, w.server.Addr(), mark{from.frame, from.at})
	case literal == nil && w.named.frame != 0:
		k.add(LinkQuestion, "link.literal", v, w.named.frame)
	case w.other.frame != 0:
		k.unasked()
		v.frame, v.detail = w.other.frame, w.other.name
		k.lacks(LinkAnswer, "link.other-name", v)
	case k.j.trail.hidesDNS():
		k.lacks(LinkQuestion, rules.MissingPhrase(rules.NotVisible), saying{})
		k.lacks(LinkAnswer, rules.MissingPhrase(rules.NotVisible), saying{})
	default:
		k.unasked()
		k.lacks(LinkAnswer, "link.unknown-address", v)
	}
}

// unasked tells of a question for the name that was asked all the same, or why there is none.
func (k *linking) unasked() {
	t := k.j.trail
	for _, q := range t.asked {
		if q.frame != 0 {
			k.question(q, q.reply.frame)
			return
		}
	}
	if frame, ok := k.a.encrypted.before(k.j); ok {
		k.lacks(LinkQuestion, rules.MissingPhrase(rules.EncryptedDNS), saying{frame: frame})
		return
	}
	k.lacks(LinkQuestion, rules.MissingPhrase(rules.NoDNS), saying{})
}

// question tells who told the client of the server that it asked, and what it asked.
func (k *linking) question(q *question, answer int) {
	k.server(q)
	if q.frame == 0 {
		k.lacks(LinkQuestion, "link.unseen-question", saying{frame: answer})
		return
	}
	k.add(LinkQuestion, "link.question", saying{detail: q.qtype + " " + q.name, to: q.server}, q.frame)
}

// server tells who told the client of the server of q.
func (k *linking) server(q *question) {
	v := saying{to: q.server}
	announced := k.a.leases.announced[q.server]
	switch s := q.lease; {
	case s != nil && slices.Contains(s.dns, q.server):
		k.add(LinkServer, "link.server", v, s.ack.frame)
	case announced.frame != 0:
		k.add(LinkServer, "link.server-announced", v, announced.frame)
	case s != nil:
		v.frame, v.detail = s.ack.frame, addresses(s.dns)
		k.lacks(LinkServer, "link.other-server", v)
	case k.onLink():
		k.lacks(LinkServer, "link.untold-server", v)
	default:
		k.lacks(LinkServer, rules.MissingPhrase(rules.NotVisible), v)
	}
}

// addresses is list in words; "" when it is empty.
func addresses(list []netip.Addr) string {
	var words []string
	for _, addr := range list {
		words = append(words, addr.String())
	}
	return strings.Join(words, ", ")
}

// answer tells what q was answered.
func (k *linking) answer(q *question, addr netip.Addr, at mark) {
	v := saying{to: addr, detail: strings.Join(q.aliases, ", ")}
	if q.frame != 0 {
		v.since, v.hasSince = at.at.Sub(q.at), true
	}
	k.add(LinkAnswer, "link.answer", v, at.frame)
}

// unanswered tells that q got no answer, and when it was asked again.
func (k *linking) unanswered(q *question) {
	var v saying
	for _, next := range k.j.trail.asked {
		if next.frame > q.frame && next.qtype == q.qtype {
			v.frame = next.frame
			break
		}
	}
	k.lacks(LinkAnswer, "link.unanswered", v)
}

// connected tells of the first packet of w.
func (k *linking) connected(w *way) {
	v := saying{to: w.server.Addr(), port: w.server.Port()}
	switch {
	case w.opened.frame == 0:
		k.lacks(LinkSYN, rules.MissingPhrase(rules.BeganBefore), v)
	case w.transport == layers.TransportUDP:
		k.add(LinkSYN, "link.quic", v, w.opened.frame)
	default:
		k.add(LinkSYN, "link.syn", v, w.opened.frame)
	}
}

// named tells where w told the name.
func (k *linking) named(w *way) {
	v := saying{detail: k.j.Name}
	switch {
	case w.named.frame == 0:
		k.lacks(LinkName, "link.nameless", v)
	case w.byHost:
		k.add(LinkName, "link.host", v, w.named.frame)
	default:
		k.add(LinkName, "link.sni", v, w.named.frame)
	}
}
