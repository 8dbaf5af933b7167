package annotate_test

import (
	"crypto/tls"
	"strings"
	"testing"
	"time"

	"github.com/pktjourney/pktjourney/annotate"
	"github.com/pktjourney/pktjourney/decode/capture/captest/packet"
)

const toSecure = client + ":50000 > " + server + ":443"

// secure adds the flights of a TLS connection, without the ACKs.
func secure(s *packet.Connection, flights []packet.Flight) {
	for _, f := range flights {
		if f.FromClient {
			s.Client.SendAll(f.Data, 1400)
		} else {
			s.Server.SendAll(f.Data, 1400)
		}
	}
}

func TestConnectionsWithoutAnswer(t *testing.T) {
	runStories(t, []story{
		{
			name: "the name is in Host", spec: "6: a flow with no DNS makes a journey by Host",
			tell: func(c *packet.Capture) {
				s := c.Connection(toServer)
				s.Open()
				s.Client.Send(getPage)
				s.Server.Send(page(10))
			},
			want: "3.4 3.5 3.6 4.1 4.5", journeys: example,
			states: map[string]string{"1.3": "missing: the name was not asked within this capture", "2.6": "missing: the name was not asked"},
		},
		{
			name: "the name is in SNI", spec: "6: by SNI",
			tell: func(c *packet.Capture) {
				s := c.Connection(toSecure)
				s.Open()
				secure(s, packet.TLS(example, tls.VersionTLS13, getPage, page(10))[:2])
			},
			want: "3.4 3.5 3.6 5.1 5.1", journeys: example,
		},
		{
			name: "no name at all", spec: "6: else by address",
			tell: func(c *packet.Capture) {
				s := c.Connection(toServer)
				s.Open()
				s.Client.Send("GET / HTTP/1.0\r\n\r\n")
				s.Server.Send(page(10))
			},
			want: "3.4 3.5 3.6 4.1 4.5", journeys: server,
		},
		{
			name: "a SYN to a web port that nobody answers", spec: "6: else by address",
			tell: func(c *packet.Capture) { c.Connection(toServer).Client.SYN() },
			want: "3.4", journeys: server,
		},
		{
			name: "a SYN to another port that nobody answers", spec: "15: a wrong label is worse than none",
			tell: func(c *packet.Capture) { c.Connection(client + ":50000 > " + server + ":9999").Client.SYN() },
			want: "-",
		},
		{
			name: "HTTP on another port", spec: "4: its bytes make a flow what it is, never its port alone",
			tell: func(c *packet.Capture) {
				s := c.Connection(client + ":50000 > " + server + ":9999")
				s.Open()
				s.Client.Send(getPage)
			},
			want: "3.4 3.5 3.6 4.1", journeys: example,
		},
		{
			name: "neither HTTP nor TLS on the web's port", spec: "4: never its port alone",
			tell: func(c *packet.Capture) {
				s := c.Connection(toServer)
				s.Open()
				s.Client.Send("\x01\x02hello\n")
				s.Server.Send("\x03\x04world\n")
			},
			want: "- - - - -",
		},
		{
			name: "neither HTTP nor TLS", spec: "15: someone else's ssh is no part of a journey",
			tell: func(c *packet.Capture) {
				s := c.Connection(client + ":50000 > " + server + ":22")
				s.Open()
				s.Server.Send("SSH-2.0-OpenSSH_9.6\r\n")
				s.Client.Send("SSH-2.0-OpenSSH_9.6\r\n")
				s.Server.ACK()
				s.Close()
			},
			want: "- - - - - - - - -",
		},
		{
			name: "joined in the middle", spec: "1: starting mid-stream",
			tell: func(c *packet.Capture) {
				s := c.Connection(toServer)
				s.Client.Count(1)
				s.Server.Count(1)
				s.Server.Send(strings.Repeat("x", 100))
				s.Client.ACK()
				s.Client.Send(getPage)
				s.Server.Send(page(10))
			},
			want: "- - 4.1 4.5", journeys: example,
			states: map[string]string{"3.4": "missing: the connection is older than this capture"},
		},
	})
}

