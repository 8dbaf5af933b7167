package watch

import (
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/pktjourney/pktjourney/annotate"
	"github.com/pktjourney/pktjourney/annotate/render"
	"github.com/pktjourney/pktjourney/decode"
	"github.com/pktjourney/pktjourney/decode/capture"
	"github.com/pktjourney/pktjourney/decode/capture/captest/packet"
	"github.com/pktjourney/pktjourney/rules"
)

var began = time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)

// shown is a board that saw some frames, and the annotator that labelled them.
func shown(t *testing.T, lang rules.Lang, next func() (*capture.Frame, error)) (*Board, *annotate.Annotator) {
	t.Helper()
	now := began
	b := NewBoard(rules.Web(), render.Options{Journey: rules.Web(), Lang: lang}, func() time.Time { now = now.Add(time.Second); return now })
	a := annotate.New(rules.Web(), annotate.Options{Lang: lang, Preview: b.Preview}, b)
	var d decode.Decoder
	for {
		f, err := next()
		if err == io.EOF {
			return b, a
		}
		if err != nil {
			t.Fatal(err)
		}
		if err := a.Annotate(&d, f); err != nil {
			t.Fatal(err)
		}
	}
}

// page is a board that saw a page being fetched over plain HTTP.
func page(t *testing.T, lang rules.Lang) (*Board, *annotate.Annotator) {
	t.Helper()
	f, err := capture.Open("../../../testdata/captures/http/client.pcap")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	return shown(t, lang, f.Next)
}

