package annotate

import (
	"strconv"
	"testing"

	"github.com/pktjourney/pktjourney/rules"
)

// A journey of one's own may have more steps than a set has bits: then some share one, and none is without.
func TestPlanOfManySteps(t *testing.T) {
	const steps = 70
	book := &rules.Journey{Phases: []rules.Phase{{}}}
	for i := range steps {
		book.Phases[0].Steps = append(book.Phases[0].Steps, rules.Step{
			ID: rules.ID("0." + strconv.Itoa(i)), Deduce: []rules.Deduction{{From: rules.ID("0." + strconv.Itoa(steps-1-i))}},
		})
	}
	p := (&Annotator{book: book}).planned()
	var all stepBit
	for i, s := range p.steps {
		if s.bit == 0 || i < 63 && all&s.bit != 0 {
			t.Errorf("step %s has the bit %x", s.ID, s.bit)
		}
		if want := p.bits[s.Deduce[0].From]; want == 0 || s.from[0] != want {
			t.Errorf("step %s is deduced from the bit %x, want %x", s.ID, s.from[0], want)
		}
		all |= s.bit
	}
	if len(p.steps) != steps || all != ^stepBit(0) {
		t.Errorf("%d steps, bits %x", len(p.steps), all)
	}
}
