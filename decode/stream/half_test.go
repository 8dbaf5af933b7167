package stream

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

var start = time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)

// isn is the initial sequence number of the tables: offset 0 is isn+1.
const isn = 999

// seg makes a segment at the stream offset off, ms milliseconds after start.
func seg(frame int, off int, data string, ms int) Segment {
	return Segment{
		Frame: frame, Time: start.Add(time.Duration(ms) * time.Millisecond),
		Seq: uint32(isn + 1 + off), Payload: []byte(data), Len: len(data),
	}
}

func syn() Segment          { return Segment{Frame: 1, Time: start, Seq: isn, SYN: true} }
func fin(s Segment) Segment { s.FIN = true; return s }
func cut(s Segment, missing int) Segment {
	s.Len += missing
	return s
}

// log writes down what a Half delivers and says, as in "2:abc gap3 4:def*", a
// star for bytes that had to wait.
type log struct {
	half   Half
	budget Budget
	text   []string
	end    int64
	t      *testing.T
}

func (l *log) chunk(c Chunk) {
	if c.Off != l.end {
		l.t.Errorf("a chunk at %d, the one before ended at %d", c.Off, l.end)
	}
	l.end = c.Off + int64(len(c.Data)+c.Gap)
	s := fmt.Sprintf("%d:%s", c.Frame, c.Data)
	if c.Gap > 0 {
		s = fmt.Sprintf("%d:gap%d", c.Frame, c.Gap)
	}
	if c.Late {
		s += "*"
	}
	l.text = append(l.text, s)
}

func (l *log) add(s Segment) {
	if v := l.half.Add(s, &l.budget, l.chunk); v != 0 {
		l.text = append(l.text, v.String())
	}
}

func (l *log) String() string { return strings.Join(l.text, " ") }

