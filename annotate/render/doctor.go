package render

import (
	"io"
	"strings"

	"github.com/pktjourney/pktjourney/annotate"
	"github.com/pktjourney/pktjourney/rules"
)

// doctor says of each journey which steps are missing, why, and what to do to see
// them. It writes each journey as it ends and keeps none.
type doctor struct {
	table // for its paragraphs
	any   bool
	found findings
}

// Doctor makes a renderer of missing steps that writes to w.
func Doctor(w io.Writer, opts Options) annotate.Sink {
	return &doctor{table: table{out: output{w: w}, opts: opts, words: &wordings[opts.Lang]}}
}

// Frame implements annotate.Sink.
func (d *doctor) Frame(l *annotate.Labelled) error {
	d.found.frame(l)
	return nil
}

// Journey implements annotate.Sink.
func (d *doctor) Journey(j *annotate.Journey) error {
	if d.any {
		d.out.b = append(d.out.b, '\n')
	}
	d.any = true
	d.appendTitle(j)
	groups := missing(j.Steps)
	if len(groups) == 0 {
		d.item("", wordNothingMissing.In(d.opts.Lang))
	}
	for i := range groups {
		d.group(&groups[i], j.Point)
	}
	return d.out.flushFull()
}

// Close implements annotate.Sink.
func (d *doctor) Close(s *annotate.Summary) error {
	if !d.any {
		d.remedy(&remedy{wordNoJourney, append([]command{{"", "pktjourney interfaces"}}, captureAll...)})
	}
	if list := d.found.remedies(); len(list) > 0 {
		d.out.b = append(d.out.b, '\n')
		d.item("", wordCapture.In(d.opts.Lang))
		for i := range list {
			d.out.b = append(d.out.b, '\n')
			d.remedy(&list[i])
		}
	}
	if s.Damage != nil {
		d.item("", wordDamaged.In(d.opts.Lang))
	}
	return d.out.flush()
}

// missingGroup is the steps that are missing for one reason.
type missingGroup struct {
	cause  rules.Cause
	reason string
	steps  []string
	at     rules.Points // where the first of them can be seen
}

// missing gathers the steps that could have been seen in some capture.
func missing(states []annotate.StepState) []missingGroup {
	var groups []missingGroup
next:
	for i := range states {
		s := &states[i]
		if s.State != annotate.Missing || s.Step.Inside || otherWay[s.Cause] {
			continue
		}
		for k := range groups {
			if g := &groups[k]; g.reason == s.Reason && g.cause == s.Cause && (g.cause != rules.NotVisible || g.at == s.Step.Visible) {
				g.steps = append(g.steps, string(s.Step.ID))
				continue next
			}
		}
		groups = append(groups, missingGroup{s.Cause, s.Reason, []string{string(s.Step.ID)}, s.Step.Visible})
	}
	return groups
}

// group writes the steps that are missing from a capture at own, why, and what to do, each command on its own line.
func (d *doctor) group(g *missingGroup, own rules.Point) {
	d.out.b = append(d.out.b, '\n')
	d.item(strings.Join(g.steps, " ")+": ", Neutral(g.reason))
	r, ok := remedies[g.cause]
	if !ok {
		return
	}
	d.remedy(&r)
	if names := g.at.Names(); g.cause == rules.NotVisible && len(names) > 0 {
		for _, c := range atPoint(names[0], own) {
			d.command(c)
		}
	}
}

// remedy writes what to do.
func (d *doctor) remedy(r *remedy) {
	d.item("  ", r.text.In(d.opts.Lang))
	for _, c := range r.commands {
		d.command(c)
	}
}

// command writes a line to be copied: it is never wrapped.
func (d *doctor) command(c command) {
	b := appendSpaces(d.out.b, 3*margin)
	if c.system != "" {
		b = append(appendLeft(b, c.system, len("Windows")), "  "...)
	}
	d.out.b = append(append(b, c.line...), '\n')
}
