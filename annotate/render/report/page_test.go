package report

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/net/html"

	"github.com/pktjourney/pktjourney/annotate"
	"github.com/pktjourney/pktjourney/annotate/render"
	"github.com/pktjourney/pktjourney/decode"
	"github.com/pktjourney/pktjourney/decode/capture"
	"github.com/pktjourney/pktjourney/decode/capture/captest/packet"
	"github.com/pktjourney/pktjourney/decode/secret"
	"github.com/pktjourney/pktjourney/rules"
)

// source gives frames one after the other.
type source []*capture.Frame

func (s *source) Next() (*capture.Frame, error) {
	if len(*s) == 0 {
		return nil, io.EOF
	}
	f := (*s)[0]
	*s = (*s)[1:]
	return f, nil
}

// reported is the report of what src gives.
func reported(t testing.TB, src capture.Source, opts render.Options, keys []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	opts.Journey = rules.Web()
	sink := HTML(&b, opts)
	a := annotate.New(opts.Journey, annotate.Options{Lang: opts.Lang, Files: []string{"client.pcap"}}, sink)
	d := &decode.Decoder{Secrets: new(secret.Log)}
	d.Secrets.Add(keys)
	for {
		f, err := src.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		sink.(render.Copier).Take(f, capture.Blocks{})
		if err := a.Annotate(d, f); err != nil {
			t.Fatal(err)
		}
	}
	if err := a.Finish(nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const captures = "../../../testdata/captures/"

// recorded is the report of a capture of ours.
func recorded(t testing.TB, name string, opts render.Options) []byte {
	t.Helper()
	f, err := capture.Open(captures + name + "/client.pcap")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	keys, _ := os.ReadFile(captures + name + "/keylog.txt")
	return reported(t, f, opts, keys)
}

// check parses a page and looks for what no page may have.
func check(t *testing.T, page []byte) *html.Node {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	ids, targets := map[string]bool{}, map[string]bool{}
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		switch n.Data {
		case "script", "style", "meta", "link", "img", "iframe", "object", "embed", "base", "image", "use":
			if !allowed(n) {
				t.Errorf("a <%s> that the template does not have: %v", n.Data, n.Attr)
			}
		}
		for _, a := range n.Attr {
			switch {
			case strings.HasPrefix(a.Key, "on"), a.Key == "style", a.Key == "src", a.Key == "srcset", a.Key == "action":
				t.Errorf("<%s %s=%q>", n.Data, a.Key, a.Val)
			case a.Key == "href" && !strings.HasPrefix(a.Val, "#"):
				t.Errorf("a link that leaves the page: %q", a.Val)
			case a.Key == "href" && !regexp.MustCompile(`^#f\d+$`).MatchString(a.Val):
				targets[a.Val[1:]] = true
			case a.Key == "id":
				if ids[a.Val] {
					t.Errorf("two elements are called %q", a.Val)
				}
				ids[a.Val] = true
			}
		}
	}
	for target := range targets {
		if !ids[target] {
			t.Errorf("a link to %q, which is not there", target)
		}
	}
	for _, r := range string(page) {
		if r < ' ' && r != '\n' || r >= 0x7f && r < 0xa0 || unicode.Is(unicode.Cf, r) {
			t.Errorf("the page has %U in it", r)
			break
		}
	}
	return root
}

// allowed reports whether n is one of the template's own.
func allowed(n *html.Node) bool {
	text := ""
	if n.FirstChild != nil {
		text = n.FirstChild.Data
	}
	switch n.Data {
	case "meta":
		return true
	case "style":
		return text == pageCSS
	case "script":
		return text == pageJS || len(n.Attr) == 2 && n.Attr[0].Val == "application/json" && json.Valid([]byte(text))
	}
	return false
}

func TestReports(t *testing.T) {
	found, err := filepath.Glob(captures + "*/client.pcap")
	if err != nil || len(found) < 10 {
		t.Fatalf("%d captures, %v", len(found), err)
	}
	for _, path := range found {
		name := filepath.Base(filepath.Dir(path))
		for _, lang := range []rules.Lang{rules.English, rules.Korean} {
			t.Run(fmt.Sprint(name, " ", lang), func(t *testing.T) {
				page := recorded(t, name, render.Options{Lang: lang})
				check(t, page)
				if again := recorded(t, name, render.Options{Lang: lang}); !bytes.Equal(again, page) {
					t.Error("made again it is another page")
				}
			})
		}
	}
}

// text is what a reader sees of the page.
func text(root *html.Node) string {
	var b strings.Builder
	for n := range root.Descendants() {
		if n.Type == html.TextNode && n.Parent.Data != "script" && n.Parent.Data != "style" {
			b.WriteString(strings.Join(strings.Fields(n.Data), " "))
			b.WriteByte('\n')
		}
	}
	return b.String()
}

func TestWhatAReportSays(t *testing.T) {
	opts := render.Options{Program: "pktjourney 1.2.3", Cover: render.Cover{Title: "Lab 3", Author: "Kim Minji", Course: "Networks", Date: "2026-11-27", SHA256: "00ff", Command: "pktjourney report x"}}
	said := text(check(t, recorded(t, "http", opts)))
	for _, want := range []string{
		"Lab 3", "Kim Minji", "Networks", "2026-11-27", "00ff", "pktjourney report x", "pktjourney 1.2.3",
		"Journey 1: 192.168.1.100 → www.google.com (203.0.113.82)", "DNS server", "web server",
		"192.168.1.100, from the DHCP server 192.168.1.1, for 3600 s", "yes, it is one of them", "Status 200, in the response that begins in frame 18 and is whole with frame 23",
		"Step 1.4, frame", "Step 2.4, frame", "Step 4.2, frame", "Sequence number", "plain HTTP, nothing is encrypted",
	} {
		if !strings.Contains(said, want) {
			t.Errorf("no %q in it", want)
		}
	}
	said = text(check(t, recorded(t, "https", render.Options{Lang: rules.Korean})))
	for _, want := range []string{"누가 누구에게 무엇을", "ClientHello에 www.google.com", "TLS 1.3, TLS_", "3-way 핸드셰이크", "단계 4.2, 26번 프레임", "TLS (HTTP/2)"} {
		if !strings.Contains(said, want) {
			t.Errorf("no %q in it", want)
		}
	}
}

// The last line tells the digest of all before it.
func TestDigest(t *testing.T) {
	page := recorded(t, "http", render.Options{})
	before, line, _ := bytes.Cut(page, []byte(`<p class="digest">`))
	sum := sha256.Sum256(before)
	if !bytes.Contains(line, []byte(hex.EncodeToString(sum[:]))) {
		t.Errorf("%s", line)
	}
}

// hostile are names that a packet may carry.
var hostile = []string{
	`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `</script><script>alert(1)</script>`, `</title><b>`,
	"\x1b[31mred\x1b[0m", "\u202egpj.exe", "a\u2066b", "{{.}}", "${alert(1)}", "' onmouseover='alert(1)", "\x00\xff\xfe", strings.Repeat("x", 10000),
}

func TestHostileNames(t *testing.T) {
	for i, name := range hostile {
		c := packet.New()
		s := c.Connection("192.168.1.100:50000 > 203.0.113.82:80")
		s.Open()
		s.Client.SendAll("GET /"+strings.ReplaceAll(name, " ", "")+" HTTP/1.1\r\nHost: "+strings.NewReplacer("\r", "", "\n", "").Replace(name)+"\r\n\r\n", 1400)
		s.Server.Send("HTTP/1.1 200 " + name[:min(len(name), 500)] + "\r\nContent-Length: 0\r\n\r\n")
		s.Close()
		frames := source(c.Frames())
		cover := render.Cover{Title: name, Author: name, Course: name, Date: name, Command: name}
		page := reported(t, &frames, render.Options{Cover: cover}, nil)
		check(t, page)
		if t.Failed() {
			t.Fatalf("name %d: %.60q", i, name)
		}
	}
}

// A long capture is counted beyond what is listed.
func TestLongCapture(t *testing.T) {
	c := packet.New()
	for n := range maxFrames/8 + 500 {
		way := fmt.Sprintf("192.168.1.%d:%d > 203.0.113.82:80", n%200+2, 20000+n)
		s := c.Connection(way)
		s.Open()
		s.Client.Send("GET / HTTP/1.1\r\nHost: www.example.com\r\n\r\n")
		s.Server.Send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
		s.Close()
	}
	total := len(c.Frames())
	frames := source(c.Frames())
	page := reported(t, &frames, render.Options{}, nil)
	said := text(check(t, page))
	if want := fmt.Sprintf("%s further frames are not listed.", annotate.AppendThousands(nil, total-maxFrames)); !strings.Contains(said, want) {
		t.Errorf("no %q in it", want)
	}
	if !regexp.MustCompile(`\d+ further journeys are not told\.`).MatchString(said) || len(page) > 15<<20 {
		t.Errorf("a page of %d bytes", len(page))
	}
}
