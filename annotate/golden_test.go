package annotate_test

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/pktjourney/pktjourney/annotate"
)

var update = flag.Bool("update", false, "write the golden labels anew")

// golden is a capture whose labels are kept.
type golden struct {
	capture string // its file
	keyLog  string // file of its TLS secrets; "" without
	labels  string // the file with its labels
}

// goldens are the captures of testdata/captures, those with a key log once without and once with it.
func goldens(t testing.TB) []golden {
	t.Helper()
	const root = "../testdata/"
	var all []golden
	for _, pattern := range []string{"*.pcap*", "*/*.pcap*"} {
		found, err := filepath.Glob(root + "captures/" + pattern)
		if err != nil || len(found) == 0 {
			t.Fatalf("no captures %s: %v", pattern, err)
		}
		for _, file := range found {
			name, _, _ := strings.Cut(strings.TrimPrefix(file, root+"captures/"), ".")
			kept := root + "journeys/" + name
			all = append(all, golden{file, "", kept + ".labels.txt"})
			if keys := filepath.Join(filepath.Dir(file), "keylog.txt"); name != filepath.Base(name) && exists(keys) {
				all = append(all, golden{file, keys, kept + ".keys.labels.txt"})
			}
		}
	}
	return all
}

func exists(file string) bool {
	_, err := os.Stat(file)
	return err == nil
}

// TestGoldenLabels compares the label of each frame, and the state of each step, in all
// captures at all points with what they were when somebody read them last.
func TestGoldenLabels(t *testing.T) {
	for _, g := range goldens(t) {
		t.Run(strings.TrimPrefix(g.labels, "../testdata/journeys/"), func(t *testing.T) {
			if *update {
				g.write(t)
			}
			g.compare(t)
		})
	}
}

// text labels the capture and writes down what was said.
func (g *golden) text(t testing.TB) string {
	t.Helper()
	keys := ""
	if g.keyLog != "" {
		keys = string(readFile(t, g.keyLog))
	}
	return testimony(annotatedWithKeys(t, frames(t, readFile(t, g.capture)), annotate.Options{}, keys))
}

func (g *golden) write(t *testing.T) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(g.labels), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(g.labels, []byte(g.text(t)), 0o666); err != nil {
		t.Fatal(err)
	}
}

func (g *golden) compare(t testing.TB) {
	t.Helper()
	got, want := strings.Split(g.text(t), "\n"), strings.Split(string(readFile(t, g.labels)), "\n")
	for i := range max(len(got), len(want)) {
		switch {
		case i >= len(got) || i >= len(want):
			t.Errorf("%s: %d lines, want %d", g.labels, len(got), len(want))
			return
		case got[i] != want[i]:
			t.Errorf("%s:%d:\n got %s\nwant %s", g.labels, i+1, got[i], want[i])
		}
	}
}

func readFile(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// testimony is what was said of each frame and of each step of each journey.
func testimony(r *recorder) string {
	var b strings.Builder
	fmt.Fprintln(&b, r.summary.Point, "|", r.summary.PointReason)
	for i, n := range slices.Sorted(maps.Keys(r.frames)) {
		fmt.Fprintln(&b, n, r.labels[i], r.frames[n].Also, "|", r.says[i])
	}
	for _, j := range r.journeys {
		fmt.Fprintf(&b, "\njourney %d %s\n", j.ID, j.Name)
		for i := range j.Steps {
			s := &j.Steps[i]
			fmt.Fprintf(&b, "%s %s | %s\n", s.Step.ID, r.state(j.ID, s.Step.ID), s.Reason)
		}
		for _, d := range j.Differences {
			fmt.Fprintln(&b, "differs in", d.Step, d.Frames, "|", d.Text)
		}
		if j.Routing != nil {
			for _, n := range j.Routing.Notes {
				fmt.Fprintln(&b, "routed in", n.Step, n.Frames, "|", n.Text)
			}
		}
		for i := range j.Chains {
			fmt.Fprint(&b, "chain\n", chainText(&j.Chains[i]))
		}
	}
	return b.String()
}
