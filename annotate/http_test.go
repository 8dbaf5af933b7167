package annotate_test

import (
	"strings"
	"testing"
	"time"

	"github.com/pktjourney/pktjourney/decode/capture/captest/packet"
)

// The hosts of the stories.
const (
	client   = "192.168.1.100"
	other    = "192.168.1.101"
	router   = packet.Gateway
	resolver = "198.51.100.53"
	second   = "198.51.100.54" // the client's second resolver
	server   = "203.0.113.82"
	example  = "www.example.com"

	toServer = client + ":50000 > " + server + ":80"
	getPage  = "GET / HTTP/1.1\r\nHost: www.example.com\r\n\r\n"
)

// page is a response with a body of n bytes.
func page(n int) string {
	return "HTTP/1.1 200 OK\r\nContent-Length: " + itoa(n) + "\r\n\r\n" + strings.Repeat("x", n)
}

func itoa(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return itoa(n/10) + string(rune('0'+n%10))
}

// question is the client's question for the address of example.
func question() packet.DNS {
	return packet.DNS{Client: client + ":40000", Server: resolver, ID: 1, Name: example, Answers: []string{example + " A " + server}}
}

// ask adds a question and its answer.
func ask(c *packet.Capture, q packet.DNS) {
	c.Query(q)
	c.Answer(q)
}

// opened asks for the name and opens a connection: frames 1 to 5.
func opened(c *packet.Capture) *packet.Connection {
	ask(c, question())
	s := c.Connection(toServer)
	s.Open()
	return s
}

const openedWords = "1.3 2.6 3.4 3.5 3.6 "

