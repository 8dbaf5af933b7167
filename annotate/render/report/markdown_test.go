package report

import (
	"bytes"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/pktjourney/pktjourney/annotate"
	"github.com/pktjourney/pktjourney/annotate/render"
	"github.com/pktjourney/pktjourney/decode"
	"github.com/pktjourney/pktjourney/decode/capture"
	"github.com/pktjourney/pktjourney/decode/capture/captest/packet"
	"github.com/pktjourney/pktjourney/rules"
)

// told is the Markdown of what src gives.
func told(t testing.TB, src capture.Source, opts render.Options) string {
	t.Helper()
	var b bytes.Buffer
	opts.Journey = rules.Web()
	a := annotate.New(opts.Journey, annotate.Options{Lang: opts.Lang, Files: []string{"client.pcap"}}, Markdown(&b, opts))
	var d decode.Decoder
	for {
		f, err := src.Next()
		if err != nil {
			break
		}
		if err := a.Annotate(&d, f); err != nil {
			t.Fatal(err)
		}
	}
	if err := a.Finish(nil); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestMarkdown(t *testing.T) {
	f, err := capture.Open(captures + "http/client.pcap")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	text := told(t, f, render.Options{Lang: rules.Korean, Cover: render.Cover{Title: "실습 3", Command: "pktjourney report x"}})
	for _, want := range []string{
		"# 실습 3\n", "## 여정 1: 192.168.1.100 → www.google.com (203.0.113.82)\n", "```mermaid\nsequenceDiagram\n    participant H0 as 클라이언트<br/>192.168.1.100\n",
		"H0->>ALL: 2 [0.1] Discover: DHCP 서버를 찾음 (브로드캐스트)\n", "| **0.1** 2, **0.2** 6,", "` pktjourney report x `",
	} {
		if !strings.Contains(text, strings.TrimPrefix(want, "| ")) {
			t.Errorf("no %q in\n%.3000s", want, text)
		}
	}
}

// What Markdown, its tables and Mermaid would take for their own comes escaped.
func TestMarkdownIsTame(t *testing.T) {
	for _, name := range append(hostile, "|", "a|b`c", "[x](javascript:alert(1))", "![x](http://x/y.png)", "**b**", "$x$", "end", "%%{init: {}}%%", "; alt x", "H0->>H1: y") {
		c := packet.New()
		s := c.Connection("192.168.1.100:50000 > 203.0.113.82:80")
		s.Open()
		s.Client.SendAll("GET /"+strings.ReplaceAll(name, " ", "")+" HTTP/1.1\r\nHost: "+strings.NewReplacer("\r", "", "\n", "").Replace(name)+"\r\n\r\n", 1400)
		s.Server.Send("HTTP/1.1 200 " + name[:min(len(name), 500)] + "\r\nContent-Length: 0\r\n\r\n")
		s.Close()
		frames := source(c.Frames())
		text := told(t, &frames, render.Options{Cover: render.Cover{Title: name, Author: name, Command: name}})
		diagram := false
		for line := range strings.Lines(text) {
			switch line = strings.TrimSuffix(line, "\n"); {
			case line == "```mermaid":
				diagram = true
				continue
			case line == "```":
				diagram = false
				continue
			case diagram:
				if !mermaidLine.MatchString(line) {
					t.Errorf("%.40q: a line in the diagram: %q", name, line)
				}
				continue
			}
			for _, bad := range []string{"<", "[", "](", "$", "~", "_", "\x1b", "\u202e", "\u2066"} {
				if strings.Contains(escaped.ReplaceAllString(spans.ReplaceAllString(line, ""), ""), bad) {
					t.Errorf("%.40q: %q in %.200q", name, bad, line)
				}
			}
			if n := strings.Count(strings.ReplaceAll(line, `\|`, ""), "|"); strings.HasPrefix(line, "| ") && n != 3 && n != 4 {
				t.Errorf("%.40q: a row with %d borders: %.200q", name, n, line)
			}
		}
	}
}

var (
	escaped     = regexp.MustCompile(`\\[[:punct:]]`)
	spans       = regexp.MustCompile("`+ .* `+$") // the command at the end
	mermaidLine = regexp.MustCompile(`^(sequenceDiagram|    participant (H\d|ALL) as [^;<>"%]+(<br/>[^;<>"%]+)?|    (Note over H0,H\d|H\d->>(H\d|ALL)): (#\d+;|[^;<>"%#])+)$`)
)

func TestEscape(t *testing.T) {
	for _, c := range [][2]string{
		{"www.google.com", "www.google.com"}, {"a|b", `a\|b`}, {"<b>", `\<b\>`}, {"[x](y)", `\[x\](y)`}, {`\`, `\\`}, {"`", "\\`"}, {"a\nb", `a\\x0ab`},
	} {
		if got := escape(c[0]); got != c[1] {
			t.Errorf("escape(%q) = %q, want %q", c[0], got, c[1])
		}
	}
	if got := code("a`b"); got != "`` a`b ``" {
		t.Errorf("%q", got)
	}
}

// Mermaid draws the diagrams in Chromium.
func TestMermaidDraws(t *testing.T) {
	chromium(t)
	script := mermaidScript.file(t, "dist/mermaid.min.js")
	page := t.TempDir() + "/page.html"
	for _, name := range []string{"http", "https", "ipv6", "relay", "loss", "hostile"} {
		f, err := capture.Open(captures + name + "/client.pcap")
		if err != nil {
			t.Fatal(err)
		}
		text := told(t, f, render.Options{})
		f.Close()
		var list []string
		html := "<body><table id=rows><tr><td>.</table>"
		for _, part := range strings.Split(text, "```mermaid\n")[1:] {
			diagram, _, _ := strings.Cut(part, "```")
			list = append(list, diagram)
			html += "<pre class=mermaid>" + strings.NewReplacer("&", "&amp;", "<", "&lt;").Replace(diagram) + "</pre>"
		}
		if err := os.WriteFile(page, []byte(html+"<script>"+script+"</script>"), 0o666); err != nil {
			t.Fatal(err)
		}
		ctx, _ := browser(t, "file://"+page)
		for range 100 {
			if eval[int](t, ctx, `document.querySelectorAll("pre svg").length`) == len(list) {
				break
			}
		}
		if eval[bool](t, ctx, `!!document.querySelector("pre img, pre script")`) {
			t.Errorf("%s: a name became an element", name)
		}
		drawn := eval[[]string](t, ctx, `[...document.querySelectorAll("pre")].map(d => d.querySelector("svg") ? d.textContent : "")`)
		for i, diagram := range list {
			want := "0.1] Discover"
			if strings.Contains(diagram, "SYN") {
				want = "3.4] SYN"
			}
			if !strings.Contains(drawn[i], want) || strings.Contains(drawn[i], "Syntax error") {
				t.Errorf("%s, diagram %d: %.300q", name, i, drawn[i])
			}
		}
	}
}
