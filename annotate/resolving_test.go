package annotate_test

import (
	"fmt"
	"net/netip"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/dns/dnsmessage"

	"github.com/pktjourney/pktjourney/annotate"
	"github.com/pktjourney/pktjourney/decode/capture/captest/packet"
	"github.com/pktjourney/pktjourney/rules"
)

// The name servers on the way down to example.com.
const (
	root    = "198.51.100.200"
	tld     = "198.51.100.201"
	serving = "198.51.100.202"
)

// atResolver is a capture at the resolver's link: clients are two routers away.
func atResolver() *packet.Capture {
	c := packet.New()
	for _, far := range []string{client, other, root, tld, serving} {
		c.Far(far, 2)
	}
	c.Far(resolver, 0)
	return c
}

// iteration is the resolver's way from the root to the address of www.example.com.
func iteration(c *packet.Capture) {
	q := packet.DNS{Client: resolver + ":50000", ID: 11, Name: "www.example.com", Iterative: true}
	q.Server, q.Authorities, q.Additionals = root, []string{"com NS a.gtld.test"}, []string{"a.gtld.test A " + tld}
	ask(c, q)
	q.ID, q.Server, q.Authorities, q.Additionals = 12, tld, []string{"example.com NS ns.example.com"}, []string{"ns.example.com A " + serving}
	ask(c, q)
	q.ID, q.Server, q.Authoritative, q.Authorities, q.Additionals = 13, serving, true, nil, nil
	q.Answers = []string{"www.example.com A " + server}
	ask(c, q)
}

func TestResolving(t *testing.T) {
	down := "2.2 2.2+referral 2.2 2.2+referral 2.2 2.2 "
	runStories(t, []story{
		{
			name: "for a client", spec: "9: tied to the client's query, by name and time; referrals",
			tell: func(c *packet.Capture) {
				*c = *atResolver()
				c.Query(question())
				iteration(c)
				c.Answer(question())
			},
			want: "1.6 " + down + "2.4", journeys: example,
			states: map[string]string{"2.2": "observed", "2.6": "missing: not visible", "3.4": "missing: not visible", "0.1": "missing: not visible"},
		},
		{
			name: "asked in vain", spec: "14: 1.6 at the resolver; ARP showed that it is on this link",
			tell: func(c *packet.Capture) {
				*c = *atResolver()
				c.WhoHas(resolver, router)
				c.IsAt(resolver, router)
				c.Query(question())
			},
			want: "- - 1.6", journeys: example,
		},
		{
			name: "for nobody", spec: "9: nobody asked",
			tell: func(c *packet.Capture) {
				*c = *atResolver()
				iteration(c)
			},
			want: strings.TrimSpace(down), journeys: "",
		},
		{
			name: "remembered", spec: "the resolver iterates: a cached answer needed no iteration",
			tell: func(c *packet.Capture) {
				*c = *atResolver()
				c.Query(question())
				iteration(c)
				c.Answer(question())
				c.Wait(time.Second * 2)
				q := question()
				q.Client = other + ":40000"
				ask(c, q)
			},
			want: "1.6 " + down + "2.4 1.6/2 2.4+cached/2", journeys: example + " " + example,
			states: map[string]string{"2/2.2": "missing: answered from the resolver's cache"},
		},
		{
			name: "a forwarder", spec: "9: passes the question on, RD=1; with the client's own question to it in the same run",
			tell: func(c *packet.Capture) {
				q := question()
				q.Server = "192.168.1.1"
				c.Far("192.168.1.1", 0)
				c.Far("198.51.100.2", 0)
				c.Query(q)
				up := question()
				up.Client, up.ID = "198.51.100.2:33333", 77
				ask(c, up)
				c.Answer(q)
			},
			want: "1.3 2.2+forwarded 2.2+forwarded 2.6", journeys: example,
		},
		{
			name: "a translator is no forwarder", spec: "9, 14: the same packet behind the router",
			tell: func(c *packet.Capture) {
				c.Query(question())
				up := question()
				up.Client = "198.51.100.2:40000"
				ask(c, up)
			},
			want: "1.3 1.5/2 2.5/2", journeys: example + " " + example,
		},
		{
			name: "a zone has changed", spec: "10: NOTIFY, with its variant",
			tell: func(c *packet.Capture) {
				ask(c, packet.DNS{Client: serving + ":50000", Server: tld, ID: 9, Name: "example.com", Type: dnsmessage.TypeSOA, OpCode: 4, Iterative: true, Authoritative: true})
			},
			want: "2.2+notify 2.2+notify", journeys: "",
		},
		{
			name: "a zone is transferred", spec: "10: AXFR, with its variant",
			tell: func(c *packet.Capture) {
				s := c.Connection(serving + ":50000 > " + tld + ":53")
				s.Open()
				q := packet.DNS{ID: 9, Name: "example.com", Type: dnsmessage.TypeAXFR, Iterative: true}
				s.Client.Send(overTCP(q.Pack(false)))
				s.Server.ACK()
				q.Authoritative, q.Answers = true, []string{"www.example.com A " + server}
				s.Server.Send(overTCP(q.Pack(true)))
				s.Client.ACK()
				s.Close()
			},
			want: "2.2+tcp 2.2+tcp 2.2+tcp 2.2+tcp+axfr 2.2+tcp 2.2+tcp+axfr 2.2+tcp 2.2+tcp 2.2+tcp 2.2+tcp", journeys: "",
		},
		{
			name: "too late", spec: "9: by time",
			tell: func(c *packet.Capture) {
				*c = *atResolver()
				c.Query(question())
				c.Wait(time.Minute)
				iteration(c)
			},
			want: "1.5 " + strings.TrimSpace(down), journeys: example, // where the resolver is was not known in time
			states: map[string]string{"2.2": "missing"},
		},
	})
}

