package cli

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"

	"github.com/pktjourney/pktjourney/testdata/captures"
)

// hostileNames are names that a file may have.
var hostileNames = []string{
	`"><img src=x onerror=alert(1)>.pcap`,
	`<script>alert(1)<`,
	"`|a|b` ![x](javascript:alert(1)).pcap",
	`=cmd|'C calc'!A0.pcap`,
	"@SUM(A1).pcap",
	"-rf.pcap",
	"a\x1b[2J\x1b]0;owned\x07.pcap",
	"a\u202egpj.pcap",
	"a\u200f\u2066.pcap",
	"a\nforged: line.pcap",
	"a\r\u0085b.pcap",
	"a\xff\xfe.pcap",
	"a\tb %s %n.pcap",
	strings.Repeat("long", 60) + ".pcap",
	"한국 캡처.pcap",
}

// tellers are all commands that tell of a capture, with what checks what they print; %s stands for the capture.
var tellers = []struct {
	args  string
	check func(t *testing.T, out, plain string)
}{
	{"annotate %s", readable},
	{"annotate --summary --lang ko %s", readable},
	{"annotate -f ndjson %s", objects},
	{"annotate -f csv %s", rows},
	{"annotate -f csv --summary %s", rows},
	{"annotate -f markdown %s", markdown},
	{"annotate -f html %s", page},
	{"report --title x %s", page},
	{"doctor %s", readable},
	{"why 7 %s", readable},
	{"annotate client=%s router=%s", readable},
	{"annotate -f ndjson client=%s router=%s", objects},
}

// A file's name does nothing in what is told of the file.
func TestHostileNames(t *testing.T) {
	for _, teller := range tellers {
		plain := told(t, teller.args, "plain.pcap")
		for _, name := range hostileNames {
			t.Run(teller.args+" "+name, func(t *testing.T) { teller.check(t, told(t, teller.args, name), plain) })
		}
	}
}

// told is what is printed of a capture in a file of that name.
func told(t *testing.T, args, name string) string {
	t.Helper()
	t.Chdir(t.TempDir())
	if err := os.WriteFile(name, captures.HTTP, 0o666); err != nil {
		t.Skipf("the file system does not take this name: %v", err)
	}
	w := newWorld()
	if status := Main(&w.Env, filled(args, name)); status != statusDone {
		t.Fatalf("status %d: %s", status, w.err.String())
	}
	readable(t, w.err.String(), "")
	return w.out.String()
}

// filled are the arguments with the file's name in the place of "%s".
func filled(args, name string) []string {
	list := strings.Fields(args)
	for i := range list {
		list[i] = strings.ReplaceAll(list[i], "%s", "./"+name)
	}
	return list
}

// Nor in what is said when something is wrong with it.
func TestHostileNamesInErrors(t *testing.T) {
	for _, name := range hostileNames {
		t.Run(name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			for _, content := range []string{"", "no capture", "\xd4\xc3\xb2\xa1\x02\x00\x04\x00\x00\x00\x00\x00\x00\x00\x00\x00\xff\xff\x00\x00\x01\x00\x00\x00cut"} {
				if err := os.WriteFile(name, []byte(content), 0o666); err != nil {
					t.Skipf("the file system does not take this name: %v", err)
				}
				for _, args := range []string{"annotate %s", "annotate %s-missing", "annotate -f ndjson -o %s %s", "annotate --keylog %s %s", "annotate --rules %s %s", "why 1 %s",
					"annotate -f csv -o %s/x %s", "journey check %s", "annotate here=%s %s"} {
					w := newWorld()
					if status := Main(&w.Env, filled(args, name)); status == statusDone && !strings.HasPrefix(args, "annotate --keylog") {
						t.Errorf("%s: all is well", args)
					}
					readable(t, w.err.String(), "")
					readable(t, w.out.String(), "")
					if strings.Count(w.err.String(), "\nforged") > 0 {
						t.Errorf("%s: a line of the name's own in %q", args, w.err.String())
					}
				}
			}
		})
	}
}

