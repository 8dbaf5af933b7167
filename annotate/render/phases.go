package render

import (
	"fmt"
	"strconv"
	"time"

	"github.com/pktjourney/pktjourney/annotate"
	"github.com/pktjourney/pktjourney/rules"
)

// appendBlocks writes the journeys that were kept.
func (t *table) appendBlocks() {
	titled := len(t.journeys) > 1 || t.opts.Summary || t.streaming || t.headed
	for _, j := range t.journeys {
		t.appendBlock(j, titled)
	}
	t.journeys = nil
}

// appendBlock writes a journey's phases, what is missing of them and why, its
// times, and where its packets differ from the document.
func (t *table) appendBlock(j *annotate.Journey, titled bool) {
	t.out.b = append(t.out.b, '\n')
	if titled {
		t.appendTitle(j)
	}
	var missing legend
	g := newGrid(t.words.Phase, t.words.Steps, t.words.Time)
	for i := range t.opts.Journey.Phases {
		phase := &t.opts.Journey.Phases[i]
		if states := statesOf(j, phase.Number); len(states) > 0 {
			g.rows = append(g.rows, t.phaseRow(phase, states, &missing))
		}
	}
	t.out.b = g.append(t.out.b, &t.opts, &t.layout)
	t.appendLegend(&missing)
	t.appendTimes(&j.Timing)
	t.appendDifferences(j.Differences)
	t.appendRouting(j.Routing)
	t.appendPath(j.Path)
}

// statesOf are the states of one phase's steps.
func statesOf(j *annotate.Journey, phase int) []annotate.StepState {
	first, end := -1, -1
	for i := range j.Steps {
		if j.Steps[i].Step.Phase == phase {
			if first < 0 {
				first = i
			}
			end = i + 1
		}
	}
	if first < 0 {
		return nil
	}
	return j.Steps[first:end]
}

func (t *table) phaseRow(phase *rules.Phase, states []annotate.StepState, missing *legend) gridRow {
	row := gridRow{color: phaseColor(phase.Number)}
	row.cells[0] = strconv.Itoa(phase.Number) + " " + phase.Name.In(t.opts.Lang)
	if why, all := allMissing(states); all {
		row.cells[1], row.sentence = "- "+Neutral(why), true
		return row
	}
	var b []byte
	for i := range states {
		s := &states[i]
		if len(b) > 0 {
			b = append(b, "  "...)
		}
		b = appendState(b, s)
		missing.note(s)
	}
	row.cells[1] = string(b)
	row.cells[2] = t.spanOf(states)
	return row
}

// allMissing reports whether no step of a phase was seen, and the first reason for it.
func allMissing(states []annotate.StepState) (why string, all bool) {
	for i := range states {
		if states[i].State != annotate.Missing {
			return "", false
		}
		if why == "" {
			why = states[i].Reason
		}
	}
	return why, true
}

// maxRanges is how many runs of frames are named for a step.
const maxRanges = 3

// appendState appends a step and its frames: "4.5 23-30", "1.1*" when deduced, "1.5-" when missing. The
// blank in it does not break.
func appendState(b []byte, s *annotate.StepState) []byte {
	b = append(b, s.Step.ID...)
	switch s.State {
	case annotate.Deduced:
		b = append(b, '*')
		if s.Reason != "" {
			return b // by other steps: no frame of its own
		}
	case annotate.Missing:
		return append(b, '-')
	}
	separator := byte(' ')
	for i, r := range s.Frames {
		if i == maxRanges {
			return append(b, ",.."...)
		}
		b = strconv.AppendInt(append(b, separator), int64(r.First), 10)
		if r.Last > r.First {
			b = strconv.AppendInt(append(b, '-'), int64(r.Last), 10)
		}
		separator = ','
	}
	return b
}

// spanOf is the time from the first observed frame of a phase to the last; "" when there is at most one.
func (t *table) spanOf(states []annotate.StepState) string {
	var first, last time.Time
	for i := range states {
		s := &states[i]
		if s.State == annotate.Missing || s.Reason != "" || s.Start.IsZero() {
			continue
		}
		if first.IsZero() || s.Start.Before(first) {
			first = s.Start
		}
		if s.End.After(last) {
			last = s.End
		}
	}
	if !last.After(first) {
		return ""
	}
	return string(appendSpan(nil, last.Sub(first), t.opts.Lang))
}

// legend gathers why steps are missing.
type legend struct {
	deduced bool
	reasons []string
	steps   []string // for each reason, the steps
}

func (l *legend) note(s *annotate.StepState) {
	switch s.State {
	case annotate.Deduced:
		l.deduced = true
	case annotate.Missing:
		for i, why := range l.reasons {
			if why == s.Reason {
				l.steps[i] += " " + string(s.Step.ID)
				return
			}
		}
		l.reasons = append(l.reasons, s.Reason)
		l.steps = append(l.steps, string(s.Step.ID))
	}
}

// appendLegend says what the signs beside the steps mean.
func (t *table) appendLegend(l *legend) {
	if l.deduced {
		t.item("* ", t.words.Deduced)
	}
	for i, why := range l.reasons {
		t.item("- ", l.steps[i]+": "+Neutral(why))
	}
}

// appendTimes says how long the journey took and what took it.
func (t *table) appendTimes(times *annotate.Timing) {
	var b []byte
	for i, d := range [...]time.Duration{times.DHCP, times.DNS, times.TCP, times.TLS, times.FirstByte} {
		if d < 0 {
			continue
		}
		if len(b) > 0 {
			b = append(b, ", "...)
		}
		b = appendSpan(append(append(b, t.words.Parts[i]...), ' '), d, t.opts.Lang)
	}
	if times.Total >= 0 {
		whole := fmt.Sprintf(t.words.Whole, appendSpan(nil, times.Total, t.opts.Lang))
		if len(b) > 0 {
			whole += ": "
		}
		b = append([]byte(whole), b...)
	}
	if len(b) > 0 {
		t.item("", string(b))
	}
}

func (t *table) appendDifferences(list []annotate.Difference) {
	if len(list) == 0 {
		return
	}
	t.out.b = append(t.out.b, '\n')
	t.paragraph(t.words.Differences, bold, "", 0)
	for i := range list {
		t.item(string(appendLeft(nil, string(list[i].Step), 3))+"  ", Neutral(list[i].Text))
	}
}

// appendRouting says what routers told each other of the way.
func (t *table) appendRouting(r *annotate.Routing) {
	if r == nil || len(r.Notes) == 0 {
		return
	}
	t.out.b = append(t.out.b, '\n')
	t.paragraph(t.words.Routing, bold, "", 0)
	for i := range r.Notes {
		t.item(string(appendLeft(nil, string(r.Notes[i].Step), 3))+"  ", Neutral(r.Notes[i].Text))
	}
}
