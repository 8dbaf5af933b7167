package cli

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/pktjourney/pktjourney/annotate/render"
	"github.com/pktjourney/pktjourney/decode/fact"
	"github.com/pktjourney/pktjourney/rules"
	"github.com/pktjourney/pktjourney/rules/words"
)

func newJourneyShowCommand(env *Env, opts *journeyOptions) *cobra.Command {
	return &cobra.Command{
		Use:   "show STEP|PHASE|VARIANT|variants",
		Short: "Explain a step, a phase or a variant",
		Example: `  pktjourney journey show 3.4
  pktjourney journey show 0
  pktjourney journey show variants
  pktjourney journey show nxdomain`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usageError(fmt.Errorf("show takes one step, phase or variant, got %d", len(args)), "see "+cmd.CommandPath()+" --help")
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error { return runJourneyShow(env, opts, args[0]) },
	}
}

func runJourneyShow(env *Env, o *journeyOptions, what string) error {
	j, lang, err := o.settle(env)
	if err != nil {
		return err
	}
	s := &show{prose: prose{width: env.Width}, journey: j, lang: lang}
	if !s.anything(what) {
		return usageError(fmt.Errorf("the journey has no step, phase or variant %q", what),
			"pktjourney journey list shows the phases and steps, pktjourney journey show variants the variants")
	}
	return writeTrimmed(env, s.Bytes())
}

// show writes parts of a journey in one language.
type show struct {
	prose
	journey *rules.Journey
	lang    rules.Lang
}

// The words around what the journey says.
var (
	wordPhase     = words.Of("show.phase")
	wordSteps     = words.Of("show.steps")
	wordStepless  = words.Of("show.stepless")
	wordDiffers   = words.Of("show.differs")
	wordFrames    = words.Of("show.frames")
	wordInside    = words.Of("show.inside")
	wordDeduced   = words.Of("show.deduced")
	wordStandards = words.Of("show.standards")
	wordVariants  = words.Of("show.variants")
	wordAt        = words.Of("show.at")
	wordWhen      = words.Of("show.when")
	wordAlso      = words.Of("show.also")
	wordVariant   = words.Of("show.variant")
	wordFirst     = words.Of("show.first")
	wordLast      = words.Of("show.last")
)

// anything shows what is called by that name; false when nothing is.
func (s *show) anything(name string) bool {
	if step := s.journey.Step(rules.ID(name)); step != nil {
		s.step(step)
		return true
	}
	if n, err := strconv.Atoi(name); err == nil && s.journey.Phase(n) != nil {
		s.phase(s.journey.Phase(n))
		return true
	}
	if name == "variants" {
		s.variants()
		return true
	}
	for i := range s.journey.Variants {
		if v := &s.journey.Variants[i]; v.Name == name {
			s.variant(v)
			return true
		}
	}
	return false
}

func (s *show) step(step *rules.Step) {
	phase := s.journey.Phase(step.Phase)
	s.item(string(step.ID)+"  ", step.Name.In(s.lang), 0)
	s.item("", fmt.Sprintf("%s %d, %s", wordPhase.In(s.lang), phase.Number, phase.Name.In(s.lang)), len(step.ID)+2)
	s.WriteByte('\n')
	s.paragraphs(step.Explanation.In(s.lang), 0)
	s.corrections(step.Corrections)
	s.frames(step)
	s.deductions(step.Deduce)
	if len(step.Refs) > 0 {
		s.heading(wordStandards.In(s.lang))
		s.item("", strings.Join(step.Refs, ", "), 2)
	}
}

func (s *show) corrections(corrections []rules.Correction) {
	if len(corrections) > 0 {
		s.heading(wordDiffers.In(s.lang))
	}
	for _, c := range corrections {
		text := c.Text.In(s.lang)
		if len(c.Refs) > 0 {
			text += " (" + strings.Join(c.Refs, ", ") + ")"
		}
		s.item("- ", text, 2)
	}
}

func (s *show) frames(step *rules.Step) {
	if step.Inside {
		s.WriteByte('\n')
		s.item("", wordInside.In(s.lang), 0)
		return
	}
	if len(step.Rules) > 0 {
		s.heading(wordFrames.In(s.lang))
	}
	s.rules(step.Rules)
}

// rules shows each rule: the event and what must hold, then what is said of the frame.
func (s *show) rules(list []rules.Rule) {
	for i := range list {
		r := &list[i]
		s.item("- ", strings.Join(s.terms(r), "; "), 2)
		s.item("", s.sentence(r.Does), 6)
	}
}