// A result may have such a name too.
func TestHostileNameOfAResult(t *testing.T) {
	source := saved(t, captures.HTTP)
	for _, name := range hostileNames {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			t.Chdir(dir)
			for _, format := range []string{"pcapng", "html"} {
				w := newWorld()
				if status := Main(&w.Env, []string{"annotate", "-f", format, "--force", "-o", "./" + name, source}); status != statusDone {
					t.Fatalf("%s: status %d: %s", format, status, w.err.String())
				}
				readable(t, w.err.String(), "")
				if list, err := filepath.Glob(filepath.Join(dir, "*")); err != nil || len(list) != 1 || filepath.Base(list[0]) != name {
					t.Errorf("%s: %q, %v", format, list, err)
				}
			}
		})
	}
}

// readable checks that out is text without anything that a terminal takes for a command.
func readable(t *testing.T, out, plain string) {
	t.Helper()
	if !utf8.ValidString(out) {
		t.Errorf("not UTF-8: %q", out)
	}
	for _, r := range out {
		if r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == '\u2028' || r == '\u2029') {
			t.Fatalf("%U in %q", r, out)
		}
	}
	if plain != "" && strings.Contains(out, "\nforged") {
		t.Errorf("a line of the name's own: %q", out)
	}
}

// objects checks that out is NDJSON, an object for each of plain's.
func objects(t *testing.T, out, plain string) {
	t.Helper()
	readable(t, out, plain)
	if a, b := strings.Count(out, "\n"), strings.Count(plain, "\n"); a != b {
		t.Errorf("%d lines, not %d", a, b)
	}
	allJSON(t, out)
}

// allJSON checks that each line is JSON.
func allJSON(t *testing.T, out string) {
	t.Helper()
	for line := range strings.Lines(out) {
		if !json.Valid([]byte(line)) {
			t.Errorf("no JSON: %q", line)
		}
	}
}

// rows checks that out is CSV, of plain's rows, without a formula.
func rows(t *testing.T, out, plain string) {
	t.Helper()
	got, err := csv.NewReader(strings.NewReader(out)).ReadAll()
	want, _ := csv.NewReader(strings.NewReader(plain)).ReadAll()
	if err != nil || len(got) != len(want) {
		t.Fatalf("%d rows, not %d; %v", len(got), len(want), err)
	}
	noFormulas(t, got[1:])
}

// noFormulas checks that no field of a table is a formula.
func noFormulas(t *testing.T, table [][]string) {
	t.Helper()
	for _, row := range table {
		for _, field := range row {
			if field != "" && strings.ContainsAny(field[:1], "=+-@\t\r") {
				t.Errorf("a formula: %q", field)
			}
		}
	}
}

// markdown checks that out has plain's lines and no element, link, image or column that plain lacks.
func markdown(t *testing.T, out, plain string) {
	t.Helper()
	readable(t, out, plain)
	if a, b := strings.Count(out, "\n"), strings.Count(plain, "\n"); a != b {
		t.Errorf("%d lines, not %d", a, b)
	}
	out = escaped.ReplaceAllString(out, "")
	for _, sign := range []string{"<img", "<script", "](javascript", "![x]"} {
		if strings.Contains(out, sign) {
			t.Errorf("%q in %q", sign, lineWith(out, sign))
		}
	}
}

// escaped is a sign that Markdown takes for itself.
var escaped = regexp.MustCompile(`\\[^\n]`)

func lineWith(text, part string) string {
	for line := range strings.Lines(text) {
		if strings.Contains(line, part) {
			return line
		}
	}
	return ""
}

// page checks that out has the elements and attributes of plain.
func page(t *testing.T, out, plain string) {
	t.Helper()
	got, want := elements(t, out), elements(t, plain)
	for name, n := range got {
		if want[name] != n {
			t.Errorf("%d of %s, not %d", n, name, want[name])
		}
	}
}

// elements counts the elements of a page and their attributes.
func elements(t *testing.T, page string) map[string]int {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	counts := make(map[string]int)
	for n := range root.Descendants() {
		if n.Type == html.ElementNode {
			counts[n.Data]++
			for _, a := range n.Attr {
				counts[n.Data+" "+a.Key]++
			}
		}
	}
	return counts
}
