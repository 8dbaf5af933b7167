package capture_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/pktjourney/pktjourney/decode/capture"
	"github.com/pktjourney/pktjourney/decode/capture/captest"
)

// piece is a capture named name whose frames came so many seconds after at; a frame's bytes are its place.
func piece(t *testing.T, name string, seconds ...int) *capture.File {
	t.Helper()
	return opened(t, name, captest.Pcap(capture.LinkEthernet, placed(seconds...)...))
}

func placed(seconds ...int) []capture.Frame {
	var frames []capture.Frame
	for i, s := range seconds {
		frames = append(frames, capture.Frame{Time: at.Add(time.Duration(s) * time.Second), Data: fmt.Append(nil, i+1)})
	}
	return frames
}

func opened(t *testing.T, name string, file []byte) *capture.File {
	t.Helper()
	f, err := capture.OpenReader(name, bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// order is what Merge gives: file and number of each frame, as in "a1 b1".
func order(t *testing.T, files ...*capture.File) (string, error) {
	t.Helper()
	frames, err := drain(capture.Merge(files))
	var words []string
	for i, f := range frames {
		if f.Number != i+1 || fmt.Sprint(f.FileNumber) != string(f.Data) {
			t.Errorf("frame %d of %s says %q and calls itself %d", f.FileNumber, f.Interface.File, f.Data, f.Number)
		}
		words = append(words, fmt.Sprint(f.Interface.File, f.FileNumber))
	}
	return strings.Join(words, " "), err
}

func TestMerge(t *testing.T) {
	for _, c := range []struct {
		name string
		a, b []int
		want string
	}{
		{"one after the other", []int{0, 1}, []int{2, 3}, "a1 a2 b1 b2"},
		{"named in the wrong order", []int{2, 3}, []int{0, 1}, "b1 b2 a1 a2"},
		{"interleaved", []int{0, 2}, []int{1, 3}, "a1 b1 a2 b2"},
		{"the same time: as they are named", []int{0, 1}, []int{0, 1}, "a1 b1 a2 b2"},
		{"merged, not sorted", []int{5, 0}, []int{1, 6}, "b1 a1 a2 b2"},
		{"an empty one", nil, []int{0}, "b1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := order(t, piece(t, "somewhere/a", c.a...), piece(t, "b", c.b...))
			if got != c.want || err != io.EOF {
				t.Errorf("got %s, %v; want %s", got, err, c.want)
			}
		})
	}
}

// Clocks that differ are made to agree.
func TestMergeShift(t *testing.T) {
	m := capture.Merge([]*capture.File{piece(t, "a", 0, 10), piece(t, "b", 105, 106)})
	m.Shift(1, -100*time.Second)
	var got []string
	for f, err := m.Next(); err == nil; f, err = m.Next() {
		got = append(got, fmt.Sprint(m.Last(), " ", f.Time.Sub(at)))
	}
	if want := "[0 0s 1 5s 1 6s 0 10s]"; fmt.Sprint(got) != want {
		t.Errorf("got %v, want %s", got, want)
	}
}

// Where one file is cut short the others go on, and the damage is told at the end.
func TestMergeDamage(t *testing.T) {
	whole := captest.Pcap(capture.LinkEthernet, placed(0, 1)...)
	cut := opened(t, "a", whole[:len(whole)-1])
	got, err := order(t, cut, piece(t, "b", 2, 3))
	var damage *capture.DamageError
	if got != "a1 b1 b2" || !errors.As(err, &damage) || damage.File != "a" || damage.Frame != 2 {
		t.Errorf("got %s, %v", got, err)
	}
}

// A simple packet block has no time (draft-ietf-opsawg-pcapng section 4.4): it comes as soon as it can.
func TestMergeWithoutTimes(t *testing.T) {
	w := captest.NewNgWriter(false)
	w.Section(false)
	w.Interface(capture.Interface{LinkType: capture.LinkEthernet})
	w.Simple(&capture.Frame{Data: []byte("1")})
	w.Simple(&capture.Frame{Data: []byte("2")})
	got, err := order(t, piece(t, "a", 0), opened(t, "b", w.Bytes()))
	if want := "b1 b2 a1"; got != want || err != io.EOF {
		t.Errorf("got %s, %v; want %s", got, err, want)
	}
}
