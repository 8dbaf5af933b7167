package annotate_test

import (
	"testing"
	"time"

	"github.com/pktjourney/pktjourney/annotate"
	"github.com/pktjourney/pktjourney/decode"
	"github.com/pktjourney/pktjourney/decode/capture"
	"github.com/pktjourney/pktjourney/decode/capture/captest/packet"
	"github.com/pktjourney/pktjourney/rules"
)

// A live capture is told how time goes on while nothing passes. The labels are those of the saved file.
func TestTicksChangeNoLabel(t *testing.T) {
	t.Run("slow client", func(t *testing.T) {
		c := packet.New()
		s := c.Connection(client + ":50000 > " + server + ":9999")
		s.Open()
		c.Wait(3 * time.Second)
		s.Client.Send(getPage) // tells what the connection is: too late for the handshake
		compareTicking(t, c.Frames())
	})
	for _, g := range goldens(t) {
		if g.keyLog == "" {
			t.Run(g.capture, func(t *testing.T) { compareTicking(t, frames(t, readFile(t, g.capture))) })
		}
	}
}

// compareTicking labels frames with a clock that ticks ten times a second between them, and without.
func compareTicking(t *testing.T, all []*capture.Frame) {
	t.Helper()
	const often = 100 * time.Millisecond
	last := all[0].Time
	ticking := func(a *annotate.Annotator, next *capture.Frame) {
		for n := 0; last.Before(next.Time) && n < 100; n++ {
			if err := a.Tick(last, next.Number-1); err != nil {
				t.Fatal(err)
			}
			last = last.Add(often)
		}
		last = next.Time
	}
	live := testimony(annotatedLive(t, all, annotate.Options{}, "", ticking))
	if saved := testimony(annotated(t, all, annotate.Options{})); live != saved {
		t.Errorf("live\n%s\nsaved\n%s", live, saved)
	}
}

// What waits is handed over by the clock alone, once it has waited long enough.
func TestTickHandsOver(t *testing.T) {
	c := packet.New()
	c.Connection(toServer).Client.SYN()
	syn := c.Frames()[0]
	handed := 0
	a := annotate.New(rules.Web(), annotate.Options{}, counting{&handed})
	var d decode.Decoder
	if err := a.Annotate(&d, syn); err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct {
		after time.Duration
		want  int
	}{{0, 0}, {time.Second, 0}, {time.Second + 1, 1}, {time.Minute, 1}} {
		if err := a.Tick(syn.Time.Add(step.after), syn.Number); err != nil {
			t.Fatal(err)
		}
		if handed != step.want {
			t.Errorf("after %v: %d frames were handed over, want %d", step.after, handed, step.want)
		}
	}
}

// counting is a sink that counts frames.
type counting struct{ frames *int }

func (c counting) Frame(*annotate.Labelled) error  { *c.frames++; return nil }
func (c counting) Journey(*annotate.Journey) error { return nil }
func (c counting) Close(*annotate.Summary) error   { return nil }
