package report

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/pktjourney/pktjourney/annotate"
	"github.com/pktjourney/pktjourney/annotate/render"
	"github.com/pktjourney/pktjourney/decode/capture"
	"github.com/pktjourney/pktjourney/decode/fact"
	"github.com/pktjourney/pktjourney/rules"
)

// journeyView is one journey as the page shows it.
type journeyView struct {
	ID            int
	Title         string
	Complete      bool
	Phases        []phaseView
	Seen          []int // the phases of which a step was observed
	Bars          []bar
	Ladder        *ladder
	Steps         []stepView
	Encapsulation []encapsulation
	Differences   []note
	Missing       []note
	Routing       []note
	Questions     []answerView
}

// phaseView is one row at a glance.
type phaseView struct {
	Number int
	Name   string
	Text   string // what the document says of it
	Chips  []chip
	Time   string
}

// chip is a step, its state and its first frame.
type chip struct {
	Step  rules.ID
	State string // of annotate.State
	Word  string // the same in the reader's language
	Frame int    // 0: none of its own
}

// stepView is what is told of one step.
type stepView struct {
	Step        rules.ID
	Phase       int
	Heading     string
	State, Word string
	Explanation []string
	Corrections []correction
	Refs        string
	Reason      string // why it is missing or deduced
	Brief       bool   // this journey's way does not have it: no more is told
	Lines       []lineView
	More        int
	FieldsOf    string // the heading of Fields
	Fields      []field
}

type correction struct{ Text, Refs string }

type lineView struct {
	Number       int
	Words, Basis string
	Reason       string
}

type field struct{ Name, Value string }

// note is a sentence that belongs to a step.
type note struct {
	Step   string
	Text   string
	Frames []int
}

// maxLines is how many frames of a step are told.
const maxLines = 6

func (g *gatherer) view(j *annotate.Journey) *journeyView {
	v := &journeyView{ID: j.ID, Title: g.title(j), Complete: j.Complete}
	for i := range g.opts.Journey.Phases {
		p := g.phase(j, &g.opts.Journey.Phases[i])
		v.Phases = append(v.Phases, p)
		if slices.ContainsFunc(p.Chips, func(c chip) bool { return c.State == annotate.Observed.String() }) {
			v.Seen = append(v.Seen, p.Number)
		}
	}
	v.Bars = g.bars(j)
	v.Ladder = g.ladder(j)
	for i := range j.Steps {
		v.Steps = append(v.Steps, g.step(j, &j.Steps[i]))
	}
	v.Encapsulation = g.encapsulations(j)
	for _, d := range j.Differences {
		v.Differences = append(v.Differences, note{string(d.Step), render.Neutral(d.Text), d.Frames})
	}
	v.Missing = missing(j)
	if j.Routing != nil {
		for _, n := range j.Routing.Notes {
			v.Routing = append(v.Routing, note{Step: string(n.Step), Text: render.Neutral(n.Text), Frames: n.Frames})
		}
	}
	v.Questions = g.questions(j)
	return v
}

func (g *gatherer) title(j *annotate.Journey) string {
	var b strings.Builder
	if j.Client.IsValid() {
		b.WriteString(j.Client.String() + " → ")
	}
	b.WriteString(short(render.Neutral(j.Name)))
	if len(j.Servers) > 0 && j.Servers[0].String() != j.Name {
		b.WriteString(" (" + j.Servers[0].String() + ")")
	}
	return b.String()
}

func (g *gatherer) words() *pageWords { return &wordings[g.opts.Lang] }

func (g *gatherer) stateWord(s *annotate.StepState) string {
	w := g.words()
	switch {
	case s.State != annotate.Missing:
	case s.Cause == rules.NotVisible:
		return w.NotVisible
	case !s.Needed:
		return w.NotNeeded
	}
	return [...]string{w.MissingState, w.Deduced, w.Observed}[s.State]
}

