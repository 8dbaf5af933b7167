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
	runStories(t, []story{
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