func TestPlainHTTP(t *testing.T) {
	runStories(t, []story{
		{
			name: "the whole journey", spec: "phases and steps",
			tell: func(c *packet.Capture) {
				lease(c)
				c.WhoHas(router, client)
				c.IsAt(router, client)
				s := opened(c)
				s.Client.Send(getPage)
				s.Server.ACK()
				s.Server.SendAll(page(3000), 1400)
				s.Client.ACK()
				s.Close()
			},
			want: "0.1 0.2 0.3 0.4 1.4 1.4 " + openedWords + "4.1 4.4 4.5 4.5 4.5 4.5 4:+close 4:+close 4:+close", journeys: example,
			states: map[string]string{
				"0.1": "observed 1", "1.1": "deduced 7", "1.3": "observed 7", "1.4": "observed 5-6",
				"1.5": "deduced 8", "3.1": "deduced 12", "3.3": "deduced 12", "3.5": "observed 10", "4.4": "observed 13",
				"4.5": "observed 14-17", "4.6": "deduced 16", "5.1": "missing: plain HTTP, nothing is encrypted",
			},
		},
		{
			name: "requests of one connection", spec: "7: all flows to the name are one journey",
			tell: func(c *packet.Capture) {
				s := opened(c)
				s.Client.Send(getPage)
				s.Server.Send(page(10))
				s.Client.Send(strings.Replace(getPage, "/", "/style.css", 1))
				s.Server.Send(page(20))
				s.Client.ACK()
			},
			want: openedWords + "4.1 4.5 4.1 4.5 4.5", journeys: example,
		},
		{
			name: "pipelined requests", spec: "1: a segment belongs to the message that its bytes are part of",
			tell: func(c *packet.Capture) {
				s := opened(c)
				s.Client.Send(getPage + getPage)
				s.Server.ACK()
				s.Server.Send(page(10) + page(20))
				s.Client.ACK()
			},
			want: openedWords + "4.1 4.4 4.5 4.5", journeys: example,
		},
		{
			name: "a request in two segments", spec: "4.1: every segment of the request",
			tell: func(c *packet.Capture) {
				s := opened(c)
				s.Client.SendAll(getPage, 30)
				s.Server.ACK()
			},
			want: openedWords + "4.1 4.1 4.4", journeys: example,
			states: map[string]string{"4.5": "missing: the request was not answered"},
		},
		{
			name: "a connection of which only the request is there", spec: "1: starting mid-stream; 3.2 by the request",
			tell: func(c *packet.Capture) {
				c.Connection(toServer).Client.Send(getPage)
			},
			want: "4.1", journeys: example, states: map[string]string{"3.2": "deduced 1", "3.4": "missing: the connection is older"},
		},
		{
			name: "a connection of which only the response is there", spec: "1: starting mid-stream; 4.4 by the response",
			tell: func(c *packet.Capture) {
				ask(c, question())
				c.Connection(toServer).Server.Send(page(10))
			},
			want: "1.3 2.6 4.5", journeys: example, states: map[string]string{"4.4": "deduced 3"},
		},
		{
			name: "the ACK of the handshake carries the request", spec: "1: the lowest step is primary",
			tell: func(c *packet.Capture) {
				ask(c, question())
				s := c.Connection(toServer)
				s.Client.SYN()
				s.Server.SYN()
				s.Client.Send(getPage)
				s.Server.Send(page(10))
			},
			want: "1.3 2.6 3.4 3.5 4.1 4.5", journeys: example,
			states: map[string]string{"3.6": "deduced 5"},
		},
		{
			name: "the capture ends in the middle", spec: "17: complete when no visible step is missing",
			tell: func(c *packet.Capture) {
				s := opened(c)
				s.Client.Send(getPage)
				s.Server.Send(page(3000)[:1000])
			},
			want: openedWords + "4.1 4.5", journeys: example,
			states: map[string]string{"4.6": "missing: the capture or the connection ended before the response did"},
		},
		{
			name: "a redirect", spec: "differences: a redirect instead of the page",
			tell: func(c *packet.Capture) {
				s := opened(c)
				s.Client.Send(getPage)
				s.Server.Send("HTTP/1.1 301 Moved Permanently\r\nLocation: https://www.example.com/\r\nContent-Length: 0\r\n\r\n")
			},
			want: openedWords + "4.1 4.5+redirect", journeys: example, differs: "301 Moved Permanently",
			says: map[int]string{7: "https://www.example.com/"},
		},
		{
			name: "not modified", spec: "differences: a 304 instead of the page",
			tell: func(c *packet.Capture) {
				s := opened(c)
				s.Client.Send(getPage)
				s.Server.Send("HTTP/1.1 304 Not Modified\r\nETag: \"1\"\r\n\r\n")
			},
			want: openedWords + "4.1 4.5+not-modified", journeys: example, differs: "304 Not Modified",
		},
		{
			name: "word before the response", spec: "variant interim",
			tell: func(c *packet.Capture) {
				s := opened(c)
				s.Client.Send(getPage)
				s.Server.Send("HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n")
				s.Server.Send(page(10))
			},
			want: openedWords + "4.1 4.5+interim 4.5", journeys: example,
		},
		{
			name: "a page of HTTP/0.9", spec: "4.5: the page; RFC 1945 section 4.1 has no status line",
			tell: func(c *packet.Capture) {
				s := opened(c)
				s.Client.Send("GET /\r\n")
				s.Server.Send("<P>Hello</P>")
				s.Close()
			},
			want: openedWords + "4.1 4.5 4:+close 4:+close 4:+close", journeys: example,
			states: map[string]string{"4.6": "deduced 9"},
		},
		{
			name: "an error", spec: "differences: an error instead of the page",
			tell: func(c *packet.Capture) {
				s := opened(c)
				s.Client.Send(getPage)
				s.Server.Send("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
			},
			want: openedWords + "4.1 4.5+error", journeys: example, differs: "404 Not Found",
		},
	})
}

func TestFrameNumbersWithGaps(t *testing.T) {
	runStories(t, []story{{
		name: "a filter took frames away", spec: "frame numbers stay those of the file",
		tell: func(c *packet.Capture) {
			c.Skip(10)
			ask(c, question())
			c.Skip(5)
			s := c.Connection(toServer)
			s.Open()
		},
		want: openedWords, journeys: example,
		states: map[string]string{"1.3": "observed 11", "3.4": "observed 18"},
	}})
}

// lease adds the four messages with which the client gets its address.
func lease(c *packet.Capture) { leaseOf(c, client, 100, 7) }

func leaseOf(c *packet.Capture, addr string, mac uint8, xid uint32) {
	m := packet.DHCP{Type: packet.Discover, XID: xid, Client: mac}
	c.DHCP(m)
	m.Type, m.Server, m.Your, m.Lease = packet.Offer, router, addr, time.Hour
	c.DHCP(m)
	c.DHCP(packet.DHCP{Type: packet.Request, XID: xid, Client: mac, Server: router, Requested: addr})
	m.Type = packet.Ack
	c.DHCP(m)
}