func TestHalf(t *testing.T) {
	rst := seg(2, 0, "go away", 1)
	rst.RST = true
	for _, c := range []struct {
		name, ref string
		segments  []Segment
		want      string // before the flush
		flush     string // what the flush adds
	}{
		{"in order", "RFC 9293 section 3.4", []Segment{syn(), seg(2, 0, "abc", 1), seg(3, 3, "def", 2)}, "2:abc 3:def", ""},
		{"joined late", "", []Segment{seg(2, 100, "abc", 1), seg(3, 103, "def", 2)}, "2:abc 3:def", ""},
		{"before the place where it was joined", "", []Segment{seg(2, 100, "abc", 1), seg(3, 97, "xyz", 2)}, "2:abc [retransmission]", ""},
		{"before an ACK where it was joined", "RFC 9293 section 3.10.7.4", []Segment{seg(2, 100, "", 1), seg(3, 97, "xyz", 2), seg(4, 100, "abc", 3)}, "3:xyz 4:abc", ""},
		{"too far before it", "documented limit", []Segment{seg(2, 100000, "", 1), seg(3, 97, "xyz", 2), seg(4, 100000, "abc", 3)}, "[retransmission] 4:abc", ""},
		{"before a FIN where it was joined", "RFC 9293 section 3.6", []Segment{fin(seg(2, 100, "", 1)), seg(3, 97, "xyz", 2)}, "[retransmission]", ""},
		{"joined at a keep-alive of no byte", "RFC 9293 section 3.8.4", []Segment{seg(2, 99, "", 1), seg(3, 100, "abc", 2)}, "3:abc", ""},
		{"joined before a keep-alive of one byte", "RFC 1122 section 4.2.3.6", []Segment{seg(2, 100, "", 1), seg(3, 99, "?", 2), seg(4, 100, "abc", 3)}, "[keep-alive] 4:abc", ""},
		{"data with the SYN", "RFC 7413 section 2", []Segment{
			{Frame: 1, Time: start, Seq: isn, SYN: true, Payload: []byte("abc"), Len: 3}, seg(2, 3, "def", 1),
		}, "1:abc 2:def", ""},
		{"SYN again", "RFC 9293 section 3.4", []Segment{syn(), syn(), seg(2, 0, "abc", 1)}, "2:abc", ""},
		{"reordered", "RFC 9293 section 3.4", []Segment{syn(), seg(2, 3, "def", 1), seg(3, 6, "ghi", 2), seg(4, 0, "abc", 3)},
			"[ahead] [ahead] 4:abc 2:def* 3:ghi* [out of order]", ""},
		{"lost", "", []Segment{syn(), seg(2, 3, "def", 1), seg(3, 6, "ghi", 2)}, "[ahead] [ahead]", "0:gap3 2:def* 3:ghi*"},
		{"two holes", "", []Segment{syn(), seg(2, 3, "def", 1), seg(3, 9, "jkl", 2), seg(4, 0, "abc", 3)},
			"[ahead] [ahead] 4:abc 2:def* [out of order]", "0:gap3 3:jkl*"},
		{"retransmission with other bytes", "first copy counts", []Segment{syn(), seg(2, 0, "abc", 1), seg(3, 0, "XYZ", 2)}, "2:abc [retransmission]", ""},
		{"retransmission of what waits", "first copy counts", []Segment{syn(), seg(2, 3, "def", 1), seg(3, 3, "XYZ", 2), seg(4, 0, "abc", 3)},
			"[ahead] [retransmission ahead] 4:abc 2:def* [out of order]", ""},
		{"retransmission with more behind", "RFC 9293 section 3.10.7.4", []Segment{syn(), seg(2, 0, "abc", 1), seg(3, 0, "XYZdef", 2)}, "2:abc 3:def [partial]", ""},
		{"overlap in front of what waits", "first copy counts", []Segment{syn(), seg(2, 3, "def", 1), seg(3, 0, "abcDE", 2)},
			"[ahead] 3:abc 2:def* [partial out of order]", ""},
		{"over what waits and beyond", "first copy counts", []Segment{syn(), seg(2, 3, "def", 1), seg(3, 0, "abcDEFghi", 2)},
			"[ahead] 3:abc 2:def* 3:ghi [partial out of order]", ""},
		{"ahead over what waits", "first copy counts", []Segment{syn(), seg(2, 3, "def", 1), seg(3, 1, "bcDEFghi", 2), seg(4, 0, "a", 3)},
			"[ahead] [partial out of order ahead] 4:a 3:bc* 2:def* 3:ghi* [out of order]", ""},
		{"keep-alive of no byte", "RFC 9293 section 3.8.4", []Segment{syn(), seg(2, 0, "abc", 1), seg(3, 2, "", 2)}, "2:abc [keep-alive]", ""},
		{"keep-alive of one byte", "RFC 1122 section 4.2.3.6", []Segment{syn(), seg(2, 0, "abc", 1), seg(3, 2, "c", 2)}, "2:abc [keep-alive]", ""},
		{"zero-window probe", "RFC 9293 section 3.8.6.1", []Segment{syn(), seg(2, 0, "abc", 1), seg(3, 3, "d", 2), seg(4, 3, "def", 3)}, "2:abc 3:d 4:ef [partial]", ""},
		{"acknowledgement without data", "", []Segment{syn(), seg(2, 0, "", 1), seg(3, 0, "abc", 2), seg(4, 3, "", 3)}, "3:abc", ""},
		{"cut", "snap length", []Segment{syn(), cut(seg(2, 0, "abc", 1), 5), seg(3, 8, "ijk", 2)}, "2:abc 2:gap5 3:ijk", ""},
		{"cut to nothing", "snap length", []Segment{syn(), cut(seg(2, 0, "", 1), 5), seg(3, 5, "fgh", 2)}, "2:gap5 3:fgh", ""},
		{"cut while it waits", "snap length", []Segment{syn(), cut(seg(2, 3, "d", 1), 2), seg(3, 0, "abc", 2)}, "[ahead] 3:abc 2:d* 2:gap2* [out of order]", ""},
		{"overlap within what was cut", "snap length", []Segment{syn(), seg(2, 0, "abc", 1), cut(seg(3, 0, "XY", 2), 4)}, "2:abc 3:gap3 [partial]", ""},
		{"reset", "RFC 9293 section 3.5.3", []Segment{syn(), rst, seg(3, 0, "abc", 2)}, "3:abc", ""},
		{"FIN with data", "RFC 9293 section 3.6", []Segment{syn(), fin(seg(2, 0, "abc", 1)), seg(3, 4, "", 2)}, "2:abc", ""},
		{"lost before the FIN", "RFC 9293 section 3.6", []Segment{syn(), seg(2, 0, "abc", 1), fin(seg(3, 6, "", 2))}, "2:abc", "0:gap3"},
		{"a hole that stood too long", "documented limit", []Segment{syn(), seg(2, 3, "def", 1), seg(3, 6, "ghi", 5001)}, "[ahead] 0:gap3 2:def* 3:ghi*", ""},
		{"a hole that moves on", "documented limit", []Segment{syn(), seg(2, 3, "d", 1), seg(3, 0, "a", 4000), seg(4, 1, "b", 8000), seg(5, 2, "c", 12000)},
			"[ahead] 3:a [out of order] 4:b [out of order] 5:c 2:d* [out of order]", ""},
		{"after a hole that was given up", "documented limit", []Segment{syn(), seg(2, 3, "def", 1), seg(3, 6, "ghi", 5001), seg(4, 0, "abc", 5002)},
			"[ahead] 0:gap3 2:def* 3:ghi* [retransmission]", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := log{t: t}
			for _, s := range c.segments {
				l.add(s)
			}
			if got := l.String(); got != c.want {
				t.Errorf("%s\n got %s\nwant %s", c.ref, got, c.want)
			}
			l.text = nil
			l.half.Flush(l.chunk)
			if got := l.String(); got != c.flush {
				t.Errorf("flush gave %q, want %q", got, c.flush)
			}
			if l.budget.Used() != 0 || l.half.Next() != l.end {
				t.Errorf("in the end %d bytes are counted, next is %d of %d", l.budget.Used(), l.half.Next(), l.end)
			}
		})
	}
}

