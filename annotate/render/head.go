package render

import (
	"fmt"
	"strings"

	"github.com/pktjourney/pktjourney/annotate"
)

// maxJourneyLines is how many journeys are listed above the frames.
const maxJourneyLines = 20

// appendTotals appends what was captured, where, and how long it took.
func (t *table) appendTotals(s *annotate.Summary) {
	name := Neutral(strings.Join(s.Files, ", "))
	t.paragraph(name, bold, "   "+strings.Join(t.totals(s), ", "), margin)
	t.appendPoints(s.Points)
}

// totals are the parts of the first line.
func (t *table) totals(s *annotate.Summary) []string {
	w := t.words
	if s.Frames == 0 {
		return []string{w.NoFrames}
	}
	parts := []string{fmt.Sprintf(counted(w.Frames, s.Frames), annotate.AppendThousands(nil, s.Frames))}
	if s.Lost > 0 {
		parts = append(parts, fmt.Sprintf(w.Dropped, s.Lost))
	}
	if d := s.Last.Sub(s.First); d >= 0 {
		parts = append(parts, string(appendSpan(nil, d, t.opts.Lang)))
	}
	for _, link := range s.LinkTypes {
		parts = append(parts, LinkName(link))
	}
	where := fmt.Sprintf(w.TakenAt, w.Points[s.Point])
	if s.PointReason != "" {
		where += " (" + Neutral(s.PointReason) + ")"
	}
	if len(s.Points) > 0 {
		return parts
	}
	return append(parts, where)
}

// appendJourneyLines lists the journeys above the frames, unless they are many.
func (t *table) appendJourneyLines() {
	if len(t.journeys) == 0 || len(t.journeys)+t.extra > maxJourneyLines || t.opts.Summary {
		return
	}
	t.out.b = append(t.out.b, '\n')
	for _, j := range t.journeys {
		t.appendTitle(j)
	}
}

// appendTitle appends whose journey it is and where to.
func (t *table) appendTitle(j *annotate.Journey) {
	b := append([]byte(nil), "   "...)
	if j.Client.IsValid() {
		b = append(j.Client.AppendTo(b), " -> "...)
	}
	b = appendServers(append(b, Neutral(j.Name)...), j)
	t.paragraph(fmt.Sprintf(t.words.JourneyLine, j.ID), bold, string(b), margin)
}

// maxServers is how many addresses of a journey are named.
const maxServers = 3

func appendServers(b []byte, j *annotate.Journey) []byte {
	if len(j.Servers) == 0 || len(j.Servers) == 1 && j.Servers[0].String() == j.Name {
		return b
	}
	b = append(b, " ("...)
	for i, s := range j.Servers {
		if i > 0 {
			b = append(b, ", "...)
		}
		if i == maxServers {
			b = append(b, "..."...)
			break
		}
		b = s.AppendTo(b)
	}
	return append(b, ')')
}
