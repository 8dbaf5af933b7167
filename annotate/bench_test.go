package annotate_test

import (
	"crypto/tls"
	"fmt"
	"strings"
	"testing"

	"github.com/pktjourney/pktjourney/annotate"
	"github.com/pktjourney/pktjourney/decode"
	"github.com/pktjourney/pktjourney/decode/capture"
	"github.com/pktjourney/pktjourney/decode/capture/captest/packet"
	"github.com/pktjourney/pktjourney/rules"
)

// web is a capture of n visits: a question, a connection, a request and its page, plain or in TLS.
func web(n int) []*capture.Frame {
	flights := packet.TLS(example, tls.VersionTLS13, getPage, page(20000))
	c := packet.New()
	for i := range n {
		name, addr := fmt.Sprintf("www%d.example.com", i%50), fmt.Sprintf("203.0.113.%d", i%50)
		ask(c, packet.DNS{Client: fmt.Sprintf("%s:%d", client, 10000+i), Server: resolver, ID: uint16(i), Name: name, Answers: []string{name + " A " + addr}})
		s := c.Connection(fmt.Sprintf("%s:%d > %s:443", client, 10000+i, addr))
		s.Open()
		if i%2 == 0 {
			plain := strings.Replace(getPage, example, name, 1)
			secure(s, []packet.Flight{{FromClient: true, Data: plain}, {Data: page(20000)}})
		} else {
			secure(s, flights)
		}
		s.Close()
	}
	return c.Frames()
}

// nobody is a sink that forgets.
type nobody struct{}

func (nobody) Frame(*annotate.Labelled) error  { return nil }
func (nobody) Journey(*annotate.Journey) error { return nil }
func (nobody) Close(*annotate.Summary) error   { return nil }

// BenchmarkAnnotate is the cost of one frame of web traffic, from its bytes to its label.
func BenchmarkAnnotate(b *testing.B) {
	all := web(500)
	b.ReportAllocs()
	var d decode.Decoder
	var a *annotate.Annotator
	for i := 0; b.Loop(); i++ {
		if i%len(all) == 0 {
			d, a = decode.Decoder{}, annotate.New(rules.Web(), annotate.Options{}, nobody{})
		}
		if err := a.Annotate(&d, all[i%len(all)]); err != nil {
			b.Fatal(err)
		}
	}
}

// Frames that carry more of a known message take the label that their
// connection holds (PERFORMANCE: no allocation per frame of bulk data).
func TestBulkDoesNotAllocate(t *testing.T) {
	for _, c := range []struct {
		name  string
		begin func(s *packet.Connection)
	}{
		{"HTTP", func(s *packet.Connection) {
			s.Client.Send(getPage)
			s.Server.Send("HTTP/1.1 200 OK\r\n\r\n")
		}},
		{"TLS", func(s *packet.Connection) {
			secure(s, packet.TLS(example, tls.VersionTLS13, "ask", "answer")[:5])
			s.Server.Send("\x17\x03\x03\x40\x00")
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			const runs = 1000
			b := packet.New()
			s := opened(b)
			c.begin(s)
			first := len(b.Frames())
			for range 2 * runs {
				s.Server.Send("1234567890")
				s.Client.ACK()
			}
			all := b.Frames()
			var d decode.Decoder
			a := annotate.New(rules.Web(), annotate.Options{}, nobody{})
			next := 0
			step := func() {
				if err := a.Annotate(&d, all[next]); err != nil {
					t.Fatal(err)
				}
				next++
			}
			for next < first+runs {
				step()
			}
			if n := testing.AllocsPerRun(runs, step); n != 0 {
				t.Errorf("%v allocations for a frame", n)
			}
		})
	}
}
