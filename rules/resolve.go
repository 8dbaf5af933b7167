package rules

// places remembers what the files say of steps before all steps are known.
type places struct {
	steps    map[ID]bool
	mentions []mention
	copies   []copied
}

// mention is a step that is named at some line.
type mention struct {
	file file
	node *node
	id   ID
}

// copied is an entry that says "like": the rules of another step, at other points.
type copied struct {
	mention
	rule Rule // what differs
}

func (p *places) add(id ID) {
	if p.steps == nil {
		p.steps = map[ID]bool{}
	}
	p.steps[id] = true
}

func (p *places) mention(f file, n *node, id ID) {
	p.mentions = append(p.mentions, mention{f, n, id})
}

func (p *places) copy(b block, n *node, r Rule) {
	id := ID(b.scalar(n))
	p.mention(b.file, n, id)
	if b.values["event"] != nil || b.values["events"] != nil {
		b.mistake(n, "\"like\" takes the events of step %s: no \"event\" beside it", id)
	}
	if r.Step == "" {
		b.mistake(n, "\"like\" stands only in the frames of a step")
	}
	p.copies = append(p.copies, copied{mention{b.file, n, id}, r})
}

// resolve checks that the steps that the files name are there, and makes the
// rules that are like those of other steps.
func (l *loader) resolve() {
	for _, m := range l.places.mentions {
		if !l.places.steps[m.id] {
			m.file.mistake(m.node, "unknown step %q", m.id)
		}
	}
	steps := l.journey.steps()
	own := map[ID][]Rule{}
	for id, s := range steps {
		own[id] = s.Rules
	}
	for _, c := range l.places.copies {
		to := steps[c.rule.Step]
		if to == nil || steps[c.id] == nil {
			continue
		}
		if to.ID == c.id || len(own[c.id]) == 0 {
			c.file.mistake(c.node, "step %s has no frames of its own to be like", c.id)
			continue
		}
		for _, r := range own[c.id] {
			to.Rules = append(to.Rules, r.as(c.rule))
		}
	}
}

// as is r where it belongs to another step and differs by what d sets. A rule
// whose frames are evidence of other steps is there evidence of those that d names.
func (r Rule) as(d Rule) Rule {
	r.Step, r.Phase, r.At = d.Step, d.Phase, d.At
	if len(r.Also) > 0 {
		r.Also = d.Also
	}
	r.When = append(r.When[:len(r.When):len(r.When)], d.When...)
	r.Variant |= d.Variant
	r.Deduced = r.Deduced || d.Deduced
	if d.Does != nil {
		r.Does = d.Does
	}
	if d.Reason != nil {
		r.Reason = d.Reason
	}
	return r
}

// steps finds the steps by their IDs.
func (j *Journey) steps() map[ID]*Step {
	steps := map[ID]*Step{}
	for i := range j.Phases {
		for k := range j.Phases[i].Steps {
			s := &j.Phases[i].Steps[k]
			steps[s.ID] = s
		}
	}
	return steps
}

// index prepares the journey for Match and Step. Rules stand in the order of the
// files, those with conditions before those without.
func (j *Journey) index() {
	j.byStep = j.steps()
	for _, conditional := range []bool{true, false} {
		for i := range j.Phases {
			p := &j.Phases[i]
			for k := range p.Steps {
				j.add(p.Steps[k].Rules, conditional)
			}
			j.add(p.Stepless, conditional)
		}
	}
}

func (j *Journey) add(rules []Rule, conditional bool) {
	for i := range rules {
		if r := &rules[i]; (len(r.When) > 0) == conditional {
			j.byEvent[r.Event] = append(j.byEvent[r.Event], r)
		}
	}
}
