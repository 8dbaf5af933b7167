package decode_test

import (
	"crypto/tls"
	"fmt"
	"strings"
	"testing"

	"github.com/pktjourney/pktjourney/decode"
	"github.com/pktjourney/pktjourney/decode/capture"
	"github.com/pktjourney/pktjourney/decode/capture/captest/packet"
)

// bulk gives segments of one long message in turn with their ACKs, for ever:
// the same two frames with the next sequence numbers.
type bulk struct {
	d         decode.Decoder
	data, ack capture.Frame
	size      uint32
}

// newBulk decodes tell, and then gives segments of size bytes that the server sends on.
func newBulk(size int, tell func(s *packet.Connection)) *bulk {
	c := packet.New()
	s := c.Connection(way)
	s.Open()
	tell(s)
	n := len(c.Frames())
	s.Server.Send(strings.Repeat("x", size))
	s.Client.ACK()
	b := &bulk{data: *c.Frames()[n], ack: *c.Frames()[n+1], size: uint32(size)}
	for _, f := range c.Frames()[:n] {
		b.d.Decode(f)
	}
	return b
}

// Where numbers stand in a frame: behind the Ethernet and IPv4 headers and the ports.
const (
	seqOff = 14 + 20 + 4
	ackOff = seqOff + 4
)

func (b *bulk) next() *decode.Frame {
	r := b.d.Decode(&b.data)
	add(b.data.Data[seqOff:], b.size)
	b.data.Number += 2
	return r
}

func (b *bulk) nextACK() *decode.Frame {
	r := b.d.Decode(&b.ack)
	add(b.ack.Data[ackOff:], b.size)
	b.ack.Number += 2
	return r
}

func add(b []byte, n uint32) {
	n += uint32(b[0])<<24 | uint32(b[1])<<16 | uint32(b[2])<<8 | uint32(b[3])
	b[0], b[1], b[2], b[3] = byte(n>>24), byte(n>>16), byte(n>>8), byte(n)
}

// longPage begins a response that goes on for ever.
func longPage(s *packet.Connection) {
	s.Client.Send(getPage)
	s.Server.Send("HTTP/1.1 200 OK\r\n\r\n")
}

// longRecords begins application data; its records have the greatest length.
func longRecords(s *packet.Connection) {
	for _, f := range packet.TLS("www.example.com", tls.VersionTLS13, "ask", "answer")[:5] {
		if f.FromClient {
			s.Client.Send(f.Data)
		} else {
			s.Server.Send(f.Data)
		}
	}
	s.Server.Send("\x17\x03\x03\x40\x00")
}

// A frame that only carries more bytes of a known message costs no memory (PERFORMANCE: bulk data).
func TestBulkDoesNotAllocate(t *testing.T) {
	for _, c := range []struct {
		name string
		tell func(s *packet.Connection)
		size int
		kind decode.Kind
	}{
		{"HTTP body", longPage, 1400, decode.HTTPResponse},
		{"TLS application data", longRecords, 1, decode.TLSData},
		{"bytes of nobody's", func(s *packet.Connection) { s.Server.Send("\x00\x01hello") }, 1400, decode.Unknown},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := newBulk(c.size, c.tell)
			for range 200 {
				b.next()
				b.nextACK()
			}
			if n := testing.AllocsPerRun(1000, func() {
				if r := b.next(); len(r.Parts) != 1 || r.Parts[0].Message.Kind != c.kind {
					t.Fatalf("%s", line(r))
				}
				if r := b.nextACK(); r.Segment.Acks == nil || r.Segment.Acks.Kind != c.kind {
					t.Fatalf("%s", line(r))
				}
			}); n != 0 {
				t.Errorf("%v allocations for a segment and its ACK", n)
			}
		})
	}
}

// web is a capture of n visits: a question, a connection, a request and its page, plain or in TLS.
func web(n int) []*capture.Frame {
	flights := packet.TLS("www.example.com", tls.VersionTLS13, getPage, page(20000))
	c := packet.New()
	for i := range n {
		name := fmt.Sprintf("www%d.example.com", i%50)
		addr := fmt.Sprintf("203.0.113.%d", i%50)
		q := packet.DNS{Client: fmt.Sprintf("192.168.1.100:%d", 10000+i), Server: "198.51.100.53", ID: uint16(i), Name: name, Answers: []string{name + " A " + addr}}
		c.Query(q)
		c.Answer(q)
		s := c.Connection(fmt.Sprintf("192.168.1.100:%d > %s:443", 10000+i, addr))
		s.Open()
		if i%2 == 0 {
			visit(s, []packet.Flight{{FromClient: true, Data: strings.Replace(getPage, "www", fmt.Sprintf("www%d", i%50), 1)}, {Data: page(20000)}})
		} else {
			visit(s, flights)
		}
		s.Close()
	}
	return c.Frames()
}

func visit(s *packet.Connection, flights []packet.Flight) {
	for _, f := range flights {
		from, to := s.Server, s.Client
		if f.FromClient {
			from, to = to, from
		}
		for data := f.Data; len(data) > 0; data = data[min(1400, len(data)):] {
			from.Send(data[:min(1400, len(data))])
			to.ACK()
		}
	}
}

// BenchmarkDecode is the cost of one frame of web traffic.
func BenchmarkDecode(b *testing.B) {
	all := web(500)
	bytes := 0
	for _, f := range all {
		bytes += len(f.Data)
	}
	b.Run("web", func(b *testing.B) {
		b.SetBytes(int64(bytes / len(all)))
		b.ReportAllocs()
		var d decode.Decoder
		for i := 0; b.Loop(); i++ {
			if i%len(all) == 0 {
				d = decode.Decoder{}
			}
			d.Decode(all[i%len(all)])
		}
	})
	b.Run("bulk", func(b *testing.B) {
		bulk := newBulk(1400, longPage)
		b.SetBytes(1400 / 2)
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			if i%2 == 0 {
				bulk.next()
			} else {
				bulk.nextACK()
			}
		}
	})
}
