package annotate_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/pktjourney/pktjourney/annotate"
	"github.com/pktjourney/pktjourney/decode"
	"github.com/pktjourney/pktjourney/decode/capture"
	"github.com/pktjourney/pktjourney/decode/capture/captest/packet"
	"github.com/pktjourney/pktjourney/decode/secret"
	"github.com/pktjourney/pktjourney/rules"
)

// recorder is a sink that remembers what it was given, and checks what holds
// for every capture: each frame comes once, in order, before its journey ends.
type recorder struct {
	t        testing.TB
	book     *rules.Journey
	expected []int // numbers of the frames, in order

	labels   []string // one for each frame; see word
	says     []string // one for each frame: what it does and why it has the label, in English
	frames   map[int]annotate.Label
	handed   map[int]int // how many frames had been read when each was handed over
	read     int
	journeys []*annotate.Journey // in order of their ID, once all came
	ended    map[int]bool
	summary  annotate.Summary
	closed   bool
}

// annotated labels frames, and checks them on the way.
func annotated(t testing.TB, frames []*capture.Frame, opts annotate.Options) *recorder {
	t.Helper()
	return annotatedWithKeys(t, frames, opts, "")
}

// annotatedWithKeys is the same with the secrets of a key log.
func annotatedWithKeys(t testing.TB, frames []*capture.Frame, opts annotate.Options, keyLog string) *recorder {
	t.Helper()
	return annotatedLive(t, frames, opts, keyLog, func(*annotate.Annotator, *capture.Frame) {})
}

// annotatedLive is the same, and before each frame calls idle.
func annotatedLive(t testing.TB, frames []*capture.Frame, opts annotate.Options, keyLog string, idle func(*annotate.Annotator, *capture.Frame)) *recorder {
	t.Helper()
	r := &recorder{
		t: t, book: rules.Web(), frames: make(map[int]annotate.Label),
		handed: make(map[int]int), ended: make(map[int]bool),
	}
	d := decode.Decoder{Secrets: new(secret.Log)}
	d.Secrets.Add([]byte(keyLog))
	a := annotate.New(r.book, opts, r)
	for _, f := range frames {
		r.expected = append(r.expected, f.Number)
		r.read++
		idle(a, f)
		if err := a.Annotate(&d, f); err != nil {
			t.Fatalf("frame %d: %v", f.Number, err)
		}
	}
	if err := a.Finish(nil); err != nil {
		t.Fatalf("finish: %v", err)
	}
	r.check()
	return r
}

// Frame implements annotate.Sink.
func (r *recorder) Frame(l *annotate.Labelled) error {
	switch n := len(r.labels); {
	case r.closed:
		r.t.Errorf("frame %d after the end", l.Number)
	case n >= len(r.expected) || r.expected[n] != l.Number:
		r.t.Errorf("frame %d comes as number %d of %v", l.Number, n, r.expected[:min(len(r.expected), 50)])
	}
	if l.Journey != nil && r.ended[l.Journey.ID] {
		r.t.Errorf("frame %d belongs to journey %d, which ended before", l.Number, l.Journey.ID)
	}
	r.checkLabel(l)
	r.labels = append(r.labels, r.word(&l.Label))
	r.frames[l.Number] = l.Label
	r.handed[l.Number] = r.read
	return nil
}

// checkLabel checks that a label agrees with itself.
func (r *recorder) checkLabel(l *annotate.Labelled) {
	switch {
	case !l.InJourney() && (l.Step != "" || l.Journey != nil || l.Variants != 0):
		r.t.Errorf("frame %d is outside, but has step %q", l.Number, l.Step)
	case l.Step != "" && r.book.Step(l.Step) == nil:
		r.t.Errorf("frame %d: no step %q", l.Number, l.Step)
	case l.Step != "" && r.book.Step(l.Step).Phase != l.Phase:
		r.t.Errorf("frame %d: step %s in phase %d", l.Number, l.Step, l.Phase)
	case slices.Contains(l.Also, l.Step):
		r.t.Errorf("frame %d: %s is also %v", l.Number, l.Step, l.Also)
	}
	for _, lang := range []rules.Lang{rules.English, rules.Korean} {
		does := l.AppendDoes(nil, lang)
		if len(does) == 0 {
			r.t.Errorf("frame %d says nothing in language %d", l.Number, lang)
		}
		if reason := l.AppendReason(nil, lang); lang == rules.English {
			r.says = append(r.says, string(does)+" | "+string(reason))
		}
	}
}

// Journey implements annotate.Sink.
func (r *recorder) Journey(j *annotate.Journey) error {
	if r.closed || r.ended[j.ID] {
		r.t.Errorf("journey %d ends twice or late", j.ID)
	}
	r.ended[j.ID] = true
	r.journeys = append(r.journeys, j.Clone())
	return nil
}

// Close implements annotate.Sink.
func (r *recorder) Close(s *annotate.Summary) error {
	if r.closed {
		r.t.Error("closed twice")
	}
	r.closed, r.summary = true, *s
	return nil
}

// check checks the whole.
func (r *recorder) check() {
	slices.SortFunc(r.journeys, func(a, b *annotate.Journey) int { return a.ID - b.ID })
	outside := 0
	for _, n := range r.summary.Outside {
		outside += n
	}
	s := &r.summary
	if !r.closed || len(r.labels) != len(r.expected) || s.Frames != len(r.expected) || s.Labelled+outside != s.Frames {
		r.t.Errorf("%d frames in, %d out; summary %+v", len(r.expected), len(r.labels), s)
	}
	if s.Journeys != len(r.journeys) {
		r.t.Errorf("%d journeys, summary says %d", len(r.journeys), s.Journeys)
	}
	for i, j := range r.journeys {
		if j.ID != i+1 {
			r.t.Errorf("journey %d has the ID %d", i+1, j.ID)
		}
		r.checkJourney(j)
	}
}

