package stream

import (
	"bytes"
	"math/rand/v2"
	"testing"
)

// run is a segment of a known byte string.
type run struct{ off, n int }

// checkRuns sends runs of text, which have the frame numbers from 1, and checks
// that what comes out is text, every byte from the first frame that brought it.
// Bytes that no run brings must come out as gaps.
func checkRuns(t *testing.T, text []byte, base uint32, runs []run) {
	t.Helper()
	first := make([]int, len(text)) // the frame that brought each byte first
	var h Half
	var b Budget
	var got []byte
	var frames []int
	deliver := func(c Chunk) {
		if c.Off != int64(len(got)) {
			t.Fatalf("a chunk at %d behind %d bytes", c.Off, len(got))
		}
		got = append(got, c.Data...)
		got = append(got, make([]byte, c.Gap)...)
		for range len(c.Data) + c.Gap {
			frames = append(frames, c.Frame)
		}
	}
	h.Add(Segment{Seq: base - 1, SYN: true, Time: start}, &b, deliver)
	for i, r := range runs {
		for j := r.off; j < r.off+r.n; j++ {
			if first[j] == 0 {
				first[j] = i + 1
			}
		}
		h.Add(Segment{Frame: i + 1, Seq: base + uint32(r.off), Payload: text[r.off : r.off+r.n], Len: r.n, Time: start}, &b, deliver)
	}
	h.Flush(deliver)
	for i, frame := range frames {
		want := text[i]
		if first[i] == 0 {
			want = 0
		}
		if frame != first[i] || got[i] != want {
			t.Fatalf("byte %d is %q from frame %d, want %q from frame %d; runs %v", i, got[i], frame, want, first[i], runs)
		}
	}
	if b.Used() != 0 || len(got) != lastByte(first) {
		t.Fatalf("%d bytes of %d came out, %d are counted", len(got), lastByte(first), b.Used())
	}
}

// lastByte is the offset behind the last byte that a frame brought.
func lastByte(first []int) int {
	for i := len(first); i > 0; i-- {
		if first[i-1] != 0 {
			return i
		}
	}
	return 0
}

func someText(r *rand.Rand, n int) []byte {
	text := make([]byte, n)
	for i := range text {
		text[i] = byte('a' + r.IntN(26))
	}
	return text
}

func TestAnySegmentationInAnyOrder(t *testing.T) {
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 1))
		text := someText(r, 1+r.IntN(400))
		var runs []run
		for off := 0; off < len(text); {
			n := 1 + r.IntN(min(40, len(text)-off))
			runs = append(runs, run{off, n})
			off += n
		}
		r.Shuffle(len(runs), func(i, j int) { runs[i], runs[j] = runs[j], runs[i] })
		checkRuns(t, text, r.Uint32(), runs)
	}
}

func TestAnyOverlapsAndLosses(t *testing.T) {
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 2))
		text := someText(r, 1+r.IntN(300))
		runs := make([]run, r.IntN(60))
		for i := range runs {
			off := r.IntN(len(text))
			runs[i] = run{off, r.IntN(min(50, len(text)-off) + 1)}
		}
		checkRuns(t, text, ^uint32(0)-uint32(r.IntN(300)), runs)
	}
}

// Each pair of bytes of script is a run of a fixed text.
func FuzzRuns(f *testing.F) {
	f.Add(uint32(0), []byte{0, 3, 6, 3, 3, 3})
	f.Add(^uint32(0), []byte{3, 9, 0, 40, 200, 55})
	text := bytes.Repeat([]byte("abcdefghijklmnopqrstuvwxyz0123"), 18)
	f.Fuzz(func(t *testing.T, base uint32, script []byte) {
		var runs []run
		for i := 0; i+1 < len(script) && len(runs) < MaxPieces/4; i += 2 {
			runs = append(runs, run{int(script[i]), int(script[i+1])})
		}
		checkRuns(t, text, base, runs)
	})
}

// Whatever a sender does, the chunks join, nothing stays counted and little waits.
func FuzzHostile(f *testing.F) {
	f.Add([]byte{0, 0, 0, 0, 0, 5, 1, 0, 255, 255, 0, 9})
	f.Fuzz(func(t *testing.T, script []byte) {
		l := log{t: t, budget: Budget{Limit: 4096}}
		for i := 0; i+6 <= len(script); i += 6 {
			s := script[i : i+6]
			data := script[i : i+int(s[5])%(len(script)-i)]
			segment := Segment{
				Frame: i, Time: start.Add(1 << (s[0] >> 2)), Seq: uint32(s[1])<<24 | uint32(s[2])<<16 | uint32(s[3])<<8 | uint32(s[4]),
				SYN: s[0]&1 != 0, FIN: s[0]&2 != 0, Payload: data, Len: int(s[5]),
			}
			l.add(segment)
			if s[0]&12 == 12 {
				l.half.Acked(segment.Seq+uint32(s[5]), segment.Time, l.chunk)
			}
			if l.budget.Used() > 4096 {
				t.Fatalf("%d bytes wait", l.budget.Used())
			}
			l.text = nil
		}
		l.half.Flush(l.chunk)
		if l.budget.Used() != 0 {
			t.Errorf("%d bytes are still counted", l.budget.Used())
		}
	})
}
