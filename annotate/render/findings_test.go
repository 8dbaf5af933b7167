package render

import (
	"crypto/tls"
	"strings"
	"testing"

	"github.com/pktjourney/pktjourney/annotate"
	"github.com/pktjourney/pktjourney/decode"
	"github.com/pktjourney/pktjourney/decode/capture"
	frames "github.com/pktjourney/pktjourney/decode/capture/captest/packet"
	"github.com/pktjourney/pktjourney/rules"
)

// The doctor says what is wrong with how a capture was taken.
func TestFindings(t *testing.T) {
	const way = "192.168.1.100:50000 > 203.0.113.82:80"
	const get = "GET / HTTP/1.1\r\nHost: www.example.com\r\n\r\n"
	for _, c := range []struct {
		name string
		tell func(s *frames.Connection)
		each func(f *capture.Frame) bool // changes a frame, and reports whether it stays
		want string                      // part of what is said; "" when nothing is
	}{
		{"nothing", func(s *frames.Connection) { s.Open(); s.Client.Send(get); s.Server.ACK() }, nil, ""},
		{"only tried", func(s *frames.Connection) { s.Client.SYN() }, nil, ""},
		{
			"one way", func(s *frames.Connection) { s.Open(); s.Client.Send(get); s.Server.Send("HTTP/1.1 200 OK\r\n\r\n") },
			func(f *capture.Frame) bool { return f.Number != 2 && f.Number < 5 }, "one direction only",
		},
		{
			"cut", func(s *frames.Connection) { s.Open(); s.Client.Send(get) },
			func(f *capture.Frame) bool { f.Data = f.Data[:min(len(f.Data), 60)]; return true }, "to 60 bytes at most: 1.",
		},
		{
			"offloading", func(s *frames.Connection) { s.Open(); s.Server.Send(strings.Repeat("x", 4000)) },
			nil, "link carries: 1.",
		},
		{
			"dropped", func(s *frames.Connection) { s.Open(); s.Client.Send(get); s.Server.ACK() },
			func(f *capture.Frame) bool { f.Lost = 4; return true }, "dropped: 20.",
		},
		{
			"encrypted", func(s *frames.Connection) {
				s.Open()
				for _, f := range frames.TLS("www.example.com", tls.VersionTLS12, get, "HTTP/1.1 204 No Content\r\n\r\n") {
					if f.FromClient {
						s.Client.SendAll(f.Data, 1400)
					} else {
						s.Server.SendAll(f.Data, 1400)
					}
				}
			}, nil, "data that TLS encrypts: 2.",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := frames.New()
			c.tell(b.Connection(way))
			var d decode.Decoder
			var found findings
			for _, f := range b.Frames() {
				if c.each != nil && !c.each(f) {
					continue
				}
				found.frame(&annotate.Labelled{Frame: *d.Decode(f)})
			}
			var said []string
			for _, r := range found.remedies() {
				said = append(said, r.text.In(rules.English))
				if r.text.In(rules.Korean) == "" || strings.Contains(r.text.In(rules.Korean), "{") {
					t.Errorf("Korean: %q", r.text.In(rules.Korean))
				}
			}
			if got := strings.Join(said, "; "); (got == "") != (c.want == "") || !strings.Contains(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
