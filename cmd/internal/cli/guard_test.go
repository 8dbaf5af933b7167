//go:build unix

package cli

import (
	"bytes"
	"crypto/tls"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/pktjourney/pktjourney/decode/capture"
	"github.com/pktjourney/pktjourney/decode/capture/captest"
	"github.com/pktjourney/pktjourney/decode/capture/captest/packet"
)

// visits is a capture of so many visits of pages: question, connection, TLS, and a page of 60 kB.
func visits(n int) (content []byte, frames int) {
	page := "HTTP/1.1 200 OK\r\nContent-Length: 60000\r\n\r\n" + strings.Repeat("x", 60000)
	flights := packet.TLS("www.example.com", tls.VersionTLS13, "GET / HTTP/1.1\r\nHost: www.example.com\r\n\r\n", page)
	c := packet.New()
	for i := range n {
		name, addr := fmt.Sprintf("www%d.example.com", i%50), fmt.Sprintf("203.0.113.%d", i%50)
		question := packet.DNS{Client: fmt.Sprintf("192.168.1.100:%d", 10000+i), Server: "198.51.100.53", ID: uint16(i), Name: name}
		c.Query(question)
		question.Answers = []string{name + " A " + addr}
		c.Answer(question)
		s := c.Connection(fmt.Sprintf("192.168.1.100:%d > %s:443", 10000+i, addr))
		s.Open()
		for k := range flights {
			if flights[k].FromClient {
				s.Client.SendAll(flights[k].Data, 1400)
			} else {
				s.Server.SendAll(flights[k].Data, 1400)
			}
		}
		s.Close()
	}
	list := make([]capture.Frame, len(c.Frames()))
	for i, f := range c.Frames() {
		list[i] = *f
	}
	return captest.Pcap(capture.LinkEthernet, list...), len(list)
}

// Annotating web traffic costs so many times what reading it does, whatever the machine, and takes memory only now
// and then: who makes a frame twice as dear notices it here. What the program does before the first frame is not counted.
func TestCostOfAFrame(t *testing.T) {
	const ( // measured in November 2026: 30 times, 4.2 allocations
		mostTimes  = 60
		mostAllocs = 6
	)
	content, frames := visits(300)
	one, _ := visits(1)
	reading := least(t, func() {
		for range 20 { // it is too quick to be measured once
			f, err := capture.OpenReader("visits", bytes.NewReader(content))
			for err == nil {
				_, err = f.Next()
			}
			if err != io.EOF {
				t.Fatal(err)
			}
		}
	})
	annotating, starting := least(t, annotates(t, content)), least(t, annotates(t, one))
	times := (annotating.cpu - starting.cpu).Seconds() / (reading.cpu.Seconds() / 20)
	allocs := float64(annotating.mallocs-starting.mallocs) / float64(frames)
	t.Logf("%d frames: %.1f times as much as reading them, %.2f allocations each", frames, times, allocs)
	if times > mostTimes || allocs > mostAllocs {
		t.Errorf("a frame costs %.1f times as much as reading it, and %.2f allocations", times, allocs)
	}
}

// annotates annotates content.
func annotates(t *testing.T, content []byte) func() {
	return func() {
		w := newWorld()
		w.In, w.Out = bytes.NewReader(content), io.Discard
		if status := Main(&w.Env, []string{"annotate", "-f", "ndjson", "--workers", "1", "-"}); status != statusDone {
			t.Fatalf("status %d: %s", status, w.err.String())
		}
	}
}

// effort is what a run took.
type effort struct {
	cpu     time.Duration
	mallocs uint64
}

// least is what run takes, the least of some rounds.
func least(t *testing.T, run func()) effort {
	t.Helper()
	var best effort
	for i := range 5 {
		runtime.GC()
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		begin := cpu()
		run()
		took := cpu() - begin
		runtime.ReadMemStats(&after)
		if i == 0 || took < best.cpu {
			best = effort{took, after.Mallocs - before.Mallocs}
		}
	}
	return best
}
