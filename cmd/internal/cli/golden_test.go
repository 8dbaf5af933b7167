package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestGoldenJourneys annotates each capture of testdata/captures and compares
// what a person sees, in both languages, and what a program reads.
func TestGoldenJourneys(t *testing.T) {
	const root = "../../../testdata"
	captures, err := filepath.Glob(filepath.Join(root, "captures", "*.pcap*"))
	if err != nil || len(captures) == 0 {
		t.Fatalf("no captures: %v", err)
	}
	for _, capture := range captures {
		name, _, _ := strings.Cut(filepath.Base(capture), ".")
		for want, args := range map[string][]string{
			"want.txt":    {"--lang", "en", "--color", "never", "--all"},
			"want.ko.txt": {"--lang", "ko", "--color", "never", "--all"},
			"want.ndjson": {"--lang", "en", "--format", "ndjson"},
		} {
			t.Run(name+"/"+want, func(t *testing.T) {
				got := annotated(t, append(args, "--quiet", capture)...)
				golden(t, filepath.Join(root, "journeys", name, want), got)
			})
		}
	}
}

// annotated runs the command with args; it must succeed and say nothing else.
func annotated(t *testing.T, args ...string) []byte {
	t.Helper()
	var out, errs bytes.Buffer
	env := &Env{In: strings.NewReader(""), Out: &out, Err: &errs, Getenv: func(string) string { return "" }, Now: time.Now}
	if status := Main(env, append([]string{"annotate"}, args...)); status != 0 || errs.Len() > 0 {
		t.Fatalf("exit status %d: %s", status, errs.String())
	}
	return out.Bytes()
}

// golden compares got with the file at path, line by line.
func golden(t *testing.T, path string, got []byte) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, got, 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	g, w := strings.Split(string(got), "\n"), strings.Split(string(want), "\n")
	for i := range max(len(g), len(w)) {
		if line(g, i) != line(w, i) {
			t.Errorf("line %d of %s:\n got %s\nwant %s", i+1, path, from(line(g, i), line(w, i)), from(line(w, i), line(g, i)))
		}
	}
}

func line(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return "(end)"
}

// from shows a long line a little before the place where it differs from other.
func from(line, other string) string {
	const before, after = 60, 120
	same := 0
	for same < min(len(line), len(other)) && line[same] == other[same] {
		same++
	}
	end := min(len(line), same+after)
	return line[min(max(same-before, 0), end):end]
}
