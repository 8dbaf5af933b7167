package decode_test

import (
	"strings"
	"testing"

	"github.com/pktjourney/pktjourney/decode"
	"github.com/pktjourney/pktjourney/decode/capture/captest/packet"
)

// What frames of HTTP/2 are made of.
var (
	settings2 = packet.HTTP2Settings(3, 100)
	ack2      = packet.HTTP2Frame(4, 1, 0, "")
	page2     = packet.HTTP2Headers(1, false, ":status: 200", "content-type: text/html")
	upgrade   = "GET / HTTP/1.1\r\nHost: www.example.com\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n\r\n"
	switching = "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n"
)

func get2(stream uint32, path string) string {
	return packet.HTTP2Headers(stream, true, ":method: GET", ":scheme: http", ":authority: www.example.com", ":path: "+path)
}

// lines2 decodes c; see line. What TCP does is left out.
func lines2(c *packet.Capture) (all []string) {
	var d decode.Decoder
	for _, f := range c.Frames() {
		if r := d.Decode(f); len(r.Parts) > 0 {
			r.Segment.Connection = nil
			all = append(all, line(r))
		}
	}
	return all
}

func TestHTTP2(t *testing.T) {
	const (
		get  = `http.version="2" http.request.method="GET" url.path="/" url.domain="www.example.com"`
		page = `http.version="2" http.response.status_code=200 http.response.mime_type="text/html"`
	)
	for _, c := range []struct {
		name, ref string
		tell      func(s *packet.Connection)
		want      []string
	}{
		{
			"prior knowledge", "RFC 9113 section 3.3",
			func(s *packet.Connection) {
				s.Client.Send(packet.HTTP2Preface + settings2 + get2(1, "/"))
				s.Server.Send(settings2 + ack2)
				s.Server.Send(page2)
				s.Server.Send(packet.HTTP2Data(1, true, "page"))
				s.Client.Send(ack2)
			},
			[]string{
				"4 http2 | control of 4 begin | request of 4 begin end complete | " + get,
				"5 http2 | control of 5 begin",
				"6 http2 | response of 6 begin | " + page,
				`7 http2 | response of 6 end complete | message 6-7 | http.version="2" http.response.bytes=4`,
				"8 http2 | control of 8 begin",
			},
		},
		{
			"the server speaks first", "RFC 9113 section 3.4",
			func(s *packet.Connection) {
				s.Server.Send(settings2)
				s.Client.Send(packet.HTTP2Preface + settings2)
				s.Client.Send(get2(1, "/"))
			},
			[]string{"4 http2 | control of 4 begin", "5 http2 | control of 5 begin", "6 http2 | request of 6 begin end complete | " + get},
		},
		{
			"the preface in pieces", "RFC 9113 section 3.4",
			func(s *packet.Connection) {
				s.Client.Send(packet.HTTP2Preface[:9])
				s.Client.Send(packet.HTTP2Preface[9:] + settings2[:4])
				s.Client.Send(settings2[4:] + get2(1, "/"))
			},
			[]string{
				"5 http2 | control of 4 begin | control of 4 | control of 5 begin",
				"6 http2 | control of 5 | request of 6 begin end complete | " + get,
			},
		},
		{
			"an upgrade", "RFC 7540 section 3.2",
			func(s *packet.Connection) {
				s.Client.Send(upgrade)
				s.Server.Send(switching + settings2)
				s.Client.Send(packet.HTTP2Preface + settings2)
				s.Server.Send(page2 + packet.HTTP2Data(1, true, "page"))
				s.Client.Send(get2(3, "/"))
			},
			[]string{
				`4 http | request of 4 begin end complete | http.version="1.1" http.request.method="GET" url.path="/" url.domain="www.example.com"`,
				`5 http | response of 5 begin end complete | control of 5 begin | http.version="1.1" http.response.status_code=101 http.response.reason="Switching Protocols" http.response.bytes=0`,
				"6 http2 | control of 6 begin",
				"7 http2 | response of 7 begin end complete | " + page + " http.response.bytes=4",
				"8 http2 | request of 8 begin end complete | " + get,
			},
		},
		{
			"an upgrade to something else", "RFC 9110 section 7.8",
			func(s *packet.Connection) {
				s.Client.Send(getPage)
				s.Server.Send(strings.Replace(switching, "h2c", "websocket", 1) + settings2)
			},
			[]string{
				`4 http | request of 4 begin end complete | http.version="1.1" http.request.method="GET" url.path="/" url.domain="www.example.com"`,
				`5 http | response of 5 begin end complete | unknown of 5 | http.version="1.1" http.response.status_code=101 http.response.reason="Switching Protocols" http.response.bytes=0`,
			},
		},
		{
			"an upgrade whose 101 is missing", "RFC 7540 section 3.2",
			func(s *packet.Connection) {
				s.Client.Send(upgrade)
				s.Server.Count(len(switching))
				s.Client.Send(packet.HTTP2Preface + settings2 + get2(3, "/"))
			},
			[]string{
				`4 http | request of 4 begin end complete | http.version="1.1" http.request.method="GET" url.path="/" url.domain="www.example.com"`,
				"5 http2 | control of 5 begin | request of 5 begin end complete | " + get,
			},
		},
		{
			"a header in two segments", "RFC 9113 section 4.3",
			func(s *packet.Connection) {
				s.Client.Send(packet.HTTP2Preface + get2(1, "/")[:20])
				s.Client.Send(get2(1, "/")[20:])
			},
			[]string{"4 http2 | control of 4 begin | request of 4 begin", "5 http2 | request of 4 end complete | message 4-5 | " + get},
		},
		{
			"several headers in one segment", "the fields hold the first",
			func(s *packet.Connection) {
				s.Client.Send(packet.HTTP2Preface + get2(1, "/") + get2(3, "/b"))
				s.Server.Send(packet.HTTP2Headers(1, false, ":status: 200"))
				s.Server.Send(packet.HTTP2Data(1, true, "page") + packet.HTTP2Headers(3, true, ":status: 404"))
			},
			[]string{
				"4 http2 | control of 4 begin | request of 4 begin end complete | request of 4 begin end complete | " + get +
					" messages=[{" + get + "} {" + strings.Replace(get, `"/"`, `"/b"`, 1) + "}]",
				`5 http2 | response of 5 begin | http.version="2" http.response.status_code=200`,
				`6 http2 | response of 5 end complete | response of 6 begin end complete | message 5-6 | http.version="2" http.response.status_code=404 http.response.bytes=0` +
					` messages=[{http.version="2" http.response.bytes=4} {http.version="2" http.response.status_code=404 http.response.bytes=0}]`,
			},
		},
		{
			"a DNS message", "RFC 8484 section 4",
			func(s *packet.Connection) {
				s.Client.Send(packet.HTTP2Preface + packet.HTTP2Headers(1, false, ":method: POST", "content-type: application/dns-message"))
				s.Client.Send(packet.HTTP2Data(1, true, "\x00\x07\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00\x01a\x00\x00\x01\x00\x01"))
			},
			[]string{
				`4 http2 | control of 4 begin | request of 4 begin | http.version="2" http.request.method="POST" http.request.mime_type="application/dns-message"`,
				`5 http2 | request of 4 end complete | message 4-5 | http.version="2" http.request.bytes=19 dns.id=7 dns.type="query" dns.op_code="QUERY" dns.header_flags=["RD"] dns.question.name="a" dns.question.type="A" dns.question.class="IN" dns.bytes=19`,
			},
		},
		{
			"frames that break the rules", "RFC 9113 section 6.7",
			func(s *packet.Connection) {
				s.Client.Send(packet.HTTP2Preface + packet.HTTP2Frame(6, 0, 0, "short"))
				s.Client.Send(get2(1, "/"))
			},
			[]string{
				"4 http2 | control of 4 begin | unknown of 4 begin | error http2: frame: 5 bytes at offset 0: malformed",
				"5 http2 | request of 5 begin end complete | " + get,
			},
		},
	} {
		c2 := packet.New()
		s := c2.Connection(way)
		s.Open()
		c.tell(s)
		got, want := strings.Join(lines2(c2), "\n"), strings.Join(c.want, "\n")
		if got != want {
			t.Errorf("%s (%s)\n got %s\nwant %s", c.name, c.ref, strings.ReplaceAll(got, "\n", "\n     "), strings.ReplaceAll(want, "\n", "\n     "))
		}
	}
}

