package decode_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/pktjourney/pktjourney/decode"
	"github.com/pktjourney/pktjourney/decode/capture/captest/packet"
	"github.com/pktjourney/pktjourney/decode/flow"
)

const (
	way     = "192.168.1.100:50000 > 203.0.113.82:80"
	back    = "203.0.113.82:80 > 192.168.1.100:50000"
	getPage = "GET / HTTP/1.1\r\nHost: www.example.com\r\n\r\n"
)

// page is a response with a body of n bytes.
func page(n int) string {
	return fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s", n, strings.Repeat("x", n))
}

// lines decodes c; see line. Facts are left out.
func lines(c *packet.Capture) []string {
	var d decode.Decoder
	var all []string
	for _, f := range c.Frames() {
		r := d.Decode(f)
		r.Facts = nil
		all = append(all, line(r))
	}
	return all
}

// What the decoder makes of connections. Each line is a frame, as line writes it.
func TestConnections(t *testing.T) {
	for _, c := range []struct {
		name, ref string
		tell      func(c *packet.Capture)
		want      []string
	}{
		{
			"opened and closed", "RFC 9293 sections 3.5 and 3.6",
			func(c *packet.Capture) {
				s := c.Connection(way)
				s.Open()
				s.Close()
			},
			[]string{
				"1 tcp | tcp 0 client syn",
				"2 tcp | tcp 0 server acks-syn",
				"3 tcp | tcp 0 client completes acks-syn",
				"4 tcp | tcp 0 client",
				"5 tcp | tcp 0 server acks-fin closed",
				"6 tcp | tcp 0 client acks-fin closed",
			},
		},
		{
			"both close at once", "RFC 9293 section 3.6 case 3",
			func(c *packet.Capture) {
				s := c.Connection(way)
				s.Open()
				s.Client.FIN()
				s.Server.Crossed().FIN()
				s.Client.ACK()
				s.Server.ACK()
			},
			[]string{
				"1 tcp | tcp 0 client syn",
				"2 tcp | tcp 0 server acks-syn",
				"3 tcp | tcp 0 client completes acks-syn",
				"4 tcp | tcp 0 client",
				"5 tcp | tcp 0 server closed",
				"6 tcp | tcp 0 client acks-fin closed",
				"7 tcp | tcp 0 server acks-fin closed",
			},
		},
		{
			"both open at once", "RFC 9293 section 3.5 figure 7",
			func(c *packet.Capture) {
				c.TCP(way, packet.Segment{Flags: "S", Seq: 100})
				c.TCP(back, packet.Segment{Flags: "S", Seq: 300})
				c.TCP(back, packet.Segment{Flags: "SA", Seq: 300, Ack: 101})
				c.TCP(way, packet.Segment{Flags: "SA", Seq: 100, Ack: 301})
			},
			[]string{
				"1 tcp | tcp 0 client syn",
				"2 tcp | tcp 0 server syn",
				"3 tcp | tcp 0 server again acks-syn",
				"4 tcp | tcp 0 client again acks-syn",
			},
		},
		{
			"ports used again", "RFC 9293 section 3.6.1: a new incarnation",
			func(c *packet.Capture) {
				s := c.Connection(way)
				s.Open()
				s.Close()
				s = c.Connection(way)
				s.Client.ISN(70000)
				s.Server.ISN(5000)
				s.Open()
			},
			[]string{
				"1 tcp | tcp 0 client syn",
				"2 tcp | tcp 0 server acks-syn",
				"3 tcp | tcp 0 client completes acks-syn",
				"4 tcp | tcp 0 client",
				"5 tcp | tcp 0 server acks-fin closed",
				"6 tcp | tcp 0 client acks-fin closed",
				"7 tcp | tcp 1 client syn",
				"8 tcp | tcp 1 server acks-syn",
				"9 tcp | tcp 1 client completes acks-syn",
			},
		},
		{
			"SYN again", "RFC 9293 section 3.8.1: the same connection",
			func(c *packet.Capture) {
				s := c.Connection(way)
				s.Client.SYN()
				s.Client.SYN()
				s.Server.SYN()
				s.Server.SYN()
			},
			[]string{
				"1 tcp | tcp 0 client syn",
				"2 tcp | tcp 0 client syn again",
				"3 tcp | tcp 0 server acks-syn",
				"4 tcp | tcp 0 server again",
			},
		},
		{
			"refused", "RFC 9293 section 3.5.2",
			func(c *packet.Capture) {
				s := c.Connection(way)
				s.Client.SYN()
				s.Server.Reset()
			},
			[]string{"1 tcp | tcp 0 client syn", "2 tcp | tcp 0 server acks-syn closed"},
		},
		{
			"a RST is all there is", "RFC 9293 section 3.5.2",
			func(c *packet.Capture) { c.Connection(way).Server.Reset() },
			[]string{"1 tcp | tcp 0 server closed"}, // nothing but its port tells who was asked
		},
		{
			"SYN+ACK is seen first", "who sent the SYN asks",
			func(c *packet.Capture) {
				s := c.Connection(way)
				s.Client.Count(1)
				c.TCP(back, packet.Segment{Flags: "SA", Seq: 90000, Ack: 1001})
				c.TCP(way, packet.Segment{Flags: "A", Seq: 1001, Ack: 90001})
			},
			[]string{"1 tcp | tcp 0 server", "2 tcp | tcp 0 client completes acks-syn"},
		},
		{
			"joined at the response", "who sends the response does not ask",
			func(c *packet.Capture) {
				s := c.Connection(way)
				s.Server.Send(page(10))
				s.Client.ACK()
				s.Client.Send(getPage)
			},
			[]string{
				"1 http | tcp 0 server | response of 1 begin end complete",
				"2 tcp | tcp 0 client acks response of 1 by 1",
				"3 http | tcp 0 client | request of 3 begin end complete",
			},
		},
		{
			"joined in the middle of a body", "the next message is found",
			func(c *packet.Capture) {
				s := c.Connection(way)
				s.Server.Send(strings.Repeat("x", 100))
				s.Client.Send(getPage)
				s.Server.Send(page(10))
			},
			[]string{
				"1 tcp | tcp 0 server | unknown of 1",
				"2 http | tcp 0 client acks unknown of 1 by 1 | request of 2 begin end complete",
				"3 http | tcp 0 server acks request of 2 by 2 | response of 3 begin end complete",
			},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Log(c.ref)
			b := packet.New()
			c.tell(b)
			compareLines(t, strings.Join(lines(b), "\n"), strings.Join(c.want, "\n"))
		})
	}
}

