package watch

import (
	"fmt"
	"strings"
	"time"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/pktjourney/pktjourney/annotate"
	"github.com/pktjourney/pktjourney/rules"
	"github.com/pktjourney/pktjourney/rules/words"
)

// text is what the screen says by itself.
type text struct {
	Frames, Rate, Dropped, Nothing, More, Keys, Held, Outside string
}

var texts = words.Tables[text]("watch")

var onOff = [...]rules.Text{words.Of("watch.off"), words.Of("watch.on")}

// phaseColors are those of the table.
var phaseColors = [...]string{"5", "6", "12", "3", "2", "10"}

// look is how the screen is to be drawn.
type look struct {
	width, height int
	color         bool
	all           bool // also frames outside every journey
	held          bool
	title         string
	began         time.Time
}

// style is the style of a phase.
func (k *look) style(phase int) lipgloss.Style {
	s := lipgloss.NewStyle()
	switch {
	case !k.color:
		return s
	case phase < 0:
		return s.Faint(true)
	}
	return s.Foreground(lipgloss.Color(phaseColors[phase%len(phaseColors)]))
}

// faint is for what is not so important.
func (k *look) faint(s string) string {
	if !k.color {
		return s
	}
	return lipgloss.NewStyle().Faint(true).Render(s)
}

func (k *look) bold(s string) string {
	if !k.color {
		return s
	}
	return lipgloss.NewStyle().Bold(true).Render(s)
}

// draw draws the board: at most height lines of at most width columns.
func (b *Board) draw(k *look) string {
	b.mu.Lock()
	defer b.mu.Unlock()
	rows := []string{b.head(k), ""}
	rows = append(rows, b.strips(k, max(k.height-12, 7))...)
	rows = append(rows, "")
	room := k.height - len(rows) - 1
	rows = append(rows, b.last(k, room)...)
	for len(rows) < k.height-1 {
		rows = append(rows, "")
	}
	rows = append(rows[:min(len(rows), k.height-1)], b.foot(k))
	for i := range rows {
		rows[i] = ansi.Truncate(rows[i], k.width, "…")
	}
	return strings.Join(rows, "\n")
}

func (b *Board) head(k *look) string {
	t := &texts[b.lang]
	parts := []string{k.bold(k.title), clock(b.now().Sub(k.began)), fmt.Sprintf(t.Frames, b.frames), fmt.Sprintf(t.Rate, b.perSecond())}
	dropped := fmt.Sprintf(t.Dropped, b.dropped)
	if b.dropped > 0 {
		dropped = k.bold(dropped)
	}
	parts = append(parts, dropped)
	if k.held {
		parts = append(parts, k.bold(t.Held))
	}
	return strings.Join(parts, "   ")
}

// clock is d as "02:07" or "1:02:07".
func clock(d time.Duration) string {
	s := int(max(d, 0).Seconds())
	if s < 3600 {
		return fmt.Sprintf("%02d:%02d", s/60, s%60)
	}
	return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
}

// strips draws the newest journeys, the newest first, in at most room lines.
func (b *Board) strips(k *look, room int) (rows []string) {
	t := &texts[b.lang]
	if len(b.strip) == 0 {
		if len(b.lease.steps) > 0 {
			return b.drawStrip(k, &b.lease)
		}
		return []string{t.Nothing}
	}
	for i := len(b.strip) - 1; i >= 0; i-- {
		one := b.drawStrip(k, b.strip[i])
		if len(rows) > 0 && len(rows)+len(one) >= room {
			return append(rows, k.faint(fmt.Sprintf(t.More, i+1)))
		}
		rows = append(rows, one...)
	}
	return rows
}

// drawStrip draws one journey: its name, then a line for each phase with its steps. Those that were seen
// are lit, the newest is marked.
func (b *Board) drawStrip(k *look, s *strip) []string {
	title := s.title
	if s.id == 0 {
		title = b.journey.Phases[0].Name.In(b.lang)
	}
	rows := []string{k.bold(title)}
	names := 0
	for i := range b.journey.Phases {
		names = max(names, min(ansi.StringWidth(b.journey.Phases[i].Name.In(b.lang)), max(k.width-45, 10)))
	}
	for i := range b.journey.Phases {
		p := &b.journey.Phases[i]
		if s.id == 0 && i > 0 {
			break
		}
		name := ansi.Truncate(p.Name.In(b.lang), names, "…")
		name += strings.Repeat(" ", names-ansi.StringWidth(name))
		var row strings.Builder
		row.WriteString("  " + k.style(p.Number).Render(fmt.Sprintf("%d %s", p.Number, name)) + " ")
		for n := range p.Steps {
			row.WriteString(k.cell(s, &p.Steps[n]))
		}
		rows = append(rows, row.String())
	}
	return rows
}

// cell is one step: "[3.4]" when it was seen, "(1.1)" when it is deduced, " 5.1 " else; ">3.4<" is where the journey is.
func (k *look) cell(s *strip, step *rules.Step) string {
	id := string(step.ID)
	switch state := s.steps[step.ID]; {
	case s.here == step.ID && !s.over:
		return k.style(step.Phase).Bold(k.color).Reverse(k.color).Render(">" + id + "<")
	case state == annotate.Observed:
		return k.style(step.Phase).Bold(k.color).Render("[" + id + "]")
	case state == annotate.Deduced:
		return k.style(step.Phase).Render("(" + id + ")")
	}
	return k.faint(" " + id + " ")
}

// last draws the last frames, the newest at the bottom.
func (b *Board) last(k *look, room int) []string {
	var rows []string
	for i := len(b.lines) - 1; i >= 0 && len(rows) < room; i-- {
		if n := &b.lines[i]; n.phase >= 0 || k.all {
			rows = append(rows, b.drawLine(k, n))
		}
	}
	for i, j := 0, len(rows)-1; i < j; i, j = i+1, j-1 {
		rows[i], rows[j] = rows[j], rows[i]
	}
	return rows
}

// wide is from how many columns on the addresses are shown.
const wide = 120

// drawLine draws one frame. Behind the step stands "?" while the label may change, "*" when it has.
func (b *Board) drawLine(k *look, n *line) string {
	step := string(n.step)
	switch {
	case step == "" && n.phase >= 0:
		step = fmt.Sprint(n.phase)
	case n.phase < 0:
		step = "-"
	}
	switch {
	case n.waits:
		step += "?"
	case n.changed:
		step += "*"
	}
	since := ""
	if n.Since >= 0 {
		since = fmt.Sprintf("%.6f", n.Since.Seconds())
	}
	ends := ""
	if k.width >= wide {
		ends = fmt.Sprintf("%-24s %-24s ", ansi.Truncate(n.Source, 24, "…"), ansi.Truncate(n.Destination, 24, "…"))
	}
	row := fmt.Sprintf("%6d %11s %s%-6s %-5s %s", n.Number, since, ends, ansi.Truncate(n.Protocol, 6, ""), step, n.Words)
	row = ansi.Truncate(row, k.width, "…")
	return k.style(n.phase).Render(row)
}

func (b *Board) foot(k *look) string {
	on := 0
	if k.all {
		on = 1
	}
	return k.faint(fmt.Sprintf(texts[b.lang].Keys, onOff[on].In(b.lang)))
}
