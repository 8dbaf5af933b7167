package annotate

import (
	"slices"

	"github.com/pktjourney/pktjourney/decode/capture"
	"github.com/pktjourney/pktjourney/rules"
)

// workspace is the memory in which one journey after the other is concluded. What a Sink is handed
// lies in it.
type workspace struct {
	report  Journey // what is handed over
	end     Conclusion
	states  []StepState
	ranges  []capture.Range // of states that were deduced
	links   []Link
	frames  []int // of links
	differ  []Difference
	text    []byte // the sentences of states, one behind the other
	told    []told // where they stand
	values  saying // of the sentence that is composed
	trails  []*trail
	stacks  map[string]string
	scratch []byte
}

// told is where the sentence of a state stands.
type told struct{ state, from, to int }

// maxTrails bounds the trails that wait to be used again, maxStacks the headers that are remembered.
const (
	maxTrails = 1 << 7
	maxStacks = 1 << 8
)

// begin makes the workspace ready for the next journey.
func (w *workspace) begin(j *Journey) *Journey {
	w.report = *j
	w.end = Conclusion{Servers: j.trail.servers}
	w.report.Conclusion = &w.end
	w.states, w.ranges, w.links, w.frames = w.states[:0], w.ranges[:0], w.links[:0], w.frames[:0]
	w.differ, w.text, w.told = w.differ[:0], w.text[:0], w.told[:0]
	return &w.report
}

// only is one frame as the frames of a state.
func (w *workspace) only(frame int) []capture.Range {
	n := len(w.ranges)
	w.ranges = append(w.ranges, capture.Range{First: frame, Last: frame})
	return w.ranges[n : n+1 : n+1]
}

// those are frames without the ones that are 0; nil when none is left.
func (w *workspace) those(frames []int) []int {
	n := len(w.frames)
	for _, f := range frames {
		if f != 0 {
			w.frames = append(w.frames, f)
		}
	}
	return slices.Clip(w.frames[n:])
}

// tell makes the sentence s the reason of st, the newest state.
func (w *workspace) tell(st *StepState, s *rules.Sentence, l rules.Lang, v *saying) {
	text, ok := s.Constant(l)
	if ok {
		st.Reason = text
		return
	}
	from := len(w.text)
	w.values = *v
	w.text = s.Append(w.text, l, &w.values)
	w.told = append(w.told, told{len(w.states) - 1, from, len(w.text)})
}

// reasons puts the sentences into their states.
func (w *workspace) reasons() {
	text := string(w.text)
	for _, t := range w.told {
		w.states[t.state].Reason = text[t.from:t.to]
	}
}

// trail is a new trail.
func (w *workspace) trail() *trail {
	n := len(w.trails) - 1
	if n < 0 {
		return new(trail)
	}
	t := w.trails[n]
	w.trails = w.trails[:n]
	return t
}

// done takes back the trail of a journey that was handed over.
func (w *workspace) done(t *trail) {
	if len(w.trails) == maxTrails {
		return
	}
	clear(t.asked)
	clear(t.ways)
	*t = trail{servers: t.servers[:0], asked: t.asked[:0], ways: t.ways[:0], heads: t.heads[:0], steps: t.steps[:0], found: t.found[:0]}
	w.trails = append(w.trails, t)
}

// stack is the headers around the message of f; few captures have many different ones.
func (w *workspace) stack(l *Labelled) string {
	w.scratch = appendStack(w.scratch[:0], &l.Frame)
	if known, ok := w.stacks[string(w.scratch)]; ok {
		return known
	}
	s := string(w.scratch)
	if w.stacks == nil {
		w.stacks = make(map[string]string)
	}
	if len(w.stacks) < maxStacks {
		w.stacks[s] = s
	}
	return s
}
