package annotate_test

import (
	"testing"
	"time"

	"github.com/pktjourney/pktjourney/annotate"
	"github.com/pktjourney/pktjourney/decode/capture/captest/packet"
)

func TestDHCP(t *testing.T) {
	toRouter := client + ":68 > " + router + ":67"
	toClient := router + ":67 > " + client + ":68"
	ack := packet.DHCP{Type: packet.Ack, XID: 9, Client: 100, Server: router, Your: client, Lease: time.Hour}
	renewal := packet.DHCP{Type: packet.Request, XID: 9, Client: 100, ClientIP: client}
	runStories(t, []story{
		{
			name: "the four messages", spec: "8: transactions are matched by xid and hardware address",
			tell: lease, want: "0.1 0.2 0.3 0.4",
		},
		{
			name: "Discover again", spec: "8",
			tell: func(c *packet.Capture) {
				c.DHCP(packet.DHCP{Type: packet.Discover, XID: 7, Client: 100})
				c.Wait(4 * time.Second)
				lease(c)
			},
			want: "0.1 0.1+retransmission 0.2 0.3 0.4",
		},
		{
			name: "two clients at once", spec: "8",
			tell: func(c *packet.Capture) {
				c.DHCP(packet.DHCP{Type: packet.Discover, XID: 8, Client: 101})
				lease(c)
				c.DHCP(packet.DHCP{Type: packet.Offer, XID: 8, Client: 101, Server: router, Your: other})
			},
			want: "0.1 0.1 0.2 0.3 0.4 0.2",
		},
		{
			name: "renew", spec: "8: unicast Request at renewal is 0.3 renew",
			tell: func(c *packet.Capture) {
				m := renewal
				m.Way = toRouter
				c.DHCP(m)
				c.DHCP(ack)
			},
			want: "0.3+renew 0.4+renew",
		},
		{
			name: "rebind", spec: "8: broadcast rebind",
			tell: func(c *packet.Capture) {
				m := renewal
				m.Way = client + ":68 > 255.255.255.255:67"
				c.DHCP(m)
				c.DHCP(ack)
			},
			want: "0.3+rebind 0.4+rebind",
		},
		{
			name: "reboot", spec: "8: INIT-REBOOT",
			tell: func(c *packet.Capture) {
				c.DHCP(packet.DHCP{Type: packet.Request, XID: 9, Client: 100, Requested: client})
				c.DHCP(ack)
			},
			want: "0.3+reboot 0.4+reboot",
		},
		{
			name: "nak", spec: "8: Nak is 0.4 nak",
			tell: func(c *packet.Capture) {
				c.DHCP(packet.DHCP{Type: packet.Request, XID: 9, Client: 100, Requested: "192.168.1.200"})
				c.DHCP(packet.DHCP{Type: packet.Nak, XID: 9, Client: 100, Server: router})
			},
			want: "0.3+reboot 0.4+nak",
		},
		{
			name: "decline", spec: "8: phase 0, no step",
			tell: func(c *packet.Capture) {
				lease(c)
				c.Probe(client)
				c.DHCP(packet.DHCP{Type: packet.Decline, XID: 8, Client: 100, Server: router, Requested: client})
			},
			want: "0.1 0.2 0.3 0.4 0:+address-check 0:+decline",
		},
		{
			name: "release", spec: "8: phase 0, no step",
			tell: func(c *packet.Capture) {
				lease(c)
				c.DHCP(packet.DHCP{Type: packet.Release, XID: 8, Way: toRouter, Client: 100, ClientIP: client, Server: router})
			},
			want: "0.1 0.2 0.3 0.4 0:+release",
		},
		{
			name: "inform", spec: "8: phase 0, no step",
			tell: func(c *packet.Capture) {
				c.DHCP(packet.DHCP{Type: packet.Inform, XID: 8, Way: toRouter, Client: 100, ClientIP: client})
				c.DHCP(packet.DHCP{Type: packet.Ack, XID: 8, Way: toClient, Client: 100, ClientIP: client, Server: router})
			},
			want: "0:+inform 0.4",
		},
	})
}

