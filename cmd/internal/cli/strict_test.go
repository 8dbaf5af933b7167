package cli

import (
	"io"
	"strings"
	"testing"

	"github.com/pktjourney/pktjourney/annotate"
	"github.com/pktjourney/pktjourney/decode/capture"
)

// emptyFrames is a source of so many frames.
type emptyFrames int

func (n *emptyFrames) Next() (*capture.Frame, error) {
	if *n == 0 {
		return nil, io.EOF
	}
	*n--
	return new(capture.Frame), nil
}

// idle is a sink that does nothing.
type idle struct{}

func (idle) Frame(*annotate.Labelled) error  { return nil }
func (idle) Journey(*annotate.Journey) error { return nil }
func (idle) Close(*annotate.Summary) error   { return nil }

func TestStrictSums(t *testing.T) {
	for _, c := range []struct {
		name            string
		read            emptyFrames
		labelled, other int // handed over
		summary         annotate.Summary
		want            string // in the error; "" for none
	}{
		{"all are there", 5, 3, 2, annotate.Summary{Frames: 5, Labelled: 3, Outside: map[string]int{"arp": 1, "icmp": 1}}, ""},
		{"none", 0, 0, 0, annotate.Summary{}, ""},
		{"one is not handed over", 5, 3, 1, annotate.Summary{Frames: 5, Labelled: 3, Outside: map[string]int{"arp": 2}}, "5 frames were read, 4 handed over"},
		{"one is handed over twice", 4, 3, 2, annotate.Summary{Frames: 5, Labelled: 3, Outside: map[string]int{"arp": 2}}, "4 frames were read, 5 handed over"},
		{"one is not counted", 5, 3, 2, annotate.Summary{Frames: 4, Labelled: 3, Outside: map[string]int{"arp": 1}}, "the summary has 4"},
		{"one has no kind", 5, 3, 2, annotate.Summary{Frames: 5, Labelled: 3, Outside: map[string]int{"arp": 1}}, "3 labelled and 1 outside"},
		{"one counts as labelled, and is not", 5, 3, 2, annotate.Summary{Frames: 5, Labelled: 4, Outside: map[string]int{"arp": 1}}, "(3 of them in a journey)"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := &strict{next: idle{}, on: true}
			for src := s.reads(&c.read); ; {
				if _, err := src.Next(); err != nil {
					break
				}
			}
			for range c.labelled {
				s.Frame(&annotate.Labelled{})
			}
			for range c.other {
				l := &annotate.Labelled{Label: annotate.Label{Phase: annotate.NoPhase}}
				l.Protocol = "arp"
				s.Frame(l)
			}
			s.Close(&c.summary)
			err := s.verdict()
			if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v, want %q", err, c.want)
			}
		})
	}
}
