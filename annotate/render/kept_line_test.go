package render

import (
	"bytes"
	"path/filepath"
	"testing"
	"time"

	"github.com/pktjourney/pktjourney/annotate"
	"github.com/pktjourney/pktjourney/decode"
	"github.com/pktjourney/pktjourney/decode/capture"
	"github.com/pktjourney/pktjourney/decode/fact"
	"github.com/pktjourney/pktjourney/decode/layers"
	"github.com/pktjourney/pktjourney/rules"
)

// afresh is l's line, written by a renderer that has kept none.
func afresh(l *annotate.Labelled, o Options) string {
	var b bytes.Buffer
	n := NDJSON(&b, o).(*ndjson)
	n.Frame(l)
	n.out.flush()
	return b.String()
}

// again is l's line, and whether it was copied from the one before.
func (n *ndjson) again(l *annotate.Labelled) (line string, copied bool) {
	_, copied = n.ends.of(&l.Frame).lines[kindOf(l)].append(nil, l, &n.stamp)
	n.Frame(l)
	line = string(n.out.b)
	n.out.b = n.out.b[:0]
	return line, copied
}

// rowAfresh is l's row, written by a renderer that has kept none.
func rowAfresh(l *annotate.Labelled, o Options) string {
	var b bytes.Buffer
	c := CSV(&b, o).(*csv)
	c.headed = true
	c.Frame(l)
	c.out.flush()
	return b.String()
}

// again is l's row, and whether it was copied from the one before.
func (c *csv) again(l *annotate.Labelled) (row string, copied bool) {
	c.headed = true
	if l.Conversation != nil {
		kept, same := c.kept.of(&l.Frame)
		if !same {
			kept.text = kept.text[:0]
		}
		_, copied = kept.append(nil, l, &c.stamp)
	}
	c.Frame(l)
	row = string(c.out.b)
	c.out.b = c.out.b[:0]
	return row, copied
}

