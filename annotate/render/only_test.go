package render

import (
	"net/netip"
	"testing"

	"github.com/pktjourney/pktjourney/annotate"
)

// tally is a sink that notes what it gets.
type tally struct {
	frames   []int
	journeys int
	closed   bool
}

func (t *tally) Frame(l *annotate.Labelled) error { t.frames = append(t.frames, l.Number); return nil }
func (t *tally) Journey(*annotate.Journey) error  { t.journeys++; return nil }
func (t *tally) Close(*annotate.Summary) error    { t.closed = true; return nil }

func TestOnly(t *testing.T) {
	other := netip.MustParseAddr("192.0.2.1")
	for _, c := range []struct {
		name     string
		only     Only
		frames   int
		journeys int
	}{
		{"a step", Only{Phase: annotate.NoPhase, Step: "3.4"}, 1, 1},
		{"a step that frames are evidence of", Only{Phase: annotate.NoPhase, Step: "1.1"}, 2, 1},
		{"a phase", Only{Phase: 1}, 2, 1},
		{"phase 0", Only{Phase: 0}, 1, 1},
		{"a phase, frames without a step too", Only{Phase: 4}, 9, 1},
		{"a host", Only{Phase: annotate.NoPhase, Host: "www.google.com"}, 12, 1},
		{"another host", Only{Phase: annotate.NoPhase, Host: "example.com"}, 0, 0},
		{"a client, its DHCP too", Only{Phase: annotate.NoPhase, Client: clientIP}, 13, 1},
		{"another client", Only{Phase: annotate.NoPhase, Client: other}, 0, 0},
		{"a step of a phase", Only{Phase: 1, Step: "3.4"}, 0, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got tally
			c.only.Next = &got
			if !c.only.Any() {
				t.Error("drops nothing")
			}
			newStory(t).tell(t, &c.only)
			if len(got.frames) != c.frames || got.journeys != c.journeys || !got.closed {
				t.Errorf("frames %v, %d journeys; want %d and %d", got.frames, got.journeys, c.frames, c.journeys)
			}
		})
	}
}

func TestOnlyNothing(t *testing.T) {
	if o := (Only{Phase: annotate.NoPhase}); o.Any() {
		t.Error("drops something")
	}
}