// Which bytes belong to which message, and which frames brought them.
func TestMessages(t *testing.T) {
	body := page(3000)
	for _, c := range []struct {
		name, ref string
		tell      func(s *packet.Connection)
		want      []string // from the fourth frame on
	}{
		{
			"in several segments", "RFC 9112 section 6.3: Content-Length",
			func(s *packet.Connection) {
				s.Server.SendAll(body, 1400)
				s.Client.ACK()
			},
			[]string{
				"4 tcp | tcp 0 server | response of 4 begin",
				"5 tcp | tcp 0 server | response of 4",
				"6 http | tcp 0 server | response of 4 end complete | message 4-6",
				"7 tcp | tcp 0 client acks response of 4 by 6",
			},
		},
		{
			"two in one segment", "RFC 9112 section 9.3.2: pipelining",
			func(s *packet.Connection) {
				s.Client.Send(getPage + getPage)
				s.Server.Send(page(5) + page(6))
			},
			[]string{
				"4 http | tcp 0 client | request of 4 begin end complete | request of 4 begin end complete",
				"5 http | tcp 0 server acks request of 4 by 4 | response of 5 begin end complete | response of 5 begin end complete",
			},
		},
		{
			"the first segment comes last", "RFC 9293 section 3.4: in order",
			func(s *packet.Connection) {
				s.Server.At(1400, body[1400:])
				s.Server.At(0, body[:1400])
			},
			[]string{
				"4 tcp | tcp 0 server verdict 8",
				"5 http | tcp 0 server verdict 4 | response of 5 begin complete | response of 5 end complete | message 4-5",
			},
		},
		{
			"sent again", "RFC 9293 section 3.8.1",
			func(s *packet.Connection) {
				s.Client.Send(getPage)
				s.Client.At(0, getPage)
				s.Server.Send(body[:1000])
				s.Server.At(500, body[500:1500])
			},
			[]string{
				"4 http | tcp 0 client | request of 4 begin end complete",
				"5 tcp | tcp 0 client verdict 1",
				"6 tcp | tcp 0 server acks request of 4 by 4 | response of 6 begin",
				"7 tcp | tcp 0 server verdict 2 | response of 6",
			},
		},
		{
			"until the close", "RFC 9112 section 6.3: until the connection is closed",
			func(s *packet.Connection) {
				s.Client.Send(getPage)
				s.Server.Send("HTTP/1.0 200 OK\r\n\r\nbody")
				s.Server.FIN()
			},
			[]string{
				"4 http | tcp 0 client | request of 4 begin end complete",
				"5 tcp | tcp 0 server acks request of 4 by 4 | response of 5 begin",
				"6 http | tcp 0 server | response of 5 end complete | message 5",
			},
		},
		{
			"an ACK of one of two messages", "RFC 9293 section 3.4",
			func(s *packet.Connection) {
				s.Client.Send(getPage)
				s.Client.Send(getPage)
				s.Server.AckAt(len(getPage))
				s.Server.ACK()
			},
			[]string{
				"4 http | tcp 0 client | request of 4 begin end complete",
				"5 http | tcp 0 client | request of 5 begin end complete",
				"6 tcp | tcp 0 server acks request of 4 by 4",
				"7 tcp | tcp 0 server acks request of 5 by 5",
			},
		},
		{
			"first bytes that do not tell yet", "what a connection speaks is told by its bytes",
			func(s *packet.Connection) {
				s.Client.Send(getPage[:2])
				s.Client.Send(getPage[2:])
			},
			[]string{
				"4 tcp | tcp 0 client",
				"5 http | tcp 0 client | request of 4 begin complete | request of 4 end complete | message 4-5",
			},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Log(c.ref)
			b := packet.New()
			s := b.Connection(way)
			s.Open()
			c.tell(s)
			compareLines(t, strings.Join(lines(b)[3:], "\n"), strings.Join(c.want, "\n"))
		})
	}
}

