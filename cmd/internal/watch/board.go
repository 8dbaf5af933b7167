package watch

import (
	"sync"
	"time"

	"github.com/pktjourney/pktjourney/annotate"
	"github.com/pktjourney/pktjourney/annotate/render"
	"github.com/pktjourney/pktjourney/rules"
)

// What a board keeps at most.
const (
	maxLines  = 512
	maxStrips = 64
)

// leaseFresh is how long an address assignment counts as the beginning of the journeys that follow.
const leaseFresh = time.Minute

// Board knows what is to be seen. Labels come to it from the goroutine that captures, the screen
// looks at it from another.
type Board struct {
	mu    sync.Mutex
	lines []line // the last frames, oldest first
	strip []*strip
	lease strip // the steps of the newest address assignment, which no single journey has

	frames    int
	dropped   uint64
	describer *render.Describer
	journey   *rules.Journey
	lang      rules.Lang
	now       func() time.Time
	counted   int // frames at the last look at the clock
	rate      float64
	rated     time.Time
}

// line is one frame.
type line struct {
	render.Line
	phase   int
	step    rules.ID
	waits   bool // its label may still change
	changed bool // its label has changed since it was first shown
}

// strip is one journey: which of its steps were seen.
type strip struct {
	id    int // 0: of no journey
	title string
	steps map[rules.ID]annotate.State
	here  rules.ID // the newest step
	phase int      // of the newest frame
	last  time.Time
	over  bool // its outcome is known
}

// NewBoard makes a board for journeys as book documents them.
func NewBoard(book *rules.Journey, o render.Options, now func() time.Time) *Board {
	b := &Board{describer: render.NewDescriber(o), journey: book, lang: o.Lang, now: now, rated: now()}
	b.lease.steps = make(map[rules.ID]annotate.State)
	return b
}

// Preview takes a frame whose label may still change.
func (b *Board) Preview(l *annotate.Labelled) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.frames = max(b.frames, l.Number)
	n := b.line(l)
	n.waits = true
	b.add(n)
	b.light(l)
}

// Frame implements annotate.Sink: the label of l is final.
func (b *Board) Frame(l *annotate.Labelled) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	n := b.line(l)
	for i := len(b.lines) - 1; i >= 0; i-- {
		if old := &b.lines[i]; old.Number == l.Number {
			n.changed = old.step != n.step || old.phase != n.phase
			*old = n
			b.light(l)
			return nil
		}
	}
	b.frames = max(b.frames, l.Number)
	if len(b.lines) == 0 || b.lines[len(b.lines)-1].Number < l.Number {
		b.add(n)
	}
	b.light(l)
	return nil
}

func (b *Board) line(l *annotate.Labelled) line {
	return line{Line: b.describer.Line(l), phase: l.Phase, step: l.Step}
}

func (b *Board) add(n line) {
	if len(b.lines) == maxLines {
		b.lines = b.lines[:copy(b.lines, b.lines[maxLines/2:])]
	}
	b.lines = append(b.lines, n)
}

// light lights the steps that l performs or is evidence of.
func (b *Board) light(l *annotate.Labelled) {
	if !l.InJourney() {
		return
	}
	s := &b.lease
	if l.Journey != nil {
		s = b.of(l.Journey, l.Time)
	}
	s.last, s.phase = l.Time, l.Phase
	if l.Step != "" {
		s.here = l.Step
		state := annotate.Observed
		if l.Deduced {
			state = annotate.Deduced
		}
		s.steps[l.Step] = max(s.steps[l.Step], state)
	}
	for _, id := range l.Also {
		s.steps[id] = max(s.steps[id], annotate.Deduced)
	}
}

// of finds the strip of j, or begins it; that of the newest journey is the last.
func (b *Board) of(j *annotate.Journey, at time.Time) *strip {
	for i, s := range b.strip {
		if s.id == j.ID {
			s.title = titleOf(j)
			if !s.over {
				b.strip = append(append(b.strip[:i:i], b.strip[i+1:]...), s)
			}
			return s
		}
	}
	s := &strip{id: j.ID, title: titleOf(j), steps: make(map[rules.ID]annotate.State)}
	if at.Sub(b.lease.last) < leaseFresh {
		for id, state := range b.lease.steps {
			s.steps[id] = state
		}
	}
	if len(b.strip) == maxStrips {
		b.strip = b.strip[1:]
	}
	b.strip = append(b.strip, s)
	return s
}

func titleOf(j *annotate.Journey) string {
	title := render.Neutral(j.Name)
	if j.Client.IsValid() {
		title = j.Client.String() + " -> " + title
	}
	return title
}

// Journey implements annotate.Sink: the outcome of j is known.
func (b *Board) Journey(j *annotate.Journey) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, s := range b.strip {
		if s.id == j.ID {
			s.over = true
			for i := range j.Steps {
				s.steps[j.Steps[i].Step.ID] = j.Steps[i].State
			}
		}
	}
	return nil
}

// Close implements annotate.Sink.
func (b *Board) Close(*annotate.Summary) error { return nil }

// Dropped says how many frames the kernel has dropped so far.
func (b *Board) Dropped(n uint64) {
	b.mu.Lock()
	b.dropped = n
	b.mu.Unlock()
}

// perSecond is how many frames came in the last second or so.
func (b *Board) perSecond() float64 {
	now := b.now()
	if d := now.Sub(b.rated); d >= time.Second {
		b.rate = float64(b.frames-b.counted) / d.Seconds()
		b.counted, b.rated = b.frames, now
	}
	return b.rate
}
