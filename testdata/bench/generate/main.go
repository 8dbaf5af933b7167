// Command generate writes a capture for benchmarks: what it is told apart, always the same.
//
//	go run ./testdata/bench/generate -kind web -frames 1000000 >web.pcap
package main

import (
	"bufio"
	"bytes"
	"container/heap"
	"encoding/binary"
	"flag"
	"fmt"
	"log"
	"math/rand/v2"
	"os"
	"time"

	"github.com/pktjourney/pktjourney/decode/capture"
	"github.com/pktjourney/pktjourney/decode/capture/captest/packet"
)

// kinds make one conversation of each kind of capture.
var kinds = map[string]func(*rand.Rand, int) *packet.Capture{"web": office, "dns": question, "flows": visit}

// together is how many conversations go on or are about to begin, and pause how long each waits at most before it
// begins: pages and questions come some 7,000 frames a second, as in an office.
var (
	together = map[string]int{"web": 60, "dns": 200, "flows": 20000}
	pause    = map[string]time.Duration{"web": 5 * time.Second, "dns": 100 * time.Millisecond, "flows": time.Millisecond}
)

func main() {
	kind := flag.String("kind", "web", "web: pages over HTTP and HTTPS, and what else an office does; dns: questions alone; flows: many short connections; stream: one endless response")
	frames := flag.Int("frames", 1000000, "how many frames")
	flag.Parse()
	make := kinds[*kind]
	if make == nil && *kind != "stream" {
		log.Fatalf("no kind is called %q", *kind)
	}
	out := bufio.NewWriterSize(os.Stdout, 1<<20)
	out.Write(binary.LittleEndian.AppendUint32([]byte("\xd4\xc3\xb2\xa1\x02\x00\x04\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x04\x00"), 1))
	if make == nil {
		stream(out, *frames)
	} else {
		write(out, *frames, *kind, make)
	}
	if err := out.Flush(); err != nil {
		log.Fatal(err)
	}
}

// stream is one response as long as all frames: of three frames two bring 1,448 bytes each, the third acknowledges them.
func stream(out *bufio.Writer, frames int) {
	const (
		client, server = "192.168.1.100:40000", "203.0.113.82:80"
		request        = "GET / HTTP/1.1\r\nHost: www.example.com\r\n\r\n"
	)
	now, sent := packet.Start, uint32(1)
	put := func(way string, s packet.Segment) {
		c := packet.New()
		s.Window = 65535
		c.TCP(way, s)
		record(out, c.Frames()[0], now)
		now = now.Add(12 * time.Microsecond) // a gigabit a second
	}
	toServer, toClient := client+" > "+server, server+" > "+client
	put(toServer, packet.Segment{Flags: "S"})
	put(toClient, packet.Segment{Flags: "SA", Ack: 1})
	put(toServer, packet.Segment{Flags: "PA", Seq: 1, Ack: 1, Data: []byte(request)})
	acked := uint32(1 + len(request))
	body := bytes.Repeat([]byte("x"), 1448)
	head := fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n", frames*len(body))
	put(toClient, packet.Segment{Flags: "A", Seq: sent, Ack: acked, Data: []byte(head)})
	sent += uint32(len(head))
	for n := 4; n < frames; n++ {
		if n%3 == 0 {
			put(toServer, packet.Segment{Flags: "A", Seq: acked, Ack: sent})
			continue
		}
		put(toClient, packet.Segment{Flags: "A", Seq: sent, Ack: acked, Data: body})
		sent += uint32(len(body))
	}
}

// write interleaves conversations, each from its own beginning.
func write(out *bufio.Writer, frames int, kind string, make func(*rand.Rand, int) *packet.Capture) {
	random := rand.New(rand.NewPCG(1, 2))
	var going talks
	now := packet.Start
	for n, made := 0, 0; n < frames; n++ {
		for len(going) < together[kind] {
			heap.Push(&going, &talk{frames: make(random, made).Frames(), from: now.Add(time.Duration(random.Int64N(int64(pause[kind]))))})
			made++
		}
		t := going[0]
		now = t.at()
		record(out, t.frames[0], now)
		if t.frames = t.frames[1:]; len(t.frames) == 0 {
			heap.Pop(&going)
		} else {
			heap.Fix(&going, 0)
		}
	}
}

func record(out *bufio.Writer, f *capture.Frame, at time.Time) {
	var h [16]byte
	binary.LittleEndian.PutUint32(h[0:], uint32(at.Unix()))
	binary.LittleEndian.PutUint32(h[4:], uint32(at.Nanosecond()/1000))
	binary.LittleEndian.PutUint32(h[8:], uint32(len(f.Data)))
	binary.LittleEndian.PutUint32(h[12:], uint32(f.WireLen))
	out.Write(h[:])
	out.Write(f.Data)
}

// talk is a conversation that goes on.
type talk struct {
	frames []*capture.Frame
	from   time.Time
}

// at is when its next frame comes: a tenth of the time that the frames themselves tell.
func (t *talk) at() time.Time { return t.from.Add(t.frames[0].Time.Sub(packet.Start) / 10) }

type talks []*talk

func (t talks) Len() int           { return len(t) }
func (t talks) Less(i, j int) bool { return t[i].at().Before(t[j].at()) }
func (t talks) Swap(i, j int)      { t[i], t[j] = t[j], t[i] }
func (t *talks) Push(x any)        { *t = append(*t, x.(*talk)) }
func (t *talks) Pop() any {
	last := (*t)[len(*t)-1]
	*t = (*t)[:len(*t)-1]
	return last
}