// An ACK that comes late still finds its message, as far back as the decoder remembers.
func TestLateACKs(t *testing.T) {
	b := packet.New()
	s := b.Connection(way)
	s.Open()
	const requests = 100
	for range requests {
		s.Client.Send(getPage)
	}
	for _, n := range []int{requests - 10, requests - 1, requests} {
		s.Server.AckAt(n * len(getPage))
	}
	got := lines(b)[3+requests:]
	for i, n := range []int{requests - 10, requests - 1, requests} {
		frame := 3 + n // the first request is in frame 4
		if want := fmt.Sprintf("acks request of %d by %d", frame, frame); !strings.HasSuffix(got[i], want) {
			t.Errorf("ACK of %d requests: %s, want %s", n, got[i], want)
		}
	}
}

// What lies too far back is not known, and is never taken for something else.
func TestForgottenMessages(t *testing.T) {
	b := packet.New()
	s := b.Connection(way)
	s.Open()
	for range 200 {
		s.Client.Send(getPage)
	}
	s.Server.AckAt(3 * len(getPage))
	if got, want := lines(b)[203], "204 tcp | tcp 0 server"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// Among many, one that is given up does not keep its conversation: late datagrams begin another.
func TestConversationsExpire(t *testing.T) {
	b := packet.New()
	s := b.Connection(way)
	s.Open()
	s.Close()
	b.Wait(5 * time.Minute)
	s.Server.ACK()
	b.UDP("192.168.1.100:40000 > 198.51.100.53:9999", []byte("x"))
	b.Wait(5 * time.Minute)
	for port := range flow.KeepIdle {
		b.UDP(fmt.Sprintf("192.168.1.101:%d > 198.51.100.53:9999", 10000+port), []byte("x"))
	}
	b.Wait(2 * time.Second)
	b.UDP("192.168.1.100:40000 > 198.51.100.53:9999", []byte("x"))
	var d decode.Decoder
	var ids []int
	for _, f := range b.Frames()[6:] {
		ids = append(ids, d.Decode(f).Conversation.ID)
	}
	if ids[0] != 0 || ids[1] != 0 || ids[len(ids)-1] != flow.KeepIdle+1 {
		t.Errorf("conversations %v, %v, %v", ids[0], ids[1], ids[len(ids)-1])
	}
}
