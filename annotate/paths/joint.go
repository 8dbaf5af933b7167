package paths

import (
	"slices"
	"time"

	"github.com/pktjourney/pktjourney/annotate"
	"github.com/pktjourney/pktjourney/rules"
)

// joints are the journeys of all points together, in the order in which they were met.
type joints struct {
	list      []*joint
	published int // how many have a number
	checked   time.Time
}

// joint is one journey as all points see it: the journeys of points that have a packet in common.
type joint struct {
	into    *joint // the one that it turned out to be; nil for one of its own
	parts   []*part
	held    int               // frames of it that were not handed over yet
	last    time.Time         // of its newest frame
	journey *annotate.Journey // as the sink knows it; nil before its first frame was handed over
	legs    []leg
}

// part is what one point saw of the journey.
type part struct {
	point  *point
	own    *annotate.Journey // as the point's annotator knows it
	at     rules.Point       // where its newest frame was captured
	report *annotate.Journey // what became of it; nil while it is open
}

// leg is one packet of the journey whose way is told.
type leg struct {
	step   rules.ID
	packet *packet
}

// root is the joint that j has become part of.
func (j *joint) root() *joint {
	for j.into != nil {
		j = j.into
	}
	return j
}

// learn finds the joint of a frame that has its label.
func (js *joints) learn(p *point, h *heldFrame) {
	own := h.label.Journey
	if own == nil {
		return
	}
	j := p.joints[own.ID]
	switch {
	case j != nil:
		j = j.root()
	case h.packet != nil && h.packet.joint != nil:
		j = h.packet.joint.root()
		j.add(p, own)
	default:
		j = &joint{}
		j.add(p, own)
		js.list = append(js.list, j)
	}
	if h.packet != nil {
		if other := h.packet.joint; other != nil && other.root() != j {
			j = js.unite(other.root(), j)
		}
		h.packet.joint = j
	}
	j.held++
	j.last = h.time
	if h.label.Point != rules.Unknown {
		j.partOf(p, own.ID).at = h.label.Point
	}
}

func (j *joint) add(p *point, own *annotate.Journey) {
	j.parts = append(j.parts, &part{point: p, own: own, at: p.At})
	p.joints[own.ID] = j
}

func (j *joint) partOf(p *point, id int) *part {
	for _, part := range j.parts {
		if part.point == p && part.own.ID == id {
			return part
		}
	}
	return nil
}

// unite makes one of two joints, which turned out to be the same journey: the one that the
// sink knows already, or was met first, and gives it.
func (js *joints) unite(a, b *joint) *joint {
	if a.journey == nil && b.journey != nil {
		a, b = b, a
	}
	b.into = a
	a.parts = append(a.parts, b.parts...)
	a.legs = append(a.legs, b.legs...)
	a.held += b.held
	if b.last.After(a.last) {
		a.last = b.last
	}
	b.parts, b.legs = nil, nil
	js.list = slices.DeleteFunc(js.list, func(j *joint) bool { return j == b })
	return a
}

// settle gives a frame that is handed over the journey that all points know, and its packet's way.
func (js *joints) settle(a *Annotator, h *heldFrame) {
	l := h.label
	if h.packet != nil && len(h.packet.seen) > 1 {
		l.Path = h.packet.hops()
	}
	j := h.joint()
	if j == nil {
		return
	}
	if l.Journey != nil {
		j.held--
	}
	if j.journey == nil {
		js.published++
		j.journey = &annotate.Journey{ID: js.published}
	}
	main := j.main()
	j.journey.Name, j.journey.Client = main.own.Name, main.own.Client
	l.Journey = j.journey
	j.addLeg(l.Step, h.packet)
}

// joint finds the journey of a frame: that of its own point, else the one that another
// point knows its packet to belong to.
func (h *heldFrame) joint() *joint {
	switch {
	case h.label.Journey != nil:
		return h.at.joints[h.label.Journey.ID].root()
	case h.label.Step != "" && h.packet != nil && h.packet.joint != nil:
		return h.packet.joint.root()
	}
	return nil
}

// addLeg keeps the first packets of each step that passed several points.
func (j *joint) addLeg(step rules.ID, p *packet) {
	if step == "" || p == nil || len(p.seen) < 2 || len(j.legs) >= maxLegs {
		return
	}
	n := 0
	for _, l := range j.legs {
		if l.packet == p {
			return
		}
		if l.step == step {
			n++
		}
	}
	if n < maxSteps {
		j.legs = append(j.legs, leg{step, p})
	}
}

// main is the part that knows the journey best: the client's, else the first.
func (j *joint) main() *part {
	for _, p := range j.parts {
		if p.at == rules.Client {
			return p
		}
	}
	return j.parts[0]
}

// report takes what a point saw of one of its journeys, which is over there.
func (js *joints) report(p *point, r *annotate.Journey) {
	if j := p.joints[r.ID]; j != nil {
		j.root().partOf(p, r.ID).report = r
	}
}

// over reports whether nothing more can come of j.
func (j *joint) over(now time.Time) bool {
	if j.held > 0 || now.Sub(j.last) <= journeyTime {
		return false
	}
	for _, p := range j.parts {
		if p.report == nil {
			return false
		}
	}
	return true
}

// retire hands over the journeys that are over, in the order of their numbers.
func (js *joints) retire(a *Annotator, now time.Time) error {
	if now.Sub(js.checked) < holdTime {
		return nil
	}
	js.checked = now
	return js.handOver(a, func(j *joint) bool { return j.over(now) })
}

// finish hands over the rest.
func (js *joints) finish(a *Annotator) error {
	return js.handOver(a, func(*joint) bool { return true })
}

func (js *joints) handOver(a *Annotator, over func(*joint) bool) error {
	var done []*joint
	js.list = slices.DeleteFunc(js.list, func(j *joint) bool {
		if over(j) {
			done = append(done, j)
			return true
		}
		return false
	})
	slices.SortFunc(done, func(a, b *joint) int { return a.journey.ID - b.journey.ID })
	for _, j := range done {
		for _, p := range j.parts {
			delete(p.point.joints, p.own.ID)
		}
		if err := a.sink.Journey(j.told()); err != nil {
			return err
		}
	}
	return nil
}
