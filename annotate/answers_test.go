package annotate_test

import (
	"testing"
	"time"

	"golang.org/x/net/dns/dnsmessage"

	"github.com/pktjourney/pktjourney/annotate"
	"github.com/pktjourney/pktjourney/decode/capture/captest/packet"
	"github.com/pktjourney/pktjourney/rules"
)

// Every outcome of a question is told at every point that it passes (SPEC rule 14, and the closed list of variants).
func TestAnswersAtEachPoint(t *testing.T) {
	outcomes := []struct {
		name    string
		answer  func(q *packet.DNS)
		variant string
		says    string
	}{
		{"cut short", func(q *packet.DNS) { q.Truncated, q.Answers = true, nil }, "+truncated", "is cut short (TC=1): to be asked again over TCP | a DNS response (QR=1) with TC=1"},
		{"no such name", func(q *packet.DNS) { q.RCode, q.Answers = dnsmessage.RCodeNameError, nil }, "+nxdomain", "there is no such name | a DNS response (QR=1) with response code NXDOMAIN"},
		{"refused", func(q *packet.DNS) { q.RCode, q.Answers = dnsmessage.RCodeRefused, nil }, "+refused", "error REFUSED | a DNS response (QR=1) with response code REFUSED"},
		{"not implemented", func(q *packet.DNS) { q.RCode, q.Answers = dnsmessage.RCodeNotImplemented, nil }, "+error", "error NOTIMP | a DNS response (QR=1) with response code NOTIMP"},
		{"an alias alone", func(q *packet.DNS) { q.Answers = []string{example + " CNAME other.example"} }, "", "A, records: "},
		{"no record of the type", func(q *packet.DNS) { q.Answers = nil }, "", "no A record of this name | a DNS response (QR=1)"},
	}
	points := []struct {
		at              rules.Point
		query, response string
	}{{rules.Client, "1.3", "2.6"}, {rules.Router, "1.5", "2.5"}, {rules.Resolver, "1.6", "2.4"}}
	var stories []story
	for _, o := range outcomes {
		for _, p := range points {
			s := story{
				name: o.name + " at the " + p.at.String(), spec: "14: a client's DNS query, its response",
				tell: func(c *packet.Capture) {
					q := question()
					c.Query(q)
					o.answer(&q)
					c.Answer(q)
				},
				want: p.query + " " + p.response + o.variant, journeys: example, says: map[int]string{2: o.says},
				opts: annotate.Options{Vantage: p.at},
			}
			if p.at != rules.Router {
				s.also = map[int]string{2: "2.3"}
			}
			stories = append(stories, s)
		}
	}
	runStories(t, stories)
}

// DNS over TCP and over TLS at the other points (SPEC rule 10).
func TestDNSConnectionsAtEachPoint(t *testing.T) {
	overTCPOf := func(c *packet.Capture) {
		s := c.Connection(client + ":40000 > " + resolver + ":53")
		s.Open()
		q := question()
		s.Client.Send(overTCP(q.Pack(false)))
		s.Server.ACK()
		s.Server.Send(overTCP(q.Pack(true)))
		s.Client.ACK()
	}
	overTLS := func(c *packet.Capture) {
		s := c.Connection(client + ":50000 > " + resolver + ":853")
		s.Open()
		s.Client.Send("\x16\x03\x01\x00\x05\x01\x00\x00\x01\x03")
		s.Server.ACK()
		s.Server.Send("\x17\x03\x03\x00\x01x")
	}
	at := func(p rules.Point) annotate.Options { return annotate.Options{Vantage: p} }
	const ofQuery, ofResponse = "that carries the DNS query", "that carried the DNS response"
	runStories(t, []story{
		{
			name: "over TCP at a router", spec: "10: the query's step at that point", tell: overTCPOf, opts: at(rules.Router),
			want: "1.5+tcp 1.5+tcp 1.5+tcp 1.5+tcp 1.5+tcp 2.5+tcp 2.5+tcp", journeys: example,
			says: map[int]string{1: ofQuery, 7: ofResponse},
		},
		{
			name: "over TCP at the resolver", spec: "10: the query's step at that point", tell: overTCPOf, opts: at(rules.Resolver),
			want: "1.6+tcp 1.6+tcp 1.6+tcp 1.6+tcp 1.6+tcp 2.4+tcp 2.4+tcp", journeys: example,
			says: map[int]string{1: ofQuery, 7: ofResponse},
		},
		{
			name: "over TLS at a router", spec: "10: in the same way", tell: overTLS, opts: at(rules.Router),
			want: "1.5~+encrypted-dns 1.5~+encrypted-dns 1.5~+encrypted-dns 1.5~+encrypted-dns 1.5~+encrypted-dns 2.5~+encrypted-dns", journeys: resolver,
		},
		{
			name: "over TLS at the resolver", spec: "10: in the same way", tell: overTLS, opts: at(rules.Resolver),
			want: "1.6~+encrypted-dns 1.6~+encrypted-dns 1.6~+encrypted-dns 1.6~+encrypted-dns 1.6~+encrypted-dns 2.4~+encrypted-dns", journeys: resolver,
		},
	})
}

