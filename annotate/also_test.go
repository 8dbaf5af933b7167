package annotate_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"crypto/tls"

	"github.com/pktjourney/pktjourney/annotate"
	"github.com/pktjourney/pktjourney/decode/capture/captest/packet"
	"github.com/pktjourney/pktjourney/rules"
)

// What a frame is also evidence of (SPEC, "Words" and rules 1 and 5).
func TestAlso(t *testing.T) {
	plain := func(c *packet.Capture) {
		s := opened(c)
		s.Client.Send(getPage)
		s.Server.Send(page(10))
	}
	secured := func(c *packet.Capture) {
		ask(c, question())
		s := c.Connection(toSecure)
		s.Open()
		secure(s, packet.TLS(example, tls.VersionTLS13, getPage, page(10)))
	}
	for _, c := range []struct {
		name  string
		tell  func(c *packet.Capture)
		frame int
		step  rules.ID
		want  string
	}{
		{"query", plain, 1, "1.3", "1.1 1.2 1.4"},
		{"response", plain, 2, "2.6", "2.3"},
		{"SYN", plain, 3, "3.4", "3.2"},
		{"request", plain, 6, "4.1", "3.1 4.2"},
		{"ChangeCipherSpec and Finished: bytes of several messages", secured, 8, "5.1", "5.2"},
		{"request in TLS: every protected record", secured, 9, "5.3", "5.2"},
		{"response in TLS: every protected record", secured, 10, "5.4", "5.2"},
	} {
		tell(t, c.name, "1, 5: what the same frame is also evidence of", func(t testing.TB) {
			b := packet.New()
			c.tell(b)
			l := annotated(t, b.Frames(), annotate.Options{}).frames[c.frame]
			also := slices.Sorted(slices.Values(l.Also))
			if got := strings.Trim(fmt.Sprint(also), "[]"); got != c.want || l.Step != c.step {
				t.Errorf("frame %d: step %s, also %q; want %s, %q", c.frame, l.Step, got, c.step, c.want)
			}
		})
	}
}

// The same frame is another step at another capture point (SPEC rule 14).
func TestCapturePoint(t *testing.T) {
	far := func(clientHops, serverHops uint8) func(c *packet.Capture) {
		return func(c *packet.Capture) {
			c.Far(client, clientHops)
			c.Far(resolver, serverHops)
			c.Far(server, serverHops)
			s := opened(c)
			s.Client.Send(getPage)
			s.Server.ACK()
			s.Server.Send(page(10))
			s.Client.ACK()
		}
	}
	inTwo := func(c *packet.Capture) {
		s := c.Connection(toServer)
		s.Open()
		s.Client.SendAll(getPage, 30)
	}
	given := func(p rules.Point) annotate.Options { return annotate.Options{Vantage: p} }
	runStories(t, []story{
		{name: "client", spec: "14", tell: far(0, 2), want: openedWords + "4.1 4.4 4.5 4.5", journeys: example},
		{name: "router", spec: "14", tell: far(1, 1), want: "1.5 2.5 3.4 3.5 3.6 4.3 4.4 4.5 4.5", journeys: example},
		{name: "server", spec: "14", tell: far(2, 0), want: "1.6 2.4 3.4 3.5 3.6 4.4 4.4 4.5 4.5", journeys: example},
		{name: "router, given", spec: "14: --vantage overrides", tell: far(0, 2), opts: given(rules.Router), want: "1.5 2.5 3.4 3.5 3.6 4.3 4.4 4.5 4.5", journeys: example},
		{name: "resolver, given", spec: "14: --vantage overrides", tell: func(c *packet.Capture) { ask(c, question()) }, opts: given(rules.Resolver), want: "1.6 2.4", journeys: example},
		{name: "web server, given", spec: "14: --vantage overrides", tell: func(c *packet.Capture) {
			s := c.Connection(toServer)
			s.Open()
			s.Client.Send(getPage)
			s.Server.Send(page(10))
		}, opts: given(rules.WebServer), want: "3.4 3.5 3.6 4.4 4.5", journeys: example},
		{name: "a request in two segments at a router", spec: "14", tell: inTwo, opts: given(rules.Router), want: "3.4 3.5 3.6 4.3 4.3", journeys: example},
		{name: "a request in two segments at the web server", spec: "14", tell: inTwo, opts: given(rules.WebServer), want: "3.4 3.5 3.6 4.4 4.4", journeys: example},
	})
}

