package annotate

import (
	"fmt"
	"path/filepath"
	"testing"

	"github.com/pktjourney/pktjourney/decode"
	"github.com/pktjourney/pktjourney/decode/capture"
	"github.com/pktjourney/pktjourney/rules"
)

// lines are what an annotator said of frames and journeys.
type lines []string

func (s *lines) Frame(l *Labelled) error {
	id := 0
	if l.Journey != nil {
		id = l.Journey.ID
	}
	*s = append(*s, fmt.Sprint(l.Number, id, l.Client, l.Phase, l.Step, l.Also, l.Variants, l.Implied, l.Basis(), l.Point, l.Event,
		string(l.AppendDoes(nil, rules.English)), string(l.AppendReason(nil, rules.English))))
	return nil
}

func (s *lines) Journey(j *Journey) error {
	text := fmt.Sprint(j.ID, j.Name, j.Client, j.Complete, j.Timing, j.Differences)
	for _, step := range j.Steps {
		text += fmt.Sprint("\n", step.Step.ID, step.State, step.Count, step.Frames, step.Start, step.End, step.Reason)
	}
	*s = append(*s, text)
	return nil
}

func (s *lines) Close(*Summary) error { return nil }

// said is what is said of a capture, and of how many frames because their direction held the label. Held labels
// are forgotten after each frame where forget says so.
func said(t *testing.T, name string, forget bool) (all lines, held int) {
	src, err := capture.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer src.Close()
	var d decode.Decoder
	a := New(rules.Web(), Options{}, &all)
	for f, err := src.Next(); err == nil; f, err = src.Next() {
		r := d.Decode(f)
		if err := a.Tick(f.Time, f.Number); err != nil {
			t.Fatal(err)
		}
		if r.Conversation != nil {
			if k, ok := r.Conversation.Note.(*connection); ok && k.held != nil {
				if h := k.held[r.Dir]; h.message != nil && h.message == (&Labelled{Frame: *r}).bulk() {
					held++
				}
				if forget {
					k.held = nil
				}
			}
		}
		if err := a.Frame(r); err != nil {
			t.Fatal(err)
		}
	}
	a.Finish(nil)
	return all, held
}

// A label that is held is the one that the frame would have got.
func TestHeldLabels(t *testing.T) {
	files, err := filepath.Glob("../testdata/captures/*.pcap*")
	more, _ := filepath.Glob("../testdata/captures/*/*.pcap*")
	if files = append(files, more...); err != nil || len(files) < 10 {
		t.Fatal(files, err)
	}
	sum := 0
	for _, name := range files {
		got, held := said(t, name, false)
		want, _ := said(t, name, true)
		if len(got) != len(want) {
			t.Fatalf("%s: %d lines, want %d", name, len(got), len(want))
		}
		for i := range got {
			if got[i] != want[i] {
				t.Errorf("%s: %s\nwant %s", name, got[i], want[i])
			}
		}
		sum += held
	}
	if sum < 100 {
		t.Errorf("%d labels were held", sum)
	}
}