func sentence(t *testing.T, text string) *rules.Sentence {
	s, err := rules.NewSentence(rules.Text{text, text})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// inTurn writes the first frame, the second and the first again, each as it is written afresh; copied: the second was copied.
func inTurn(t *testing.T, first, second *annotate.Labelled, again func(*annotate.Labelled) (string, bool), afresh func(*annotate.Labelled) string, copied bool) {
	t.Helper()
	again(first)
	got, was := again(second)
	if want := afresh(second); got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if was != copied {
		t.Errorf("copied: %v", was)
	}
	if got, _ := again(first); got != afresh(first) {
		t.Errorf("then %s, want %s", got, afresh(first))
	}
}

// A kept line is used where the next one differs in numbers of the same width, and for nothing else.
func TestLineIsKept(t *testing.T) {
	s := newStory(t)
	bulk, ack := &s.frames[6], &s.frames[7] // PSH,ACK with 1,448 bytes, and a bare ACK
	other := *ack.Journey
	other.ID = 2
	leaning := sentence(t, "it acknowledges bytes up to frame {frame}")
	datagram := *bulk
	datagram.Transport, datagram.Protocol = layers.TransportUDP, "udp"
	datagram.Reason = sentence(t, "its {size} bytes are no message")
	twice := datagram
	twice.Reason = sentence(t, "{size} bytes, {size} in all")
	for _, c := range []struct {
		name   string
		of     *annotate.Labelled
		change func(l *annotate.Labelled)
		copied bool
	}{
		{"the same", bulk, func(*annotate.Labelled) {}, true},
		{"time", bulk, func(l *annotate.Labelled) { l.Time = l.Time.Add(time.Hour + 1) }, true},
		{"number", bulk, func(l *annotate.Labelled) { l.Number += 2 }, true},
		{"seq and ack", bulk, func(l *annotate.Labelled) { l.Seq, l.Ack = l.Seq-1, l.Ack+1 }, true},
		{"label leans on another frame", ack, func(l *annotate.Labelled) { l.Lean++ }, true},
		{"longer number", bulk, func(l *annotate.Labelled) { l.Number = 10 }, false},
		{"shorter seq", bulk, func(l *annotate.Labelled) { l.Seq = 0 }, false},
		{"longer ack", bulk, func(l *annotate.Labelled) { l.Ack = 10 }, false},
		{"longer number of another frame", ack, func(l *annotate.Labelled) { l.Lean = 10 }, false},
		{"leans on none", ack, func(l *annotate.Labelled) { l.Lean = 0 }, false},
		{"no time", bulk, func(l *annotate.Labelled) { l.Time = time.Time{} }, false},
		{"far future", bulk, func(l *annotate.Labelled) { l.Time = time.Date(12345, 1, 1, 0, 0, 0, 0, time.UTC) }, false},
		{"flags", bulk, func(l *annotate.Labelled) { l.TCP.Flags = layers.ACK }, false},
		{"no ACK", bulk, func(l *annotate.Labelled) { l.TCP.Flags = layers.RST }, false},
		{"payload", bulk, func(l *annotate.Labelled) { l.PayloadLen-- }, true},
		{"shorter payload", bulk, func(l *annotate.Labelled) { l.PayloadLen = 999 }, false},
		{"no payload", bulk, func(l *annotate.Labelled) { l.PayloadLen = 0 }, false},
		{"length", bulk, func(l *annotate.Labelled) { l.WireLen++ }, true},
		{"shorter length", bulk, func(l *annotate.Labelled) { l.WireLen = 999 }, false},
		{"captured", bulk, func(l *annotate.Labelled) { l.Captured-- }, true},
		{"all sizes", bulk, func(l *annotate.Labelled) { l.WireLen, l.Captured, l.PayloadLen = 1066, 1060, 1000 }, true},
		{"interface", bulk, func(l *annotate.Labelled) { l.Interface = &capture.Interface{Name: "eth1"} }, false},
		{"file", bulk, func(l *annotate.Labelled) { l.Interface = &capture.Interface{File: "b.pcap"} }, false},
		{"protocol", bulk, func(l *annotate.Labelled) { l.Protocol = "tls" }, false},
		{"MAC address", bulk, func(l *annotate.Labelled) { l.SrcMAC[5]++ }, false},
		{"facts", bulk, func(l *annotate.Labelled) {
			l.Facts = fact.List{{Name: fact.HTTPVersion, Value: fact.String("1.1")}}
		}, false},
		{"message", bulk, func(l *annotate.Labelled) { l.Message = []capture.Range{{First: 6, Last: 7}} }, false},
		{"point", bulk, func(l *annotate.Labelled) { l.Point = rules.Router }, false},
		{"place", bulk, func(l *annotate.Labelled) { l.Place = "lan" }, false},
		{"path", bulk, func(l *annotate.Labelled) { l.Path = []annotate.Sighting{{Frame: 3}, {Frame: 7}} }, false},
		{"journey", bulk, func(l *annotate.Labelled) { l.Journey = &other }, false},
		{"datagram", &datagram, func(l *annotate.Labelled) { l.Number += 2 }, true},
		{"sizes of a datagram", &datagram, func(l *annotate.Labelled) { l.WireLen, l.Captured, l.PayloadLen = 1066, 1066, 1024 }, true},
		{"shorter payload of a datagram", &datagram, func(l *annotate.Labelled) { l.PayloadLen = 999 }, false},
		{"a datagram's size that is told twice", &twice, func(l *annotate.Labelled) { l.PayloadLen = 1024 }, false},
		{"no journey", bulk, func(l *annotate.Labelled) { l.Journey, l.Phase, l.Step = nil, annotate.NoPhase, "" }, false},
		{"step", bulk, func(l *annotate.Labelled) { l.Step = "1.3" }, false},
		{"further steps", bulk, func(l *annotate.Labelled) { l.Also = []rules.ID{"1.3"} }, false},
		{"variant", bulk, func(l *annotate.Labelled) { l.Variants = s.journey.Set("retransmission") }, false},
		{"basis", bulk, func(l *annotate.Labelled) { l.Deduced = true }, false},
		{"reason", bulk, func(l *annotate.Labelled) { l.Reason = sentence(t, "because") }, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := Options{Journey: s.journey}
			n := NDJSON(nil, o).(*ndjson)
			first := *c.of
			if first.Lean == 0 && c.of == ack {
				first.Lean, first.Reason = 7, leaning
			}
			second := first
			c.change(&second)
			inTurn(t, &first, &second, n.again, func(l *annotate.Labelled) string { return afresh(l, o) }, c.copied)
		})
	}
}

