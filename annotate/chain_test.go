package annotate_test

import (
	"crypto/tls"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/dns/dnsmessage"

	"github.com/pktjourney/pktjourney/annotate"
	"github.com/pktjourney/pktjourney/decode/capture/captest/packet"
	"github.com/pktjourney/pktjourney/rules"
)

// chainText writes each link on a line: kind, frames, what it says.
func chainText(c *annotate.Chain) string {
	var b strings.Builder
	for i := range c.Links {
		k := &c.Links[i]
		frames := strings.Trim(fmt.Sprint(k.Frames), "[]")
		if k.Broken {
			frames = "broken"
		}
		fmt.Fprintf(&b, "  %s %s: %s\n", k.Kind, frames, k.AppendText(nil, rules.English))
	}
	return b.String()
}

// chainStory is a capture and the chains of its journeys.
type chainStory struct {
	name, spec string
	tell       func(c *packet.Capture)
	want       string // the links of all chains, a line each; "--" begins a chain
}

func (s *chainStory) compare(t testing.TB, r *recorder) {
	t.Helper()
	var b strings.Builder
	for _, j := range r.journeys {
		for i := range j.Chains {
			fmt.Fprint(&b, "--\n", chainText(&j.Chains[i]))
		}
	}
	if got, want := lines(b.String()), lines(s.want); !slices.Equal(got, want) {
		t.Errorf("chains\n%s", beside(got, want))
	}
}

// lines are the lines of text that hold anything, without the blanks around it.
func lines(text string) []string {
	var list []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			list = append(list, line)
		}
	}
	return list
}

func runChains(t *testing.T, stories []chainStory) {
	t.Helper()
	for _, s := range stories {
		c := packet.New()
		s.tell(c)
		tell(t, s.name, s.spec, func(t testing.TB) {
			s.compare(t, annotatedWithKeys(t, c.Frames(), annotate.Options{}, c.KeyLog))
		})
	}
}

// request sends a request to the name over a new connection.
func request(c *packet.Capture, way, name string) *packet.Connection {
	s := c.Connection(way)
	s.Open()
	s.Client.Send("GET / HTTP/1.1\r\nHost: " + name + "\r\n\r\n")
	return s
}

// leaseNaming is lease with DNS servers in the Ack.
func leaseNaming(c *packet.Capture, servers ...string) {
	m := packet.DHCP{Type: packet.Discover, XID: 7, Client: 100}
	c.DHCP(m)
	m.Type, m.Server, m.Your, m.DNS = packet.Offer, router, client, servers
	c.DHCP(m)
	c.DHCP(packet.DHCP{Type: packet.Request, XID: 7, Client: 100, Server: router, Requested: client})
	m.Type = packet.Ack
	c.DHCP(m)
}

// Every link from the lease to the name, with the frames that prove it (SPEC rule 6).
func TestChainOfConnection(t *testing.T) {
	runChains(t, []chainStory{
		{
			name: "whole", spec: "6: the DNS answer ties the flow to the name",
			tell: func(c *packet.Capture) {
				leaseNaming(c, second, resolver)
				ask(c, question())
				request(c, toServer, example)
			},
			want: `
				--
				lease 1 2 3 4: 192.168.1.100 is leased to this client
				server 4: the lease names the DNS server 198.51.100.53
				question 5: A www.example.com? asked of 198.51.100.53
				answer 6: 203.0.113.82, 1.00 ms after the question
				syn 7: to 203.0.113.82:80
				name 10: the request names www.example.com (Host)`,
		},
		{
			name: "through aliases", spec: "6: through CNAME chains",
			tell: func(c *packet.Capture) {
				q := question()
				q.Answers = []string{example + " CNAME cdn.example.net", "cdn.example.net CNAME a.example.org", "a.example.org A " + server}
				ask(c, q)
				request(c, toServer, example)
			},
			want: `
				--
				lease broken: no DHCP of this client in this capture: a static address, or a lease that is still valid
				server broken: 198.51.100.53 was asked, and nothing in this capture tells the client of that DNS server
				question 1: A www.example.com? asked of 198.51.100.53
				answer 2: 203.0.113.82, through the aliases cdn.example.net, a.example.org, 1.00 ms after the question
				syn 3: to 203.0.113.82:80
				name 6: the request names www.example.com (Host)`,
		},
		{
			name: "over TLS", spec: "6: TLS SNI confirms it",
			tell: func(c *packet.Capture) {
				leaseNaming(c, second)
				s := opened443(c)
				secure(s, packet.TLS(example, tls.VersionTLS13, getPage, page(10))[:2])
			},
			want: `
				--
				lease 1 2 3 4: 192.168.1.100 is leased to this client
				server broken: 198.51.100.53 was asked, which is no DNS server of the lease in frame 4 (those are 198.51.100.54)
				question 5: A www.example.com? asked of 198.51.100.53
				answer 6: 203.0.113.82, 1.00 ms after the question
				syn 7: to 203.0.113.82:443
				name 10: the ClientHello names www.example.com (SNI)`,
		},
		{
			name: "over QUIC", spec: "16: the Initial's ClientHello gives the SNI",
			tell: func(c *packet.Capture) {
				ask(c, question())
				sayQUIC(c, packet.QUIC(example, "h3").Handshake()[:1])
			},
			want: `
				--
				lease broken: no DHCP of this client in this capture: a static address, or a lease that is still valid
				server broken: 198.51.100.53 was asked, and nothing in this capture tells the client of that DNS server
				question 1: A www.example.com? asked of 198.51.100.53
				answer 2: 203.0.113.82, 1.00 ms after the question
				syn 3: first QUIC packet to 203.0.113.82:443
				name 3: the ClientHello names www.example.com (SNI)`,
		},
		{
			name: "to an address in the request", spec: "6: by Host",
			tell: func(c *packet.Capture) { request(c, toServer, server) },
			want: `
				--
				lease broken: no DHCP of this client in this capture: a static address, or a lease that is still valid
				question 4: the request names the address 203.0.113.82 itself: nothing was to be asked
				syn 1: to 203.0.113.82:80
				name 4: the request names 203.0.113.82 (Host)`,
		},
	})
}

