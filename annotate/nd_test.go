package annotate_test

import (
	"testing"
	"time"

	"github.com/pktjourney/pktjourney/decode/capture/captest/packet"
)

// Neighbour Discovery does for IPv6 what ARP does for IPv4 (RFC 4861 section 7.2).
func TestNeighbourDiscovery(t *testing.T) {
	const (
		client6   = "2001:db8:1::64"
		link6     = "fe80::64"
		router6   = "fe80::1"
		resolver6 = "2001:db8:53::53"
		server6   = "2001:db8:80::82"
	)
	question6 := packet.DNS{Client: "[" + client6 + "]:40000", Server: resolver6, ID: 1, Name: example, Type: 28, Answers: []string{example + " AAAA " + server6}}
	runStories(t, []story{
		{
			name: "before a query", spec: "11: ND for the next hop belongs to the packet that it releases",
			tell: func(c *packet.Capture) {
				c.Solicit(router6, client6)
				c.Advertise(router6, client6)
				ask(c, question6)
			},
			want: "1.4 1.4 1.3 2.6", journeys: example,
			says: map[int]string{1: "Which MAC address has fe80::1? (for the query)", 2: "fe80::1 has the MAC address 02-00-00-00-01-01"},
		},
		{
			name: "asked from the link-local address", spec: "11",
			tell: func(c *packet.Capture) {
				c.Solicit(router6, link6)
				c.Advertise(router6, link6)
				ask(c, question6)
			},
			want: "1.4 1.4 1.3 2.6", journeys: example,
		},
		{
			name: "before a SYN", spec: "11: else 4.2",
			tell: func(c *packet.Capture) {
				ask(c, question6)
				c.Solicit(router6, client6)
				c.Advertise(router6, client6)
				c.Connection("[" + client6 + "]:50000 > [" + server6 + "]:80").Client.SYN()
			},
			want: "1.3 2.6 4.2 4.2 3.4", journeys: example,
			says: map[int]string{3: "Which MAC address has fe80::1? (for the connection)", 4: "fe80::1 has the MAC address 02-00-00-00-01-01"},
		},
		{
			name: "the router asks for the client", spec: "11: a router's has no step",
			tell: func(c *packet.Capture) {
				c.Query(question6)
				c.Solicit(client6, router6)
				c.Advertise(client6, router6)
				c.Answer(question6)
			},
			want: "1.3 - - 2.6", journeys: example,
		},
		{
			name: "an own address is checked", spec: "8: duplicate address detection has no step",
			tell: func(c *packet.Capture) {
				c.Solicit(client6, "::")
				c.Wait(100 * time.Millisecond)
				ask(c, question6)
			},
			want: "- 1.3 2.6", journeys: example,
		},
		{
			name: "too early", spec: "17: waits at most 1 s",
			tell: func(c *packet.Capture) {
				c.Solicit(router6, client6)
				c.Advertise(router6, client6)
				c.Wait(1100 * time.Millisecond)
				ask(c, question6)
			},
			want: "- - 1.3 2.6", journeys: example,
		},
	})
}
