package http2

import (
	"strings"
	"testing"
)

func TestConn(t *testing.T) {
	hello := []event{c2s(Preface, settings()), s2c(settings())}
	const started = "[preface] [SETTINGS]\n[SETTINGS]\n"
	for _, c := range []struct {
		reason, ref string
		events      []event
		want        string
	}{
		{"a request and its response", "RFC 9113 section 8.1", []event{c2s(get(1, "/")), s2c(ok(1, false), data(1, false, "he"), data(1, true, "llo"))},
			"1:GET{head}\n1:200{head 5 1:200 5 1:200 5}"},
		{"interleaved streams", "RFC 9113 section 5", []event{c2s(get(1, "/a"), get(3, "/b")), s2c(ok(3, false), ok(1, false), data(1, false, "x"), data(3, true, "y"), data(1, true, "z"))},
			"1:GET{head} 3:GET{head}\n3:200{head 1 1:200{head 2 1:200 2 3:200 1} 1:200 2}"},
		{"a request with a body and trailers", "RFC 9113 section 8.1", []event{
			c2s(headers(1, false, ":method: POST", ":path: /"), data(1, false, "abc"), headers(1, true, "x: y")), s2c(ok(1, true))},
			"1:POST{head 3 1:POST 3 1:POST 3}\n1:200{head}"},
		{"interim responses", "RFC 9113 section 8.1", []event{c2s(get(1, "/")), s2c(headers(1, false, ":status: 103"), headers(1, false, ":status: 100"), ok(1, true))},
			"1:GET{head}\n1:103{head} 1:100{head} 1:200{head}"},
		{"a field block in three frames", "RFC 9113 section 6.10", []event{c2s(inPieces(1, block(":method: GET", ":path: /"), 3)...)},
			"1:GET{ 1:GET 1:GEThead}"},
		{"padding and priority", "RFC 9113 sections 6.1 and 6.2", []event{c2s(
			frame(TypeHeaders, flagEndHeaders|flagPadded|flagPriority, 1, "\x09\x00\x00\x00\x00\x07"+block(":method: PUT")+strings.Repeat("\x00", 9)),
			frame(TypeData, flagEndStream|flagPadded, 1, "\xc8abc"+strings.Repeat("\x00", 200)))}, "1:PUT{head 3 1:PUT 3}"},
		{"data with nothing but padding", "RFC 9113 section 6.1", []event{c2s(headers(1, false, ":method: PUT"), frame(TypeData, flagEndStream|flagPadded, 1, "\x03\x00\x00\x00"))}, "1:PUT{head 1:PUT}"},
		{"a promised request", "RFC 9113 section 8.4", []event{c2s(get(1, "/")), s2c(
			frame(TypePushPromise, flagEndHeaders|flagPadded, 1, "\x02\x00\x00\x00\x02"+block(":method: GET", ":path: /style.css")+"\x00\x00"), ok(1, true), ok(2, true))}, "1:GET{head}\n2:GET{head} 1:200{head} 2:200{head}"},
		{"frames of no message", "RFC 9113 section 6", []event{c2s(ping,
			frame(TypeWindowUpdate, 0, 0, "\x00\x00\x00\x05"), frame(TypePriority, 0, 3, "\x00\x00\x00\x00\x01"),
			frame(TypeGoAway, 0, 0, "\x00\x00\x00\x00\x00\x00\x00\x00bye"), frame(TypeSettings, flagAck, 0, ""))}, "[PING] [WINDOW_UPDATE] [PRIORITY] [GOAWAY] [SETTINGS]"},
		{"frames that an extension defines", "RFC 9113 section 5.5", []event{s2c(frame(0x0a, 0xff, 0, "alt-svc"), ping)}, "[other frames] [PING]"},
		{"a stream that is reset", "RFC 9113 section 6.4", []event{c2s(get(1, "/")), s2c(ok(1, false), data(1, false, "he")),
			c2s(frame(TypeRSTStream, 0, 1, "\x00\x00\x00\x08"), get(3, "/")), s2c(ok(3, true))},
			"1:GET{head}\n1:200{head 2 1:200 2\n[RST_STREAM] 3:GET{head}\n3:200{head}"},
		{"a response to HEAD", "RFC 9110 section 9.3.2", []event{c2s(headers(1, true, ":method: HEAD")), s2c(headers(1, true, ":status: 200", "content-length: 9"))},
			"1:HEAD{head}\n1:200{head}"},
		{"a frame that is too long", "RFC 9113 section 4.2", []event{c2s(data(1, false, strings.Repeat("x", 16385)))},
			"- 16394 http2: frame: 16385 bytes at offset 0: malformed"},
		{"data on no stream", "RFC 9113 section 6.1", []event{c2s(data(0, false, "x"), ping), c2s(ping)},
			"- 27 http2: frame: 1 bytes at offset 0: malformed\n[PING]"},
		{"too much padding", "RFC 9113 section 6.1", []event{c2s("\x00\x00\x02\x00\x08\x00\x00\x00\x01\x02x")},
			"- 11 http2: padding: 2 bytes at offset 9: malformed"},
		{"a field block that another frame breaks", "RFC 9113 section 6.10", []event{c2s(inPieces(1, block(":method: GET"), 2)[0] + ping)},
			"1:request{ - 17 http2: continuation: 8 bytes at offset 0: malformed"},
		{"CONTINUATION of nothing", "RFC 9113 section 6.10", []event{c2s(frame(TypeContinuation, flagEndHeaders, 1, ""))},
			"- 9 http2: continuation: 0 bytes at offset 0: malformed"},
		{"fields that can not be read", "RFC 7541 section 2.3.3", []event{c2s(frame(TypeHeaders, flagEndHeaders|flagEndStream, 1, "\x82\x84\xff\x00"), get(3, "/"))},
			"1:GET{head} 3:GET{head}"},
	} {
		var conn Conn
		got := strings.Join(run(&conn, append(hello[:2:2], c.events...)), "\n")
		if got != started+c.want {
			t.Errorf("%s (%s): got\n%s\nwant\n%s", c.reason, c.ref, got, started+c.want)
		}
	}
}

