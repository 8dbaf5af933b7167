package annotate_test

import (
	"slices"
	"testing"

	"github.com/pktjourney/pktjourney/annotate"
	"github.com/pktjourney/pktjourney/decode/capture/captest/packet"
	"github.com/pktjourney/pktjourney/rules"
)

const (
	quicWay  = "192.168.1.100:50000 > 203.0.113.82:443"
	quicBack = "203.0.113.82:443 > 192.168.1.100:50000"
)

// sayQUIC puts flights into c.
func sayQUIC(c *packet.Capture, flights []packet.Flight) {
	for _, f := range flights {
		way := quicBack
		if f.FromClient {
			way = quicWay
		}
		c.UDP(way, []byte(f.Data))
	}
}

func TestPageOverQUIC(t *testing.T) {
	c, q := packet.New(), packet.QUIC("www.example.com", "h3")
	dns := packet.DNS{Client: "192.168.1.100:40000", Server: "198.51.100.53", Name: "www.example.com", Answers: []string{"www.example.com A 203.0.113.82"}}
	c.Query(dns)
	c.Answer(dns)
	sayQUIC(c, q.Handshake())
	c.UDP(quicWay, []byte(q.Client.Stream(0, 0, "request", true)))
	c.UDP(quicBack, []byte(q.Server.Stream(0, 0, "response", true)))
	r := annotated(t, c.Frames(), annotate.Options{})
	if len(r.journeys) != 1 || r.journeys[0].Name != "www.example.com" {
		t.Fatalf("journeys %v", r.journeys)
	}
	for n, want := range map[int]rules.ID{3: "5.1", 4: "5.1", 5: "5.1", 6: "5.1", 7: "5.4", 8: "5.3", 9: "5.4"} {
		l := r.frames[n]
		if l.Step != want || l.Journey == nil || l.Journey.ID != 1 || l.Deduced != (n >= 7) || l.Variants&r.book.Set("quic") == 0 {
			t.Errorf("frame %d: step %s, deduced %t, want %s", n, l.Step, l.Deduced, want)
		}
	}
	for id, want := range map[rules.ID]annotate.State{"3.1": annotate.Deduced, "3.2": annotate.Missing, "3.4": annotate.Missing, "5.1": annotate.Observed,
		"5.2": annotate.Missing, "5.3": annotate.Deduced, "5.5": annotate.Deduced} {
		i := slices.IndexFunc(r.journeys[0].Steps, func(s annotate.StepState) bool { return s.Step.ID == id })
		if s := r.journeys[0].Steps[i]; s.State != want {
			t.Errorf("step %s is %v, want %v", id, s.State, want)
		}
	}
	if j := r.journeys[0]; j.Timing.TLS < 0 || j.Timing.FirstByte < 0 || j.Timing.TCP >= 0 {
		t.Errorf("timing %+v", j.Timing)
	}
}

// quicPage is a page over QUIC, by the static table of HTTP/3 alone (RFC 9204 appendix A).
func quicPage(q *packet.QUICConn, keys bool) func(c *packet.Capture) {
	return func(c *packet.Capture) {
		ask(c, question())
		sayQUIC(c, q.Handshake())
		c.UDP(quicWay, []byte(q.Client.Stream(0, 0, "\x01\x08\x00\x00\xd1\xc1\xd7\x50\x01x", true)))
		c.UDP(quicBack, []byte(q.Server.Stream(0, 0, "\x01\x03\x00\x00\xd9\x00\x05hello", true)))
		if keys {
			c.KeyLog = q.KeyLog()
		}
	}
}

func TestQUIC(t *testing.T) {
	const hidden = "1.3 2.6 5.1+quic 5.1+quic 5.1+quic 5.1+quic 5.4~+quic 5.3~+quic 5.4~+quic"
	runStories(t, []story{
		{
			name: "without keys", spec: "16: Initial and Handshake packets are 5.1, 1-RTT packets 5.3 or 5.4 by direction",
			tell: quicPage(packet.QUIC(example, "h3"), false), want: hidden, journeys: example, differs: "QUIC",
			states: map[string]string{"3.4": "missing: the page came over QUIC"},
		},
		{
			name: "with keys", spec: "16, 5: the request and the status inside are shown",
			tell: quicPage(packet.QUIC(example, "h3"), true), journeys: example,
			want: "1.3 2.6 5.1+quic 5.1+quic 5.1+quic 5.1+quic 5.1+quic 5.3+quic 5.4+quic", says: map[int]string{8: "GET / (", 9: "status 200 ("},
		},
		{
			name: "resumed", spec: "variant resumed",
			tell: quicPage(packet.ResumedQUIC(example, "h3"), false), journeys: example, differs: "shortened",
			want: "1.3 2.6 5.1+quic 5.1+resumed+quic 5.1+quic 5.1+quic 5.4~+quic 5.3~+quic 5.4~+quic",
		},
	})
}

func TestQUICWithoutAName(t *testing.T) {
	c, q := packet.New(), packet.QUIC("www.example.com", "h3")
	sayQUIC(c, q.Handshake()[1:]) // the ClientHello was not captured
	r := annotated(t, c.Frames(), annotate.Options{})
	if len(r.journeys) != 1 || r.journeys[0].Name != "203.0.113.82" || r.frames[1].Step != "5.1" || r.frames[4].Step != "5.4" {
		t.Errorf("journeys %+v, labels %v", r.journeys, r.labels)
	}
}

func TestHelloOfQUICInTwoDatagrams(t *testing.T) {
	c, q := packet.New(), packet.QUIC("www.example.com", "h3")
	c.UDP(quicWay, []byte(q.Client.Crypto(0, 100, nil)))
	c.UDP(quicWay, []byte(q.Client.Crypto(0, 0, nil)))
	r := annotated(t, c.Frames(), annotate.Options{})
	for n := 1; n <= 2; n++ {
		if l := r.frames[n]; l.Step != "5.1" || l.Journey == nil || l.Journey.Name != "www.example.com" {
			t.Errorf("frame %d: %+v", n, l)
		}
	}
	if r.frames[2].Lean != 1 {
		t.Errorf("frame 2 leans on %d", r.frames[2].Lean)
	}
}

func TestAClientOfQUICMoves(t *testing.T) {
	c, q := packet.New(), packet.QUIC("www.example.com", "h3")
	sayQUIC(c, q.Handshake())
	c.UDP("192.168.1.100:40000 > 203.0.113.82:443", []byte(q.Client.Stream(0, 0, "request", true)))
	r := annotated(t, c.Frames(), annotate.Options{})
	if l := r.frames[6]; l.Step != "5.3" || len(r.journeys) != 1 || l.Journey == nil {
		t.Errorf("frame 6: %+v", l)
	}
}
