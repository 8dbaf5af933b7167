package decode_test

import (
	"slices"
	"testing"

	"github.com/pktjourney/pktjourney/decode"
	"github.com/pktjourney/pktjourney/decode/capture/captest/packet"
	"github.com/pktjourney/pktjourney/decode/fact"
)

// told decodes c and gives the protocol of each frame, with the method or status code it tells.
func told(c *packet.Capture) []string {
	var d decode.Decoder
	var all []string
	for _, f := range c.Frames() {
		r := d.Decode(f)
		w := r.Protocol
		for _, f := range r.Facts {
			if f.Name == fact.HTTPRequestMethod || f.Name == fact.HTTPResponseStatusCode {
				w += " " + f.Value.String()
			}
		}
		all = append(all, w)
	}
	return all
}

// What the bytes of a connection are may change, and its start may mislead.
func TestWhatBytesAre(t *testing.T) {
	const alert = "\x15\x03\x03\x00\x02\x01\x00"
	for _, c := range []struct {
		name, ref string
		tell      func(c *packet.Capture, s *packet.Connection)
		want      []string
	}{
		{
			"TLS in a tunnel", "RFC 9110 section 9.3.6",
			func(c *packet.Capture, s *packet.Connection) {
				s.Open()
				s.Client.Send("CONNECT a.example:443 HTTP/1.1\r\n\r\n")
				s.Server.Send("HTTP/1.1 200 OK\r\n\r\n" + alert)
				s.Client.Send(alert)
			},
			[]string{"tcp", "tcp", "tcp", "http CONNECT", "tls 200", "tls"},
		},
		{
			"a tunnel refused", "RFC 9110 section 9.3.6",
			func(c *packet.Capture, s *packet.Connection) {
				s.Open()
				s.Client.Send("CONNECT a.example:443 HTTP/1.1\r\n\r\n")
				s.Server.Send("HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n")
				s.Client.Send(getPage)
			},
			[]string{"tcp", "tcp", "tcp", "http CONNECT", "http 403", "http GET"},
		},
		{
			"HTTP behind SOCKS", "RFC 1928 section 6, and SOCKS 4 before it",
			func(c *packet.Capture, s *packet.Connection) {
				s.Open()
				s.Client.Send("\x04\x01\x00\x50\x5d\xb8\xd8\x77\x00")
				s.Server.Send("\x00\x5a\x00\x00\x00\x00\x00\x00")
				s.Client.Send(getPage)
				s.Server.Send(page(3))
			},
			[]string{"tcp", "tcp", "tcp", "tcp", "tcp", "http GET", "http 200"},
		},
		{
			"a RST completes nothing, and what is under way still comes", "RFC 9112 section 8",
			func(c *packet.Capture, s *packet.Connection) {
				s.Open()
				s.Client.Send(getPage)
				s.Server.Send(page(9)[:len(page(9))-4])
				s.Client.Reset()
				s.Server.Send("xxxx")
			},
			[]string{"tcp", "tcp", "tcp", "http GET", "tcp", "tcp", "http 200"},
		},
		{
			"a FIN does not complete a message whose length is known", "RFC 9112 section 8",
			func(c *packet.Capture, s *packet.Connection) {
				s.Open()
				s.Client.Send(getPage)
				s.Server.Send(page(9)[:len(page(9))-4])
				s.Server.FIN()
			},
			[]string{"tcp", "tcp", "tcp", "http GET", "tcp", "tcp"},
		},
		{
			"a FIN ends a body without a length", "RFC 9112 section 6.3 item 8",
			func(c *packet.Capture, s *packet.Connection) {
				s.Open()
				s.Client.Send(getPage)
				s.Server.Send("HTTP/1.1 200 OK\r\n\r\nabc")
				s.Server.FIN()
			},
			[]string{"tcp", "tcp", "tcp", "http GET", "tcp", "http 200"},
		},
		{
			"somebody else's RST and FIN before the SYN+ACK", "RFC 9293 section 3.10.7.3",
			func(c *packet.Capture, s *packet.Connection) {
				s.Client.SYN()
				c.TCP(back, packet.Segment{Flags: "RA", Seq: 1, Ack: 1})
				c.TCP(back, packet.Segment{Flags: "FA", Seq: 1, Ack: 1})
				s.Server.SYN()
				s.Client.ACK()
				s.Client.Send(getPage)
				s.Server.Send(page(3))
			},
			[]string{"tcp", "tcp", "tcp", "tcp", "tcp", "http GET", "http 200"},
		},
		{
			"a SYN+ACK that the client did not take", "RFC 9293 section 3.10.7.3",
			func(c *packet.Capture, s *packet.Connection) {
				s.Client.SYN()
				c.TCP(back, packet.Segment{Flags: "SA", Seq: 4000000, Ack: 1})
				s.Server.SYN()
				s.Client.ACK()
				s.Client.Send(getPage)
				s.Server.Send(page(3))
			},
			[]string{"tcp", "tcp", "tcp", "tcp", "http GET", "http 200"},
		},
		{
			"a frame that is cut behind the head tells all there is", "RFC 9112 section 6.3",
			func(c *packet.Capture, s *packet.Connection) {
				s.Open()
				s.Client.Send(getPage)
				s.Server.Send(page(200)[:len(page(200))-100])
				c.Cut(54 + len(page(200)) - 190)
				s.Server.Send(page(200)[len(page(200))-100:])
				s.Client.Send(getPage)
				s.Server.Send(page(3))
			},
			[]string{"tcp", "tcp", "tcp", "http GET", "http 200", "tcp", "http GET", "http 200"},
		},
		{
			"HTTP/0.9", "RFC 1945 section 4.1",
			func(c *packet.Capture, s *packet.Connection) {
				s.Open()
				s.Client.Send("GET /\r\n")
				s.Server.Send("<P>Hello")
				s.Server.Send("</P>")
				s.Server.FIN()
			},
			[]string{"tcp", "tcp", "tcp", "http GET", "tcp", "tcp", "http"},
		},
		{
			"joined at an ACK that overtook the request", "RFC 9293 section 3.10.7.4",
			func(c *packet.Capture, s *packet.Connection) {
				s.Client.Count(len(getPage))
				s.Client.ACK()
				s.Server.ACK()
				s.Client.At(-1, getPage)
				s.Server.Send(page(3))
				s.Client.Send(getPage)
			},
			[]string{"tcp", "tcp", "http GET", "http 200", "http GET"},
		},
		{
			"joined at a keep-alive probe that has a byte", "RFC 9293 section 3.8.4",
			func(c *packet.Capture, s *packet.Connection) {
				s.Client.ACK()
				s.Client.At(-2, "x")
				s.Client.Send(getPage)
				s.Server.Send(page(3))
			},
			[]string{"tcp", "tcp", "http GET", "http 200"},
		},
		{
			"joined at a keep-alive probe", "RFC 9293 section 3.8.4",
			func(c *packet.Capture, s *packet.Connection) {
				s.Client.KeepAlive()
				s.Client.Send(getPage)
				s.Server.Send(page(3))
			},
			[]string{"tcp", "http GET", "http 200"},
		},
	} {
		captured := packet.New()
		c.tell(captured, captured.Connection(way))
		if got := told(captured); !slices.Equal(got, c.want) {
			t.Errorf("%s (%s):\ngot  %q\nwant %q", c.name, c.ref, got, c.want)
		}
	}
}