func TestSequenceNumbersWrap(t *testing.T) {
	l := log{t: t}
	base := uint32(1<<32 - 4)
	at := func(frame, off int, data string) Segment {
		return Segment{Frame: frame, Time: start, Seq: base + uint32(off), Payload: []byte(data), Len: len(data)}
	}
	l.add(Segment{Frame: 1, Time: start, Seq: base - 1, SYN: true})
	l.add(at(2, 0, "abc"))
	l.add(at(3, 6, "ghi"))
	l.add(at(4, 3, "def"))
	l.add(at(5, 2, "cd"))
	if got, want := l.String(), "2:abc [ahead] 4:def 3:ghi* [out of order] [retransmission]"; got != want {
		t.Errorf("RFC 9293 section 3.4\n got %s\nwant %s", got, want)
	}
	if got := l.half.Off(5); got != 9 || l.half.Next() != 9 {
		t.Errorf("sequence number 5 is at %d, next %d", got, l.half.Next())
	}
	if got := l.half.Off(base - 1); got != -1 {
		t.Errorf("the SYN is at %d", got)
	}
}

// More bytes than there are sequence numbers.
func TestOffsetsGoBeyondTheWrap(t *testing.T) {
	var h Half
	var b Budget
	h.Add(syn(), &b, nil)
	end := int64(0)
	for i := range 10 {
		s := Segment{Frame: i, Seq: isn + 1 + uint32(end), Len: 1 << 29, Time: start}
		h.Add(s, &b, func(c Chunk) { end += int64(c.Gap) })
	}
	if h.Next() != 10<<29 || end != 10<<29 {
		t.Errorf("next is %d, delivered %d", h.Next(), end)
	}
}

func TestFIN(t *testing.T) {
	l := log{t: t}
	l.add(syn())
	l.add(fin(seg(3, 3, "def", 1)))
	if n, ok := l.half.FIN(); n != 6 || !ok || l.half.Closed() {
		t.Errorf("FIN at %d, %t; closed %t", n, ok, l.half.Closed())
	}
	l.add(seg(2, 0, "abc", 2))
	if !l.half.Closed() {
		t.Error("not closed when all bytes are there")
	}
}

