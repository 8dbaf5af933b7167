package report

import (
	"io"
	"math"
	"net/netip"
	"slices"
	"strings"
	"time"

	"github.com/pktjourney/pktjourney/annotate"
	"github.com/pktjourney/pktjourney/annotate/render"
	"github.com/pktjourney/pktjourney/decode/capture"
	"github.com/pktjourney/pktjourney/decode/fact"
	"github.com/pktjourney/pktjourney/rules"
)

// Formats are the formats of this package.
var Formats = render.FormatList{
	{Name: "html", Endings: []string{".html", ".htm"}, Doc: "a report to hand in, one file", New: HTML},
	{Name: "markdown", Endings: []string{".md", ".markdown"}, Doc: "the same story for GitHub or a notebook", New: Markdown},
}

// What a report shows at most. The rest is counted.
const (
	maxFrames   = 20000 // listed
	maxJourneys = 20    // told step by step
	maxShared   = 256   // frames of phase 0, which no single journey has, that are kept for the details of journeys
)

// gatherer keeps what a report tells, until the capture ends.
type gatherer struct {
	w     io.Writer
	write func(*annotate.Summary) error // the report, at the end
	opts  render.Options
	lines *render.Describer

	frames []frame
	beyond int           // frames that are not listed
	keys   map[key]*kept // the first frame of each journey that performs each step
	shared map[int]*kept // frames of no single journey, by number

	// By journey: the first frame that said it, and what it said.
	requests, statuses, hellos, serverHellos map[int]*said

	data     []taken // of frames that wait for their labels
	head     int
	spare    [][]byte
	journeys []*annotate.Journey
	more     int // journeys that are not told
}

// frame is one line of the appendix.
type frame struct {
	render.Line
	phase   int
	step    rules.ID
	journey int
	reason  string
	lean    int
	deduced bool
	client  netip.Addr // of its journey
	size    int        // bytes of payload
}

// said is something that a frame says.
type said struct {
	first int       // frame of the message
	frame int       // the last one of it
	at    time.Time // of that frame
	text  string
}

// key is one step of one journey.
type key struct {
	journey int
	step    rules.ID
}

// kept is a frame with its bytes.
type kept struct {
	*annotate.Labelled
	data []byte
}

// taken is the bytes of a frame that has no label yet.
type taken struct {
	number int
	data   []byte
}

// maxData bounds the bytes of one frame that are kept for the figures.
const maxData = 2048

// HTML makes a renderer that writes a report to w once the capture has ended.
func HTML(w io.Writer, opts render.Options) annotate.Sink {
	g := newGatherer(w, opts)
	g.write = g.page
	return g
}

func newGatherer(w io.Writer, opts render.Options) *gatherer {
	return &gatherer{w: w, opts: opts, lines: render.NewDescriber(opts), keys: make(map[key]*kept), shared: make(map[int]*kept),
		requests: make(map[int]*said), statuses: make(map[int]*said), hellos: make(map[int]*said), serverHellos: make(map[int]*said)}
}

// Take implements render.Copier: the figures need the bytes of frames.
func (g *gatherer) Take(f *capture.Frame, _ capture.Blocks) {
	if f == nil {
		return
	}
	t := taken{number: f.Number}
	if n := len(g.spare); n > 0 {
		t.data, g.spare = g.spare[n-1], g.spare[:n-1]
	}
	t.data = append(t.data[:0], f.Data[:min(len(f.Data), maxData)]...)
	g.data = append(g.data, t)
}

// bytesOf are the bytes of the frame of that number; those of frames before it are forgotten. They are
// valid until the next call.
func (g *gatherer) bytesOf(number int) []byte {
	for g.head < len(g.data) {
		t := &g.data[g.head]
		if t.number > number {
			return nil
		}
		g.head++
		g.spare = append(g.spare, t.data)
		if t.number == number {
			data := t.data
			g.shift()
			return data
		}
	}
	g.shift()
	return nil
}

// shift makes room when much of data was used.
func (g *gatherer) shift() {
	if g.head == len(g.data) || g.head > 4096 {
		g.data, g.head = g.data[:copy(g.data, g.data[g.head:])], 0
	}
}