// Steps that follow from others, by what was seen of a question.
func TestDeducedFromDNS(t *testing.T) {
	at := func(p rules.Point) annotate.Options { return annotate.Options{Vantage: p} }
	answered := func(c *packet.Capture) { c.Answer(question()) }
	runStories(t, []story{
		{
			name: "the answer alone at the client", spec: "14", tell: answered, want: "2.6", journeys: example,
			states: map[string]string{"1.6": "deduced 1", "2.1": "deduced 1", "2.3": "deduced 1"},
		},
		{
			name: "the answer alone at a router", spec: "14", tell: answered, opts: at(rules.Router), want: "2.5", journeys: example,
			states: map[string]string{"1.6": "deduced 1", "2.1": "deduced 1", "2.3": "deduced 1", "2.4": "deduced 1"},
		},
		{
			name: "the answer alone at the resolver", spec: "14", tell: answered, opts: at(rules.Resolver), want: "2.4", journeys: example,
			states: map[string]string{"1.6": "deduced 1", "2.1": "deduced 1", "2.3": "deduced 1"},
		},
		{
			name: "the query alone at a router", spec: "14", tell: func(c *packet.Capture) { c.Query(question()) }, opts: at(rules.Router), want: "1.5", journeys: example,
			states: map[string]string{"1.1": "deduced 1", "1.2": "deduced 1", "1.3": "deduced 1", "1.4": "deduced 1"},
		},
		{
			name: "the query alone at the resolver", spec: "14", tell: func(c *packet.Capture) {
				c.Far(client, 3)
				c.Query(question())
			}, opts: at(rules.Resolver), want: "1.6", journeys: example,
			states: map[string]string{"1.1": "deduced 1", "1.2": "deduced 1", "1.3": "deduced 1", "1.4": "deduced 1", "1.5": "deduced 1"},
		},
		{
			name: "the routers of the answer", spec: "14: from hop counts", tell: func(c *packet.Capture) { ask(c, question()) }, want: "1.3 2.6", journeys: example,
			states: map[string]string{"1.5": "deduced 2", "2.5": "deduced 2"},
		},
	})
}

// Where packets depart from what the document says of DNS.
func TestDNSDiffers(t *testing.T) {
	var many []string
	for i := range 40 {
		many = append(many, example+" A 203.0.113."+itoa(100+i))
	}
	runStories(t, []story{
		{
			name: "a larger size offered", spec: "differences: EDNS(0) sizes",
			tell: func(c *packet.Capture) {
				q := question()
				q.EDNS = 1232
				ask(c, q)
			},
			want: "1.3 2.6", journeys: example, differs: "1232",
		},
		{
			name: "more than 512 bytes over UDP", spec: "differences: answers beyond 512 over UDP",
			tell: func(c *packet.Capture) {
				q := question()
				q.Answers = many
				ask(c, q)
			},
			want: "1.3 2.6", journeys: example, differs: "512",
		},
		{
			name: "asked others first", spec: "differences: the resolver iterates",
			tell: func(c *packet.Capture) {
				c.Query(question())
				c.Wait(200 * time.Millisecond)
				c.Answer(question())
			},
			want: "1.3 2.6", journeys: example, differs: "asked",
		},
	})
}