// checkJourney checks that a journey's steps agree with its frames.
func (r *recorder) checkJourney(j *annotate.Journey) {
	for i := range j.Steps {
		s := &j.Steps[i]
		if (s.State == annotate.Missing) != (s.Count == 0) || s.State != annotate.Observed && s.Reason == "" && s.Count == 0 {
			r.t.Errorf("journey %d, step %s: %v with count %d, reason %q", j.ID, s.Step.ID, s.State, s.Count, s.Reason)
		}
		last := 0
		for _, g := range s.Frames {
			if g.First <= last || g.Last < g.First {
				r.t.Errorf("journey %d, step %s: frames %v", j.ID, s.Step.ID, s.Frames)
			}
			last = g.Last
		}
	}
}

// word writes a label in one word: the step, or "0:" for a phase without a
// step, "-" for a frame outside; "~" when deduced; "+" and each variant; and
// after "/" the journey when it is not the first.
func (r *recorder) word(l *annotate.Label) string {
	if !l.InJourney() {
		return "-"
	}
	b := string(l.Step)
	if b == "" {
		b = fmt.Sprintf("%d:", l.Phase)
	}
	if l.Deduced {
		b += "~"
	}
	for _, name := range r.book.Names(nil, l.Variants) {
		b += "+" + name
	}
	if l.Journey != nil && l.Journey.ID > 1 {
		b += fmt.Sprintf("/%d", l.Journey.ID)
	}
	return b
}

// names are the names of the journeys.
func (r *recorder) names() []string {
	var names []string
	for _, j := range r.journeys {
		names = append(names, j.Name)
	}
	return names
}

// state describes one step of journey id: "observed 3-5 7", "missing: why".
func (r *recorder) state(id int, step rules.ID) string {
	if id > len(r.journeys) {
		return "no such journey"
	}
	for _, s := range r.journeys[id-1].Steps {
		if s.Step.ID != step {
			continue
		}
		if s.State == annotate.Missing {
			return "missing: " + s.Reason
		}
		words := []string{s.State.String()}
		for _, g := range s.Frames {
			words = append(words, rangeWord(g))
		}
		return strings.Join(words, " ")
	}
	return "no such step"
}

func rangeWord(g capture.Range) string {
	if g.First == g.Last {
		return fmt.Sprint(g.First)
	}
	return fmt.Sprintf("%d-%d", g.First, g.Last)
}

// differences are the sentences of journey id on where it departs from the document.
func (r *recorder) differences(id int) string {
	var lines []string
	for _, d := range r.journeys[id-1].Differences {
		lines = append(lines, string(d.Step)+" "+d.Text)
	}
	return strings.Join(lines, "\n")
}

// story is a capture and what its frames are to be labelled.
type story struct {
	name     string
	spec     string // the rule of the specification that it is about
	tell     func(c *packet.Capture)
	want     string            // one word a frame; see recorder.word
	journeys string            // their names, in order; "" when there is none
	states   map[string]string // how the state begins, by step of the first journey, or "2/1.3" of another
	differs  string            // part of a sentence of the first journey
	says     map[int]string    // part of what is said of a frame, and why
	also     map[int]string    // the further steps of a frame
	opts     annotate.Options
}

// runStories tells each story and compares the labels.
func runStories(t *testing.T, stories []story) {
	t.Helper()
	for _, s := range stories {
		c := packet.New()
		s.tell(c)
		tell(t, s.name, s.spec, func(t testing.TB) {
			s.compare(t, annotatedWithKeys(t, c.Frames(), s.opts, c.KeyLog))
		})
	}
}

func (s *story) compare(t testing.TB, r *recorder) {
	t.Helper()
	want := strings.Fields(s.want)
	if !slices.Equal(r.labels, want) {
		t.Errorf("labels\n%s", beside(r.labels, want))
	}
	if got := strings.Join(r.names(), " "); got != s.journeys {
		t.Errorf("journeys %q, want %q", got, s.journeys)
	}
	for key, want := range s.states {
		id, step := 1, rules.ID(key)
		if n, rest, ok := strings.Cut(key, "/"); ok {
			id, step = int(n[0]-'0'), rules.ID(rest)
		}
		if got := r.state(id, step); !strings.HasPrefix(got, want) {
			t.Errorf("journey %d, step %s: %q, want %q", id, step, got, want)
		}
	}
	for n, part := range s.says {
		if n > len(r.says) || !strings.Contains(r.says[n-1], part) {
			t.Errorf("frame %d: no %q in %q", n, part, r.says[n-1])
		}
	}
	for n, want := range s.also {
		also := slices.Sorted(slices.Values(r.frames[n].Also))
		if got := strings.Trim(fmt.Sprint(also), "[]"); got != want {
			t.Errorf("frame %d is also %q, want %q", n, got, want)
		}
	}
	if s.differs != "" && !strings.Contains(r.differences(1), s.differs) {
		t.Errorf("no difference %q in\n%s", s.differs, r.differences(1))
	}
}

// beside writes both lists, marking where they differ.
func beside(got, want []string) string {
	var b strings.Builder
	for i := range max(len(got), len(want)) {
		g, w, mark := "", "", ""
		if i < len(got) {
			g = got[i]
		}
		if i < len(want) {
			w = want[i]
		}
		if g != w {
			mark = "  <-- want " + w
		}
		fmt.Fprintf(&b, "%4d  %-24s%s\n", i+1, g, mark)
	}
	return b.String()
}
