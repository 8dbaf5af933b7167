// Package rules holds the documented journey as data: its phases and steps,
// what they teach in English and Korean, which frames perform them, and what
// is said of each frame. It knows decode/fact and nothing else of the program;
// finding out what a frame does is annotate's work.
package rules

import "github.com/pktjourney/pktjourney/decode/fact"

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
	Short       Text         // for tables: at most 40 columns
	Explanation Text         // what a student should know, paragraphs apart by blank lines
	Corrections []Correction // where the document simplifies
	Refs        []string     // "RFC 2131 section 3.1"
	Needs       Protocol     // of a journey's connections, for the step to happen at all
	Visible     Points       // where frames can perform it; steps that only happen inside a host have NoPoints set
	Inside      bool         // happens inside a host: never a frame of its own, at best deduced
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
	AnyProtocol Protocol = iota
	PlainHTTP            // HTTP without TLS
	HTTPS                // HTTP inside TLS
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
	From   ID // the first frame of this step, or the last where Last is set
	Last   bool
	When   Cause  // a named fact about the journey that must hold; "" holds always
	At     Points //
	Reason *Sentence
}

// Cause names a fact about a whole journey: why a step is missing or when a
// deduction applies. The closed list is in cause.go.
type Cause string

// Variant is an unusual way to perform a step.
type Variant struct {
	Name string // as in "retransmission"
	Doc  Text   // one line
	// When says, in data, which frames have the variant; where it has no
	// entries, the program finds the variant by what came before the frame.
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
	for _, r := range j.byEvent[e] {
		if r.At.Has(p) && all(r.When, facts) {
			return r
		}
	}
	return nil
}

// Step finds a step by its ID; nil when there is none.
func (j *Journey) Step(id ID) *Step { return j.byStep[id] }

// Phrase finds one of the journey's sentences that belong to no rule (why a step is
// missing, where packets differ from the document, ...) by its name. A journey
// that was loaded has every phrase that the program uses.
func (j *Journey) Phrase(name string) *Sentence { return j.phrases[name] }