// Frame implements annotate.Sink.
func (g *gatherer) Frame(l *annotate.Labelled) error {
	data := g.bytesOf(l.Number)
	g.keep(l, data)
	if len(g.frames) == maxFrames {
		g.beyond++
		return nil
	}
	f := frame{Line: g.lines.Line(l), phase: l.Phase, step: l.Step, lean: l.Lean, deduced: l.Deduced, size: l.PayloadLen}
	f.reason = render.Neutral(string(l.AppendReason(nil, g.opts.Lang)))
	f.Words, f.reason = short(f.Words), short(f.reason)
	if l.Journey != nil {
		f.journey, f.client = l.Journey.ID, l.Journey.Client
	}
	g.frames = append(g.frames, f)
	return nil
}

// maxWords bounds the words for one frame: names in packets can be long.
const maxWords = 400

func short(s string) string {
	if len(s) <= maxWords {
		return s
	}
	n := maxWords
	for n > 0 && s[n]&0xc0 == 0x80 {
		n--
	}
	return s[:n] + "…"
}

// keep keeps l if it is the first of its journey that performs its step, or the first with what the step is about.
func (g *gatherer) keep(l *annotate.Labelled, data []byte) {
	switch {
	case !l.InJourney() || l.Step == "":
	case l.Journey == nil:
		if len(g.shared) < maxShared {
			g.shared[l.Number] = &kept{l.Clone(), slices.Clone(data)}
		}
	case l.Journey.ID <= maxJourneys:
		g.listen(l)
		k := key{l.Journey.ID, l.Step}
		if first := g.keys[k]; first == nil || telling(l) && !telling(first.Labelled) {
			g.keys[k] = &kept{l.Clone(), slices.Clone(data)}
		}
	}
}

// telling reports whether l has the head of an HTTP message, which the first records of a decrypted connection have not,
// or an address that DNS gave.
func telling(l *annotate.Labelled) bool {
	for _, n := range [...]fact.Name{fact.HTTPRequestMethod, fact.HTTPResponseStatusCode, fact.DNSResolvedIP} {
		if _, ok := l.Facts.Get(n); ok {
			return true
		}
	}
	return false
}

// PassOver implements render's interface for renderers that do not get every frame.
func (g *gatherer) PassOver(l *annotate.Labelled) {
	g.bytesOf(l.Number)
	g.lines.PassOver(l)
}

// Journey implements annotate.Sink.
func (g *gatherer) Journey(j *annotate.Journey) error {
	if j.ID > maxJourneys {
		g.more++
		return nil
	}
	g.journeys = append(g.journeys, j.Clone())
	return nil
}

// Close implements annotate.Sink: it writes the report.
func (g *gatherer) Close(s *annotate.Summary) error {
	g.bytesOf(math.MaxInt)
	slices.SortFunc(g.journeys, func(a, b *annotate.Journey) int { return a.ID - b.ID })
	return g.write(s)
}

// first is the first frame of j that performed step, nil when none is known.
func (g *gatherer) first(j *annotate.Journey, step rules.ID) *kept {
	if k := g.keys[key{j.ID, step}]; k != nil {
		return k
	}
	for i := range j.Steps {
		s := &j.Steps[i]
		if s.Step.ID != step {
			continue
		}
		for _, r := range s.Frames {
			for n := r.First; n <= r.Last; n++ {
				if k := g.shared[n]; k != nil {
					return k
				}
				if k := g.numbered(j, n); k != nil {
					return k
				}
			}
		}
	}
	return nil
}

// numbered is the kept frame of j with that number.
func (g *gatherer) numbered(j *annotate.Journey, number int) *kept {
	for k, f := range g.keys {
		if k.journey == j.ID && f.Number == number {
			return f
		}
	}
	return nil
}

// listen keeps what l says of its journey's answer and encryption.
func (g *gatherer) listen(l *annotate.Labelled) {
	if len(l.Facts) == 0 {
		return
	}
	note := func(in map[int]*said, text string) {
		if text != "" && in[l.Journey.ID] == nil {
			first := l.Number
			if len(l.Message) > 0 {
				first = l.Message[0].First
			}
			in[l.Journey.ID] = &said{first, l.Number, l.Time, shortValue(text)}
		}
	}
	note(g.requests, l.Facts.Text(fact.HTTPRequestMethod))
	note(g.statuses, l.Facts.Text(fact.HTTPResponseStatusCode))
	note(g.hellos, l.Facts.Text(fact.TLSClientServerName))
	if version, cipher := l.Facts.Text(fact.TLSVersion), l.Facts.Text(fact.TLSCipher); cipher != "" {
		note(g.serverHellos, strings.TrimSpace(version+" "+cipher))
	}
}
