package annotate

import (
	"slices"
	"time"

	"github.com/pktjourney/pktjourney/rules"
)

// Sighting is one packet as it passed one capture point.
type Sighting struct {
	Point string // name of the capture point, as it was given
	Frame int    // number of the frame
	TTL   uint8  // time to live, or hop limit, there
	Time  time.Time
}

// Leg is the way of one packet of a journey past the capture points, from its sender on.
type Leg struct {
	Step rules.ID // that it performs at the first of them
	Hops []Sighting
}

// PointSummary tells of one of several capture points.
type PointSummary struct {
	Name   string
	Files  []string
	Frames int
	Point  rules.Point
	Reason string        // why it is that point, one line in the annotator's language; "" where nothing is to be said
	Offset time.Duration // how far its clock was ahead of that of the first point; its frames' times are without it
}

// Clone is a copy of l that outlives the call that l was handed over in. It has no bytes of the frame.
func (l *Labelled) Clone() *Labelled {
	c := *l
	c.Data, c.Payload = nil, nil
	c.Parts, c.Facts, c.Message = slices.Clone(l.Parts), slices.Clone(l.Facts), slices.Clone(l.Message)
	return &c
}

// Advance is Tick while only other captures of the journey go on: it also ends the journeys that
// are over. number is that of the newest frame of any capture.
func (a *Annotator) Advance(now time.Time, number int) error {
	if err := a.Tick(now, number); err != nil {
		return err
	}
	return a.retire(now)
}
