package render

import (
	"time"

	"github.com/pktjourney/pktjourney/annotate"
)

// Line is what a table says of one frame. Nothing in it can harm a terminal; it is no HTML.
type Line struct {
	Number              int
	Since               time.Duration // since the first frame; negative when its time is not known
	Source, Destination string        // network addresses, or link addresses where there are none
	Protocol            string
	Words               string // what the frame does, with its variants
}

// Describer says of frames what a table says of them.
type Describer struct{ t *table }

// NewDescriber makes a Describer. It must see the first frame of the capture first.
func NewDescriber(o Options) *Describer {
	return &Describer{&table{opts: o, words: &wordings[o.Lang], duplicate: o.Journey.Set("duplicate")}}
}

// Line is what is said of l.
func (d *Describer) Line(l *annotate.Labelled) Line {
	r := &d.t.current
	d.t.fill(r, l)
	return Line{r.number, r.since, string(r.source()), string(r.destination()), string(r.protocol()), string(r.words())}
}

// PassOver notes a frame that is not to be described: times count from the first frame.
func (d *Describer) PassOver(l *annotate.Labelled) { d.t.since(l.Time) }

// Span is d as people read it: "113 ms", "1.01 s".
func (d *Describer) Span(span time.Duration) string {
	return string(appendSpan(nil, span, d.t.opts.Lang))
}

// Totals are what was captured and where: frames, time, links, the capture point.
func (d *Describer) Totals(s *annotate.Summary) []string { return d.t.totals(s) }

// Point is the name of a capture point.
func (d *Describer) Point(s *annotate.Summary) string { return d.t.words.Points[s.Point] }

// Outside says how many frames are outside every journey, and of which protocols; "" when none is.
func Outside(s *annotate.Summary) string {
	if total, list := outsideList(s.Outside); total > 0 {
		return list
	}
	return ""
}
