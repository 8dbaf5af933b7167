//go:build unix

package cli

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"math/rand/v2"
	"net/netip"
	"os"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/pktjourney/pktjourney/decode/capture"
	"github.com/pktjourney/pktjourney/decode/capture/captest"
	"github.com/pktjourney/pktjourney/decode/capture/captest/packet"
	"github.com/pktjourney/pktjourney/decode/flow"
)

// bombFrames is how many frames a bomb has: enough to see memory or work grow out of
// bounds. BOMBS in the environment sets another number, as testdata/full does.
func bombFrames() int {
	if n, err := strconv.Atoi(os.Getenv("BOMBS")); err == nil {
		return n
	}
	return 30_000
}

// bomb makes frame number i, from 0.
type bomb func(c *packet.Capture, i int)

// bombs are captures that are made to take memory or time.
var bombs = []struct {
	name  string
	frame bomb
	at    func(i int) time.Duration // when a frame comes; nil: a microsecond after the one before
	heap  uint64                    // MiB that it may take beyond what the program takes anyway, at the number of frames of an ordinary run
	flow  uint64                    // bytes that each frame may add to that, where each is a conversation of its own
	work  float64                   // times the CPU of as many plain frames
	every int                       // one frame for so many plain ones, where each takes long; 0: 1
}{
	{name: "half-open connections", heap: 24, flow: 5000, work: 60, frame: func(c *packet.Capture, i int) {
		c.TCP(host(i)+":1024 > 203.0.113.82:443", packet.Segment{Flags: "S", Seq: uint32(i), Window: 1024})
	}},
	{name: "questions without an answer", heap: 32, flow: 2500, work: 60, frame: func(c *packet.Capture, i int) {
		c.Query(packet.DNS{Client: host(i) + ":4000", Server: "198.51.100.53", ID: uint16(i), Name: fmt.Sprintf("n%d.example.com", i)})
	}},
	{name: "first fragments", heap: 24, work: 20, frame: func(c *packet.Capture, i int) {
		c.Ethernet([6]byte{2, 0, 0, 0, 0, 1}, [6]byte{2, 0, 0, 0, 0, 2}, 0x0800, ipv4(17, uint16(i), 0x2000, byte(i>>16), make([]byte, 1024)))
	}},
	{name: "fragments of one packet", heap: 24, work: 20, frame: func(c *packet.Capture, i int) {
		c.Ethernet([6]byte{2, 0, 0, 0, 0, 1}, [6]byte{2, 0, 0, 0, 0, 2}, 0x0800, ipv4(17, 1, 0x2000|uint16(i%8100), 1, make([]byte, 8)))
	}},
	{name: "TLS records of no length", heap: 24, every: 4, work: 300, frame: func(c *packet.Capture, i int) {
		const record = "\x17\x03\x03\x00\x00"
		c.TCP("192.0.2.1:4000 > 203.0.113.82:443", packet.Segment{Flags: "A", Seq: 1 + uint32(i*1400), Window: 1024, Data: []byte(strings.Repeat(record, 280))})
	}},
	{name: "handshake messages of no length", heap: 64, every: 4, work: 600, frame: func(c *packet.Capture, i int) {
		const record = "\x16\x03\x03\x00\x04\x00\x00\x00\x00" // HelloRequest (RFC 5246 section 7.4.1.1)
		c.TCP("203.0.113.82:443 > 192.0.2.1:4000", packet.Segment{Flags: "A", Seq: 1 + uint32(i*1395), Window: 1024, Data: []byte(strings.Repeat(record, 155))})
	}},
	{name: "sequence numbers at random", heap: 80, work: 60, frame: func(c *packet.Capture, i int) {
		r := rand.New(rand.NewPCG(1, uint64(i)))
		c.TCP("192.0.2.1:4000 > 203.0.113.82:80", packet.Segment{Flags: "A", Seq: r.Uint32(), Ack: r.Uint32(), Window: uint16(r.Uint32()), Data: make([]byte, r.IntN(1400))})
	}},
	{name: "a window of holes", heap: 80, work: 60, frame: func(c *packet.Capture, i int) {
		c.TCP("192.0.2.1:4000 > 203.0.113.82:80", packet.Segment{Flags: "A", Seq: uint32(2 + i*2%60000), Window: 0xffff, Data: []byte{1}})
	}},
	{name: "times that jump by a hundred years", heap: 32, flow: 3500, work: 60, at: func(i int) time.Duration {
		return time.Duration(i%3-1) * 100 * 365 * 24 * time.Hour
	}, frame: func(c *packet.Capture, i int) {
		c.Query(packet.DNS{Client: "192.0.2.1:" + strconv.Itoa(1024+i%60000), Server: "198.51.100.53", ID: uint16(i), Name: fmt.Sprintf("n%d.example.com", i)})
	}},
	{name: "times that go backwards", heap: 24, flow: 5000, work: 60, at: func(i int) time.Duration { return -time.Duration(i) * time.Second }, frame: func(c *packet.Capture, i int) {
		c.TCP(host(i)+":1024 > 203.0.113.82:443", packet.Segment{Flags: "S", Seq: uint32(i), Window: 1024})
	}},
	{name: "names that point at themselves", heap: 24, work: 30, frame: func(c *packet.Capture, i int) {
		b := binary.BigEndian.AppendUint16(nil, uint16(i))
		b = append(b, 0x81, 0x80, 0, 1, 0xff, 0xff, 0, 0, 0, 0) // a response with 65,535 answers
		for range 600 {
			b = append(b, 0xc0, 12) // the name at byte 12, which is this pointer
		}
		c.UDP("198.51.100.53:53 > 192.0.2.1:4000", b)
	}},
	{name: "chains of pointers", heap: 24, every: 4, work: 400, frame: func(c *packet.Capture, i int) {
		b := binary.BigEndian.AppendUint16(nil, uint16(i))
		b = append(b, 0x81, 0x80, 0, 1, 0xff, 0xff, 0, 0, 0, 0, 1, 'a', 0, 0, 1, 0, 1)
		for len(b) < 1400 { // each name is a label and the name before it
			b = binary.BigEndian.AppendUint16(append(b, 1, 'b'), 0xc000|uint16(max(12, len(b)-16)))
			b = append(b, 0, 1, 0, 1, 0, 0, 0, 9, 0, 0)
		}
		c.UDP("198.51.100.53:53 > 192.0.2.1:4000", b)
	}},
	{name: "header fields that stand for others", heap: 48, every: 10, work: 800, frame: func(c *packet.Capture, i int) {
		block := append([]byte{0x40, 1, 'x', 0x7f, 0xa1, 0x1e}, bytes.Repeat([]byte{'v'}, 4000)...) // a field of 4,000 bytes for the table (RFC 7541 section 6.2.1)
		block = append(block, bytes.Repeat([]byte{0xbe}, 12000)...)                                 // and 12,000 times that field
		data := packet.HTTP2Frame(1, 4|1, uint32(2*i+1), string(block))
		seq := uint32(1 + len(packet.HTTP2Preface) + len(packet.HTTP2Settings()) + i*len(data))
		if i == 0 {
			data, seq = packet.HTTP2Preface+packet.HTTP2Settings()+data, 1
		}
		c.TCP("192.0.2.1:4000 > 203.0.113.82:80", packet.Segment{Flags: "A", Seq: seq, Window: 1024, Data: []byte(data)})
	}},
	{name: "frames of 256 kB", heap: 48, every: 100, work: 1500, frame: func(c *packet.Capture, i int) {
		c.Ethernet([6]byte{2, 0, 0, 0, 0, 1}, [6]byte{2, 0, 0, 0, 0, 2}, 0x0800, ipv4(byte(6+i%2*11), uint16(i), 0, 1, make([]byte, 250<<10)))
	}},
}

