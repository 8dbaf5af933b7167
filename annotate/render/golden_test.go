package render

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/pktjourney/pktjourney/rules"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden compares got with a file of testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs (go test -update writes it anew); got:\n%s", file, got)
	}
}

func TestGolden(t *testing.T) {
	for _, c := range []struct {
		file   string
		format string
		opts   Options
	}{
		{"frames.ndjson", "ndjson", Options{}},
		{"frames.ko.ndjson", "ndjson", Options{Lang: rules.Korean}},
		{"summary.ndjson", "ndjson", Options{Summary: true}},
		{"frames.csv", "csv", Options{}},
		{"frames.ko.csv", "csv", Options{Lang: rules.Korean, ByteOrderMark: true}},
		{"summary.csv", "csv", Options{Summary: true}},
		{"piped.txt", "table", Options{}},
		{"piped.ko.txt", "table", Options{Lang: rules.Korean}},
		{"all.txt", "table", Options{All: true}},
		{"80.txt", "table", Options{Width: 80, Fold: true}},
		{"80.ko.txt", "table", Options{Width: 80, Fold: true, Lang: rules.Korean}},
		{"200.txt", "table", Options{Width: 200, Fold: true}},
		{"200.ko.txt", "table", Options{Width: 200, Fold: true, Lang: rules.Korean}},
		{"color.txt", "table", Options{Width: 120, Fold: true, Color: true, All: true}},
		{"summary.txt", "table", Options{Summary: true}},
	} {
		t.Run(c.file, func(t *testing.T) {
			f, ok := Formats.Named(c.format)
			if !ok {
				t.Fatalf("no format %s", c.format)
			}
			golden(t, c.file, newStory(t).rendered(t, f, c.opts))
		})
	}
}

func TestGoldenDamaged(t *testing.T) {
	s := newStory(t)
	s.summary.Damage = errDamage
	golden(t, "damaged.txt", s.rendered(t, Formats[0], Options{Summary: true}))
	golden(t, "damaged.ndjson", s.rendered(t, Formats[1], Options{Summary: true}))
}
