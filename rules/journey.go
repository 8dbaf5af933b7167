// Package rules holds the documented journey as data: its phases and steps,
// what they teach in English and Korean, which frames perform them, and what
// is said of each frame. It knows decode/fact and nothing else of the program;
// finding out what a frame does is annotate's work.
//
// The journey that is built in stands in the folder web; web/README.md tells
// how to change it or to write another.
package rules

import (
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/pktjourney/pktjourney/decode/fact"
)

// ID names a step: "3.4".
type ID string

// Lang is a language that the program speaks.
type Lang uint8

// The languages.
const (
	English Lang = iota
	Korean
)

// Text is one text in each language. Every text of a journey has both.
type Text [2]string

// In is the text in the language l.
func (t Text) In(l Lang) string { return t[l] }

// Journey is one documented journey.
type Journey struct {
	Name     string // short, as in "web"
	Title    Text
	Asked    string // the name that the document asks for: "www.google.com"
	Phases   []Phase
	Variants []Variant // in the order of their bits in a VariantSet

	byEvent [eventCount][]*Rule
	byStep  map[ID]*Step
	phrases map[string]*Sentence
}

// Phase is one chapter of the journey.
type Phase struct {
	Number      int
	Name        Text
	Explanation Text
	Steps       []Step
	Stepless    []Rule // frames that belong to the phase and perform none of its steps
}

// Step is one thing that happens on the way.
type Step struct {
	ID          ID
	Phase       int
	Name        Text         // the document's own heading
	Named       Text         // the heading where another name was asked, "{name}" standing for it; "" when it is the same
	Short       Text         // for tables: at most ShortWidth columns
	Explanation Text         // what a student should know, paragraphs apart by blank lines
	Corrections []Correction // where the document simplifies
	Refs        []string     // "RFC 2131 section 3.1"
	Needs       Protocol     // of a journey's connections, for the step to happen at all
	Visible     Points       // where frames can perform it
	Inside      bool         // happens inside a host: never a frame of its own, at best deduced
	Between     []ID         // steps whose frames, all of them captured, show that it happened inside the host between them
	Rules       []Rule       // frames that perform it; the first that matches counts
	Deduce      []Deduction  // how other frames imply it; the first that applies counts
}

// Correction sets right what the document simplifies.
type Correction struct {
	Text Text
	Refs []string
}

// Protocol is what a journey's connections speak.
type Protocol uint8

// What a step may need.
const (
	AnyProtocol  Protocol = iota
	PlainHTTP             // HTTP without TLS
	HTTPS                 // HTTP inside TLS or QUIC
	OverTCP               // a TCP connection
	HTTPSOverTCP          // HTTP inside TLS over TCP
)

// Rule says that a frame which does Event performs a step.
type Rule struct {
	Step    ID  // "" when it belongs to the phase without a step
	Phase   int // of the step
	Event   Event
	At      Points      // where
	When    []Condition // all must hold
	Also    []ID        // further steps that the same frame is evidence of
	Variant VariantSet  // always set by this rule
	Deduced bool        // the basis is deduced, not observed
	Does    *Sentence   // what the frame does in the journey
	Reason  *Sentence   // why it has the label; a student can check it against the packet
}

// Deduction says that a step happened because of frames that performed another.
type Deduction struct {
	From ID // the first frame of this step, or the last where Last is set
	Last bool
	When Cause  // a named fact about the journey that must hold; "" holds always
	At   Points // where
	// Observed says that the frame shows the step itself, it is not only concluded from it.
	Observed bool
	Reason   *Sentence
}

// Cause names a fact about a whole journey: why a step is missing or when a
// deduction applies. The closed list is in cause.go.
type Cause string

// Variant is an unusual way to perform a step.
type Variant struct {
	Name string // as in "retransmission"
	Doc  Text   // one line
	// When says, in data, which frames have the variant; where it has no
	// entries, the variant comes from a Rule or the program finds it by what
	// came before the frame.
	When []VariantRule
}

// VariantRule gives a variant to the frames of some events.
type VariantRule struct {
	Events []Event
	When   []Condition
}

// Match finds the rule for a frame that does e at point p and has the given
// facts. It does not allocate. nil when the journey has no place for it.
func (j *Journey) Match(e Event, p Point, facts fact.List) *Rule {
	return j.MatchIn(e, -1, p, facts)
}

// MatchIn is Match for a frame of a conversation that stands in a phase: of the
// rules that fit, the first one of that phase, else the first at all. So a FIN
// after a page in clear text belongs to phase 4 and one after TLS to phase 5.
func (j *Journey) MatchIn(e Event, phase int, p Point, facts fact.List) *Rule {
	if e >= eventCount {
		return nil
	}
	var first *Rule
	for _, r := range j.byEvent[e] {
		if !r.At.Has(p) || !all(r.When, facts) {
			continue
		}
		if phase < 0 || r.Phase == phase {
			return r
		}
		if first == nil {
			first = r
		}
	}
	return first
}

// RulesOf are all rules for frames that do e, in the order in which they are tried.
func (j *Journey) RulesOf(e Event) []*Rule {
	if e >= eventCount {
		return nil
	}
	return j.byEvent[e]
}

// Step finds a step by its ID; nil when there is none.
func (j *Journey) Step(id ID) *Step { return j.byStep[id] }

// Keeps reports whether step id is the one that the built-in journey has under that
// name, as far as their frames tell: both have an event in common, or none has frames.
func (j *Journey) Keeps(id ID) bool {
	own, web := j.Step(id), Web().Step(id)
	if own == nil || web == nil || own == web {
		return own != nil && own == web
	}
	for i := range own.Rules {
		if slices.ContainsFunc(web.Rules, func(r Rule) bool { return r.Event == own.Rules[i].Event }) {
			return true
		}
	}
	return len(own.Rules) == 0 && len(web.Rules) == 0
}

// Phase finds a phase by its number; nil when there is none.
func (j *Journey) Phase(number int) *Phase {
	for i := range j.Phases {
		if j.Phases[i].Number == number {
			return &j.Phases[i]
		}
	}
	return nil
}

// Phrase finds one of the journey's sentences that belong to no rule (why a step is
// missing, where packets differ from the document, ...) by its name. A journey
// that was loaded has every phrase that the program uses.
func (j *Journey) Phrase(name string) *Sentence { return j.phrases[name] }

// Phrases are all sentences that Phrase finds, by their names.
func (j *Journey) Phrases() iter.Seq2[string, *Sentence] { return maps.All(j.phrases) }

// Heading is the name of step s with the name that was asked in place of the
// one that the document asks for. The name is as received: outputs escape it.
func (j *Journey) Heading(s *Step, l Lang, asked string) string {
	if asked == "" || asked == j.Asked || s.Named[l] == "" {
		return s.Name[l]
	}
	return strings.ReplaceAll(s.Named[l], "{name}", asked)
}