func host(i int) string {
	return netip.AddrFrom4([4]byte{10, byte(i >> 16), byte(i >> 8), byte(i)}).String()
}

// ipv4 is a packet whose flags and offset are given as they stand in the header (RFC 791 section 3.1).
func ipv4(proto byte, id, fragment uint16, last byte, payload []byte) []byte {
	b := []byte{0x45, 0}
	b = binary.BigEndian.AppendUint16(b, uint16(min(20+len(payload), 0xffff)))
	b = binary.BigEndian.AppendUint16(b, id)
	b = binary.BigEndian.AppendUint16(b, fragment)
	return append(append(b, 64, proto, 0, 0, 192, 0, 2, last, 203, 0, 113, 82), payload...)
}

// No capture takes memory or time out of proportion, and all frames of each are told.
func TestBombs(t *testing.T) {
	n := bombFrames()
	plain := explode(t, bombReader(n, nil, func(c *packet.Capture, i int) {
		c.TCP("192.0.2.1:4000 > 203.0.113.82:80", packet.Segment{Flags: "A", Seq: 1 + uint32(i*100), Window: 1024, Data: make([]byte, 100)})
	}), n)
	for _, b := range bombs {
		t.Run(b.name, func(t *testing.T) {
			count := n / max(1, b.every)
			got := explode(t, bombReader(count, b.at, b.frame), count)
			work := got.cpu.Seconds() / plain.cpu.Seconds() * float64(n) / float64(count)
			heap := got.heap - min(got.heap, plain.heap)
			t.Logf("%d frames: %.1f times the work, %d MiB more", count, work, heap>>20)
			if work > b.work {
				t.Errorf("%.1f times the work of plain frames", work)
			}
			if most := b.heap<<20 + b.flow*uint64(min(count, flow.MaxConversations)); heap > most {
				t.Errorf("%d MiB more than plain frames take, not %d", heap>>20, most>>20)
			}
		})
	}
}

