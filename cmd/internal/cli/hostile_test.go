package cli

import (
	"bytes"
	"encoding/csv"
	"maps"
	"regexp"
	"strings"
	"testing"
)

// hostileCapture was recorded from clients and servers that sent names made to do something to who reads them.
const hostileCapture = "../../../testdata/captures/hostile/client.pcap"

// A name in a packet does nothing in what is told of the packet.
func TestHostilePackets(t *testing.T) {
	harmless := elements(t, string(annotated(t, "-f", "html", "--quiet", "../../../testdata/captures/https/client.pcap")))
	for _, c := range []struct {
		args  string
		check func(t *testing.T, out string)
	}{
		{"annotate --all", readableText},
		{"annotate --summary --lang ko", readableText},
		{"doctor", readableText},
		{"annotate -f ndjson", func(t *testing.T, out string) {
			readable(t, out, "")
			allJSON(t, out)
		}},
		{"annotate -f csv", spreadsheet},
		{"annotate -f csv --summary", spreadsheet},
		{"annotate -f markdown", func(t *testing.T, out string) {
			readable(t, out, "")
			text := escaped.ReplaceAllString(fenced.ReplaceAllString(out, ""), "")
			for _, sign := range []string{"<img", "<script", "](javascript"} {
				if strings.Contains(text, sign) {
					t.Errorf("%q in %q", sign, lineWith(text, sign))
				}
			}
		}},
		{"annotate -f html", func(t *testing.T, out string) {
			for name := range maps.Keys(elements(t, out)) {
				if harmless[name] == 0 && name != "a aria-label" {
					t.Errorf("a page of other names has no %s", name)
				}
			}
		}},
	} {
		t.Run(c.args, func(t *testing.T) {
			w := newWorld()
			if status := Main(&w.Env, append(strings.Fields(c.args), "--keylog", strings.Replace(hostileCapture, "client.pcap", "keylog.txt", 1), hostileCapture)); status != statusDone {
				t.Fatalf("status %d: %s", status, w.err.String())
			}
			readable(t, w.err.String(), "")
			if out := w.out.String(); !strings.Contains(out, "alert(1)") && !strings.Contains(out, `alert\(1\)`) && !strings.HasPrefix(c.args, "doctor") {
				t.Error("the names are not in it")
			} else {
				c.check(t, out)
			}
		})
	}
}

// fenced is a diagram in Markdown, which Mermaid draws.
var fenced = regexp.MustCompile("(?s)```mermaid\n.*?```")

func readableText(t *testing.T, out string) { readable(t, out, "") }

// spreadsheet checks that out is CSV of which no field is a formula.
func spreadsheet(t *testing.T, out string) {
	readable(t, strings.ReplaceAll(out, "\r\n", "\n"), "")
	table, err := csv.NewReader(strings.NewReader(out)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	noFormulas(t, table[1:])
}

// Nor in why one frame has its label, nor in the comments of an annotated capture.
func TestHostilePacketsExplained(t *testing.T) {
	for _, number := range []string{"13", "15", "23", "25", "27", "32", "34", "40", "42", "50", "203", "205"} {
		w := newWorld()
		if status := Main(&w.Env, []string{"why", number, hostileCapture}); status != statusDone {
			t.Errorf("frame %s: status %d: %s", number, status, w.err.String())
		}
		readable(t, w.out.String(), "")
	}
	file := annotated(t, "-f", "pcapng", "--quiet", hostileCapture)
	comments := 0
	for _, c := range frameComments(file) {
		for _, text := range c {
			readable(t, text, "")
			comments++
		}
	}
	if comments < 100 {
		t.Errorf("%d comments", comments)
	}
	if !bytes.Contains(file, []byte("Query: A <script>alert(1)</script>.google.com?")) {
		t.Error("the names are not in it")
	}
}
