package http2

import (
	"fmt"
	"strings"
	"testing"

	"github.com/pktjourney/pktjourney/decode/flow"
)

// requests and responses have all kinds of frames, one behind the other.
var (
	requests = Preface + settings(settingHeaderTableSize, 8192, 0x3, 100) + get(1, "/a") + ping +
		strings.Join(inPieces(3, block(":method: GET", ":path: /b", "cookie: "+strings.Repeat("c", 50)), 3), "") +
		frame(TypeHeaders, flagEndHeaders|flagPadded|flagPriority, 5, "\x04\x00\x00\x00\x00\x07"+block(":method: POST", ":path: /c")+"\x00\x00\x00\x00") +
		frame(TypeData, flagPadded, 5, "\x05hello\x00\x00\x00\x00\x00") + data(5, false, "") + headers(5, true, "grpc-status: 0") +
		frame(TypeRSTStream, 0, 3, "\x00\x00\x00\x08") + get(7, "/d")

	responses = settings() + frame(TypeSettings, flagAck, 0, "") + headers(1, false, ":status: 103") + ok(1, false) +
		frame(TypePushPromise, flagEndHeaders|flagPadded, 1, "\x02\x00\x00\x00\x02"+block(":method: GET", ":path: /p")+"\x00\x00") +
		data(1, false, "some") + ok(5, false) + data(1, true, " text") + data(5, true, "") + ok(2, true) + frame(0xf, 7, 9, "unknown") + ok(7, true)
)

// places feeds s to one direction in chunks of the sizes that cut gives and lists where headers
// and messages ended, and whose they were.
func places(dir flow.Dir, s string, cut func(i int) int) (list []string, all []*Message) {
	var c Conn
	off := 0
	for i := 0; len(s) > 0; i++ {
		n := min(max(cut(i), 1), len(s))
		for _, p := range c.Data(dir, []byte(s[:n]), nil) {
			if off += p.Len; p.Head || p.End || p.Err != nil {
				list = append(list, fmt.Sprintln(off, p.Message.Stream, p.Head, p.End, p.Err))
				all = append(all, p.Message)
			}
		}
		s = s[n:]
	}
	return list, all
}

// whole is places, and what the messages were in the end.
func whole(dir flow.Dir, s string, cut func(i int) int) (list []string) {
	list, all := places(dir, s, cut)
	for _, m := range all {
		list = append(list, fmt.Sprintln(m.HeadComplete, m.HeadErr, m.HeadBytes, m.BodyBytes, m.Complete, m.AppendFacts(nil, true)))
	}
	return list
}

func TestAnySplitGivesTheSameMessages(t *testing.T) {
	for dir, s := range map[flow.Dir]string{cl: requests, sv: responses} {
		want := whole(dir, s, func(int) int { return len(s) })
		if len(want) < 5 {
			t.Fatalf("%d ends: %v", len(want), want)
		}
		for size := 1; size < 60; size++ {
			if got := whole(dir, s, func(int) int { return size }); fmt.Sprint(got) != fmt.Sprint(want) {
				t.Fatalf("chunks of %d: got\n%v\nwant\n%v", size, got, want)
			}
		}
		for first := range s {
			cut := func(i int) int { return []int{first, len(s)}[min(i, 1)] }
			if got := whole(dir, s, cut); fmt.Sprint(got) != fmt.Sprint(want) {
				t.Fatalf("cut at %d: got\n%v\nwant\n%v", first, got, want)
			}
		}
	}
}

// Every prefix tells what the whole does up to there, and no more.
func TestEveryPrefix(t *testing.T) {
	for dir, s := range map[flow.Dir]string{cl: requests, sv: responses} {
		want, _ := places(dir, s, func(int) int { return len(s) })
		for n := range s {
			got, _ := places(dir, s[:n], func(int) int { return max(n, 1) })
			if len(got) > len(want) || fmt.Sprint(got) != fmt.Sprint(want[:len(got)]) {
				t.Fatalf("prefix of %d bytes: got\n%v\nof\n%v", n, got, want)
			}
		}
	}
}

func FuzzConn(f *testing.F) {
	f.Add([]byte(requests), []byte{5, 1, 200, 12})
	f.Add([]byte(responses), []byte{1, 1, 1})
	f.Add([]byte(responses), []byte{255, 6, 6})
	f.Add([]byte(Preface+strings.Join(bothTables(), "")), []byte{100})
	f.Fuzz(func(t *testing.T, s, sizes []byte) {
		var c Conn
		for i := 0; len(s) > 0; i++ {
			size := 64
			if len(sizes) > 0 {
				size = int(sizes[i%len(sizes)]) + 1
			}
			n := min(size, len(s))
			dir := flow.Dir(size & 1)
			var parts []Part
			if size%7 == 0 {
				parts = c.Gap(dir, n, nil)
			} else {
				parts = c.Data(dir, s[:n], nil)
			}
			checkParts(t, parts, n)
			s = s[n:]
		}
		c.Close(cl, nil)
		c.Close(sv, nil)
		if len(c.streams.open) > maxStreams || len(c.streams.order) > 2*maxStreams {
			t.Fatalf("%d streams, %d in order", len(c.streams.open), len(c.streams.order))
		}
	})
}

func checkParts(t *testing.T, parts []Part, n int) {
	t.Helper()
	sum := 0
	for _, p := range parts {
		sum += p.Len
		if p.Message == nil && (p.Begin || p.Head || p.End) || p.Message != nil && p.Control != 0 || p.Len < 0 {
			t.Fatalf("part %+v", p)
		}
	}
	if sum != n {
		t.Fatalf("parts cover %d of %d bytes: %s", sum, n, show(parts))
	}
}
