package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/pktjourney/pktjourney/annotate"
	"github.com/pktjourney/pktjourney/annotate/render"
)

// Markdown makes a renderer that writes the story to w, in Markdown as GitHub and notebooks read it, with a
// sequence diagram of Mermaid. Text from packets is escaped, so that it stays text.
func Markdown(w io.Writer, opts render.Options) annotate.Sink {
	g := newGatherer(w, opts)
	g.write = g.markdown
	return g
}

// md writes Markdown.
type md struct {
	strings.Builder
	w *pageWords
}

// line writes a line with text that is Markdown already.
func (m *md) line(format string, values ...any) { fmt.Fprintf(m, format+"\n", values...) }

// heading writes a heading of a level.
func (m *md) heading(level int, text string) {
	m.line("\n%s %s\n", strings.Repeat("#", level), escape(text))
}

// row writes a row of a table.
func (m *md) row(cells ...string) { m.line("| %s |", strings.Join(cells, " | ")) }

func (g *gatherer) markdown(s *annotate.Summary) error {
	m := &md{w: g.words()}
	c := g.cover()
	m.line("# %s\n", escape(c.Title))
	m.row("", "")
	m.row("---", "---")
	for _, f := range append([]field{{m.w.By, c.Author}, {m.w.Course, c.Course}, {m.w.Date, c.Date}}, g.captureFacts(s)...) {
		if f.Value != "" {
			m.row(escape(f.Name), escape(f.Value))
		}
	}
	if len(g.journeys) == 0 {
		m.line("\n%s", escape(m.w.NoJourney))
	}
	for _, j := range g.journeys {
		m.journey(g.view(j))
	}
	if g.more > 0 {
		m.line("\n"+escape(m.w.MoreJourneys), annotate.AppendThousands(nil, g.more))
	}
	m.line("\n---\n\n%s: %s", escape(m.w.Made), escape(g.opts.Program))
	if c.Command != "" {
		m.line("\n%s: %s", escape(m.w.Again), code(c.Command))
	}
	_, err := io.WriteString(g.w, m.String())
	return err
}

func (m *md) journey(v *journeyView) {
	m.heading(2, fmt.Sprintf(m.w.Journey, v.ID)+": "+v.Title)
	complete := m.w.Incomplete
	if v.Complete {
		complete = m.w.Complete
	}
	m.line("%s.\n", escape(complete))
	m.glance(v)
	m.diagram(v.Ladder)
	if len(v.Questions) > 0 {
		m.heading(3, m.w.Questions)
		for _, q := range v.Questions {
			m.line("- **%s** %s", escape(q.Question), escape(q.Answer))
		}
	}
	m.heading(3, m.w.Differences)
	m.notes(v.Differences, m.w.NoDifferences)
	m.heading(3, m.w.Missing)
	m.notes(v.Missing, m.w.NoMissing)
	if len(v.Routing) > 0 {
		m.heading(3, m.w.Routing)
		m.notes(v.Routing, "")
	}
	m.heading(3, m.w.StepByStep)
	for i := range v.Steps {
		m.step(&v.Steps[i])
	}
}

// glance writes the phases with the first frame of each step.
func (m *md) glance(v *journeyView) {
	m.row(m.w.Phase, m.w.Steps, m.w.Time)
	m.row("---", "---", "---")
	for _, p := range v.Phases {
		var chips []string
		for _, c := range p.Chips {
			state := c.Word
			if c.Frame > 0 {
				state = fmt.Sprint(c.Frame)
			}
			chips = append(chips, "**"+string(c.Step)+"** "+escape(state))
		}
		m.row(fmt.Sprint(p.Number, " ", escape(p.Name)), strings.Join(chips, ", "), escape(p.Time))
	}
	m.line("\n%s", m.w.TimeNote)
}

// diagram writes the figure of who says what to whom.
func (m *md) diagram(l *ladder) {
	if l == nil {
		return
	}
	m.heading(3, m.w.Ladder)
	m.line("```mermaid\nsequenceDiagram")
	for i, h := range l.Hosts {
		m.line("    participant H%d as %s<br/>%s", i, mermaid(h.Role), mermaid(h.Name))
	}
	all := false
	for i := range l.Arrows {
		all = all || !l.Arrows[i].Folded && l.Arrows[i].To == everybody
	}
	if all {
		m.line("    participant ALL as %s", mermaid(m.w.Everybody))
	}
	for i := range l.Arrows {
		a := &l.Arrows[i]
		switch {
		case a.Folded:
			m.line("    Note over H0,H%d: %s %s", len(l.Hosts)-1, mermaid(a.Step), mermaid(a.Words))
		case a.To == everybody:
			m.line("    H%d->>ALL: %d [%s] %s", a.From, a.Number, mermaid(a.Step), mermaid(a.Words))
		default:
			m.line("    H%d->>H%d: %d [%s] %s", a.From, a.To, a.Number, mermaid(a.Step), mermaid(a.Words))
		}
	}
	m.line("```")
	if l.More > 0 {
		m.line("\n"+escape(m.w.LadderMore), l.More)
	}
}

func (m *md) notes(list []note, none string) {
	for _, n := range list {
		m.line("- **%s** %s", escape(n.Step), escape(n.Text))
	}
	if len(list) == 0 {
		m.line("%s", escape(none))
	}
}

func (m *md) step(s *stepView) {
	m.heading(4, fmt.Sprintf("%s %s (%s)", s.Step, s.Heading, s.Word))
	if s.Reason != "" {
		m.line("%s: %s\n", escape(m.w.Reason), escape(s.Reason))
	}
	if len(s.Lines) > 0 {
		m.row(m.w.Details, m.w.Does, m.w.Reason)
		m.row("---", "---", "---")
		for _, l := range s.Lines {
			m.row(fmt.Sprint(l.Number), escape(l.Words), escape(l.Basis+": "+l.Reason))
		}
		if s.More > 0 {
			m.line("\n"+escape(m.w.MoreFrames), s.More)
		}
		m.line("")
	}
	if s.Brief {
		return
	}
	for _, p := range s.Explanation {
		m.line("%s\n", escape(p))
	}
	for _, c := range s.Corrections {
		m.line("> **%s:** %s %s\n", escape(m.w.Simplified), escape(c.Text), escape(c.Refs))
	}
	if s.Refs != "" {
		m.line("%s", escape(s.Refs))
	}
}

// escape makes text that Markdown shows as it is, on one line: what has a meaning in it gets a backslash
// (CommonMark section 2.4, and the tables and formulas of GitHub).
func escape(text string) string {
	var b strings.Builder
	for _, r := range render.Neutral(text) {
		if strings.ContainsRune("\\`*_{}[]<>#|~$&!", r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// code is text in a code span, whatever backticks it has (CommonMark section 6.1).
func code(text string) string {
	fence := "`"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	return fence + " " + text + " " + fence
}

// mermaid makes text for a sequence diagram: what is no letter, digit or harmless sign is given by its number.
func mermaid(text string) string {
	var b strings.Builder
	for _, r := range render.Neutral(text) {
		switch {
		case r > 0x7f, r >= '0' && r <= '9', r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', strings.ContainsRune(" .,:/()=+-?", r):
			b.WriteRune(r)
		default:
			fmt.Fprintf(&b, "#%d;", r)
		}
	}
	return b.String()
}
