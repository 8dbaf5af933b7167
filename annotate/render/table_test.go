package render

import (
	"bytes"
	"errors"
	"fmt"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/pktjourney/pktjourney/annotate"
)

// long is the story with its frames repeated, so that the table cannot keep them all.
func (s *story) long(frames int) {
	short := len(s.frames)
	for i := short; i < frames; i++ {
		l := s.frames[i%short]
		l.Number = i + 1
		l.Time = began.Add(time.Duration(i) * time.Second)
		s.frames = append(s.frames, l)
	}
	s.summary.Frames, s.summary.Last = frames, s.frames[frames-1].Time
}

func TestLongCaptureStreams(t *testing.T) {
	s := newStory(t)
	s.long(maxRows + 3000)
	var b bytes.Buffer
	sink := Table(&b, Options{Journey: s.journey, Width: 120, Fold: true})
	for i := range s.frames {
		sink.Frame(&s.frames[i])
	}
	if b.Len() == 0 {
		t.Error("nothing is written before the end")
	}
	sink.Journey(s.ended[0])
	sink.Close(&s.summary)
	out := b.String()
	if n := strings.Count(out, "What it does"); n != 1 {
		t.Errorf("%d heads", n)
	}
	head := strings.Index(out[:strings.Index(out, "\n")], "Step")
	for line := range strings.Lines(out) {
		if i := strings.Index(line, "SYN to"); i >= 0 && i != head+6 {
			t.Fatalf("head at %d, words at %d: %q", head, i, line)
		}
	}
	if !strings.HasSuffix(out, "\nclient.pcap   8,000 frames, 2 h 13 min, Ethernet, taken at the client (its packets still have TTL 64)\n") {
		t.Errorf("ends %q", out[len(out)-200:])
	}
}

func TestManyJourneys(t *testing.T) {
	for _, c := range []struct {
		summary      bool
		titles, more int
	}{{false, maxJourneys, 1}, {true, maxJourneys + 50, 0}} {
		t.Run(fmt.Sprint("summary ", c.summary), func(t *testing.T) {
			s := newStory(t)
			for i := range maxJourneys + 49 {
				j := *s.ended[0]
				j.ID = i + 2
				s.ended = append(s.ended, &j)
			}
			out := s.rendered(t, Formats[0], Options{Summary: c.summary})
			if n := strings.Count(out, "-> www.google.com"); n != c.titles {
				t.Errorf("%d titles, want %d", n, c.titles)
			}
			if n := strings.Count(out, "50 more journeys (--summary shows them all)"); n != c.more {
				t.Errorf("said %d times how many are not shown, want %d", n, c.more)
			}
		})
	}
}

// Journeys come as they end; they are shown in the order in which they began.
func TestJourneysInOrder(t *testing.T) {
	s := newStory(t)
	second := *s.ended[0]
	second.ID, second.Name = 2, "example.com"
	s.ended = []*annotate.Journey{&second, s.ended[0]}
	out := s.rendered(t, Formats[0], Options{})
	if first, then := strings.Index(out, "Journey 1"), strings.Index(out, "Journey 2"); first < 0 || then < first {
		t.Errorf("journey 1 at %d, journey 2 at %d", first, then)
	}
}

func TestEmptyCapture(t *testing.T) {
	var b bytes.Buffer
	sink := Table(&b, Options{Journey: testJourney(t)})
	sink.Close(&annotate.Summary{Files: []string{"a.pcap"}})
	if b.String() != "a.pcap   no frames\n" {
		t.Errorf("%q", b.String())
	}
}

func TestLongAddressesNarrowTerminal(t *testing.T) {
	s := newStory(t)
	for i := range s.frames {
		s.frames[i].Src = netip.MustParseAddr("2001:db8:1234:5678:9abc:def0:1234:5678")
		s.frames[i].Dst = netip.MustParseAddr("2001:db8:ffff:5678:9abc:def0:1234:5678")
	}
	out := s.rendered(t, Formats[0], Options{Width: 80})
	for line := range strings.Lines(out) {
		if n := columnsOf(strings.TrimSuffix(line, "\n")); n > 80 {
			t.Errorf("%d columns: %q", n, line)
		}
	}
	if !strings.Contains(out, "TCP 2001:db8:12..f0:1234:5678 > 2001:db8:ff..f0:1234:5678") {
		t.Errorf("addresses are not short:\n%s", out)
	}
}

func TestShortAddress(t *testing.T) {
	for _, c := range []struct {
		text  string
		width int
		want  string
	}{
		{"192.0.2.1", 20, "192.0.2.1"},
		{"2001:db8:1234:5678:9abc:def0:1234:5678", 20, "2001:db8:..1234:5678"},
		{"broadcast broadcast", 10, "broadcast broadcast"},
		{"2001:db8::1", 5, "2001:db8::1"},
	} {
		if got := string(shortAddress([]byte(c.text), c.width)); got != c.want {
			t.Errorf("%s in %d: %s, want %s", c.text, c.width, got, c.want)
		}
	}
}

// failing is a writer that fails after some bytes.
type failing struct{ room int }

var errFull = errors.New("no space left")

func (f *failing) Write(b []byte) (int, error) {
	if f.room -= len(b); f.room < 0 {
		return 0, errFull
	}
	return len(b), nil
}

func TestWriteErrorIsTold(t *testing.T) {
	for _, f := range Formats {
		s := newStory(t)
		s.long(maxRows * 2)
		sink := f.New(&failing{100 << 10}, Options{Journey: s.journey})
		var err error
		for i := range s.frames {
			if err = show(sink, &s.frames[i]); err != nil {
				break
			}
		}
		if !errors.Is(err, errFull) {
			t.Errorf("%s: frames end with %v", f.Name, err)
		}
		if err := sink.Close(&s.summary); !errors.Is(err, errFull) {
			t.Errorf("%s: Close says %v", f.Name, err)
		}
	}
}