func TestStepsLightUp(t *testing.T) {
	b, a := page(t, rules.English)
	k := look{width: 80, height: 24, title: "pktjourney   eth0 (Ethernet)", began: began}
	got := b.draw(&k)
	for _, want := range []string{
		"pktjourney   eth0 (Ethernet)   00:0", "30 frames", "0 dropped",
		"192.168.1.100 -> www.google.com\n",
		"  0 Address assignment (background) [0.1][0.2][0.3][0.4]\n",
		"  1 Asking the DNS server           (1.1)(1.2)[1.3][1.4] 1.5  1.6 \n",
		"  4 HTTP request and response       [4.1](4.2) 4.3 [4.4]>4.5< 4.6 \n",
		"  5 HTTPS (extra)                    5.1  5.2 ",
		"    16    1.", "GET /: the request (78 bytes)",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	if err := a.Finish(nil); err != nil {
		t.Fatal(err)
	}
	if got = b.draw(&k); !strings.Contains(got, "[4.1](4.2)(4.3)[4.4][4.5](4.6)") {
		t.Errorf("once it is over:\n%s", got)
	}
}

// A label that may change has a question mark; one that has changed an asterisk.
func TestChangedLabels(t *testing.T) {
	c := packet.New()
	c.WhoHas("192.168.1.1", "192.168.1.100")
	c.IsAt("192.168.1.1", "192.168.1.100")
	frames := c.Frames()
	next := func() (*capture.Frame, error) {
		if len(frames) == 0 {
			return nil, io.EOF
		}
		f := frames[0]
		frames = frames[1:]
		return f, nil
	}
	b, a := shown(t, rules.English, next)
	k := look{width: 80, height: 24, all: true}
	if got := b.draw(&k); strings.Count(got, " ARP    -?") != 2 {
		t.Errorf("while they wait:\n%s", got)
	}
	c.Query(packet.DNS{Client: "192.168.1.100:50000", Server: "198.51.100.53", Name: "www.example.com"})
	var d decode.Decoder
	if err := a.Annotate(&d, c.Frames()[2]); err != nil {
		t.Fatal(err)
	}
	if err := a.Finish(nil); err != nil {
		t.Fatal(err)
	}
	if got := b.draw(&k); strings.Count(got, " ARP    1.4*") != 2 {
		t.Errorf("after the query:\n%s", got)
	}
}

func TestEverySizeFits(t *testing.T) {
	for lang := range texts {
		b, _ := page(t, rules.Lang(lang))
		for _, size := range [][2]int{{20, 6}, {40, 12}, {80, 24}, {81, 25}, {130, 40}, {200, 50}} {
			for _, color := range []bool{false, true} {
				k := look{width: size[0], height: size[1], color: color, all: true, held: true, title: "pktjourney   eth0"}
				lines := strings.Split(b.draw(&k), "\n")
				if len(lines) != size[1] {
					t.Errorf("%v: %d lines", size, len(lines))
				}
				for _, line := range lines {
					if w := ansi.StringWidth(line); w > size[0] {
						t.Errorf("%v: %d columns: %q", size, w, line)
					}
					if plain := ansi.Strip(line); !color && plain != line {
						t.Errorf("%v: escapes without colours: %q", size, line)
					}
				}
			}
		}
	}
}

// What a packet says can not drive the terminal.
func TestHostileNames(t *testing.T) {
	c := packet.New()
	for i, name := range []string{"\x1b[2Jx", "\u202egpj", strings.Repeat("y", 5000)} {
		s := c.Connection(fmt.Sprintf("192.168.1.100:%d > 203.0.113.82:80", 50000+i))
		s.Open()
		s.Client.SendAll("GET /"+name+" HTTP/1.1\r\nHost: "+name+"\r\n\r\n", 1400)
	}
	frames := c.Frames()
	b, _ := shown(t, rules.English, func() (*capture.Frame, error) {
		if len(frames) == 0 {
			return nil, io.EOF
		}
		f := frames[0]
		frames = frames[1:]
		return f, nil
	})
	got := b.draw(&look{width: 200, height: 60})
	if strings.ContainsAny(got, "\x1b\u202e\x00") {
		t.Errorf("%q", got)
	}
	if !strings.Contains(got, `\u202egpj`) {
		t.Errorf("the name is not there:\n%s", got)
	}
}

// A board does not grow with what it saw.
func TestBoardIsBounded(t *testing.T) {
	c := packet.New()
	for i := range 300 {
		s := c.Connection(fmt.Sprintf("192.168.1.100:%d > 203.0.113.82:80", 20000+i))
		s.Open()
		s.Client.Send(fmt.Sprintf("GET / HTTP/1.1\r\nHost: www%d.example.com\r\n\r\n", i))
	}
	frames := c.Frames()
	b, _ := shown(t, rules.English, func() (*capture.Frame, error) {
		if len(frames) == 0 {
			return nil, io.EOF
		}
		f := frames[0]
		frames = frames[1:]
		return f, nil
	})
	if len(b.lines) > maxLines || len(b.strip) > maxStrips {
		t.Errorf("%d lines, %d journeys", len(b.lines), len(b.strip))
	}
	if got := b.draw(&look{width: 80, height: 24}); !strings.Contains(got, "www299.example.com") || !strings.Contains(got, "63 earlier journeys") {
		t.Errorf("\n%s", got)
	}
}

func TestKeys(t *testing.T) {
	b, _ := page(t, rules.English)
	quits := 0
	m := &model{board: b, quit: func() { quits++ }, look: look{width: 80, height: 24, began: began}}
	press := func(code rune) {
		m.Update(tea.KeyPressMsg(tea.Key{Code: code, Text: string(code)}))
	}
	press('a')
	if !strings.Contains(m.View().Content, "MulticastListenerReport") {
		t.Error("a does not show the frames outside")
	}
	press(' ')
	held := m.View().Content
	if b.Dropped(7); m.View().Content != held || !strings.Contains(held, "held") {
		t.Error("space does not hold")
	}
	m.Update(tea.WindowSizeMsg{Width: 60, Height: 20})
	if lines := strings.Count(m.View().Content, "\n"); lines != 19 {
		t.Errorf("%d lines after a resize", lines+1)
	}
	press(' ')
	if !strings.Contains(m.View().Content, "7 dropped") {
		t.Errorf("drops are not shown:\n%s", m.View().Content)
	}
	press('q')
	if quits != 1 {
		t.Error("q does not quit")
	}
}
