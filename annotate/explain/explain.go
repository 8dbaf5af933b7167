// Package explain gathers why one frame of a capture has its label: the fields that
// the label rests on with their places in the frame, the frames that it leans on, and
// the rules that lost.
package explain

import (
	"slices"

	"github.com/pktjourney/pktjourney/annotate"
	"github.com/pktjourney/pktjourney/decode/capture"
	"github.com/pktjourney/pktjourney/rules"
)

// Link is a frame that the label leans on, or that comes before or after it.
type Link struct {
	Frame, Lean int // its number; the frame that it leans on itself, 0: none
	Step        rules.ID
	Phase       int
	Does        string // in the language asked for; text from the wire as it came

	journey int     // its number; 0: of none, or of several
	bytes   segment // that it brought
}

// maxLinks bounds the frames that are remembered, newest kept.
const maxLinks = 1 << 16

// Explainer is a sink that keeps the label of one frame. Make it with New.
type Explainer struct {
	Label  annotate.Labelled // of the frame; valid iff Found
	Found  bool
	Frames int              // in the capture
	Proofs []annotate.Chain // of the connections and questions that the frame has to do with; at most maxProofs
	More   int              // such chains beyond those
	Before []Link           // the frames of the journey just before this one, oldest first; outside every journey those of any
	After  []Link           // the same after it

	number int
	lang   rules.Lang
	tls    records
	links  map[int]Link
	ring   []int // numbers of links, oldest first from next on once it is full
	next   int
}

// New makes an explainer of the frame with that number.
func New(number int, lang rules.Lang) *Explainer {
	return &Explainer{number: number, lang: lang, links: make(map[int]Link)}
}

// Frame implements annotate.Sink.
func (x *Explainer) Frame(l *annotate.Labelled) error {
	if l.Number == x.number {
		x.Before = x.before(journeyOf(l))
		x.Label, x.Found = *l, true
		x.Label.Facts = slices.Clone(l.Facts)
		x.Label.Parts = slices.Clone(l.Parts)
		x.Label.Message = slices.Clone(l.Message)
		x.Label.Data, x.Label.Payload = nil, nil
		x.tls.explains(l)
	}
	x.tls.frame(l)
	if l.InJourney() {
		k := Link{Frame: l.Number, Lean: l.Lean, Step: l.Step, Phase: l.Phase, Does: string(l.AppendDoes(nil, x.lang)),
			journey: journeyOf(l), bytes: segmentOf(l)}
		x.follows(k)
		x.keep(k)
	}
	return nil
}

func journeyOf(l *annotate.Labelled) int {
	if l.Journey == nil {
		return 0
	}
	return l.Journey.ID
}

// maxNear is how many frames before and after are told.
const maxNear = 3

// before are the newest frames of the journey; of any when it is 0.
func (x *Explainer) before(journey int) []Link {
	var near []Link
	for i := range x.ring {
		k := x.links[x.ring[(x.next+len(x.ring)-1-i)%len(x.ring)]]
		if journey == 0 || k.journey == journey {
			near = append(near, k)
		}
		if len(near) == maxNear {
			break
		}
	}
	slices.Reverse(near)
	return near
}

// follows takes k as one of the frames after the one that is explained.
func (x *Explainer) follows(k Link) {
	own := 0
	if x.Found {
		own = journeyOf(&x.Label)
	}
	if x.Found && k.Frame != x.number && len(x.After) < maxNear && (own == 0 || k.journey == own) {
		x.After = append(x.After, k)
	}
}

func (x *Explainer) keep(k Link) {
	if len(x.ring) < maxLinks {
		x.ring = append(x.ring, k.Frame)
	} else {
		delete(x.links, x.ring[x.next])
		x.ring[x.next] = k.Frame
		x.next = (x.next + 1) % maxLinks
	}
	x.links[k.Frame] = k
}

// maxProofs bounds the chains that are kept: all clients of a network may have one lease server's frame in theirs.
const maxProofs = 4

// Journey implements annotate.Sink.
func (x *Explainer) Journey(j *annotate.Journey) error {
	var own *annotate.Journey
	for i := range j.Chains {
		c := &j.Chains[i]
		if !c.Proves(x.number) && !(x.Found && c.Carries(&x.Label)) {
			continue
		}
		if len(x.Proofs) == maxProofs {
			x.More++
			continue
		}
		if own == nil {
			own = j.Clone()
		}
		x.Proofs = append(x.Proofs, own.Chains[i])
	}
	return nil
}

// Close implements annotate.Sink.
func (x *Explainer) Close(s *annotate.Summary) error {
	x.Frames = s.Frames
	return nil
}

// maxChain bounds how far a chain of frames is followed.
const maxChain = 16

// Chain is the frames that the label leans on, one on the other, the nearest first.
func (x *Explainer) Chain() []Link {
	var chain []Link
	seen := map[int]bool{x.number: true}
	for at := x.Label.Lean; at != 0 && !seen[at] && len(chain) < maxChain; {
		seen[at] = true
		k, ok := x.links[at]
		if !ok {
			return append(chain, Link{Frame: at})
		}
		chain = append(chain, k)
		at = k.Lean
	}
	return chain
}

// Keeping passes frames on and keeps a copy of the bytes of one.
type Keeping struct {
	capture.Source
	Number int
	Data   []byte // of that frame, once it has passed
}

// Next implements capture.Source.
func (k *Keeping) Next() (*capture.Frame, error) {
	f, err := k.Source.Next()
	if err == nil && f.Number == k.Number {
		k.Data = slices.Clone(f.Data)
	}
	return f, err
}

// Other is a rule of the same event that did not match.
type Other struct {
	Rule   *rules.Rule
	Points []string // where it would hold; nil when the point is not what failed
	Failed []rules.Condition
}

// Others are the rules of the frame's event that would give another step or say something else.
func Others(j *rules.Journey, l *annotate.Labelled) []Other {
	var list []Other
	for _, r := range j.RulesOf(l.Event) {
		if r == l.Rule {
			continue
		}
		o := Other{Rule: r}
		if !r.At.Has(l.Point) {
			o.Points = r.At.Names()
		}
		for _, c := range r.When {
			if !c.Holds(l.Facts) {
				o.Failed = append(o.Failed, c)
			}
		}
		if o.Points != nil || o.Failed != nil {
			list = append(list, o)
		}
	}
	return list
}