// HTTP/1 lists the messages that end in one frame too.
func TestPipelineInOneFrame(t *testing.T) {
	c := packet.New()
	s := c.Connection(way)
	s.Open()
	s.Client.Send(getPage + "HEAD /b HTTP/1.0\r\n\r\n")
	const first = `http.version="1.1" http.request.method="GET" url.path="/" url.domain="www.example.com"`
	want := "4 http | request of 4 begin end complete | request of 4 begin end complete | " + first +
		" messages=[{" + first + `} {http.version="1.0" http.request.method="HEAD" url.path="/b"}]`
	if got := lines2(c); len(got) != 1 || got[0] != want {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), want)
	}
}

// A connection of which the beginning is not in the capture.
func TestHTTP2JoinedLater(t *testing.T) {
	c := packet.New()
	s := c.Connection(way)
	s.Server.Send(packet.HTTP2Data(5, false, "the tail"))
	s.Client.Send(packet.HTTP2Frame(8, 0, 0, "\x00\x00\x00\x05") + get2(7, "/"))
	s.Server.Send(packet.HTTP2Frame(1, 5, 7, "\x88\xbe"))
	want := []string{
		"1 tcp | unknown of 1",
		`2 http2 | control of 2 begin | request of 2 begin end complete | http.version="2" http.request.method="GET" url.path="/" url.domain="www.example.com"`,
		`3 http2 | response of 3 begin end complete | http.version="2" http.response.status_code=200 http.response.bytes=0`,
	}
	if got := lines2(c); strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