// Each query says which kind of server it asks; the first is told by its answer.
func TestResolvingTellsTheServer(t *testing.T) {
	c := atResolver()
	c.Query(question())
	iteration(c)
	r := annotated(t, c.Frames(), annotate.Options{})
	for frame, want := range map[int]string{
		2: "root", 3: "root", 4: "TLD com", 5: "TLD com", 6: "authoritative example.com", 7: "authoritative example.com",
	} {
		l := r.frames[frame]
		if l.Detail != want || l.Point != rules.Resolver {
			t.Errorf("frame %d: %q at the %s, want %q", frame, l.Detail, l.Point, want)
		}
	}
	if r.frames[2].Lean != 1 || r.frames[3].Lean != 2 {
		t.Errorf("the first query leans on frame %d, its answer on %d", r.frames[2].Lean, r.frames[3].Lean)
	}
}

// What is remembered of resolvers and name servers has bounds.
func TestResolvingBounds(t *testing.T) {
	c := atResolver()
	for i := range 3000 {
		q := packet.DNS{Client: fmt.Sprintf("10.1.%d.%d:50000", i>>8, i&255), Server: fmt.Sprintf("10.2.%d.%d", i>>8, i&255), ID: uint16(i), Name: "www.example.com"}
		c.Query(q)
		q.Iterative = true
		c.Query(q)
	}
	if r := annotated(t, c.Frames(), annotate.Options{}); len(r.labels) != 6000 {
		t.Errorf("%d labels", len(r.labels))
	}
}

// overTCP is a DNS message with its length in front (RFC 1035 section 4.2.2).
func overTCP(m []byte) string {
	return string(append([]byte{byte(len(m) >> 8), byte(len(m))}, m...))
}

// An ICMP error that quotes a resolver's own query belongs to its step and journey (12), be it for a client or for nobody.
func TestErrorsOfAResolversQuery(t *testing.T) {
	for _, asked := range []bool{true, false} {
		r := annotated(t, resolverErrors(asked).Frames(), annotate.Options{})
		if got := strings.Join(r.labels, " "); !strings.HasSuffix(got, "2.2 2.2+error") || asked != (r.frames[len(r.labels)].Journey != nil) {
			t.Errorf("asked %v: %s", asked, got)
		}
	}
}

// resolverErrors is a resolver's own query, which a client asked for or nobody, and an ICMP error that quotes it.
func resolverErrors(asked bool) *packet.Capture {
	c := atResolver()
	if asked {
		c.Query(question())
	}
	c.Query(packet.DNS{Client: resolver + ":50000", Server: root, ID: 11, Name: "www.example.com", Iterative: true})
	frames := c.Frames()
	const ethernet, quoted = 14, 28 // IP and UDP header
	quote := frames[len(frames)-1].Data[ethernet:][:quoted]
	c.IP(netip.MustParseAddr(root), netip.MustParseAddr(resolver), 1, append([]byte{3, 3, 0, 0, 0, 0, 0, 0}, quote...))
	return c
}
