package annotate_test

import (
	"testing"
	"time"

	"github.com/pktjourney/pktjourney/decode/capture/captest/packet"
)

func TestOpening(t *testing.T) {
	runStories(t, []story{
		{
			name: "SYN again", spec: "3: its repeats are retransmissions",
			tell: func(c *packet.Capture) {
				ask(c, question())
				s := c.Connection(toServer)
				s.Client.SYN()
				c.Wait(time.Second)
				s.Client.SYN()
				s.Server.SYN()
				s.Client.ACK()
			},
			want: "1.3 2.6 3.4 3.4+retransmission 3.5 3.6", journeys: example,
		},
		{
			name: "SYN+ACK again", spec: "3",
			tell: func(c *packet.Capture) {
				ask(c, question())
				s := c.Connection(toServer)
				s.Client.SYN()
				s.Server.SYN()
				c.Wait(time.Second)
				s.Server.SYN()
				s.Client.ACK()
			},
			want: "1.3 2.6 3.4 3.5 3.5+retransmission 3.6", journeys: example,
		},
		{
			name: "refused", spec: "3: a RST to a SYN is 3.5 refused",
			tell: func(c *packet.Capture) {
				ask(c, question())
				s := c.Connection(toServer)
				s.Client.SYN()
				s.Server.Reset()
			},
			want: "1.3 2.6 3.4 3.5+refused", journeys: example,
			states: map[string]string{"3.5": "observed 4", "3.6": "missing: the connection was refused", "4.1": "missing: the connection was refused"},
		},
		{
			name: "unanswered", spec: "3: 3.5 is missing",
			tell: func(c *packet.Capture) {
				ask(c, question())
				s := c.Connection(toServer)
				s.Client.SYN()
				c.Wait(time.Second)
				s.Client.SYN()
			},
			want: "1.3 2.6 3.4 3.4+retransmission", journeys: example,
			states: map[string]string{"3.5": "missing: nobody answered the SYN", "4.1": "missing: nobody answered the SYN", "5.1": "missing: nobody answered the SYN"},
		},
		{
			name: "happy eyeballs", spec: "7: happy-eyeballs connections are one journey",
			tell: func(c *packet.Capture) {
				q := question()
				q.Answers = append(q.Answers, example+" A 203.0.113.83")
				ask(c, q)
				a, b := c.Connection(toServer), c.Connection(client+":50001 > 203.0.113.83:80")
				a.Client.SYN()
				c.Wait(250 * time.Millisecond)
				b.Open()
				a.Server.SYN()
				a.Client.Reset()
				b.Client.Send(getPage)
			},
			want: "1.3 2.6 3.4 3.4 3.5 3.6 3.5 4:+reset 4.1", journeys: example,
		},
	})
}

