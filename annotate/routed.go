package annotate

import (
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"github.com/pktjourney/pktjourney/decode/bgp"
	"github.com/pktjourney/pktjourney/decode/fact"
	"github.com/pktjourney/pktjourney/decode/wire"
	"github.com/pktjourney/pktjourney/rules"
)

// Routing is what routers told each other, as far as the capture has it, of the ways that
// the packets of a journey took.
type Routing struct {
	IGPs       []IGP      // in order of appearance, as the rest
	Speakers   []Speaker  // of BGP
	Boundaries []Boundary // of the AS, by OSPF
	Routes     []Route    // to the ends of the journey
	Notes      []Note     // the same in sentences; at least one
}

// IGP is an interior gateway protocol that was spoken.
type IGP struct {
	Protocol string // "OSPF", "RIP", "RIPng", "EIGRP", "IGRP"
	Frame    int    // the first of it
}

// Speaker is a router that told its AS in a BGP OPEN.
type Speaker struct {
	AS     uint32
	Router netip.Addr // its BGP identifier
	Frame  int
}

// Boundary is an AS boundary router (RFC 2328 section 3.3).
type Boundary struct {
	Router string // its router ID
	Frame  int    // that told it
}

// Route is the way to one end of the journey that held when the journey went there; where none was
// known by then, one that was told until its end.
type Route struct {
	Step    rules.ID   // that goes this way
	To      netip.Addr // the end
	Prefix  netip.Prefix
	ASPath  string     // "64497 64499", the neighbour first; "" inside one AS
	NextHop netip.Addr // zero when it was not told
	Told    uint32     // the AS that was told so; 0 when its OPEN was not seen
	Frame   int        // the UPDATE
}

// Note is one sentence about a step, in the annotator's language.
type Note struct {
	Step   rules.ID
	Frames []int
	Text   string
}

// headed is a route that was looked up for a journey.
type headed struct {
	about subject
	Route
}

// maxHeaded bounds the routes of a journey.
const maxHeaded = 16

// heads notes the route by which packets of j about something go to addr, if one is known now.
func (a *Annotator) heads(j *Journey, about subject, addr netip.Addr) {
	t := j.trail
	if len(t.heads) >= maxHeaded || slices.ContainsFunc(t.heads, func(h headed) bool { return h.about == about && h.To == addr }) {
		return
	}
	p, l := a.rib.to(addr)
	if l == nil {
		return
	}
	t.heads = append(t.heads, headed{about, Route{
		To: addr, Prefix: p, ASPath: string(bgp.AppendPath(nil, l.path)), NextHop: l.hop, Told: l.from.ases[1-l.dir], Frame: l.frame,
	}})
}

// routed tells how the packets of j were routed; nil when nothing was seen of that.
func (a *Annotator) routed(j *Journey) *Routing {
	if a.rib.silent() && len(j.trail.heads) == 0 {
		return nil
	}
	r := a.book.Match(rules.RoutingMessage, rules.Unknown, nil)
	if r == nil {
		return nil
	}
	a.headAll(j)
	out := &Routing{IGPs: slices.Clone(a.rib.igps), Speakers: slices.Clone(a.rib.speakers), Boundaries: slices.Clone(a.rib.boundaries)}
	a.noteRouters(out, r.Step)
	for _, step := range append([]rules.ID{r.Step}, r.Also...) {
		if s := a.book.Step(step); s != nil {
			a.noteRoutes(out, j, s)
		}
	}
	if len(out.Notes) == 0 {
		return nil
	}
	return out
}

// headAll looks for routes that were not known while the journey went on.
func (a *Annotator) headAll(j *Journey) {
	for _, q := range j.trail.asked {
		a.heads(j, asking, q.server)
	}
	for _, w := range j.trail.ways {
		a.heads(j, exchanging, w.server.Addr())
	}
	a.heads(j, answering, j.Client)
}

// noteRouters says which protocols were spoken, and by whom.
func (a *Annotator) noteRouters(out *Routing, step rules.ID) {
	for _, g := range out.IGPs {
		out.note(step, a.say("routing.igp", saying{detail: g.Protocol, frame: g.Frame}), g.Frame)
	}
	var words []string
	var frames []int
	for _, b := range out.Boundaries {
		words, frames = append(words, b.Router), append(frames, b.Frame)
	}
	out.noteList(step, words, frames, a.book.Phrase("routing.boundary"), a)
	words, frames = nil, nil
	for _, s := range out.Speakers {
		words, frames = append(words, "AS "+strconv.FormatUint(uint64(s.AS), 10)+" ("+s.Router.String()+")"), append(frames, s.Frame)
	}
	out.noteList(step, words, frames, a.book.Phrase("routing.speakers"), a)
}

// noteList says s of a list, if it is not empty.
func (out *Routing) noteList(step rules.ID, words []string, frames []int, s *rules.Sentence, a *Annotator) {
	if len(words) > 0 {
		slices.Sort(frames)
		out.note(step, a.sayIt(s, saying{detail: strings.Join(words, ", ")}), slices.Compact(frames)...)
	}
}

// noteRoutes says which way leads to the end that packets of step s go to.
func (a *Annotator) noteRoutes(out *Routing, j *Journey, s *rules.Step) {
	about := a.subjectOf(s)
	for _, h := range j.trail.heads {
		if h.about != about {
			continue
		}
		h.Step = s.ID
		out.Routes = append(out.Routes, h.Route)
		out.note(s.ID, a.say("routing.route", saying{to: h.To, frame: h.Frame, facts: h.facts()}), h.Frame)
	}
}

// facts are those of the UPDATE that the sentence names.
func (r *Route) facts() fact.List {
	l := fact.List{}.Add(fact.BGPPrefixes, fact.String(r.Prefix.String()), wire.Span{})
	if r.ASPath != "" {
		l = l.Add(fact.BGPASPath, fact.String(r.ASPath), wire.Span{})
	}
	if r.NextHop.IsValid() {
		l = l.Add(fact.BGPNextHop, fact.Addr(r.NextHop), wire.Span{})
	}
	if r.Told != 0 {
		l = l.Add(fact.BGPAS, fact.Int(int64(r.Told)), wire.Span{})
	}
	return l
}

func (out *Routing) note(step rules.ID, text string, frames ...int) {
	out.Notes = append(out.Notes, Note{step, frames, text})
}
