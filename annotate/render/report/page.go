package report

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html/template"
	"strings"

	"github.com/pktjourney/pktjourney/annotate"
	"github.com/pktjourney/pktjourney/annotate/render"
	"github.com/pktjourney/pktjourney/rules"
)

//go:embed page.html
var pageHTML string

//go:embed page.css
var pageCSS string

//go:embed page.js
var pageJS string

// page is what the template is filled with. All text from packets in it is neutral; the template escapes it.
type page struct {
	Lang     string
	W        *pageWords
	Cover    render.Cover
	Policy   string // content security policy
	Style    template.CSS
	Script   template.JS
	Files    string
	Facts    []field // of the capture
	Journeys []*journeyView
	More     int
	Beyond   int
	Frames   template.JS // JSON
	Phases   []phaseView // their numbers and names, for the filters
	Steps    []rules.ID
	Program  string
}

var parsed = template.Must(template.New("page").Funcs(template.FuncMap{
	"sprintf":   fmt.Sprintf,
	"thousands": func(n int) string { return string(annotate.AppendThousands(nil, n)) },
	"inc":       func(a, b int) int { return a + b },
	"tenth":     func(n int) string { return fmt.Sprintf("%d.%d", n/10, n%10) },
}).Parse(pageHTML))

// page writes the report as a page.
func (g *gatherer) page(s *annotate.Summary) error {
	frames, err := g.json()
	if err != nil {
		return err
	}
	w := g.words()
	p := page{
		Lang: [...]string{"en", "ko"}[g.opts.Lang], W: w, Cover: g.cover(),
		Style: template.CSS(pageCSS), Script: template.JS(pageJS), Policy: policy(),
		Files: render.Neutral(strings.Join(s.Files, ", ")), Facts: g.captureFacts(s),
		More: g.more, Beyond: g.beyond, Frames: template.JS(frames), Program: g.opts.Program,
	}
	for _, j := range g.journeys {
		p.Journeys = append(p.Journeys, g.view(j))
	}
	for i := range g.opts.Journey.Phases {
		phase := &g.opts.Journey.Phases[i]
		p.Phases = append(p.Phases, phaseView{Number: phase.Number, Name: phase.Name.In(g.opts.Lang)})
		for k := range phase.Steps {
			p.Steps = append(p.Steps, phase.Steps[k].ID)
		}
	}
	var b bytes.Buffer
	if err := parsed.Execute(&b, &p); err != nil {
		return err
	}
	sum := sha256.Sum256(b.Bytes())
	fmt.Fprintf(&b, "<p class=\"digest\">%s: <code>%s</code></p>\n</footer>\n</body>\n</html>\n", template.HTMLEscapeString(w.Digest), hex.EncodeToString(sum[:]))
	_, err = g.w.Write(b.Bytes())
	return err
}

// cover is the cover with nothing in it that could harm.
func (g *gatherer) cover() render.Cover {
	c := g.opts.Cover
	for _, s := range []*string{&c.Title, &c.Author, &c.Course, &c.Date, &c.Command, &c.SHA256} {
		*s = render.Neutral(*s)
	}
	if c.Title == "" {
		c.Title = g.words().Title
	}
	return c
}

// policy lets the page's own style and script in, and nothing else.
func policy() string {
	hash := func(text string) string {
		sum := sha256.Sum256([]byte(text))
		return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
	}
	return "default-src 'none'; style-src " + hash(pageCSS) + "; script-src " + hash(pageJS) + "; base-uri 'none'; form-action 'none'"
}

// captureFacts are what the cover says of the capture.
func (g *gatherer) captureFacts(s *annotate.Summary) []field {
	w := g.words()
	list := []field{{w.File, render.Neutral(strings.Join(s.Files, ", "))}}
	if g.opts.Cover.SHA256 != "" {
		list = append(list, field{w.SHA256, g.opts.Cover.SHA256})
	}
	if !s.First.IsZero() {
		list = append(list, field{w.Taken, s.First.UTC().Format("2006-01-02 15:04:05 UTC")})
	}
	list = append(list, field{w.Frames, strings.Join(g.lines.Totals(s), ", ")})
	if out := render.Outside(s); out != "" {
		list = append(list, field{w.OutsideTitle, out})
	}
	if s.Lost > 0 {
		list = append(list, field{"", fmt.Sprintf(w.Lost, s.Lost)})
	}
	if s.Damage != nil {
		list = append(list, field{"", fmt.Sprintf(w.OnlyPart, render.Neutral(s.Damage.Error()))})
	}
	return list
}

// json is the frames as the page's script reads them: number, time in microseconds, source, destination, protocol, phase,
// step, journey, words, reason, frame that it leans on, whether it is deduced.
func (g *gatherer) json() ([]byte, error) {
	rows := make([][12]any, len(g.frames))
	for i := range g.frames {
		f := &g.frames[i]
		deduced := 0
		if f.deduced {
			deduced = 1
		}
		rows[i] = [12]any{f.Number, f.Since.Microseconds(), f.Source, f.Destination, f.Protocol, f.phase, f.step, f.journey, f.Words, f.reason, f.lean, deduced}
	}
	return json.Marshal(rows)
}