// A connection that is used again, and a redirect to another name at the same address.
func TestChainsOfFurtherConnections(t *testing.T) {
	const other = "other.example"
	elsewhere := packet.DNS{Client: client + ":40001", Server: resolver, ID: 2, Name: other, Answers: []string{other + " A " + server}}
	const told = "lease 1 2 3 4: 192.168.1.100 is leased to this client\nserver 4: the lease names the DNS server 198.51.100.53\n"
	runChains(t, []chainStory{
		{
			name: "a redirect to a name at the same address", spec: "6: Host overrides it; 7: names that a page pulls in are journeys of their own",
			tell: func(c *packet.Capture) {
				leaseNaming(c, resolver)
				ask(c, question())
				s := request(c, toServer, example)
				s.Server.Send("HTTP/1.1 301 Moved Permanently\r\nLocation: http://other.example/\r\nContent-Length: 0\r\n\r\n")
				ask(c, elsewhere)
				request(c, client+":50001 > "+server+":80", example)
				request(c, client+":50002 > "+server+":80", other)
			},
			want: "--\n" + told + `
				question 5: A www.example.com? asked of 198.51.100.53
				answer 6: 203.0.113.82, 1.00 ms after the question
				syn 7: to 203.0.113.82:80
				name 10: the request names www.example.com (Host)
				--` + "\n" + told + `
				question 5: A www.example.com? asked of 198.51.100.53
				answer 6: 203.0.113.82, 1.00 ms after the question
				syn 14: to 203.0.113.82:80
				name 17: the request names www.example.com (Host)
				--` + "\n" + told + `
				question 12: A other.example? asked of 198.51.100.53
				answer 13: 203.0.113.82, 1.00 ms after the question
				syn 18: to 203.0.113.82:80
				name 21: the request names other.example (Host)`,
		},
		{
			name: "one connection for two requests, then another", spec: "7: a new flow without a new query joins the last one",
			tell: func(c *packet.Capture) {
				leaseNaming(c, resolver)
				ask(c, question())
				s := request(c, toServer, example)
				s.Server.Send(page(10))
				s.Client.Send(getPage)
				request(c, client+":50001 > "+server+":80", example)
			},
			want: "--\n" + told + `
				question 5: A www.example.com? asked of 198.51.100.53
				answer 6: 203.0.113.82, 1.00 ms after the question
				syn 7: to 203.0.113.82:80
				name 10: the request names www.example.com (Host)
				--` + "\n" + told + `
				question 5: A www.example.com? asked of 198.51.100.53
				answer 6: 203.0.113.82, 1.00 ms after the question
				syn 13: to 203.0.113.82:80
				name 16: the request names www.example.com (Host)`,
		},
		{
			name: "two clients that are answered each other's addresses", spec: "6: an earlier answer gave this client",
			tell: func(c *packet.Capture) {
				leaseNaming(c, resolver)
				mine, theirs := question(), question()
				theirs.Client, theirs.Answers = "192.168.1.101:40000", []string{example + " A 203.0.113.83"}
				c.Query(mine)
				c.Query(theirs)
				c.Answer(theirs)
				c.Answer(mine)
				request(c, toServer, example)
				request(c, "192.168.1.101:50000 > "+server+":80", example)
			},
			want: "--\n" + told + `
				question 5: A www.example.com? asked of 198.51.100.53
				answer 8: 203.0.113.82, 3.00 ms after the question
				syn 9: to 203.0.113.82:80
				name 12: the request names www.example.com (Host)
				--
				lease broken: no DHCP of this client in this capture: a static address, or a lease that is still valid
				server broken: 198.51.100.53 was asked, and nothing in this capture tells the client of that DNS server
				question 6: A www.example.com? asked of 198.51.100.53
				answer broken: the connection goes to 203.0.113.82, an address that no DNS answer before it in this capture gave this client for www.example.com
				syn 13: to 203.0.113.82:80
				name 16: the request names www.example.com (Host)
				--
				lease broken: no DHCP of this client in this capture: a static address, or a lease that is still valid
				server broken: 198.51.100.53 was asked, and nothing in this capture tells the client of that DNS server
				question 6: A www.example.com? asked of 198.51.100.53
				answer 7: 203.0.113.83, 1.00 ms after the question
				syn broken: no connection to an address of the answer followed`,
		},
	})
}