func (g *gatherer) phase(j *annotate.Journey, p *rules.Phase) phaseView {
	v := phaseView{Number: p.Number, Name: p.Name.In(g.opts.Lang), Text: strings.TrimSpace(p.Explanation.In(g.opts.Lang))}
	var first, last time.Time
	for i := range j.Steps {
		s := &j.Steps[i]
		if s.Step.Phase != p.Number {
			continue
		}
		c := chip{Step: s.Step.ID, State: s.State.String(), Word: g.stateWord(s)}
		if s.Reason == "" && len(s.Frames) > 0 {
			c.Frame = s.Frames[0].First
			if first.IsZero() || s.Start.Before(first) {
				first = s.Start
			}
			if s.End.After(last) {
				last = s.End
			}
		}
		v.Chips = append(v.Chips, c)
	}
	if last.After(first) {
		v.Time = g.lines.Span(last.Sub(first))
	}
	return v
}

func (g *gatherer) step(j *annotate.Journey, s *annotate.StepState) stepView {
	lang := g.opts.Lang
	v := stepView{
		Step: s.Step.ID, Phase: s.Step.Phase, State: s.State.String(), Word: g.stateWord(s),
		Heading:     short(render.Neutral(g.opts.Journey.Heading(s.Step, lang, j.Name))),
		Explanation: paragraphs(s.Step.Explanation.In(lang)),
		Refs:        strings.Join(s.Step.Refs, ", "),
		Reason:      render.Neutral(s.Reason),
		Brief:       s.State == annotate.Missing && !s.Needed && s.Cause != rules.NotVisible,
	}
	for _, c := range s.Step.Corrections {
		v.Corrections = append(v.Corrections, correction{strings.Join(strings.Fields(c.Text.In(lang)), " "), strings.Join(c.Refs, ", ")})
	}
	if s.State == annotate.Missing || s.Reason != "" {
		return v
	}
	for _, n := range numbers(s.Frames, maxLines) {
		if f := g.frame(n); f != nil {
			basis := g.words().Observed
			if f.deduced {
				basis = g.words().Deduced
			}
			v.Lines = append(v.Lines, lineView{n, f.Words, basis, f.reason})
		}
	}
	v.More = s.Count - len(v.Lines)
	if k := g.first(j, s.Step.ID); k != nil {
		v.FieldsOf, v.Fields = fmt.Sprintf(g.words().FieldsOf, k.Number), fields(k.Facts, "", nil)
	}
	return v
}

