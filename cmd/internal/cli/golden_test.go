package cli

import (
	"bytes"
	"io"
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
	for name, capture := range recorded(t, root+"/captures") {
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

// TestGoldenPoints annotates captures of several points of one journey together.
func TestGoldenPoints(t *testing.T) {
	const root = "../../../testdata"
	var points []string
	for _, p := range []string{"client=lan", "router=wan", "border=border", "resolver=resolver", "web=web"} {
		name, file, _ := strings.Cut(p, "=")
		points = append(points, name+"="+root+"/captures/points/"+file+".pcap")
	}
	for want, args := range map[string][]string{
		"want.txt":    {"--lang", "en", "--color", "never"},
		"want.ko.txt": {"--lang", "ko", "--color", "never"},
		"want.ndjson": {"--lang", "en", "--format", "ndjson"},
	} {
		t.Run(want, func(t *testing.T) {
			got := annotated(t, append(args, append([]string{"--quiet"}, points...)...)...)
			golden(t, filepath.Join(root, "journeys/points", want), got)
		})
	}
}

// recorded finds the captures below dir that were taken at the client, by the
// names of their journeys: http.pcap is "http", dns-tcp/client.pcap is "dns-tcp".
func recorded(t *testing.T, dir string) map[string]string {
	t.Helper()
	found := make(map[string]string)
	for _, pattern := range []string{"*.pcap*", "*/client.pcap*"} {
		paths, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil || len(paths) == 0 {
			t.Fatalf("no captures %s in %s: %v", pattern, dir, err)
		}
		for _, path := range paths {
			name, _, _ := strings.Cut(filepath.Base(path), ".")
			if parent := filepath.Dir(path); parent != filepath.Clean(dir) {
				name = filepath.Base(parent)
			}
			if _, taken := found[name]; !taken {
				found[name] = path
			}
		}
	}
	return found
}

// annotated runs the command with args; it must succeed and say nothing else.
func annotated(t *testing.T, args ...string) []byte {
	t.Helper()
	return annotatedFrom(t, strings.NewReader(""), args...)
}

// annotatedFrom is the same with something to read on standard input.
func annotatedFrom(t *testing.T, in io.Reader, args ...string) []byte {
	t.Helper()
	var out, errs bytes.Buffer
	env := &Env{In: in, Out: &out, Err: &errs, Getenv: func(string) string { return "" }, Now: time.Now}
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
