package annotate

import "github.com/pktjourney/pktjourney/rules"

// plan is what the documented journey alone tells of its steps, worked out once for all journeys.
type plan struct {
	steps []plannedStep // in order
	bits  map[rules.ID]stepBit
}

// plannedStep is one step of the plan.
type plannedStep struct {
	*rules.Step
	about subject
	bit   stepBit
	from  []stepBit // of the step that each of its deductions starts from
}

// stepBit stands for a step in a set of steps: one bit. The steps beyond the 63rd share theirs.
type stepBit uint64

// planned works out the plan of the annotator's journey.
func (a *Annotator) planned() plan {
	p := plan{bits: make(map[rules.ID]stepBit)}
	for i := range a.book.Phases {
		for k := range a.book.Phases[i].Steps {
			s := &a.book.Phases[i].Steps[k]
			p.bits[s.ID] = 1 << min(len(p.steps), 63)
			p.steps = append(p.steps, plannedStep{Step: s, about: a.subjectOf(s), bit: p.bits[s.ID]})
		}
	}
	for i := range p.steps {
		s := &p.steps[i]
		for k := range s.Deduce {
			s.from = append(s.from, p.bits[s.Deduce[k].From])
		}
	}
	return p
}