func TestAddressCheck(t *testing.T) {
	discover := packet.DHCP{Type: packet.Discover, XID: 7, Client: 100}
	offer := packet.DHCP{Type: packet.Offer, XID: 7, Client: 100, Server: router, Your: client, Lease: time.Hour}
	runStories(t, []story{
		{
			name: "ARP before the offer", spec: "8: the server's check of an address, whenever it comes",
			tell: func(c *packet.Capture) {
				c.DHCP(discover)
				c.WhoHas(client, router)
				c.Wait(900 * time.Millisecond)
				c.DHCP(offer)
			},
			want: "0.1 0:+address-check 0.2",
		},
		{
			name: "ARP and echo after the ack", spec: "8: in or after the transaction",
			tell: func(c *packet.Capture) {
				lease(c)
				c.WhoHas(client, router)
				c.IsAt(client, router)
				c.Ping(router, client)
				c.Pong(client, router)
			},
			want: "0.1 0.2 0.3 0.4 0:+address-check 0:+address-check 0:+address-check 0:+address-check",
			says: map[int]string{
				5: "The DHCP server checks by ARP whether 192.168.1.100 is in use", 6: "The address 192.168.1.100 is in use: its owner answers the server's check | ARP reply",
				8: "The address 192.168.1.100 is in use: its owner answers the server's check | ICMP echo reply",
			},
		},
		{
			name: "echo before the offer", spec: "8: echo request and reply",
			tell: func(c *packet.Capture) {
				c.DHCP(discover)
				c.Ping(router, client)
				c.Wait(500 * time.Millisecond)
				c.DHCP(offer)
			},
			want: "0.1 0:+address-check 0.2",
		},
		{
			name: "an echo of somebody else", spec: "15: no part of a journey",
			tell: func(c *packet.Capture) {
				c.Ping(client, "192.168.1.7")
				c.Pong("192.168.1.7", client)
			},
			want: "- -",
		},
		{
			name: "the router asks long after", spec: "11: a router's ARP for the client has no step",
			tell: func(c *packet.Capture) {
				lease(c)
				c.Wait(time.Minute)
				c.WhoHas(client, router)
				c.IsAt(client, router)
			},
			want: "0.1 0.2 0.3 0.4 - -",
		},
		{
			name: "the client's own probe", spec: "8: phase 0 with no step",
			tell: func(c *packet.Capture) {
				lease(c)
				c.Probe(client)
			},
			want: "0.1 0.2 0.3 0.4 0:+address-check",
		},
	})
}

func TestOffers(t *testing.T) {
	const secondServer = "192.168.1.2"
	choose := func(chosen string) func(c *packet.Capture) {
		return func(c *packet.Capture) {
			offer := packet.DHCP{Type: packet.Offer, XID: 7, Client: 100, Server: router, Your: client, Lease: time.Hour}
			c.DHCP(packet.DHCP{Type: packet.Discover, XID: 7, Client: 100})
			c.DHCP(offer)
			offer.Server, offer.Your = secondServer, "192.168.1.200"
			c.DHCP(offer)
			c.DHCP(packet.DHCP{Type: packet.Request, XID: 7, Client: 100, Server: chosen, Requested: client})
			c.DHCP(packet.DHCP{Type: packet.Ack, XID: 7, Client: 100, Server: chosen, Your: client, Lease: time.Hour})
			ask(c, question())
		}
	}
	runStories(t, []story{
		{
			name: "the first", spec: "differences: compare the Request's server identifier with the Offers",
			tell: choose(router), want: "0.1 0.2 0.2 0.3 0.4 1.3 2.6", journeys: example,
			differs: "2 Offers came, and the client took the first, frame 2",
		},
		{
			name: "another", spec: "differences: compare the Request's server identifier with the Offers",
			tell: choose(secondServer), want: "0.1 0.2 0.2 0.3 0.4 1.3 2.6", journeys: example,
			differs: "2 Offers came, and the client took that of frame 3",
		},
		{
			name: "unicast", spec: "differences: say whether the Ack was unicast",
			tell: choose(router), want: "0.1 0.2 0.2 0.3 0.4 1.3 2.6", journeys: example,
			differs: "The Ack in frame 5 went to one address only",
		},
	})
}

// Several leases of one server, in order or not.
func TestLowestAddress(t *testing.T) {
	lent := func(first, then string) func(c *packet.Capture) {
		return func(c *packet.Capture) {
			leaseOf(c, first, 100, 7)
			leaseOf(c, then, 101, 8)
			q := question()
			q.Client = then + ":40000"
			ask(c, q)
		}
	}
	want := "0.1 0.2 0.3 0.4 0.1 0.2 0.3 0.4 1.3 2.6"
	runStories(t, []story{
		{name: "in order", spec: "differences: say if it was so", tell: lent(client, other), want: want, journeys: example, differs: "from the lowest"},
		{name: "not in order", spec: "differences: say if it was so", tell: lent(other, client), want: want, journeys: example, differs: "not"},
	})
}

// DHCP frames belong to all later journeys of the client: they have none of their own.
func TestDHCPFramesNameTheirClient(t *testing.T) {
	c := packet.New()
	lease(c)
	ask(c, question())
	r := annotated(t, c.Frames(), annotate.Options{})
	for n := 1; n <= 4; n++ {
		if l := r.frames[n]; l.Journey != nil || l.Client != "02-00-00-00-01-64" {
			t.Errorf("frame %d: journey %v, client %q", n, l.Journey, l.Client)
		}
	}
	if got := r.state(1, "0.4"); got != "observed 4" {
		t.Errorf("0.4 of the journey is %s", got)
	}
	if d := r.journeys[0].Timing.DHCP; d != 3*packet.Step {
		t.Errorf("DHCP took %v", d)
	}
}
