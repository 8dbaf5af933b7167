package annotate

import (
	"time"

	"github.com/pktjourney/pktjourney/decode"
	"github.com/pktjourney/pktjourney/rules"
)

// drops are frames that the machine which captured lost while a journey went on.
type drops struct {
	count int      // of all losses
	first int      // the frame before which the first were lost
	step  rules.ID // the newest step then
}

// dropSpan is how far back what a frame tells of drops reaches: a machine that captures looks
// at its counters now and then.
const dropSpan = time.Second

// noteDrops notes the frames that were lost shortly before f with the journeys that went on then.
func (a *Annotator) noteDrops(f *decode.Frame) {
	if f.Lost == 0 {
		return
	}
	a.summary.Lost += f.Lost
	for j := a.journeys.last; j != nil && f.Time.Sub(j.trail.last) <= dropSpan; j = j.trail.prev {
		d := &j.trail.dropped
		d.count += f.Lost
		if d.first == 0 {
			d.first, d.step = f.Number, j.trail.newest()
		}
	}
}

// newest is the step that the journey went through last, "" when there is none yet.
func (t *trail) newest() rules.ID {
	var step rules.ID
	last := 0
	for i := range t.steps {
		if s := &t.steps[i]; s.last > last {
			step, last = s.step, s.last
		}
	}
	return step
}

// concludeDrops says that frames of j may be missing.
func (a *Annotator) concludeDrops(j *Journey) {
	if d := &j.trail.dropped; d.count > 0 && d.step != "" {
		a.differ(j, "difference.dropped", d.step, saying{journey: j, frame: d.first, count: d.count, detail: string(d.step)}, d.first)
	}
}
