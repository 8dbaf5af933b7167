package render

import (
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/pktjourney/pktjourney/annotate"
	"github.com/pktjourney/pktjourney/rules"
)

// maxRows is how many rows are kept to fit the columns to them. A longer capture
// gets the columns that fit its beginning, and is then written as it comes.
const maxRows = 5000

// maxJourneys is how many journeys are kept for the end. --summary shows all, as they end.
const maxJourneys = 100

// table is what a person reads: what was captured, one line a frame, then each
// journey's steps and times and where its packets differ from the document.
type table struct {
	out   output
	opts  Options
	words *wording
	first time.Time // of the first frame

	duplicate rules.VariantSet // of ACKs
	columns   columns
	run       run

	rows      []row // while they are kept
	current   row   // while they are not
	streaming bool  // the rows are no longer kept
	headed    bool  // the head is written

	journeys []*annotate.Journey // kept for the end
	extra    int                 // journeys that are not

	layout  layout // of the journeys' phases
	scratch []byte
	names   []string
}

// Table makes a renderer that writes to w.
func Table(w io.Writer, opts Options) annotate.Sink {
	return &table{out: output{w: w}, opts: opts, words: &wordings[opts.Lang], duplicate: opts.Journey.Set("duplicate")}
}

// Frame implements annotate.Sink.
func (t *table) Frame(l *annotate.Labelled) error {
	if t.opts.Summary || !l.InJourney() && !t.opts.All {
		t.since(l.Time)
		return nil
	}
	if t.streaming {
		t.fill(&t.current, l)
		t.push(&t.current)
		return t.out.flushFull()
	}
	t.rows = append(t.rows, row{})
	t.fill(&t.rows[len(t.rows)-1], l)
	if len(t.rows) < maxRows {
		return nil
	}
	t.streaming = true
	t.appendRows(true)
	return t.out.flush()
}

// appendRows writes the rows that were kept.
func (t *table) appendRows(journeys bool) {
	if len(t.rows) == 0 {
		return
	}
	t.columns = layOut(t.rows, t.opts.Width, t.words, journeys, t.streaming)
	if len(t.out.b) > 0 {
		t.out.b = append(t.out.b, '\n')
	}
	t.out.b = t.columns.appendHead(t.out.b, t.words)
	t.run.end = -1
	for i := range t.rows {
		t.push(&t.rows[i])
	}
	t.rows = nil
}

// Journey implements annotate.Sink.
func (t *table) Journey(j *annotate.Journey) error {
	if len(t.journeys) < maxJourneys && !t.headed {
		t.journeys = append(t.journeys, outcome(j))
		return nil
	}
	if !t.opts.Summary {
		t.extra++
		return nil
	}
	t.headed = true
	t.appendBlocks()
	t.appendBlock(j, true)
	return t.out.flushFull()
}

// outcome is a copy of what is known of j, without what it took to find it out.
func outcome(j *annotate.Journey) *annotate.Journey {
	own := j.Clone()
	own.Chains = nil
	return own
}

// Close implements annotate.Sink.
func (t *table) Close(s *annotate.Summary) error {
	whole := !t.streaming && !t.headed
	slices.SortFunc(t.journeys, func(a, b *annotate.Journey) int { return a.ID - b.ID })
	if whole {
		t.appendTotals(s)
		t.appendJourneyLines()
		t.appendRows(len(t.journeys) > 1)
	}
	t.endRun()
	t.appendOutside(s)
	t.appendBlocks()
	t.appendMore()
	if !whole {
		t.out.b = append(t.out.b, '\n')
		t.appendTotals(s)
	}
	t.appendLimits(s.Limits)
	if s.Damage != nil {
		t.out.b = append(t.out.b, '\n')
		t.paragraph("", "", fmt.Sprintf(t.words.OnlyPart, Neutral(s.Damage.Error())), margin)
	}
	return t.out.flush()
}

// appendOutside says how many frames are not shown.
func (t *table) appendOutside(s *annotate.Summary) {
	total, list := outsideList(s.Outside)
	if total == 0 || t.opts.Summary {
		return
	}
	text := fmt.Sprintf(counted(t.words.Outside, total), annotate.AppendThousands(nil, total))
	if !t.opts.All {
		text += counted(t.words.OutsideHint, total)
	}
	t.out.b = append(t.out.b, '\n')
	t.paragraph("", "", text+": "+list, margin)
}

// appendMore says how many journeys are not shown.
func (t *table) appendMore() {
	if t.extra > 0 {
		t.out.b = fmt.Appendf(append(t.out.b, '\n'), counted(t.words.More, t.extra)+"\n", t.extra)
	}
}

// Flush implements Flusher. Rows that are kept to fit the columns stay, unless somebody watches a live capture.
func (t *table) Flush() error {
	if t.opts.Live {
		if len(t.rows) > 0 {
			t.streaming = true
			t.appendRows(true)
		}
		t.endRun()
	}
	return t.out.flush()
}
