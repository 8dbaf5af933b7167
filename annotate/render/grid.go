package render

import (
	"bytes"
	"reflect"
	"strings"

	"github.com/olekukonko/tablewriter"
	"github.com/olekukonko/tablewriter/pkg/twcache"
	"github.com/olekukonko/tablewriter/renderer"
	"github.com/olekukonko/tablewriter/tw"
)

// grid is a small table of three columns without lines: the phases of a journey.
// Its second column is wrapped to the terminal.
type grid struct {
	head [3]string
	rows []gridRow
}

type gridRow struct {
	cells    [3]string
	color    string // of the first cell
	sentence bool   // the second cell is one; otherwise it is a list whose items stand two blanks apart
}

func newGrid(head ...string) *grid { return &grid{head: [3]string(head)} }

// layout lays grids out, one after the other. The zero value is ready.
type layout struct {
	text  bytes.Buffer
	table *tablewriter.Table // writes to text; to make one for each grid was two thirds of the time of a long summary (November 2026)
}

// next is the table for the next grid.
func (y *layout) next() *tablewriter.Table {
	if y.table == nil {
		y.table = tablewriter.NewTable(&y.text, gridOptions()...)
	}
	y.text.Reset()
	y.table.Reset()
	return y.table
}

// append lays the grid out in y and appends it.
func (g *grid) append(b []byte, o *Options, y *layout) []byte {
	t := y.next()
	t.Header(g.head[:])
	room := g.room(o.Width)
	for _, r := range g.rows {
		r.cells[1] = r.wrapped(room)
		if o.Color {
			r.cells[0] = r.color + r.cells[0] + reset
		}
		t.Append(r.cells[:])
	}
	t.Render()
	return appendTrimmed(b, y.text.Bytes())
}

// room is how many columns the second column may take; 0: as many as it likes.
func (g *grid) room(width int) int {
	if width == 0 {
		return 0
	}
	first, third := columnsOf(g.head[0]), columnsOf(g.head[2])
	for i := range g.rows {
		first = max(first, columnsOf(g.rows[i].cells[0]))
		third = max(third, columnsOf(g.rows[i].cells[2]))
	}
	return max(width-margin-first-third-2*gap, 20)
}

// gridOptions make a table without lines, colours or opinions.
func gridOptions() []tablewriter.Option {
	left := tw.CellConfig{
		Formatting: tw.CellFormatting{AutoWrap: tw.WrapNone, AutoFormat: tw.Off},
		Alignment:  tw.CellAlignment{Global: tw.AlignLeft, PerColumn: []tw.Align{tw.AlignLeft, tw.AlignLeft, tw.AlignRight}},
		Padding:    tw.CellPadding{Global: tw.Padding{Left: tw.Space, Right: tw.Space}},
	}
	return []tablewriter.Option{
		tablewriter.WithStringerCacheCustom(twcache.NewLRU[reflect.Type, reflect.Value](1)), // cells are strings: it has nothing to remember
		tablewriter.WithConfig(tablewriter.Config{Header: left, Row: left, Behavior: tw.Behavior{TrimSpace: tw.Off}}),
		tablewriter.WithRenderer(renderer.NewBlueprint(tw.Rendition{
			Borders:  tw.BorderNone,
			Symbols:  tw.NewSymbols(tw.StyleNone),
			Settings: tw.Settings{Lines: tw.LinesNone, Separators: tw.SeparatorsNone},
		})),
	}
}

// wrapped is the second cell with line breaks, so that no line is wider than width.
func (r *gridRow) wrapped(width int) string {
	s := r.cells[1]
	switch {
	case width == 0 || columnsOf(s) <= width:
		return s
	case r.sentence:
		return wrappedSentence(s, width)
	}
	return wrappedList(s, width)
}

func wrappedSentence(s string, width int) string {
	line, rest := wrap([]byte(s), width)
	b := append([]byte(nil), line...)
	for len(rest) > 0 {
		line, rest = wrap(rest, width-gap)
		b = append(append(b, "\n  "...), line...)
	}
	return string(b)
}

// wrappedList breaks a list only between its items.
func wrappedList(s string, width int) string {
	var b strings.Builder
	taken := 0
	for i, item := range strings.Split(s, "  ") {
		n := columnsOf(item)
		switch {
		case i == 0:
		case taken+gap+n > width:
			b.WriteByte('\n')
			taken = 0
		default:
			b.WriteString("  ")
			taken += gap
		}
		b.WriteString(item)
		taken += n
	}
	return b.String()
}

// appendTrimmed appends the lines of text behind the margin, of which their first
// cell's padding is part, without blanks at their ends.
func appendTrimmed(b, text []byte) []byte {
	for line := range bytes.Lines(text) {
		b = append(appendSpaces(b, margin-1), bytes.TrimRight(line, " \n")...)
		b = append(b, '\n')
	}
	return b
}