// A row also says what the frame does: its sentences may be quoted, and a spreadsheet must not take them for formulas.
func TestRowIsKept(t *testing.T) {
	s := newStory(t)
	for _, c := range []struct {
		name         string
		does, reason string
		change       func(l *annotate.Labelled)
		copied       bool
	}{
		{"the same", "a segment", "", func(*annotate.Labelled) {}, true},
		{"seq", "a segment", "", func(l *annotate.Labelled) { l.Seq++ }, true},
		{"longer seq is in no column", "a segment", "", func(l *annotate.Labelled) { l.Seq = 10 }, true},
		{"another frame", "acknowledges {frame}", "as frame {frame} tells", func(l *annotate.Labelled) { l.Lean++ }, true},
		{"another frame, quoted", `says "yes", to {frame}`, `it "leans", on {frame}`, func(l *annotate.Labelled) { l.Lean++ }, true},
		{"another frame, no formula", "=SUM({frame})", "@{frame}", func(l *annotate.Labelled) { l.Lean++ }, true},
		{"another frame, control character", "\x1b{frame}", "", func(l *annotate.Labelled) { l.Lean++ }, true},
		{"longer number of another frame", "", "as frame {frame} tells", func(l *annotate.Labelled) { l.Lean = 10 }, false},
		{"three times", "{frame} and {frame} and {frame}", "", func(l *annotate.Labelled) { l.Lean++ }, false},
		{"detail", "hands over {detail}", "", func(l *annotate.Labelled) { l.Detail = "a picture" }, false},
		{"size", "{size} bytes", "", func(l *annotate.Labelled) { l.PayloadLen++ }, false},
		{"what it does", "a segment", "", func(l *annotate.Labelled) { l.Does = sentence(t, "another segment") }, false},
		{"fact", "a segment[ of {http.version}]", "", func(l *annotate.Labelled) {
			l.Facts = fact.List{{Name: fact.HTTPVersion, Value: fact.String("1.1")}}
		}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := Options{Journey: s.journey}
			rows := CSV(nil, o).(*csv)
			first := s.frames[7] // a bare ACK
			first.Does, first.Reason, first.Lean = sentence(t, c.does), sentence(t, c.reason), 7
			second := first
			c.change(&second)
			inTurn(t, &first, &second, rows.again, func(l *annotate.Labelled) string { return rowAfresh(l, o) }, c.copied)
		})
	}
}

// afterwards compares each line with the same line written afresh.
type afterwards struct {
	t      *testing.T
	line   func(*annotate.Labelled) (line string, copied bool)
	afresh func(*annotate.Labelled) string
	copied int
}

func (a *afterwards) Frame(l *annotate.Labelled) error {
	got, copied := a.line(l)
	if want := a.afresh(l); got != want {
		a.t.Errorf("%s, want %s", got, want)
	}
	if copied {
		a.copied++
	}
	return nil
}

func (a *afterwards) Journey(*annotate.Journey) error { return nil }
func (a *afterwards) Close(*annotate.Summary) error   { return nil }

func TestLinesAreAsWrittenAfresh(t *testing.T) {
	files, err := filepath.Glob("../../testdata/captures/*.pcap*")
	if err != nil || len(files) < 2 {
		t.Fatal(files, err)
	}
	for _, lang := range []rules.Lang{rules.English, rules.Korean} {
		o := Options{Journey: rules.Web(), Lang: lang}
		for _, format := range []struct {
			name string
			make func() (line func(*annotate.Labelled) (string, bool), afresh func(*annotate.Labelled) string)
		}{
			{"ndjson", func() (func(*annotate.Labelled) (string, bool), func(*annotate.Labelled) string) {
				return NDJSON(nil, o).(*ndjson).again, func(l *annotate.Labelled) string { return afresh(l, o) }
			}},
			{"csv", func() (func(*annotate.Labelled) (string, bool), func(*annotate.Labelled) string) {
				return CSV(nil, o).(*csv).again, func(l *annotate.Labelled) string { return rowAfresh(l, o) }
			}},
		} {
			copied := 0
			for _, name := range files {
				t.Run([]string{"en", "ko"}[lang]+"/"+format.name+"/"+filepath.Base(name), func(t *testing.T) {
					src, err := capture.Open(name)
					if err != nil {
						t.Fatal(err)
					}
					defer src.Close()
					sink := &afterwards{t: t}
					sink.line, sink.afresh = format.make()
					a := annotate.New(o.Journey, annotate.Options{}, sink)
					var d decode.Decoder
					for f, err := src.Next(); err == nil; f, err = src.Next() {
						if err := a.Annotate(&d, f); err != nil {
							t.Fatal(err)
						}
					}
					a.Finish(nil)
					copied += sink.copied
				})
			}
			if copied == 0 {
				t.Errorf("no line of %s was copied", format.name)
			}
		}
	}
}