// Bytes of the next response that come too early must not lean on the response before.
func TestLeanOfBytesThatCameEarly(t *testing.T) {
	b := packet.New()
	s := opened(b)
	response := page(2000)
	s.Client.Send(getPage)
	s.Server.Send(response)
	s.Client.Send(getPage)
	early := len(response) + 1000
	s.Server.At(early, response[1000:])
	s.Server.At(len(response), response[:1000])
	r := annotated(t, b.Frames(), annotate.Options{})
	first, second := r.frames[9], r.frames[10]
	if first.Step != "4.5" || second.Step != "4.5" {
		t.Fatalf("steps %q and %q, want 4.5", first.Step, second.Step)
	}
	if first.Lean != 0 && first.Lean < 9 {
		t.Errorf("the bytes that came early lean on frame %d, of the response before", first.Lean)
	}
}

// What is no part of a journey says why (SPEC rule 15).
func TestWhyOutside(t *testing.T) {
	runStories(t, []story{
		{
			name: "somebody's ssh", spec: "15: someone else's ssh",
			tell: func(c *packet.Capture) {
				s := c.Connection(client + ":50000 > " + server + ":22")
				s.Open()
				s.Server.Send("SSH-2.0-x\r\n")
			},
			want: "- - - -", says: map[int]string{4: "| no DNS answer in this capture gave the address of the other end"},
		},
		{
			name: "a fragment alone", spec: "15: says which protocol it is",
			tell: func(c *packet.Capture) {
				c.UDP(client+":40000 > "+server+":9", make([]byte, 16))
				c.Frames()[0].Data[14+6] = 0x20 // more fragments (RFC 791 section 3.1)
			},
			want: "-", says: map[int]string{1: "| a fragment of a packet whose other fragments are not in this capture"},
		},
	})
}

// The fragments of a packet have its step, and say where it is whole.
func TestFragments(t *testing.T) {
	runStories(t, []story{{
		name: "an answer in three",
		tell: func(c *packet.Capture) {
			c.Query(question())
			c.Answer(question())
			c.Fragment(24)
		},
		want: "1.3 2.6 2.6 2.6", journeys: example,
		says: map[int]string{
			2: "Fragment of the packet that is whole with frame 4 | a fragment of the packet that is whole with frame 4, whose step it has",
			4: "Answer to 1 after",
		},
	}})
}

// ChangeCipherSpec on its own changes the keys in TLS 1.2 (RFC 5246 section 7.1); in TLS 1.3 it
// means nothing (RFC 8446 appendix D.4).
func TestChangeCipherSpec(t *testing.T) {
	for version, want := range map[uint16]string{
		tls.VersionTLS12: "ChangeCipherSpec: from here on with the new keys",
		tls.VersionTLS13: "ChangeCipherSpec for old equipment on the way",
	} {
		c := packet.New()
		s := opened(c)
		for _, f := range packet.TLS(example, version, getPage, page(10)) {
			end := s.Server
			if f.FromClient {
				end = s.Client
			}
			if i := strings.Index(string(f.Data), "\x14\x03\x03\x00\x01\x01"); i >= 0 {
				end.SendAll(f.Data[:i], 1400)
				end.Send(f.Data[i : i+6])
				end.SendAll(f.Data[i+6:], 1400)
				continue
			}
			end.SendAll(f.Data, 1400)
		}
		r := annotated(t, c.Frames(), annotate.Options{})
		alone := 0
		for _, said := range r.says {
			if does, _, _ := strings.Cut(said, " | "); does == want {
				alone++
			}
		}
		if alone == 0 {
			t.Errorf("version %#x: nothing is called %q in %q", version, want, r.says)
		}
	}
}
