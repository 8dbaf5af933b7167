package paths_test

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/pktjourney/pktjourney/annotate"
	"github.com/pktjourney/pktjourney/annotate/paths"
	"github.com/pktjourney/pktjourney/decode"
	"github.com/pktjourney/pktjourney/decode/capture"
	"github.com/pktjourney/pktjourney/rules"
)

// The capture points of testdata/captures/points, from the client on.
var points = []paths.Point{
	{Name: "client", At: rules.Client, Files: []string{"lan.pcap"}},
	{Name: "router", At: rules.Router, Files: []string{"wan.pcap"}},
	{Name: "border", Files: []string{"border.pcap"}},
	{Name: "resolver", At: rules.Resolver, Files: []string{"resolver.pcap"}},
	{Name: "web", At: rules.WebServer, Files: []string{"web.pcap"}},
}

func open(t testing.TB, points []paths.Point) *capture.Merged {
	t.Helper()
	var files []*capture.File
	for _, p := range points {
		b, err := os.ReadFile(filepath.Join("../../testdata/captures/points", p.Files[0]))
		if err != nil {
			t.Fatal(err)
		}
		f, err := capture.OpenReader(p.Files[0], bytes.NewReader(b))
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
	}
	return capture.Merge(files)
}

// recorder remembers what it was given, and checks that frames come in order and before their journey.
type recorder struct {
	t        testing.TB
	frames   []*annotate.Labelled
	journeys []*annotate.Journey
	ended    map[int]bool
	summary  *annotate.Summary
}

func (r *recorder) Frame(l *annotate.Labelled) error {
	if n := len(r.frames); n > 0 && r.frames[n-1].Number >= l.Number {
		r.t.Errorf("frame %d after frame %d", l.Number, r.frames[n-1].Number)
	}
	if l.Journey != nil && r.ended[l.Journey.ID] {
		r.t.Errorf("frame %d after the end of its journey %d", l.Number, l.Journey.ID)
	}
	r.frames = append(r.frames, l.Clone())
	return nil
}

func (r *recorder) Journey(j *annotate.Journey) error {
	r.journeys = append(r.journeys, j.Clone())
	r.ended[j.ID] = true
	return nil
}

func (r *recorder) Close(s *annotate.Summary) error {
	r.summary = s
	return nil
}

// labelled labels the captures of points.
func labelled(t testing.TB, points []paths.Point) *recorder {
	t.Helper()
	src := open(t, points)
	offsets, err := paths.Clocks(src, len(points), func(*capture.Frame) int { return src.Last() })
	if err != io.EOF {
		t.Fatal(err)
	}
	r := &recorder{t: t, ended: make(map[int]bool)}
	a := paths.New(rules.Web(), annotate.Options{}, points, func() *decode.Decoder { return new(decode.Decoder) }, r)
	src = open(t, points)
	for {
		f, err := src.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if err := a.Frame(src.Last(), f); err != nil {
			t.Fatal(err)
		}
	}
	if err := a.Finish(nil, offsets); err != nil {
		t.Fatal(err)
	}
	return r
}

// One journey from the client to the web server: what a single point can only deduce is observed.
func TestJourneyOfSeveralPoints(t *testing.T) {
	r := labelled(t, points)
	if len(r.journeys) != 1 {
		t.Fatalf("%d journeys", len(r.journeys))
	}
	j := r.journeys[0]
	if j.Name != "www.google.com" || j.Client.String() != "192.168.1.100" || !j.Complete {
		t.Errorf("journey of %s to %s, complete: %v", j.Client, j.Name, j.Complete)
	}
	inside := "1.1 1.2 2.3 3.1 3.2 3.3 4.2 4.6"
	for _, s := range j.Steps {
		want := annotate.Observed
		switch {
		case s.Step.Phase == 5:
			want = annotate.Missing
		case strings.Contains(inside, string(s.Step.ID)):
			want = annotate.Deduced
		}
		if s.State != want {
			t.Errorf("step %s is %s (%s), want %s", s.Step.ID, s.State, s.Reason, want)
		}
	}
	for _, d := range j.Differences {
		if d.Unseen {
			t.Errorf("says of what was seen: %s", d.Text)
		}
	}
	if n := len(r.summary.Points); n != len(points) || r.summary.Points[2].Point != rules.Router {
		t.Errorf("%d points, %+v", n, r.summary.Points)
	}
}

// The way of each packet is told at each point, and with the journey: from its sender on, each
// router taking one from the TTL.
func TestPaths(t *testing.T) {
	r := labelled(t, points)
	ways := make(map[rules.ID]string) // of the first packet of each step
	for _, leg := range r.journeys[0].Path {
		var names []string
		for i, h := range leg.Hops {
			names = append(names, h.Point)
			if i > 0 && h.TTL >= leg.Hops[i-1].TTL {
				t.Errorf("step %s: TTL %d at %s, %d before", leg.Step, h.TTL, h.Point, leg.Hops[i-1].TTL)
			}
		}
		if ways[leg.Step] == "" {
			ways[leg.Step] = strings.Join(names, " ")
		}
	}
	for step, want := range map[rules.ID]string{
		"1.3": "client router resolver", "2.4": "resolver router client", "2.2": "resolver border",
		"3.4": "client router border web", "3.5": "web border router client",
		"4.1": "client router border web", "4.5": "web border router client",
	} {
		if ways[step] != want {
			t.Errorf("step %s went %q, want %q", step, ways[step], want)
		}
	}
	for _, l := range r.frames {
		if l.Step != "" && l.Path != nil && !slices.ContainsFunc(l.Path, func(s annotate.Sighting) bool { return s.Frame == l.Number && s.Point == l.Place }) {
			t.Errorf("frame %d is not on its own path", l.Number)
		}
	}
}

// Alone or together, each frame has the same label.
func TestLabelsAreThoseOfEachPoint(t *testing.T) {
	together := make(map[string]string)
	for _, l := range labelled(t, points).frames {
		together[l.Interface.File+string(rune(l.FileNumber))] = word(l)
	}
	for i := range points {
		for _, l := range labelled(t, points[i:i+1]).frames {
			if got, want := together[l.Interface.File+string(rune(l.FileNumber))], word(l); got != want {
				t.Errorf("%s, frame %d: %s together, %s alone", points[i].Name, l.FileNumber, got, want)
			}
		}
	}
}

func word(l *annotate.Labelled) string {
	b := []byte(l.Step)
	for _, name := range rules.Web().Names(nil, l.Variants) {
		b = append(append(b, '+'), name...)
	}
	return string(b)
}
