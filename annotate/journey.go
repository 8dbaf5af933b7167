package annotate

import (
	"net/netip"
	"slices"
	"time"

	"github.com/pktjourney/pktjourney/decode/capture"
	"github.com/pktjourney/pktjourney/rules"
)

// Journey is one client's way to one name. A Sink gets it once, after its last
// frame, with a Conclusion. What the sink gets is valid during the call; who keeps it keeps a Clone.
type Journey struct {
	ID     int    // from 1, in the order in which journeys began
	Name   string // the requested name; the server's address when no name is known
	Client netip.Addr

	*Conclusion // nil until the journey is handed over

	trail *trail // what leads to the conclusion; overTrail once the journey was handed over
}

// Conclusion is what is known of a journey at its end.
type Conclusion struct {
	Servers  []netip.Addr // the addresses that it connected to, in order
	Point    rules.Point  // where its frames were captured, as far as that is known
	Complete bool         // no step that is visible from the capture point is missing
	Steps    []StepState  // one for each step of the documented journey, in its order
	Timing   Timing

	Differences []Difference // where its packets differ from the document
	Chains      []Chain      // how its connections were found, and what became of its other questions
	Routing     *Routing     // what routers told each other of its way; nil when nothing was seen of that
	Path        []Leg        // the ways of its packets past several capture points
}

// Clone is a copy of j that outlives the call in which j was handed over.
func (j *Journey) Clone() *Journey {
	c := *j
	c.trail = overTrail
	if j.Conclusion == nil {
		return &c
	}
	end := *j.Conclusion
	c.Conclusion = &end
	end.Servers = slices.Clone(j.Servers)
	end.Differences = slices.Clone(j.Differences)
	end.Steps = slices.Clone(j.Steps)
	for i := range end.Steps {
		end.Steps[i].Frames = slices.Clone(end.Steps[i].Frames)
	}
	end.Chains = slices.Clone(j.Chains)
	for i := range end.Chains {
		end.Chains[i] = end.Chains[i].clone(&c)
	}
	return &c
}

// State says whether a step of a journey was seen.
type State uint8

// The states.
const (
	Missing State = iota
	Deduced
	Observed
)

// String is the state's name in the output.
func (s State) String() string { return [...]string{"missing", "deduced", "observed"}[s] }

// StepState is what is known of one step of a journey.
type StepState struct {
	Step   *rules.Step
	State  State
	Count  int             // frames that perform it, or that it is deduced from
	Frames []capture.Range // those frames; at most 64 ranges
	Start  time.Time       // of the first of them; zero when there is none
	End    time.Time       // of the last
	Needed bool            // this journey's way has the step; a missing step that is not needed leaves the journey complete
	Reason string          // why it is missing or how it was deduced, in the annotator's language; "" when observed
	Cause  rules.Cause     // why it is missing, by name; "" otherwise
}

// Timing splits a journey's time. A part that can not be measured is negative.
type Timing struct {
	DHCP      time.Duration // first Discover or Request to Ack
	DNS       time.Duration // first query to the answer that the connection used
	TCP       time.Duration // first SYN to the ACK that completes the handshake
	TLS       time.Duration // ClientHello to the client's last handshake message
	FirstByte time.Duration // request to the first byte of the response
	Total     time.Duration // first frame of the journey, DHCP included, to the last byte of the response
}

// Difference is one plain sentence on how the packets depart from the document.
type Difference struct {
	Step   rules.ID
	Frames []int
	Text   string // in the annotator's language
	Unseen bool   // it is concluded because frames of the step are not in this capture

	name string // of its phrase
}

// Summary tells of the whole capture.
type Summary struct {
	Files       []string
	Frames      int   // frames read
	Labelled    int   // frames that have a phase
	Lost        int   // frames that the machine which captured dropped, as far as the capture tells
	Bytes       int64 // on the wire
	First, Last time.Time
	LinkTypes   []capture.LinkType // in order of appearance
	Points      []PointSummary     // of several capture points; nil when there is one
	Point       rules.Point        // of one
	PointReason string             // one line, in the annotator's language
	Journeys    int
	Outside     map[string]int // frames outside every journey, by protocol
	Limits      []Reached      // that something was given up for, in the order of their names' list
	Damage      error          // what ended the reading before its time; nil when nothing did
}

// Sink takes what the annotator finds out, in order. Renderers are sinks.
type Sink interface {
	Frame(*Labelled) error
	Journey(*Journey) error
	Close(*Summary) error
}