func TestAcked(t *testing.T) {
	ms := func(n int) time.Time { return start.Add(time.Duration(n) * time.Millisecond) }
	l := log{t: t}
	ack := func(off, at int) { l.half.Acked(uint32(isn+1+off), ms(at), l.chunk) }
	l.add(syn())
	l.add(seg(2, 3, "def", 1))
	ack(0, 2) // asks for the missing bytes
	ack(6, 3)
	if got, want := l.String(), "[ahead]"; got != want {
		t.Errorf("within the grace: got %s, want %s", got, want)
	}
	ack(6, 14)
	if got, want := l.String(), "[ahead] 0:gap3 2:def*"; got != want {
		t.Errorf("after it: got %s, want %s", got, want)
	}
	l.add(seg(3, 9, "jkl", 20))
	l.add(seg(4, 15, "pqr", 21))
	ack(12, 22)
	l.add(seg(5, 6, "ghi", 23)) // was captured after its acknowledgement
	l.add(seg(6, 18, "s", 60))
	ack(1<<30, 61) // nobody sent that
	ack(1<<30, 80)
	if got, want := l.String(), "[ahead] 0:gap3 2:def* [ahead] [ahead] 5:ghi 3:jkl* [out of order] [ahead] 0:gap3 4:pqr* 6:s*"; got != want {
		t.Errorf("later\n got %s\nwant %s", got, want)
	}
	l.text = nil
	l.add(fin(seg(7, 25, "", 100)))
	ack(26, 101)
	ack(26, 112)
	if got, want := l.String(), "0:gap6"; got != want || !l.half.Closed() {
		t.Errorf("FIN acknowledged: got %s, want %s", got, want)
	}
}

func TestLimits(t *testing.T) {
	big := string(make([]byte, 60000))
	for _, c := range []struct {
		name     string
		limit    int
		segments func(i int) Segment
		most     int // that may wait
	}{
		{"bytes", 0, func(i int) Segment { return seg(i, 1+i*60000, big, 1) }, MaxWaiting},
		{"segments", 0, func(i int) Segment { return seg(i, 1+i*2, "x", 1) }, MaxPieces * (1 + overhead)},
		{"budget", 10000, func(i int) Segment { return seg(i, 1+i*1001, big[:1000], 1) }, 10000},
		{"budget smaller than a segment", 100, func(i int) Segment { return seg(i, 1+i*1001, big[:1000], 1) }, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := log{t: t, budget: Budget{Limit: c.limit}}
			l.add(syn())
			for i := range 3000 {
				l.add(c.segments(i))
				if l.budget.Used() > c.most {
					t.Fatalf("%d bytes wait, at most %d may", l.budget.Used(), c.most)
				}
			}
			l.half.Flush(l.chunk)
			if l.budget.Used() != 0 {
				t.Errorf("%d bytes are still counted", l.budget.Used())
			}
		})
	}
}

func TestInOrderDoesNotAllocate(t *testing.T) {
	var h Half
	var b Budget
	n := 0
	deliver := func(c Chunk) { n += len(c.Data) }
	s := Segment{Frame: 1, Time: start, Payload: make([]byte, 1460), Len: 1460}
	if allocs := testing.AllocsPerRun(100, func() {
		h.Add(s, &b, deliver)
		h.Acked(s.Seq, s.Time, deliver)
		s.Seq += 1460
	}); allocs != 0 || n == 0 {
		t.Errorf("%v allocations, %d bytes", allocs, n)
	}
}

func BenchmarkAdd(b *testing.B) {
	payload := make([]byte, 1460)
	deliver := func(Chunk) {}
	b.Run("in order", func(b *testing.B) {
		var h Half
		var budget Budget
		s := Segment{Frame: 1, Time: start, Payload: payload, Len: len(payload)}
		b.SetBytes(int64(len(payload)))
		b.ReportAllocs()
		for b.Loop() {
			h.Add(s, &budget, deliver)
			s.Seq += uint32(len(payload))
		}
	})
	b.Run("every second late", func(b *testing.B) {
		var h Half
		var budget Budget
		s := Segment{Frame: 1, Time: start, Payload: payload, Len: len(payload)}
		h.Add(Segment{Frame: 1, Time: start, Seq: ^uint32(0), SYN: true}, &budget, deliver)
		b.SetBytes(2 * int64(len(payload)))
		b.ReportAllocs()
		for seq := uint32(0); b.Loop(); seq += 2 * uint32(len(payload)) {
			s.Seq = seq + uint32(len(payload))
			h.Add(s, &budget, deliver)
			s.Seq = seq
			h.Add(s, &budget, deliver)
		}
	})
}
