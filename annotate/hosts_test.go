package annotate_test

import (
	"testing"

	"github.com/pktjourney/pktjourney/decode/capture/captest/packet"
)

// A client is a host, not an address (SPEC, "Words" and rule 7).
func TestHostWithTwoFamilies(t *testing.T) {
	const (
		client6 = "2001:db8:1::64" // of the same MAC address as client
		other6  = "2001:db8:1::65"
		server6 = "2001:db8:80::82"
	)
	both := question()
	both.Type, both.Answers = 28, []string{example + " AAAA " + server6}
	over := func(from string) func(c *packet.Capture) {
		return func(c *packet.Capture) {
			c.WhoHas(packet.Gateway, client)
			c.Solicit(from, "::")
			ask(c, both)
			request(c, "["+from+"]:50000 > ["+server6+"]:80", example)
		}
	}
	unannounced := func(server string, routers uint8) func(c *packet.Capture) {
		return func(c *packet.Capture) {
			c.Far(client, routers)
			c.Far(client6, routers)
			ask(c, both)
			request(c, "["+client6+"]:50000 > ["+server+"]:80", example)
		}
	}
	runStories(t, []story{
		{
			name: "nothing told its addresses before", spec: "7: one journey of one client host",
			tell: unannounced(server6, 0), want: "1.3 2.6 3.4 3.5 3.6 4.1", journeys: example,
			says: map[int]string{3: "SYN to [2001:db8:80::82]:80, the address that frame 2 gave"},
		},
		{
			name: "asks over IPv6, connects over IPv4", spec: "7: one journey of one client host",
			tell: func(c *packet.Capture) {
				c.WhoHas(packet.Gateway, client)
				over6 := question()
				over6.Client, over6.Server = "["+client6+"]:40000", "2001:db8:1::1"
				ask(c, over6)
				request(c, client+":50000 > "+server+":80", example)
			},
			want: "- 1.3 2.6 3.4 3.5 3.6 4.1", journeys: example,
		},
		{
			name: "connects to another address", spec: "6: an earlier answer gave this client the address",
			tell: unannounced("2001:db8:80::83", 0), want: "1.3 2.6 3.4/2 3.5/2 3.6/2 4.1/2", journeys: example + " " + example,
		},
		{
			name: "beyond a router, whose MAC address all have", spec: "7: one journey of one client host",
			tell: unannounced(server6, 1), want: "1.5 2.5 3.4/2 3.5/2 3.6/2 4.3/2", journeys: example + " " + example,
		},
		{
			name: "asks over IPv4, connects over IPv6", spec: "7: one journey of one client host",
			tell: over(client6), want: "- - 1.3 2.6 3.4 3.5 3.6 4.1", journeys: example,
			says: map[int]string{5: "SYN to [2001:db8:80::82]:80, the address that frame 4 gave"},
		},
		{
			name: "another host connects", spec: "7: one journey of one client host",
			tell: over(other6), want: "- - 1.3 2.6 3.4/2 3.5/2 3.6/2 4.1/2", journeys: example + " " + example,
		},
	})
}