func TestConnectionsToNames(t *testing.T) {
	const second = "www.example.net"
	askBoth := func(c *packet.Capture) {
		ask(c, question())
		q := question()
		q.ID, q.Name, q.Answers = 2, second, []string{second + " A " + server}
		ask(c, q)
	}
	runStories(t, []story{
		{
			name: "two names on one address", spec: "6: Host confirms or overrides",
			tell: func(c *packet.Capture) {
				askBoth(c)
				a, b := c.Connection(toServer), c.Connection(client+":50001 > "+server+":80")
				a.Open()
				b.Open()
				a.Client.Send(getPage)
				b.Client.Send(strings.Replace(getPage, example, second, 1))
				b.Server.Send(page(10))
				a.Server.Send(page(10))
			},
			want:     "1.3 2.6 1.3/2 2.6/2 3.4 3.5 3.6 3.4/2 3.5/2 3.6/2 4.1 4.1/2 4.5/2 4.5",
			journeys: example + " " + second,
			says: map[int]string{
				5: "the address that frame 2 answered for " + example,
				8: "the address that frame 4 answered for " + second,
			},
		},
		{
			name: "two names on one address over TLS", spec: "6: SNI confirms or overrides",
			tell: func(c *packet.Capture) {
				askBoth(c)
				s := c.Connection(toSecure)
				s.Open()
				secure(s, packet.TLS(example, tls.VersionTLS13, getPage, page(10))[:2])
			},
			want: "1.3 2.6 1.3/2 2.6/2 3.4 3.5 3.6 5.1 5.1", journeys: example + " " + second,
			states: map[string]string{"2/3.4": "missing: no connection"},
		},
		{
			name: "Host names another than was asked", spec: "6: Host overrides",
			tell: func(c *packet.Capture) {
				s := opened(c)
				s.Client.Send(strings.Replace(getPage, example, second, 1))
			},
			want: "1.3 2.6 3.4/2 3.5/2 3.6/2 4.1/2", journeys: example + " " + second,
			says: map[int]string{3: "SYN=1 ACK=0 to " + server + ":80"},
		},
		{
			name: "bytes that are neither HTTP nor TLS", spec: "15: keeps 3.4 to 3.6; its data has no step",
			tell: func(c *packet.Capture) {
				s := opened(c)
				s.Client.Send("\x01\x02hello\n")
				s.Server.ACK()
				s.Server.Send("\x03\x04world\n")
			},
			want: openedWords + "4: 4: 4:", journeys: example,
		},
		{
			name: "asked again while a connection is open", spec: "7: all flows that overlap are one journey",
			tell: func(c *packet.Capture) {
				opened(c)
				ask(c, question())
				c.Connection(client + ":50001 > " + server + ":80").Open()
			},
			want: openedWords + openedWords, journeys: example,
		},
		{
			name: "asked again after all closed", spec: "7: starts a new journey",
			tell: func(c *packet.Capture) {
				opened(c).Close()
				q := question()
				q.ID = 2
				ask(c, q)
				c.Connection(client + ":50001 > " + server + ":80").Open()
			},
			want: openedWords + "4:+close 4:+close 4:+close 1.3/2 2.6/2 3.4/2 3.5/2 3.6/2", journeys: example + " " + example,
		},
		{
			name: "a new connection without a question", spec: "7: joins the last journey",
			tell: func(c *packet.Capture) {
				opened(c).Close()
				c.Wait(10 * time.Second)
				c.Connection(client + ":50001 > " + server + ":80").Open()
			},
			want: openedWords + "4:+close 4:+close 4:+close 3.4 3.5 3.6", journeys: example,
		},
		{
			name: "a new connection long after", spec: "7: its DNS steps are missing: remembered by the client",
			tell: func(c *packet.Capture) {
				opened(c).Close()
				c.Wait(10 * time.Minute)
				c.Ping(other, router)
				c.Connection(client + ":50001 > " + server + ":80").Open()
			},
			want: openedWords + "4:+close 4:+close 4:+close - 3.4/2 3.5/2 3.6/2", journeys: example + " " + example,
			states: map[string]string{"2/1.3": "missing: not asked again, the client remembered the address"},
		},
		{
			name: "a connection that was silent for hours", spec: "a journey is handed over after its last frame",
			tell: func(c *packet.Capture) {
				s := opened(c)
				c.Wait(2 * time.Hour)
				c.Ping(other, router)
				s.Client.Send(getPage)
				s.Server.Send(page(10))
			},
			want: openedWords + "- 4.1/2 4.5/2", journeys: example + " " + example,
			states: map[string]string{"2/3.4": "missing: the connection is older than this capture, or was reused"},
		},
		{
			name: "a segment long after the end", spec: "a journey is handed over after its last frame",
			tell: func(c *packet.Capture) {
				s := opened(c)
				s.Client.Send(getPage)
				s.Server.Send(page(10))
				s.Close()
				c.Wait(5 * time.Minute)
				c.Ping(other, router)
				s.Server.Reset()
			},
			want: openedWords + "4.1 4.5 4:+close 4:+close 4:+close - 4:+reset/2", journeys: example + " " + example,
		},
		{
			name: "time goes backwards", spec: "17: the time of the capture is the only clock",
			tell: func(c *packet.Capture) {
				s := opened(c)
				c.Wait(3 * time.Hour)
				c.Ping(other, router)
				c.Wait(-3 * time.Hour)
				s.Client.Send(getPage)
			},
			want: openedWords + "- 4.1/2", journeys: example + " " + example,
		},
		{
			name: "a name longer than names can be", spec: "6: Host confirms or overrides",
			tell: func(c *packet.Capture) {
				ask(c, question())
				s := c.Connection(toServer)
				s.Open()
				s.Client.SendAll(strings.Replace(getPage, example, strings.Repeat("é", 5000), 1), 1400)
			},
			want: "1.3 2.6 3.4/2 3.5/2 3.6/2" + strings.Repeat(" 4.1/2", 8), journeys: example + " " + strings.Repeat("é", 126) + "…",
		},
		{
			name: "time goes backwards while frames wait", spec: "a journey is handed over after its last frame",
			tell: func(c *packet.Capture) {
				c.Wait(2 * time.Hour)
				c.WhoHas("192.168.1.7", other) // waits for the packet that it releases
				c.Wait(-2 * time.Hour)
				c.Query(question())
				c.Wait(10 * time.Minute)
				c.Ping(other, router)
			},
			want: "- 1.3 -", journeys: example,
		},
	})
}