func TestSegments(t *testing.T) {
	const size = 1400
	body := page(3 * size) // four segments, the last with the rest
	runStories(t, []story{
		{
			name: "out of order", spec: "1: real reassembly",
			tell: func(c *packet.Capture) {
				s := opened(c)
				s.Client.Send(getPage)
				s.Server.Send(body[:size])
				s.Server.At(2*size, body[2*size:])
				s.Server.At(size, body[size:2*size])
				s.Server.Count(len(body) - size)
				s.Client.ACK()
			},
			want: openedWords + "4.1 4.5 4.5 4.5+out-of-order 4.5", journeys: example,
			states: map[string]string{"4.6": "deduced 9"},
		},
		{
			name: "the first segment comes last", spec: "17: a label that needs later frames waits",
			tell: func(c *packet.Capture) {
				s := opened(c)
				s.Client.Send(getPage)
				s.Server.At(size, body[size:])
				s.Server.At(0, body[:size])
				s.Server.Count(len(body))
				s.Client.ACK()
			},
			want: openedWords + "4.1 4.5 4.5+out-of-order 4.5", journeys: example,
		},
		{
			name: "sent again", spec: "variant retransmission",
			tell: func(c *packet.Capture) {
				s := opened(c)
				s.Client.Send(getPage)
				s.Server.SendAll(body, size)
				s.Server.At(size, body[size:2*size])
				s.Client.ACK()
			},
			want: openedWords + "4.1 4.5 4.5 4.5 4.5 4.5+retransmission 4.5", journeys: example,
		},
		{
			name: "the request sent again", spec: "variant retransmission",
			tell: func(c *packet.Capture) {
				s := opened(c)
				s.Client.Send(getPage)
				s.Client.At(0, getPage)
				s.Server.ACK()
			},
			want: openedWords + "4.1 4.1+retransmission 4.4", journeys: example,
		},
		{
			name: "an ACK of nothing", spec: "2: acknowledges nothing new, keeps the last step",
			tell: func(c *packet.Capture) { opened(c).Server.ACK() },
			want: openedWords + "3.6+duplicate", journeys: example,
			says: map[int]string{6: "repeats what was acknowledged before | no new bytes and no new acknowledgement"},
		},
		{
			name: "duplicate ACK", spec: "2: acknowledges nothing new, keeps the last step",
			tell: func(c *packet.Capture) {
				s := opened(c)
				s.Client.Send(getPage)
				s.Server.Send(body[:size])
				s.Client.ACK()
				s.Client.ACK()
			},
			want: openedWords + "4.1 4.5 4.5 4.5+duplicate", journeys: example,
		},
		{
			name: "keep-alive", spec: "1: keep-alives",
			tell: func(c *packet.Capture) {
				s := opened(c)
				s.Client.Send(getPage)
				s.Server.Send(page(10))
				s.Client.ACK()
				c.Wait(75 * time.Second)
				s.Client.KeepAlive()
				s.Server.ACK()
			},
			want: openedWords + "4.1 4.5 4.5 4.5+keep-alive 4.5+keep-alive", journeys: example,
			says: map[int]string{9: "is the other end still there? | its sequence number is one before", 10: "Keep-alive answered: the other end is still there | the ACK that answers"},
		},
		{
			name: "zero window", spec: "2: with its variant",
			tell: func(c *packet.Capture) {
				s := opened(c)
				s.Client.Send(getPage)
				s.Server.Send(body[:size])
				s.Client.Window = 0
				s.Client.ACK()
				s.Client.ACK()
			},
			want: openedWords + "4.1 4.5 4.5+zero-window 4.5+zero-window", journeys: example,
		},
		{
			name: "window update", spec: "2: a window update keeps the last step, with its variant",
			tell: func(c *packet.Capture) {
				s := opened(c)
				s.Client.Send(getPage)
				s.Server.Send(body[:size])
				s.Client.Window = 0
				s.Client.ACK()
				s.Client.Window = 30000
				s.Client.ACK()
			},
			want: openedWords + "4.1 4.5 4.5+zero-window 4.5+window-update", journeys: example,
		},
		{
			name: "bytes that were not captured", spec: "1: with holes",
			tell: func(c *packet.Capture) {
				s := opened(c)
				s.Client.Send(getPage)
				s.Server.Send(body[:size])
				s.Server.Count(size)
				s.Server.Send(body[2*size:])
				s.Client.ACK()
				c.Wait(20 * time.Millisecond)
				s.Close()
			},
			want: openedWords + "4.1 4.5 4.5 4.5 4:+close 4:+close 4:+close", journeys: example,
		},
	})
}

func TestClosing(t *testing.T) {
	runStories(t, []story{
		{
			name: "FIN with data", spec: "3: a FIN that carries data is labelled by its data",
			tell: func(c *packet.Capture) {
				s := opened(c)
				s.Client.Send(getPage)
				s.Server.FIN("HTTP/1.0 200 OK\r\n\r\nuntil the end")
				s.Client.FIN()
				s.Server.ACK()
			},
			want: openedWords + "4.1 4.5 4:+close 4:+close", journeys: example,
			states: map[string]string{"4.6": "deduced 7"},
		},
		{
			name: "an ACK that covers data and FIN", spec: "3: the ACK that covers a FIN, also when it covers data",
			tell: func(c *packet.Capture) {
				s := opened(c)
				s.Client.Send(getPage)
				s.Server.Send(page(10))
				s.Server.FIN()
				s.Client.ACK()
			},
			want: openedWords + "4.1 4.5 4:+close 4:+close", journeys: example,
		},
		{
			name: "a FIN that acknowledges data", spec: "3: a FIN has no step",
			tell: func(c *packet.Capture) {
				s := opened(c)
				s.Client.Send(getPage)
				s.Server.Send(page(10))
				s.Client.FIN()
			},
			want: openedWords + "4.1 4.5 4:+close", journeys: example,
		},
		{
			name: "RST after the response", spec: "3: phase without step, reset",
			tell: func(c *packet.Capture) {
				s := opened(c)
				s.Client.Send(getPage)
				s.Server.Send(page(10))
				s.Client.Reset()
			},
			want: openedWords + "4.1 4.5 4:+reset", journeys: example,
		},
		{
			name: "both at once", spec: "3",
			tell: func(c *packet.Capture) {
				s := opened(c)
				s.Client.Send(getPage)
				s.Server.Send(page(10))
				s.Client.ACK()
				s.Client.FIN()
				s.Server.Crossed().FIN()
				s.Client.ACK()
				s.Server.ACK()
			},
			want: openedWords + "4.1 4.5 4.5 4:+close 4:+close 4:+close 4:+close", journeys: example,
		},
	})
}