// sentence is t with the names of its values in their places.
func (s *show) sentence(t *rules.Sentence) string { return string(t.Append(nil, s.lang, places{})) }

// places stands for the values of a sentence by their names: <frame>.
type places struct{}

func (places) AppendSlot(dst []byte, slot rules.Slot, _ rules.Lang) ([]byte, bool) {
	return append(append(append(dst, '<'), slot.String()...), '>'), true
}

func (places) AppendFact(dst []byte, n fact.Name) ([]byte, bool) {
	return append(append(append(dst, '<'), n.String()...), '>'), true
}

// terms are the event of r, where, when, and what else the frame gets.
func (s *show) terms(r *rules.Rule) []string {
	terms := []string{r.Event.String()}
	if at := r.At.Names(); len(at) > 0 {
		terms = append(terms, wordAt.In(s.lang)+strings.Join(at, ", "))
	}
	for _, c := range r.When {
		terms = append(terms, wordWhen.In(s.lang)+c.String())
	}
	if len(r.Also) > 0 {
		terms = append(terms, wordAlso.In(s.lang)+joined(r.Also))
	}
	if names := s.journey.Names(nil, r.Variant); len(names) > 0 {
		terms = append(terms, wordVariant.In(s.lang)+strings.Join(names, ", "))
	}
	return terms
}

func joined(ids []rules.ID) string {
	words := make([]string, len(ids))
	for i, id := range ids {
		words[i] = string(id)
	}
	return strings.Join(words, ", ")
}

func (s *show) deductions(list []rules.Deduction) {
	if len(list) > 0 {
		s.heading(wordDeduced.In(s.lang))
	}
	for _, d := range list {
		which := wordFirst
		if d.Last {
			which = wordLast
		}
		from := string(d.From) + ", " + which.In(s.lang)
		if at := d.At.Names(); len(at) > 0 {
			from += ", " + wordAt.In(s.lang) + strings.Join(at, ", ")
		}
		s.item("- ", from+": "+s.sentence(d.Reason), 2)
	}
}

func (s *show) phase(p *rules.Phase) {
	s.item(strconv.Itoa(p.Number)+"  ", p.Name.In(s.lang), 0)
	s.WriteByte('\n')
	s.paragraphs(p.Explanation.In(s.lang), 0)
	if len(p.Steps) > 0 {
		s.heading(wordSteps.In(s.lang))
	}
	for i := range p.Steps {
		s.item(string(p.Steps[i].ID)+"  ", p.Steps[i].Name.In(s.lang), 2)
	}
	if len(p.Stepless) > 0 {
		s.heading(wordStepless.In(s.lang))
	}
	s.rules(p.Stepless)
}

func (s *show) variants() {
	fmt.Fprintf(s, "%s\n\n", wordVariants.In(s.lang))
	width := 0
	for i := range s.journey.Variants {
		width = max(width, len(s.journey.Variants[i].Name))
	}
	for i := range s.journey.Variants {
		v := &s.journey.Variants[i]
		s.item(fmt.Sprintf("%-*s  ", width, render.Neutral(v.Name)), v.Doc.In(s.lang), 2)
	}
}

// variant shows what v means and which frames have it.
func (s *show) variant(v *rules.Variant) {
	s.item(render.Neutral(v.Name)+": ", v.Doc.In(s.lang), 0)
	for _, w := range v.When {
		var events, conditions []string
		for _, e := range w.Events {
			events = append(events, e.String())
		}
		for _, c := range w.When {
			conditions = append(conditions, wordWhen.In(s.lang)+c.String())
		}
		s.item("- ", strings.Join(append([]string{strings.Join(events, ", ")}, conditions...), "; "), 2)
	}
	set := s.journey.Set(v.Name)
	for i := range s.journey.Phases {
		p := &s.journey.Phases[i]
		for k := range p.Steps {
			s.ruleWith(set, string(p.Steps[k].ID), p.Steps[k].Rules)
		}
		s.ruleWith(set, wordPhase.In(s.lang)+" "+strconv.Itoa(p.Number), p.Stepless)
	}
}

// ruleWith shows the rules of one place that always give a variant of set.
func (s *show) ruleWith(set rules.VariantSet, place string, list []rules.Rule) {
	for i := range list {
		if list[i].Variant&set != 0 {
			s.item("- ", place+": "+strings.Join(s.terms(&list[i]), "; "), 2)
		}
	}
}
