package annotate_test

import (
	"net/netip"
	"testing"

	"github.com/pktjourney/pktjourney/annotate"
	"github.com/pktjourney/pktjourney/decode/capture/captest/packet"
	"github.com/pktjourney/pktjourney/rules"
)

// quote adds an ICMP error of from about the newest frame (RFC 792): its IP header and 8 bytes.
func quote(c *packet.Capture, from string, kind, code byte) {
	frames := c.Frames()
	const ethernet, quoted = 14, 28
	last := frames[len(frames)-1].Data[ethernet:]
	to := netip.AddrFrom4([4]byte(last[12:16]))
	c.IP(netip.MustParseAddr(from), to, 1, append([]byte{kind, code, 0, 0, 0, 0, 0, 0}, last[:quoted]...))
}

// An error belongs to the step of the packet that it quotes.
func TestErrors(t *testing.T) {
	const unreachable, exceeded = 3, 11
	runStories(t, []story{
		{
			name: "the resolver's port is closed", spec: "12: unreachable",
			tell: func(c *packet.Capture) {
				c.Query(question())
				quote(c, resolver, unreachable, 3)
			},
			want: "1.3 1.3+error", journeys: example,
		},
		{
			name: "the query at a router", spec: "12: the step of the packet that they quote",
			tell: func(c *packet.Capture) {
				c.Query(question())
				quote(c, router, exceeded, 0)
			},
			opts: annotate.Options{Vantage: rules.Router}, want: "1.5 1.5+error", journeys: example,
		},
		{
			name: "the server is not reached", spec: "12: unreachable",
			tell: func(c *packet.Capture) {
				ask(c, question())
				c.Connection(toServer).Client.SYN()
				quote(c, router, unreachable, 1)
			},
			want: "1.3 2.6 3.4 3.4+error", journeys: example,
		},
		{
			name: "a segment does not fit", spec: "12: fragmentation needed",
			tell: func(c *packet.Capture) {
				s := opened(c)
				s.Client.Send(getPage)
				quote(c, router, unreachable, 4)
			},
			want: openedWords + "4.1 4.1+error", journeys: example,
		},
		{
			name: "of a packet that nobody saw", spec: "12, 15: no wrong label",
			tell: func(c *packet.Capture) {
				c.UDP(client+":1234 > 192.0.2.9:9", []byte("x"))
				quote(c, router, unreachable, 1)
			},
			want: "- -",
		},
	})
}

// What routers tell each other is for every journey (RFC 2328, RFC 4271).
func TestRouting(t *testing.T) {
	const inside, between = "10.0.0.1", "10.0.0.2"
	runStories(t, []story{
		{
			name: "OSPF", spec: "13: OSPF is 1.5, also 2.5 and 4.3, of no single journey",
			tell: func(c *packet.Capture) {
				hello := []byte{2, 1, 0, 44, 10, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 255, 0, 0, 10, 2, 1, 0, 0, 0, 40, 0, 0, 0, 0, 0, 0, 0, 0}
				c.IP(netip.MustParseAddr(inside), netip.MustParseAddr("224.0.0.5"), 89, hello)
			},
			want: "1.5", also: map[int]string{1: "2.5 4.3"}, says: map[int]string{1: "OSPF hello"},
		},
		{
			name: "BGP", spec: "13: BGP, its whole TCP connection",
			tell: func(c *packet.Capture) {
				s := c.Connection(inside + ":50000 > " + between + ":179")
				s.Open()
				s.Client.Send("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x00\x13\x04") // KEEPALIVE
				s.Server.ACK()
				s.Close()
			},
			want: "1.5 1.5 1.5 1.5 1.5 1.5 1.5 1.5", also: map[int]string{1: "2.5 4.3", 4: "2.5 4.3"},
		},
	})
}