// Signed zones and transfers by difference (the closed list of variants).
func TestKindsOfQuestions(t *testing.T) {
	asked := func(kind dnsmessage.Type, validated bool) func(c *packet.Capture) {
		return func(c *packet.Capture) {
			q := question()
			q.Type, q.Validated, q.Answers = kind, validated, nil
			ask(c, q)
		}
	}
	const dnsKey, ds, ixfr = 48, 43, 251 // RFC 4034 sections 2 and 5, RFC 1995 section 3
	runStories(t, []story{
		{name: "the keys of a zone", spec: "variant dnssec", tell: asked(dnsKey, false), want: "1.3+dnssec 2.6+dnssec", journeys: example},
		{name: "the digest of a key", spec: "variant dnssec", tell: asked(ds, false), want: "1.3+dnssec 2.6+dnssec", journeys: example},
		{name: "validated", spec: "variant dnssec: AD", tell: asked(dnsmessage.TypeA, true), want: "1.3 2.6+dnssec", journeys: example},
		{
			name: "what changed in a zone", spec: "10: IXFR, with its variant", want: "2.2+ixfr 2.2+ixfr",
			tell: func(c *packet.Capture) {
				q := question()
				q.Client, q.Type, q.Iterative, q.Answers = resolver+":4444", ixfr, true, nil
				ask(c, q)
			},
		},
		{
			name: "a resolver is told of trouble", spec: "9", want: "2.2 2.2+servfail",
			tell: func(c *packet.Capture) {
				q := question()
				q.Client, q.Iterative, q.RCode, q.Answers = resolver+":4444", true, dnsmessage.RCodeServerFailure, nil
				c.Far(resolver, 0)
				ask(c, q)
			},
			says: map[int]string{2: "with response code SERVFAIL"},
		},
	})
}

// The capture point is shown with its reason (SPEC rule 14).
func TestReasonOfThePoint(t *testing.T) {
	far := func(clientHops, resolverHops uint8) func(c *packet.Capture) {
		return func(c *packet.Capture) {
			c.Far(client, clientHops)
			c.Far(resolver, resolverHops)
			ask(c, question())
		}
	}
	for _, p := range []struct {
		name   string
		tell   func(c *packet.Capture)
		opts   annotate.Options
		point  rules.Point
		reason string
	}{
		{"client", far(0, 2), annotate.Options{}, rules.Client, "its packets still have TTL 64"},
		{"router", far(1, 2), annotate.Options{}, rules.Router, "packets of both sides have already passed routers, by their TTL"},
		{"resolver", far(2, 0), annotate.Options{}, rules.Resolver, "its packets still have TTL 64"},
		{"a resolver that asks others", func(c *packet.Capture) {
			*c = *atResolver()
			c.Query(question())
			iteration(c)
			c.Answer(question())
		}, annotate.Options{}, rules.Resolver, "it sends queries of its own to name servers (RD=0)"},
		{"given", far(0, 2), annotate.Options{Vantage: rules.Router}, rules.Router, "as --vantage says"},
		{"nothing", func(*packet.Capture) {}, annotate.Options{}, rules.Unknown, "nothing tells where, taken as the client's"},
	} {
		tell(t, p.name, "14: shown with its reason", func(t testing.TB) {
			c := packet.New()
			p.tell(c)
			r := annotated(t, c.Frames(), p.opts)
			if r.summary.Point != p.point || r.summary.PointReason != p.reason {
				t.Errorf("%v: %q, want %v: %q", r.summary.Point, r.summary.PointReason, p.point, p.reason)
			}
		})
	}
}
