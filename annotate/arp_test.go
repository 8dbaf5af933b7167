package annotate_test

import (
	"testing"
	"time"

	"github.com/pktjourney/pktjourney/annotate"
	"github.com/pktjourney/pktjourney/decode/capture/captest/packet"
)

func TestARP(t *testing.T) {
	runStories(t, []story{
		{
			name: "before a query", spec: "11: belongs to the packet that it releases, 1.4 for a query",
			tell: func(c *packet.Capture) {
				c.WhoHas(router, client)
				c.IsAt(router, client)
				ask(c, question())
			},
			want: "1.4 1.4 1.3 2.6", journeys: example,
		},
		{
			name: "before a SYN", spec: "11: else 4.2",
			tell: func(c *packet.Capture) {
				ask(c, question())
				c.WhoHas(router, client)
				c.IsAt(router, client)
				c.Connection(toServer).Client.SYN()
			},
			want: "1.3 2.6 4.2 4.2 3.4", journeys: example,
			says: map[int]string{3: "Which MAC address has 192.168.1.1? (for the connection)", 4: "192.168.1.1 has the MAC address 02-00-00-00-01-01"},
		},
		{
			name: "asked again", spec: "11",
			tell: func(c *packet.Capture) {
				c.WhoHas(router, client)
				c.Wait(500 * time.Millisecond)
				c.WhoHas(router, client)
				c.IsAt(router, client)
				ask(c, question())
			},
			want: "1.4 1.4 1.4 1.3 2.6", journeys: example,
		},
		{
			name: "the router asks for the client", spec: "11: a router's ARP for the client has no step",
			tell: func(c *packet.Capture) {
				c.Query(question())
				c.WhoHas(client, router)
				c.IsAt(client, router)
				c.Answer(question())
			},
			want: "1.3 - - 2.6", journeys: example,
		},
		{
			name: "a check of a known neighbour", spec: "11: has no step",
			tell: func(c *packet.Capture) {
				c.StillHas(router, client)
				c.IsAt(router, client)
				ask(c, question())
			},
			want: "- - 1.3 2.6", journeys: example,
		},
		{
			name: "for another host", spec: "11: belongs to the packet that it releases",
			tell: func(c *packet.Capture) {
				c.WhoHas("192.168.1.7", client)
				c.IsAt("192.168.1.7", client)
				ask(c, question())
			},
			want: "- - 1.3 2.6", journeys: example,
		},
		{
			name: "for a resolver on the link", spec: "11",
			tell: func(c *packet.Capture) {
				q := question()
				q.Server = router
				c.WhoHas(router, client)
				c.IsAt(router, client)
				ask(c, q)
			},
			want: "1.4 1.4 1.3 2.6", journeys: example,
		},
		{
			name: "two clients ask at once", spec: "11",
			tell: func(c *packet.Capture) {
				c.WhoHas(router, client)
				c.WhoHas(router, other)
				c.IsAt(router, client)
				c.IsAt(router, other)
				q := question()
				q.Client = other + ":40000"
				c.Query(q)
				c.Query(question())
			},
			want: "1.4/2 1.4 1.4/2 1.4 1.3 1.3/2", journeys: example + " " + example,
		},
		{
			name: "overheard behind a switch", spec: "11: 1.4 for a query; the answer and the query go another way",
			tell: func(c *packet.Capture) {
				c.DHCP(packet.DHCP{Type: packet.Ack, XID: 7, Client: 100, Server: router, Your: client, Router: router})
				c.WhoHas(router, other)
				c.Wait(1100 * time.Millisecond)
				c.Probe(client)
			},
			want: "0.4 1.4~ 0:+address-check",
		},
		{
			name: "overheard, for another host", spec: "15: a wrong label is worse than none",
			tell: func(c *packet.Capture) {
				c.DHCP(packet.DHCP{Type: packet.Ack, XID: 7, Client: 100, Server: router, Your: client, Router: router})
				c.WhoHas("192.168.1.7", other)
			},
			want: "0.4 -",
		},
		{
			name: "too early", spec: "17: waits at most 1 s",
			tell: func(c *packet.Capture) {
				c.WhoHas(router, client)
				c.IsAt(router, client)
				c.Wait(1100 * time.Millisecond)
				ask(c, question())
			},
			want: "- - 1.3 2.6", journeys: example,
		},
	})
}

// A question that nobody answers holds the frames behind it back, for a second
// of capture time at most (SPEC rule 17).
func TestARPHoldsBackForASecond(t *testing.T) {
	c := packet.New()
	ask(c, question())
	c.WhoHas("192.168.1.7", client) // frame 3
	s := c.Connection(toServer)
	s.Open() // frames 4 to 6
	c.Wait(990 * time.Millisecond)
	s.Client.Send(getPage) // frame 7, 993 ms after frame 3
	c.Wait(10 * time.Millisecond)
	s.Server.Send(page(10)) // frame 8
	r := annotated(t, c.Frames(), annotate.Options{})
	for number, want := range map[int]int{1: 1, 2: 2, 3: 8, 4: 8, 7: 8, 8: 8} {
		if got := r.handed[number]; got != want {
			t.Errorf("frame %d was handed over after %d frames, want %d", number, got, want)
		}
	}
	if r.labels[2] != "-" {
		t.Errorf("frame 3 is labelled %s", r.labels[2])
	}
}