// frame finds a listed frame.
func (g *gatherer) frame(number int) *frame {
	lo, hi := 0, len(g.frames)
	for lo < hi {
		if mid := (lo + hi) / 2; g.frames[mid].Number < number {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo < len(g.frames) && g.frames[lo].Number == number {
		return &g.frames[lo]
	}
	return nil
}

// numbers are the first n frame numbers of ranges.
func numbers(ranges []capture.Range, n int) (list []int) {
	for _, r := range ranges {
		for k := r.First; k <= r.Last; k++ {
			if len(list) == n {
				return list
			}
			list = append(list, k)
		}
	}
	return list
}

func paragraphs(text string) (list []string) {
	for p := range strings.SplitSeq(strings.TrimSpace(text), "\n\n") {
		if p = strings.Join(strings.Fields(p), " "); p != "" {
			list = append(list, p)
		}
	}
	return list
}

// maxFields bounds the fields that are shown of a message.
const maxFields = 16

// fields lists the facts of a message; of facts in facts those of the first few.
func fields(facts fact.List, prefix string, list []field) []field {
	for i := range facts {
		f := &facts[i]
		if len(list) >= maxFields {
			return list
		}
		name := prefix + f.Name.String()
		if f.Value.Kind() == fact.KindObjects {
			for k, o := range f.Value.Objects() {
				if k < 3 {
					list = fields(o, name+"["+strconv.Itoa(k)+"].", list)
				}
			}
			continue
		}
		if value := f.Value.String(); value != "" {
			list = append(list, field{name, shortValue(value)})
		}
	}
	return list
}

func shortValue(value string) string {
	value = render.Neutral(value)
	if len(value) > 120 {
		value = strings.ToValidUTF8(value[:120], "") + "…"
	}
	return value
}

// missing are the missing steps, those with the same reason together.
func missing(j *annotate.Journey) (list []note) {
	for i := range j.Steps {
		s := &j.Steps[i]
		if s.State != annotate.Missing {
			continue
		}
		if n := len(list); n > 0 && list[n-1].Text == render.Neutral(s.Reason) {
			list[n-1].Step += ", " + string(s.Step.ID)
			continue
		}
		list = append(list, note{Step: string(s.Step.ID), Text: render.Neutral(s.Reason)})
	}
	return list
}

// bar is one part of the time, in thousandths of the width.
type bar struct {
	Name, Time  string
	X, Width    int
	Phase       int
	From, Until int // frames
}

// bars are the parts of the journey's time, one behind the other.
func (g *gatherer) bars(j *annotate.Journey) []bar {
	type part struct {
		name       string
		phase      int
		start, end time.Time
	}
	w := g.words()
	span := func(first, last rules.ID) (time.Time, time.Time) {
		a, b := stateOf(j, first), stateOf(j, last)
		if a == nil || b == nil || a.Start.IsZero() || b.End.IsZero() || a.Reason != "" || b.Reason != "" {
			return time.Time{}, time.Time{}
		}
		return a.Start, b.End
	}
	request, response, phase := rules.ID("4.1"), rules.ID("4.5"), 4
	if s := stateOf(j, "5.4"); s != nil && s.State != annotate.Missing && !s.Start.IsZero() {
		request, response, phase = "5.3", "5.4", 5
	}
	var parts []part
	add := func(i, phase int, start, end time.Time) {
		if !start.IsZero() && end.After(start) {
			parts = append(parts, part{w.Parts[i], phase, start, end})
		}
	}
	a, b := span("0.1", "0.4")
	if a.IsZero() {
		a, b = span("0.3", "0.4")
	}
	add(0, 0, a, b)
	if j.Timing.DNS > 0 {
		if s := stateOf(j, "1.3"); s != nil {
			add(1, 1, s.Start, s.Start.Add(j.Timing.DNS))
		}
	}
	if s := stateOf(j, "3.4"); s != nil && j.Timing.TCP > 0 {
		add(2, 3, s.Start, s.Start.Add(j.Timing.TCP))
	}
	if s := stateOf(j, "5.1"); s != nil && j.Timing.TLS > 0 {
		add(3, 5, s.Start, s.Start.Add(j.Timing.TLS))
	}
	if q, r := stateOf(j, request), stateOf(j, response); q != nil && r != nil && !q.Start.IsZero() && !r.Start.IsZero() {
		first := q.Start.Add(max(j.Timing.FirstByte, 0))
		add(4, phase, q.Start, first)
		add(5, phase, first, r.End)
	}
	var sum time.Duration
	for _, p := range parts {
		if p.phase != 0 {
			sum += p.end.Sub(p.start)
		}
	}
	var bars []bar
	var at time.Duration
	for _, p := range parts {
		d := p.end.Sub(p.start)
		if p.phase == 0 { // a scale of its own: it takes a second where the others take milliseconds
			bars = append(bars, bar{Name: p.name, Time: g.lines.Span(d), Width: 1000})
			continue
		}
		bars = append(bars, bar{Name: p.name, Time: g.lines.Span(d), Phase: p.phase,
			X: int(at * 1000 / sum), Width: max(int(d*1000/sum), 3)})
		at += d
	}
	return bars
}

func stateOf(j *annotate.Journey, step rules.ID) *annotate.StepState {
	for i := range j.Steps {
		if j.Steps[i].Step.ID == step {
			return &j.Steps[i]
		}
	}
	return nil
}
