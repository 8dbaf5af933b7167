package http

import (
	"fmt"
	"testing"

	"github.com/pktjourney/pktjourney/decode/flow"
)

// responses has every way to delimit a body, one behind the other.
const responses = ok5 + "hello" +
	"HTTP/1.1 100 Continue\r\n\r\n" +
	okCh + "5\r\nhello\r\n1;x\r\n!\r\n0\r\nT: u\r\n\r\n" +
	"HTTP/1.1 304 Not Modified\nContent-Length: 7\n\n" +
	ok + "Content-Type: text/html\r\nContent-Length: 0\r\n\r\n" +
	"\r\n" + ok + "\r\nuntil the end"

const pipeline = get + "POST /a?b HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n" + headReq +
	"\r\nPUT / HTTP/1.1\r\nContent-Length: 2\r\n\r\nxy" + get

// places feeds stream in chunks of the sizes that cut gives and lists where each
// message ended, and what it was.
func places(stream string, cut func(i int) int) (list []string) {
	var c Conn
	off := 0
	note := func(parts []Part) {
		for _, p := range parts {
			off += p.Len
			if p.End {
				m := p.Message
				list = append(list, fmt.Sprintln(off, m.HeadBytes, m.BodyBytes, m.Complete, m.HeadErr, m.BodyErr, m.AppendFacts(nil)))
			}
		}
	}
	for i := 0; len(stream) > 0; i++ {
		n := min(max(cut(i), 1), len(stream))
		note(c.Data(sv, []byte(stream[:n]), nil))
		stream = stream[n:]
	}
	note(c.Close(sv, nil))
	return list
}

func TestAnySplitGivesTheSameMessages(t *testing.T) {
	for _, stream := range []string{responses, pipeline} {
		want := places(stream, func(int) int { return len(stream) })
		if len(want) < 5 {
			t.Fatalf("%d messages: %v", len(want), want)
		}
		for size := 1; size < 60; size++ {
			if got := places(stream, func(int) int { return size }); fmt.Sprint(got) != fmt.Sprint(want) {
				t.Fatalf("chunks of %d: got\n%v\nwant\n%v", size, got, want)
			}
		}
		for first := range stream {
			cut := func(i int) int { return []int{first, len(stream)}[min(i, 1)] }
			if got := places(stream, cut); fmt.Sprint(got) != fmt.Sprint(want) {
				t.Fatalf("cut at %d: got\n%v\nwant\n%v", first, got, want)
			}
		}
	}
}

// skips gives b to c, by Skip if that takes it, which it must only where Data gives the one part that it says.
func skips(t *testing.T, c *Conn, dir flow.Dir, b []byte, parts []Part) (taken bool) {
	t.Helper()
	if !c.Skip(dir, len(b)) {
		if got := c.Data(dir, b, nil); show(got) != show(parts) {
			t.Fatalf("%s, want %s", show(got), show(parts))
		}
		return false
	}
	if p := parts[0]; len(parts) != 1 || p.Len != len(b) || p.Begin || p.End || !(p.Message != nil) {
		t.Fatalf("%d bytes were taken for more of one message; they are %+v", len(b), parts)
	}
	return true
}

func TestSkipIsData(t *testing.T) {
	taken := 0
	for size := 1; size < 70; size++ {
		var c, skipping Conn
		for stream := []byte(responses); len(stream) > 0; {
			n := min(size, len(stream))
			if skips(t, &skipping, sv, stream[:n], c.Data(sv, stream[:n], nil)) {
				taken++
			}
			stream = stream[n:]
		}
	}
	if taken == 0 {
		t.Error("nothing was taken")
	}
}

func FuzzConn(f *testing.F) {
	f.Add([]byte(responses), []byte{5, 1, 200, 12})
	f.Add([]byte(pipeline), []byte{1, 1, 1})
	f.Add([]byte(okCh+"5\r\nabc"), []byte{255, 6, 6})
	f.Fuzz(func(t *testing.T, stream, sizes []byte) {
		var c, skipping Conn
		for i := 0; len(stream) > 0; i++ {
			size := 64
			if len(sizes) > 0 {
				size = int(sizes[i%len(sizes)]) + 1
			}
			n := min(size, len(stream))
			dir := flow.Dir(size & 1)
			var parts []Part
			if size%7 == 0 {
				parts = c.Gap(dir, n, nil)
				skipping.Gap(dir, n, nil)
			} else {
				parts = c.Data(dir, stream[:n], nil)
				skips(t, &skipping, dir, stream[:n], parts)
			}
			sum := 0
			for _, p := range parts {
				sum += p.Len
				if p.Message == nil && (p.Begin || p.End) {
					t.Fatalf("no message begins or ends: %+v", p)
				}
			}
			if sum != n {
				t.Fatalf("parts cover %d of %d bytes: %s", sum, n, show(parts))
			}
			stream = stream[n:]
		}
		c.Close(cl, nil)
		c.Close(sv, nil)
	})
}
