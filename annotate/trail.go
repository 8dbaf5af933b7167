package annotate

import (
	"net/netip"
	"slices"
	"time"

	"github.com/pktjourney/pktjourney/decode/capture"
	"github.com/pktjourney/pktjourney/rules"
)

// trail is what a journey remembers of its frames until it is concluded.
type trail struct {
	prev, next *Journey   // in the list of open journeys
	host       netip.Addr // by which the client is known
	servers    []netip.Addr
	lease      *lease
	began      time.Time
	last       time.Time
	frame      int // the newest frame that may belong to it
	closed     bool
	remembered bool // the client knew the address from before

	open, ever int // its connections: open now, and all that there were
	asked      []*question
	ways       []*way // its connections, in order; at most maxWays
	heads      []headed
	steps      []stepTrail
	walked     stepBit // those of steps
	events     uint64  // a bit for each event that a frame with a step was
	found      []Difference
	dropped    drops
	point      rules.Point
	hops       int // routers that a packet from the server passed; 0 not known

	plain, tls               bool // what its connections spoke
	tcp, quic                bool // what they ran over
	noSYN                    bool // a connection began before the capture, or in an earlier journey
	refused                  bool
	truncated                int    // the frame of an answer with the TC bit; 0 none
	page, secret             mark   // the frame that completed a page over plain HTTP, a response inside TLS as far as that can be told
	opened                   mark   // the frame that completed a response which was decrypted
	queryStack, requestStack string // the headers around the first query and the first request

	query, answer, syn, established mark // the first of each
	hello, secured                  mark // ClientHello, the client's last handshake message
	request, firstByte, lastByte    mark
}

// overTrail is the trail of every journey that was handed over: whatever still
// refers to the journey must not keep its memory.
var overTrail = &trail{closed: true}

// mark is a frame and its time; the zero mark is none.
type mark struct {
	frame int
	at    time.Time
}

// set keeps the first frame.
func (m *mark) set(frame int, at time.Time) {
	if m.frame == 0 {
		m.frame, m.at = frame, at
	}
}

// maxQuestions bounds what a journey remembers of its questions.
const maxQuestions = 16

// stepTrail holds the frames that performed one step.
type stepTrail struct {
	step     rules.ID
	frames   []capture.Range
	start    time.Time
	end      time.Time
	last     int
	count    uint32
	observed bool // one of them at least
}

// first is the frame that began.
func (s *stepTrail) first() int { return s.frames[0].First }

// maxRanges bounds the frame numbers that a step keeps.
const maxRanges = 64

// over reports whether the journey had connections and all have ended.
func (t *trail) over() bool { return t.ever > 0 && t.open == 0 }

// abandoned reports whether no connection followed the questions for so long
// that asking again is a new journey.
func (t *trail) abandoned(now time.Time) bool {
	return t.ever == 0 && now.Sub(t.last) > linger/2
}

// at finds the frames that performed step; nil when none did.
func (t *trail) at(step rules.ID) *stepTrail { return findStep(t.steps, step) }

// did reports whether a frame of the journey did e and has a step.
func (t *trail) did(e rules.Event) bool { return t.events&(1<<e) != 0 }

func findStep(steps []stepTrail, step rules.ID) *stepTrail {
	n := len(step)
	if n == 0 {
		return nil
	}
	for i := len(steps) - 1; i >= 0; i-- { // most frames go on with the step that came last
		if s := steps[i].step; len(s) == n && s[n-1] == step[n-1] && s == step { // most steps of as many digits end in another
			return &steps[i]
		}
	}
	return nil
}

// walk notes that a frame performed step.
func walk(steps []stepTrail, step rules.ID, number int, at time.Time, deduced bool) []stepTrail {
	s := findStep(steps, step)
	if s == nil {
		steps = slices.Grow(steps, 1)[:len(steps)+1]
		s = &steps[len(steps)-1]
		*s = stepTrail{step: step, start: at, frames: used(s.frames)}
	}
	s.count++
	s.observed = s.observed || !deduced
	s.end, s.last = at, number
	if n := len(s.frames); n > 0 && s.frames[n-1].Last+1 == number {
		s.frames[n-1].Last = number
	} else if n < maxRanges {
		s.frames = append(s.frames, capture.Range{First: number, Last: number})
	}
	return steps
}

// used is the memory of a step of a trail that is over, unless it is so much that few steps need it.
func used(frames []capture.Range) []capture.Range {
	const few = 8
	if cap(frames) > few {
		return nil
	}
	return frames[:0]
}

// record puts a final label on its journey's trail.
func (a *Annotator) record(l *Labelled) {
	if j := l.Journey; j != nil && l.Step != "" {
		t := j.trail
		n := len(t.steps)
		t.events |= 1 << l.Event
		t.steps = walk(t.steps, l.Step, l.Number, l.Time, l.Deduced)
		if len(t.steps) > n {
			t.walked |= a.plan.bits[l.Step]
		}
		if l.Point != rules.Unknown {
			t.point = l.Point
		}
	}
}