// A connection whose bytes have not told the name holds its frames back, for a
// second at most (SPEC rule 17).
func TestNamesHoldBackForASecond(t *testing.T) {
	c := packet.New()
	s := c.Connection(toServer)
	s.Open() // frames 1 to 3
	c.Wait(1100 * time.Millisecond)
	c.Ping(other, "192.168.1.7") // frame 4
	s.Client.Send(getPage)       // frame 5
	r := annotated(t, c.Frames(), annotate.Options{})
	for number, want := range map[int]int{1: 4, 2: 4, 3: 4} {
		if got := r.handed[number]; got != want {
			t.Errorf("frame %d was handed over after %d frames, want %d", number, got, want)
		}
	}
}

// opened443 asks for the name and opens a connection for TLS: frames 1 to 5.
func opened443(c *packet.Capture) *packet.Connection {
	ask(c, question())
	s := c.Connection(toSecure)
	s.Open()
	return s
}

func TestTLS(t *testing.T) {
	whole := func(version uint16) func(c *packet.Capture) {
		return func(c *packet.Capture) {
			ask(c, question())
			s := c.Connection(toSecure)
			s.Open()
			for _, f := range packet.TLS(example, version, getPage, page(3000)) {
				from, to := s.Server, s.Client
				if f.FromClient {
					from, to = to, from
				}
				from.SendAll(f.Data, 1400)
				to.ACK()
			}
			s.Close()
		}
	}
	runStories(t, []story{
		{
			// ClientHello, ServerHello to Finished, Finished, request, response in two records, close_notify; each with its ACK
			name: "TLS 1.3", spec: "5: such labels are deduced",
			tell: whole(tls.VersionTLS13),
			want: openedWords + "5.1 5.1 5.1 5.1~ 5.1~ 5.1~ 5.3~ 5.4~ 5.4~ 5.4~ 5.4~ 5.4~ 5.4~ 5.3~ 5.4~ 5:+close 5:+close 5:+close", journeys: example,
			differs: "TLS 1.3",
			states:  map[string]string{"5.5": "deduced", "5.6": "deduced", "4.1": "missing: the request went inside TLS"},
		},
		{
			// as above, with one flight more; that the last record is an alert can be read
			name: "TLS 1.2", spec: "5.1 to 5.4",
			tell: whole(tls.VersionTLS12),
			want: openedWords + "5.1 5.1 5.1 5.1 5.1 5.1 5.1 5.1 5.3 5.4 5.4 5.4 5.4 5.4 5.4 5.2+alert 5.4 5:+close 5:+close 5:+close", journeys: example,
			differs: "TLS 1.2",
		},
		{
			name: "TLS 1.3 resumed", spec: "variant resumed",
			tell: func(c *packet.Capture) {
				s := opened443(c)
				secure(s, packet.ResumedTLS(example, tls.VersionTLS13, getPage, page(10)))
			},
			want: openedWords + "5.1 5.1+resumed 5.1~ 5.3~ 5.4~ 5.3~", journeys: example, differs: "shortened",
		},
		{
			name: "TLS 1.3 with a second ClientHello", spec: "5.1: every message of the handshake",
			tell: func(c *packet.Capture) {
				s := opened443(c)
				secure(s, packet.RetriedTLS(example, getPage, page(10)))
			},
			want: openedWords + "5.1 5.1 5.2 5.2 5.1 5.1 5.1~ 5.3~ 5.4~ 5.3~", journeys: example, differs: "TLS 1.3",
			says: map[int]string{6: "(ClientHello)", 7: "(HelloRetryRequest)", 10: "(ClientHello)", 11: "(ServerHello)"},
		},
		{
			name: "TLS 1.2 resumed", spec: "variant resumed",
			tell: func(c *packet.Capture) {
				s := opened443(c)
				secure(s, packet.ResumedTLS(example, tls.VersionTLS12, getPage, page(10)))
			},
			want: openedWords + "5.1 5.1+resumed 5.1 5.3 5.4 5.2+alert", journeys: example, differs: "shortened",
		},
		{
			name: "reset inside TLS", spec: "3: RST after the response keeps the phase, 4 or 5",
			tell: func(c *packet.Capture) {
				s := opened443(c)
				secure(s, packet.TLS(example, tls.VersionTLS12, getPage, page(10)))
				s.Client.Reset()
			},
			want: openedWords + "5.1 5.1 5.1 5.1 5.3 5.4 5.2+alert 5:+reset", journeys: example,
		},
		{
			name: "joined inside TLS", spec: "5.1, 5.2: what came before the capture is deduced",
			tell: func(c *packet.Capture) {
				ask(c, question())
				s := c.Connection(toSecure)
				s.Client.Send("\x17\x03\x03\x00\x20" + strings.Repeat("x", 32))
				s.Server.Send("\x17\x03\x03\x00\x20" + strings.Repeat("x", 32))
			},
			want: "1.3 2.6 5.3~ 5.4~", journeys: example, states: map[string]string{"5.1": "deduced 3", "5.2": "deduced"},
		},
		{
			name: "joined inside the response", spec: "5.2: what came before the capture is deduced",
			tell: func(c *packet.Capture) {
				ask(c, question())
				c.Connection(toSecure).Server.Send("\x17\x03\x03\x00\x20" + strings.Repeat("x", 32))
			},
			want: "1.3 2.6 5.4~", journeys: example, states: map[string]string{"5.2": "deduced 3"},
		},
		{
			name: "a ClientHello in two segments", spec: "1: makes both 5.1",
			tell: func(c *packet.Capture) {
				ask(c, question())
				s := c.Connection(toSecure)
				s.Open()
				s.Client.SendAll(packet.TLS(example, tls.VersionTLS13, getPage, page(10))[0].Data, 150)
				s.Server.ACK()
			},
			want: openedWords + "5.1 5.1 5.1", journeys: example,
		},
	})
}