// Where the chain is broken, the link says how.
func TestBrokenChains(t *testing.T) {
	const nobody = "lease broken: no DHCP of this client in this capture: a static address, or a lease that is still valid\n"
	const untold = "server broken: 198.51.100.53 was asked, and nothing in this capture tells the client of that DNS server\n"
	runChains(t, []chainStory{
		{
			name: "no answer gave the address", spec: "6: a flow with no DNS in the capture",
			tell: func(c *packet.Capture) { request(c, toServer, example) },
			want: "--\n" + nobody + `
				question broken: the name was not asked within this capture
				answer broken: the connection goes to 203.0.113.82, an address that no DNS answer before it in this capture gave this client for www.example.com
				syn 1: to 203.0.113.82:80
				name 4: the request names www.example.com (Host)`,
		},
		{
			name: "the address was given for another name", spec: "6: Host overrides it",
			tell: func(c *packet.Capture) {
				q := question()
				q.Name, q.Answers = "shared.example", []string{"shared.example A " + server}
				ask(c, q)
				request(c, toServer, example)
			},
			want: "--\n" + nobody + untold + `
				question 1: A shared.example? asked of 198.51.100.53
				answer 2: 203.0.113.82, 1.00 ms after the question
				syn broken: no connection to an address of the answer followed
				--` + "\n" + nobody + `
				question broken: the name was not asked within this capture
				answer broken: frame 2 gave the address 203.0.113.82, but for shared.example; no DNS answer in this capture gave it for www.example.com
				syn 3: to 203.0.113.82:80
				name 6: the request names www.example.com (Host)`,
		},
		{
			name: "a question asked again", spec: "3: its repeats are retransmissions",
			tell: func(c *packet.Capture) {
				q := question()
				c.Query(q)
				c.Wait(time.Second)
				q.ID = 2
				ask(c, q)
				c.Connection(toServer).Client.SYN()
			},
			want: "--\n" + nobody + untold + `
				question 2: A www.example.com? asked of 198.51.100.53
				answer 3: 203.0.113.82, 1.00 ms after the question
				syn 4: to 203.0.113.82:80
				name broken: nothing that was captured of the connection tells its name: neither Host nor SNI
				--` + "\n" + nobody + untold + `
				question 1: A www.example.com? asked of 198.51.100.53
				answer broken: no answer to this question is in this capture; it was asked again in frame 2`,
		},
		{
			name: "the question was before the capture", spec: "6: a flow makes a journey",
			tell: func(c *packet.Capture) {
				c.Answer(question())
				s := c.Connection(toServer)
				s.Client.Send(getPage)
			},
			want: "--\n" + nobody + untold + `
				question broken: the question that frame 1 answers is not in this capture
				answer 1: 203.0.113.82
				syn broken: the connection is older than this capture, or was reused
				name 2: the request names www.example.com (Host)`,
		},
		{
			name: "the name does not exist", spec: "7: a query that no connection follows",
			tell: func(c *packet.Capture) {
				c.Announce("fe80::1", "2001:db8::53")
				q := packet.DNS{Client: "[2001:db8::100]:40000", Server: "[2001:db8::53]:53", ID: 1, Name: example, RCode: dnsmessage.RCodeNameError}
				ask(c, q)
			},
			want: `--
				lease broken: not visible from this capture point
				server 1: the DNS server 2001:db8::53 was announced to all hosts of the link
				question 2: A www.example.com? asked of 2001:db8::53
				answer 3: no address in this answer: no connection rests on it`,
		},
	})
}
