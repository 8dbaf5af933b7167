package annotate

import (
	"time"

	"github.com/pktjourney/pktjourney/decode"
	"github.com/pktjourney/pktjourney/rules"
)

// NoPhase is the phase of a label that has none.
const NoPhase = -1

// Label is the place of one frame in the documented journey. The zero Label
// is not valid: Phase would be 0.
type Label struct {
	Journey  *Journey         // the one journey that the frame belongs to; nil when none or no single one
	Client   string           // of a frame with a phase but no single journey: its client's address; "" when not known
	Phase    int              // NoPhase when the frame is no part of a journey
	Step     rules.ID         // the primary step; "" when none
	Also     []rules.ID       // further steps that the frame is evidence of; shared, not to be changed
	Variants rules.VariantSet // unusual ways in which it performs the step
	Implied  rules.VariantSet // those of Variants that the words of Does tell anyway
	Deduced  bool             // the basis: deduced from other frames, not observed in the bytes
	Point    rules.Point      // where on the path the frame was captured
	Place    string           // name of the capture point, where there are several; "" otherwise
	Path     []Sighting       // its packet at each of several capture points, from the sender on; nil when it was seen at one only

	Event  rules.Event     // what the frame was found to do; NoEvent when nothing of a journey
	Rule   *rules.Rule     // the rule that gave the step; nil when none did
	Does   *rules.Sentence // what the frame does; see Labelled.AppendDoes
	Reason *rules.Sentence // why it has the label; see Labelled.AppendReason

	overDNS bool        // it was labelled as a part of DNS over TCP
	via     *connection // whose journey is looked up when the label is handed over; nil: Journey holds it

	// What the sentences speak of.
	Lean     int           // number of the frame that the label leans on; 0: none
	Since    time.Duration // time since that frame; valid iff HasSince
	HasSince bool
	Count    int    // a number for the sentences; 0: none
	Detail   string // what the message says, in the words of its protocol
}

// Labelled is a frame with its label. It is valid until the call that it was
// handed over in returns.
type Labelled struct {
	decode.Frame // Data and Payload are nil when the label had to wait
	Label
}

// Basis is "observed" or "deduced".
func (l *Label) Basis() string {
	if l.Deduced {
		return "deduced"
	}
	return "observed"
}

// InJourney reports whether the frame is part of the documented journey at all.
func (l *Label) InJourney() bool { return l.Phase != NoPhase }

// AppendDoes appends the sentence that says what the frame does, in the
// language lang. Text that came from the wire is in it as it came.
func (l *Labelled) AppendDoes(dst []byte, lang rules.Lang) []byte {
	return l.Does.Append(dst, lang, l)
}

// AppendReason appends the sentence that says why the frame has its label.
func (l *Labelled) AppendReason(dst []byte, lang rules.Lang) []byte {
	return l.Reason.Append(dst, lang, l)
}