// A file that describes interface after interface, or claims a block that it does not have, ends with a message.
func TestBombsOfBlocks(t *testing.T) {
	section := captest.Ng()
	for _, c := range []struct {
		name, want string
		block      func() []byte // over and over
	}{
		{"interfaces", "more than 65536 interfaces", func() []byte {
			return binary.LittleEndian.AppendUint32([]byte{1, 0, 0, 0, 20, 0, 0, 0, 1, 0, 0, 0, 0, 0, 4, 0}, 20)
		}},
		{"a block of 4 GB", "at frame 1", func() []byte { return []byte{6, 0, 0, 0, 0xfc, 0xff, 0xff, 0xff} }},
		{"an unknown block of 4 GB", "at frame 1", func() []byte { return []byte{0xad, 0x0b, 0, 0, 0xfc, 0xff, 0xff, 0xff} }},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld()
			in := &repeated{head: bytes.Clone(section), block: c.block(), left: 64 << 20}
			w.In = in
			before := measured()
			status := Main(&w.Env, []string{"annotate", "-f", "ndjson", "-"})
			if said := w.err.String(); status != statusNothing && status != statusPart || !strings.Contains(said, c.want) {
				t.Errorf("status %d: %s", status, said)
			}
			if after := measured(); after.heap > before.heap+64<<20 {
				t.Errorf("%d MiB", (after.heap-before.heap)>>20)
			}
		})
	}
}

// repeated gives a head, then a block over and over.
type repeated struct {
	head, block []byte
	left        int // bytes of blocks
}

func (r *repeated) Read(p []byte) (int, error) {
	if len(r.head) == 0 {
		if r.left <= 0 {
			return 0, io.EOF
		}
		r.head = r.block
		r.left -= len(r.block)
	}
	n := copy(p, r.head)
	r.head = r.head[n:]
	return n, nil
}

// bombed gives a capture whose frames are made one at a time, and looks at the memory meanwhile.
type bombed struct {
	left   []byte // of what was made
	next   int
	count  int
	frame  bomb
	at     func(int) time.Duration
	heap   uint64 // the most that was in use
	making time.Duration
}

func bombReader(count int, at func(int) time.Duration, frame bomb) *bombed {
	if at == nil {
		at = func(i int) time.Duration { return time.Duration(i) * time.Microsecond }
	}
	return &bombed{left: captest.Pcap(capture.LinkEthernet), count: count, frame: frame, at: at}
}

// Read implements io.Reader.
func (b *bombed) Read(p []byte) (int, error) {
	if len(b.left) == 0 && b.next == b.count {
		return 0, io.EOF
	}
	if len(b.left) == 0 {
		b.look()
		begin := cpu()
		for len(b.left) < 256<<10 && b.next < b.count {
			c := packet.New()
			b.frame(c, b.next)
			f := c.Frames()[0]
			f.Time = packet.Start.Add(b.at(b.next))
			b.left = append(b.left, captest.Pcap(capture.LinkEthernet, *f)[24:]...)
			b.next++
		}
		b.making += cpu() - begin
	}
	n := copy(p, b.left)
	b.left = b.left[n:]
	return n, nil
}

func (b *bombed) look() { b.heap = max(b.heap, measured().heap) }

// cost is what something took.
type cost struct {
	cpu  time.Duration
	heap uint64
}

// measured is what the process has taken so far, and holds now.
func measured() cost {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return cost{cpu(), m.HeapInuse}
}

// cpu is the CPU time of the process.
func cpu() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// explode is what annotating count frames takes, the making of them not counted.
func explode(t *testing.T, in *bombed, count int) cost {
	t.Helper()
	runtime.GC()
	w := newWorld()
	counted := &lineCounter{want: []byte(`{"kind":"frame"`)}
	w.In, w.Out = in, counted
	begin := cpu()
	if status := Main(&w.Env, []string{"annotate", "-f", "ndjson", "--workers", "1", "-"}); status != statusDone {
		t.Fatalf("status %d: %s", status, w.err.String())
	}
	used := cpu() - begin - in.making
	in.look()
	if counted.n != count {
		t.Errorf("%d frames were told, not %d", counted.n, count)
	}
	return cost{used, in.heap}
}

// lineCounter counts the lines that begin with want. Renderers write whole lines.
type lineCounter struct {
	want []byte
	n    int
}

func (l *lineCounter) Write(p []byte) (int, error) {
	for line := range bytes.Lines(p) {
		if bytes.HasPrefix(line, l.want) {
			l.n++
		}
	}
	return len(p), nil
}
