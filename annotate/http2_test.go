package annotate_test

import (
	"testing"

	"github.com/pktjourney/pktjourney/decode/capture/captest/packet"
)

func get2(stream uint32, host string) string {
	return packet.HTTP2Headers(stream, true, ":method: GET", ":scheme: http", ":authority: "+host, ":path: /")
}

func TestHTTP2InClearText(t *testing.T) {
	const (
		ack  = "\x00\x00\x00\x04\x01\x00\x00\x00\x00"
		ping = "\x00\x00\x08\x06\x00\x00\x00\x00\x0012345678"
	)
	settings := packet.HTTP2Settings(3, 100)
	ok := packet.HTTP2Headers(1, false, ":status: 200")
	runStories(t, []story{
		{
			name: "the whole exchange", spec: "15: header and data frames are 4.1 and 4.5, preface and settings the phase without a step",
			tell: func(c *packet.Capture) {
				s := opened(c)
				s.Client.Send(packet.HTTP2Preface)
				s.Client.Send(settings)
				s.Server.Send(settings)
				s.Client.ACK()
				s.Client.Send(ack)
				s.Client.Send(get2(1, example))
				s.Server.ACK()
				s.Server.Send(ok)
				s.Server.Send(packet.HTTP2Data(1, true, "page"))
				s.Client.ACK()
				s.Close()
			},
			want:     openedWords + "4: 4: 4: 4: 4: 4.1 4.4 4.5 4.5 4.5 4:+close 4:+close 4:+close",
			journeys: example, differs: "over HTTP/2",
			states: map[string]string{"4.1": "observed 11", "4.5": "observed 13-15", "4.6": "deduced 14"},
		},
		{
			name: "the request comes with the preface", spec: "1: the lowest step is primary",
			tell: func(c *packet.Capture) {
				s := opened(c)
				s.Client.Send(packet.HTTP2Preface + settings + get2(1, example))
				s.Server.Send(settings + ack + ok + packet.HTTP2Data(1, true, "page"))
				s.Client.Send(ping)
			},
			want: openedWords + "4.1 4.5 4:", journeys: example,
		},
		{
			name: "a body without its header", spec: "15: it is a response all the same, but no page",
			tell: func(c *packet.Capture) {
				s := opened(c)
				s.Client.Send(packet.HTTP2Preface + settings + get2(1, example))
				s.Server.Send(settings + ack + packet.HTTP2Data(1, true, "page"))
			},
			want: openedWords + "4.1 4.5", journeys: example,
			states: map[string]string{"4.6": "missing"},
		},
		{
			name: "no name was asked", spec: "6: :authority tells the name, and the frames before it wait",
			tell: func(c *packet.Capture) {
				s := c.Connection(client + ":50000 > " + server + ":9999")
				s.Open()
				s.Client.Send(packet.HTTP2Preface + settings)
				s.Client.Send(get2(1, example))
			},
			want: "3.4 3.5 3.6 4: 4.1", journeys: example,
		},
		{
			name: "nothing is asked", spec: "6: else by address",
			tell: func(c *packet.Capture) {
				s := c.Connection(client + ":50000 > " + server + ":9999")
				s.Open()
				s.Client.Send(packet.HTTP2Preface + settings)
				s.Server.Send(settings)
			},
			want: "3.4 3.5 3.6 4: 4:", journeys: server,
		},
		{
			name: "a promised request", spec: "4.5: the server sends it while it responds",
			tell: func(c *packet.Capture) {
				s := opened(c)
				s.Client.Send(packet.HTTP2Preface + get2(1, example))
				s.Server.Send(packet.HTTP2Frame(5, 4, 1, "\x00\x00\x00\x02"+packet.HTTP2Fields(":method: GET", ":authority: other.example", ":path: /style.css")))
				s.Client.ACK()
			},
			want: openedWords + "4.1 4.5 4.5", journeys: example,
		},
		{
			name: "interleaved responses", spec: "1: every segment of a response",
			tell: func(c *packet.Capture) {
				s := opened(c)
				s.Client.Send(packet.HTTP2Preface + get2(1, example) + get2(3, example))
				s.Server.Send(ok + packet.HTTP2Headers(3, false, ":status: 404"))
				s.Server.SendAll(packet.HTTP2Data(1, false, page(2000))+packet.HTTP2Data(3, true, "no")+packet.HTTP2Data(1, true, ""), 1400)
				s.Client.ACK()
			},
			want: openedWords + "4.1 4.5 4.5 4.5 4.5", journeys: example, differs: "404",
			states: map[string]string{"4.6": "deduced 9"},
		},
	})
}