// inPieces is a HEADERS frame without END_STREAM and CONTINUATION frames, n in all; with END_STREAM on the first.
func inPieces(stream uint32, b string, n int) (list []string) {
	for i := range n {
		piece := b[len(b)*i/n : len(b)*(i+1)/n]
		kind, flags := TypeContinuation, byte(0)
		if i == 0 {
			kind, flags = TypeHeaders, flagEndStream
		}
		if i == n-1 {
			flags |= flagEndHeaders
		}
		list = append(list, frame(kind, flags, stream, piece))
	}
	return list
}

func TestSettingsBoundTheFrame(t *testing.T) {
	var c Conn
	long := data(1, false, strings.Repeat("x", 20000))
	got := run(&c, []event{c2s(Preface, settings(settingMaxFrameSize, 20000)), s2c(long), c2s(long)})
	want := "[preface] [SETTINGS]\n1:response{ 20000\n- 20009 http2: frame: 20000 bytes at offset 0: malformed"
	if strings.Join(got, "\n") != want {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), want)
	}
}

func TestUpgrade(t *testing.T) {
	var c Conn
	c.Upgrade(cl)
	got := strings.Join(run(&c, []event{s2c(settings(), ok(1, true)), c2s(Preface, settings(), get(3, "/"))}), "\n")
	want := "[SETTINGS] 1:200{head}\n[preface] [SETTINGS] 3:GET{head}"
	if got != want {
		t.Errorf("RFC 7540 section 3.2: got\n%s\nwant\n%s", got, want)
	}
}

func TestAnswers(t *testing.T) {
	var c Conn
	run(&c, []event{c2s(Preface, get(1, "/a"), get(3, "/b"))})
	for _, p := range c.Data(sv, []byte(ok(3, true)+ok(1, true)), nil) {
		q := p.Message.AnswerTo
		if q == nil || q.Path != map[uint32]string{1: "/a", 3: "/b"}[p.Message.Stream] {
			t.Errorf("stream %d answers %+v", p.Message.Stream, q)
		}
	}
}

func TestFacts(t *testing.T) {
	var c Conn
	var got []string
	for _, e := range []event{
		c2s(Preface, headers(1, false, ":method: POST", ":scheme: http", ":path: /dns?x", ":authority: Dns.Example.:8443", "content-type: application/dns-message"), data(1, true, "query")),
		s2c(headers(1, false, ":status: 302", "location: /new", "content-type: text/html; charset=x"), data(1, true, "page!!")),
		c2s(headers(3, true, ":method: CONNECT", ":authority: a:1")),
	} {
		for _, p := range c.Data(e.dir, []byte(e.b), nil) {
			if p.End {
				var words []string
				for _, f := range p.Message.AppendFacts(nil, true) {
					words = append(words, f.Name.String()+"="+f.Value.String())
				}
				got = append(got, strings.Join(words, "; "))
			}
		}
	}
	want := []string{
		"http.version=2; http.request.method=POST; http.request.mime_type=application/dns-message; url.path=/dns?x; url.domain=dns.example; http.request.bytes=5",
		"http.version=2; http.response.status_code=302; http.response.mime_type=text/html; http.response.location=/new; http.response.bytes=6",
		"http.version=2; http.request.method=CONNECT; url.domain=a",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
