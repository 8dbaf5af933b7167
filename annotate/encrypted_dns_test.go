package annotate_test

import (
	"crypto/tls"
	"strings"
	"testing"

	"github.com/pktjourney/pktjourney/decode/capture/captest/packet"
)

func TestEncryptedDNS(t *testing.T) {
	const dns = "\x00\x07\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00\x01a\x00\x00\x01\x00\x01"
	// The handshakes and the query; the response, close_notify and the close.
	dotWords := strings.Repeat("1.3~+encrypted-dns ", 8) + strings.Repeat("2.6~+encrypted-dns ", 5)
	over := func(c *packet.Capture, way, name string) {
		s := c.Connection(way)
		s.Open()
		secure(s, packet.TLS(name, tls.VersionTLS12, dns, dns))
		s.Close()
	}
	runStories(t, []story{
		{
			name: "DNS over TLS", spec: "10: labelled by direction, its records in also",
			tell: func(c *packet.Capture) {
				over(c, client+":50000 > "+resolver+":853", "dns.example")
			},
			want:     dotWords,
			journeys: "dns.example", differs: "DNS was encrypted",
			states: map[string]string{"1.3": "deduced 1-8", "2.6": "deduced 9-13", "3.4": "missing: no connection"},
		},
		{
			name: "TLS on another port is not DNS", spec: "4: never its port alone",
			tell: func(c *packet.Capture) {
				s := c.Connection(client + ":50000 > " + resolver + ":853")
				s.Open()
				s.Client.Send(getPage)
			},
			want: "3.4 3.5 3.6 4.1", journeys: example,
		},
		{
			name: "a journey behind encrypted DNS", spec: "differences: DNS over TLS when seen",
			tell: func(c *packet.Capture) {
				over(c, client+":50000 > "+resolver+":853", "dns.example")
				s := c.Connection(toServer)
				s.Open()
				s.Client.Send(getPage)
			},
			want:     dotWords + "3.4/2 3.5/2 3.6/2 4.1/2",
			states:   map[string]string{"2/1.3": "missing: not asked in clear text", "2/2.6": "missing: not asked in clear text"},
			journeys: "dns.example www.example.com",
		},
		{
			name: "DNS over HTTPS, by the server's name", spec: "10: the journey of its server's name, with a note",
			tell: func(c *packet.Capture) {
				over(c, toSecure, "dns.google")
			},
			want:     "3.4 3.5 3.6 5.1 5.1 5.1 5.1 5.3 5.4 5.2+alert 5:+close 5:+close 5:+close",
			journeys: "dns.google", differs: "DNS was encrypted",
		},
		{
			name: "DNS over HTTP/2, by the type of its message", spec: "10: with a note",
			tell: func(c *packet.Capture) {
				s := opened(c)
				s.Client.Send(packet.HTTP2Preface + packet.HTTP2Headers(1, false, ":method: POST", ":authority: "+example, ":path: /dns-query", "content-type: application/dns-message") +
					packet.HTTP2Data(1, true, dns))
				s.Server.Send(packet.HTTP2Headers(1, true, ":status: 200"))
			},
			want: openedWords + "4.1 4.5", journeys: example, differs: "DNS was encrypted",
		},
	})
}
