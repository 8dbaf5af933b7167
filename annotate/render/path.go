package render

import (
	"fmt"
	"strconv"
	"time"

	"github.com/pktjourney/pktjourney/annotate"
)

// appendPath draws the way of packets past the capture points, hop by hop.
func (t *table) appendPath(path []annotate.Leg) {
	if len(path) == 0 {
		return
	}
	t.out.b = append(t.out.b, '\n')
	t.paragraph(t.words.Path, bold, "", 0)
	for i := range path {
		mark := string(appendLeft(nil, string(path[i].Step), 3)) + "  "
		t.item(mark, Neutral(string(t.appendHops(nil, path[i].Hops))))
	}
}

// appendHops appends the points: "client 18, TTL 64 -> router 25, TTL 63, +14.5 ms".
func (t *table) appendHops(b []byte, hops []annotate.Sighting) []byte {
	for i := range hops {
		h := &hops[i]
		if i > 0 {
			b = append(b, " -> "...)
		}
		b = append(append(b, h.Point...), ' ')
		b = strconv.AppendInt(b, int64(h.Frame), 10)
		b = fmt.Appendf(append(b, ", "...), t.words.Hop, h.TTL)
		if d := h.Time.Sub(hops[0].Time); i > 0 && d >= 0 {
			b = appendSpan(append(b, ", +"...), d, t.opts.Lang)
		}
	}
	return b
}

// appendPoints lists the capture points, where there are several.
func (t *table) appendPoints(points []annotate.PointSummary) {
	if len(points) == 0 {
		return
	}
	t.out.b = append(t.out.b, '\n')
	width := 0
	for i := range points {
		width = max(width, columnsOf(Neutral(points[i].Name)))
	}
	for i := range points {
		p := &points[i]
		mark := string(appendLeft(nil, Neutral(p.Name), width)) + "  "
		t.item(mark, t.pointText(p, &points[0]))
	}
}

func (t *table) pointText(p, first *annotate.PointSummary) string {
	text := fmt.Sprintf(counted(t.words.Frames, p.Frames), annotate.AppendThousands(nil, p.Frames)) + ", " + fmt.Sprintf(t.words.TakenAt, t.words.Points[p.Point])
	if p.Offset.Abs() >= time.Microsecond {
		ahead := string(appendSpan(nil, p.Offset.Abs(), t.opts.Lang))
		if p.Offset < 0 {
			ahead = "-" + ahead
		}
		text += ", " + fmt.Sprintf(t.words.Clock, ahead, Neutral(first.Name))
	}
	return text
}
