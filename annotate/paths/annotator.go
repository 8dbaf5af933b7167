package paths

import (
	"cmp"
	"slices"
	"time"

	"github.com/pktjourney/pktjourney/annotate"
	"github.com/pktjourney/pktjourney/decode"
	"github.com/pktjourney/pktjourney/decode/capture"
	"github.com/pktjourney/pktjourney/rules"
)

// Annotator labels the frames of several points. Make it with New.
type Annotator struct {
	book    *rules.Journey
	sink    annotate.Sink
	points  []*point
	packets packets
	held    held
	joints  joints
	summary annotate.Summary
}

// point is what belongs to one capture point. It is the sink of its annotator.
type point struct {
	Point
	all       *Annotator
	number    int
	decoder   *decode.Decoder
	annotator *annotate.Annotator
	joints    map[int]*joint // of its own journeys, by their ID
	summary   *annotate.Summary
}

// New makes an annotator of points by the journey that book documents. What it finds goes to
// sink. decoder makes a decoder for each point; opts hold for all, but for the capture point.
func New(book *rules.Journey, opts annotate.Options, points []Point, decoder func() *decode.Decoder, sink annotate.Sink) *Annotator {
	a := &Annotator{book: book, sink: sink}
	a.summary.Outside = make(map[string]int)
	a.summary.Files = opts.Files
	for i, p := range points {
		own := &point{Point: p, all: a, number: i, decoder: decoder(), joints: make(map[int]*joint)}
		opts.Vantage, opts.Files = p.At, p.Files
		own.annotator = annotate.New(book, opts, own)
		own.annotator.DecodedBy(own.decoder)
		a.points = append(a.points, own)
	}
	return a
}

// Frame labels f, which was captured at the point of that number. Frames come in the order
// of their corrected times, numbered through. The error is the sink's.
func (a *Annotator) Frame(number int, f *capture.Frame) error {
	p := a.points[number]
	if err := p.annotator.Tick(f.Time, f.Number); err != nil {
		return err
	}
	r := p.decoder.Decode(f)
	h := a.held.push(f.Number, f.Time)
	if id, ok := identify(&r.Packet); ok {
		h.packet = a.packets.see(id, annotate.Sighting{Point: p.Name, Frame: f.Number, TTL: r.TTL, Time: f.Time})
	}
	if err := p.annotator.Frame(r); err != nil {
		return err
	}
	if err := a.wake(f); err != nil {
		return err
	}
	if err := a.release(f.Time, f.Number); err != nil {
		return err
	}
	return a.joints.retire(a, f.Time)
}

// wake lets the other points know the time when one of them holds the oldest frame back.
func (a *Annotator) wake(f *capture.Frame) error {
	if h := a.held.first(); h.label != nil || !h.tooLong(f.Time, f.Number) {
		return nil
	}
	for _, p := range a.points {
		if err := p.annotator.Advance(f.Time, f.Number); err != nil {
			return err
		}
	}
	return nil
}

// release hands over the frames that have waited for their packets' further sightings.
func (a *Annotator) release(now time.Time, number int) error {
	for !a.held.empty() {
		h := a.held.first()
		if h.label == nil || !h.tooLong(now, number) {
			return nil
		}
		if err := a.emit(h); err != nil {
			return err
		}
		a.held.pop()
	}
	return nil
}

// emit hands over one frame.
func (a *Annotator) emit(h *heldFrame) error {
	l := h.label
	if l.Point == rules.Unknown {
		l.Point = h.at.At
	}
	l.Place = h.at.Name
	a.joints.settle(a, h)
	a.count(l)
	return a.sink.Frame(l)
}

func (a *Annotator) count(l *annotate.Labelled) {
	s := &a.summary
	if s.Frames == 0 {
		s.First = l.Time
	}
	s.Frames++
	s.Bytes += int64(l.WireLen)
	s.Last = l.Time
	if l.InJourney() {
		s.Labelled++
	} else {
		s.Outside[l.Protocol]++
	}
}

// Finish labels what still waits and hands over the journeys, then the summary. damage is what
// ended the reading before its time, or nil; offsets are those of the points' clocks.
func (a *Annotator) Finish(damage error, offsets []time.Duration) error {
	for _, p := range a.points {
		if err := p.annotator.Finish(damage); err != nil {
			return err
		}
	}
	for !a.held.empty() {
		if err := a.emit(a.held.first()); err != nil {
			return err
		}
		a.held.pop()
	}
	if err := a.joints.finish(a); err != nil {
		return err
	}
	a.summary.Damage = damage
	a.summary.Journeys = a.joints.published
	a.tellPoints(offsets)
	return a.sink.Close(&a.summary)
}

func (a *Annotator) tellPoints(offsets []time.Duration) {
	for i, p := range a.points {
		s := p.summary
		a.summary.Points = append(a.summary.Points, annotate.PointSummary{
			Name: p.Name, Files: p.Files, Frames: s.Frames, Point: s.Point, Reason: s.PointReason, Offset: offsets[i],
		})
		for _, t := range s.LinkTypes {
			a.addLinkType(t)
		}
		for _, r := range s.Limits {
			a.addReached(r)
		}
	}
}

// addReached counts together what was given up at all points for one limit.
func (a *Annotator) addReached(r annotate.Reached) {
	list := a.summary.Limits
	i, known := slices.BinarySearchFunc(list, r, func(a, b annotate.Reached) int { return cmp.Compare(a.Limit, b.Limit) })
	if known {
		list[i].Count += r.Count
		return
	}
	a.summary.Limits = slices.Insert(list, i, r)
}

func (a *Annotator) addLinkType(t capture.LinkType) {
	for _, known := range a.summary.LinkTypes {
		if known == t {
			return
		}
	}
	a.summary.LinkTypes = append(a.summary.LinkTypes, t)
}

// Frame implements annotate.Sink: a frame of this point has its label.
func (p *point) Frame(l *annotate.Labelled) error {
	h := p.all.held.find(l.Number)
	h.label, h.at = l.Clone(), p
	p.all.joints.learn(p, h)
	return nil
}

// Journey implements annotate.Sink: this point has seen all that it sees of a journey.
func (p *point) Journey(j *annotate.Journey) error {
	p.all.joints.report(p, j.Clone())
	return nil
}

// Close implements annotate.Sink.
func (p *point) Close(s *annotate.Summary) error {
	p.summary = s
	return nil
}
