package annotate_test

import (
	"testing"
	"time"

	"golang.org/x/net/dns/dnsmessage"

	"github.com/pktjourney/pktjourney/decode/capture/captest/packet"
)

func TestDNS(t *testing.T) {
	runStories(t, []story{
		{
			name: "asked again", spec: "1.3: the query's retransmissions",
			tell: func(c *packet.Capture) {
				c.Query(question())
				c.Wait(5 * time.Second)
				c.Query(question())
				c.Answer(question())
			},
			want: "1.3 1.3+retransmission 2.6", journeys: example,
		},
		{
			name: "asked again from another port", spec: "1.3: the query's retransmissions",
			tell: func(c *packet.Capture) {
				c.Query(question())
				c.Wait(5 * time.Second)
				q := question()
				q.Client, q.ID = client+":40001", 2
				ask(c, q)
			},
			want: "1.3 1.3+retransmission 2.6", journeys: example,
		},
		{
			name: "the next server", spec: "1.3: the switch to the next server",
			tell: func(c *packet.Capture) {
				c.Query(question())
				c.Wait(5 * time.Second)
				q := question()
				q.Server = second
				ask(c, q)
			},
			want: "1.3 1.3+server-switch 2.6", journeys: example,
		},
		{
			name: "answered twice", spec: "variant duplicate",
			tell: func(c *packet.Capture) {
				ask(c, question())
				c.Answer(question())
			},
			want: "1.3 2.6 2.6+duplicate", journeys: example,
		},
		{
			name: "no such name", spec: "7: a query that no connection follows",
			tell: func(c *packet.Capture) {
				q := question()
				q.RCode, q.Answers = dnsmessage.RCodeNameError, nil
				ask(c, q)
			},
			want: "1.3 2.6+nxdomain", journeys: example,
			states: map[string]string{"3.4": "missing: the answer gave no address, so nothing could follow"},
		},
		{
			name: "the server fails", spec: "variant servfail",
			tell: func(c *packet.Capture) {
				q := question()
				q.RCode, q.Answers = dnsmessage.RCodeServerFailure, nil
				ask(c, q)
			},
			want: "1.3 2.6+servfail", journeys: example,
		},
		{
			name: "no answer", spec: "step states: missing, and why",
			tell: func(c *packet.Capture) { c.Query(question()) },
			want: "1.3", journeys: example,
			states: map[string]string{"2.6": "missing: the query"},
		},
		{
			name: "an alias", spec: "6: through CNAME chains",
			tell: func(c *packet.Capture) {
				q := question()
				q.Answers = []string{example + " CNAME a.example.net", "a.example.net CNAME b.example.net", "b.example.net A " + server}
				ask(c, q)
				c.Connection(toServer).Open()
			},
			want: openedWords, journeys: example,
		},
		{
			name: "parallel queries", spec: "7: A and AAAA are one journey",
			tell: func(c *packet.Capture) {
				a, aaaa := question(), question()
				aaaa.ID, aaaa.Type, aaaa.Answers = 2, dnsmessage.TypeAAAA, []string{example + " AAAA 2001:db8:2::82"}
				c.Query(a)
				c.Query(aaaa)
				c.Answer(aaaa)
				c.Answer(a)
				c.Connection(toServer).Open()
			},
			want: "1.3 1.3 2.6 2.6 3.4 3.5 3.6", journeys: example,
		},
		{
			name: "names in another case", spec: "names are lower case as received",
			tell: func(c *packet.Capture) {
				q := question()
				q.Name, q.Answers = "WWW.Example.COM", []string{"WWW.Example.COM A " + server}
				ask(c, q)
				q = question()
				q.ID = 2
				ask(c, q)
			},
			want: "1.3 2.6 1.3 2.6", journeys: example,
		},
		{
			name: "an answer that was not asked for", spec: "14: the response is 2.6 at the client",
			tell: func(c *packet.Capture) { c.Answer(question()) },
			want: "2.6", journeys: example,
		},
		{
			name: "a resolver's own question", spec: "2.2: RD=0 queries and their answers",
			tell: func(c *packet.Capture) {
				q := question()
				q.Client, q.Server, q.Iterative = resolver+":50000", "198.51.100.200", true
				ask(c, q)
			},
			want: "2.2 2.2",
		},
	})
}

func TestTwoClients(t *testing.T) {
	runStories(t, []story{{
		name: "interleaved", spec: "a journey is one client's way to one name",
		tell: func(c *packet.Capture) {
			q := question()
			q.Client = other + ":40000"
			c.Query(question())
			c.Query(q)
			c.Answer(q)
			c.Answer(question())
			a, b := c.Connection(toServer), c.Connection(other+":50000 > "+server+":80")
			a.Client.SYN()
			b.Client.SYN()
			b.Server.SYN()
			a.Server.SYN()
			a.Client.ACK()
			b.Client.ACK()
			b.Client.Send(getPage)
			a.Client.Send(getPage)
			a.Server.Send(page(10))
			b.Server.Send(page(20))
		},
		want:     "1.3 1.3/2 2.6/2 2.6 3.4 3.4/2 3.5/2 3.5 3.6 3.6/2 4.1/2 4.1 4.5 4.5/2",
		journeys: example + " " + example,
	}})
}
