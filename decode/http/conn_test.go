package http

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/pktjourney/pktjourney/decode/flow"
)

const (
	cl = flow.FromOriginator
	sv = flow.FromResponder
)

// event is what a test does to a connection: give bytes, tell of a gap, or end a direction.
type event struct {
	dir   flow.Dir
	b     string
	gap   int
	close bool
}

func c2s(b string) event { return event{dir: cl, b: b} }
func s2c(b string) event { return event{dir: sv, b: b} }

func run(c *Conn, events []event) []string {
	var lines []string
	for _, e := range events {
		var parts []Part
		switch {
		case e.close:
			parts = c.Close(e.dir, nil)
		case e.gap > 0:
			parts = c.Gap(e.dir, e.gap, nil)
		default:
			parts = c.Data(e.dir, []byte(e.b), nil)
		}
		lines = append(lines, show(parts))
	}
	return lines
}

// show writes parts like "GET{head 18}": the method or the status code, "{" where
// the message begins, "}" where it ends, "]" where it ends but is not whole; "-" is no message.
func show(parts []Part) string {
	var words []string
	for _, p := range parts {
		if p.Message == nil {
			words = append(words, fmt.Sprintf("- %d", p.Len))
			continue
		}
		w := p.Message.Method
		if !p.Message.Request {
			w = fmt.Sprint(p.Message.StatusCode)
		}
		w += map[bool]string{true: "{", false: " "}[p.Begin]
		if p.Head {
			w += "head "
		}
		w += fmt.Sprint(p.Len)
		switch {
		case p.End && p.Message.Complete:
			w += "}"
		case p.End:
			w += "]"
		}
		words = append(words, w)
	}
	return strings.Join(words, " ")
}

const (
	get     = "GET / HTTP/1.1\r\n\r\n"  // 18 bytes
	headReq = "HEAD / HTTP/1.1\r\n\r\n" // 19 bytes
	ok      = "HTTP/1.1 200 OK\r\n"
	ok5     = ok + "Content-Length: 5\r\n\r\n"          // 38 bytes
	okCh    = ok + "Transfer-Encoding: chunked\r\n\r\n" // 47 bytes
)

func TestConn(t *testing.T) {
	for _, c := range []struct {
		reason, ref string
		events      []event
		want        []string
	}{
		{"a request and its response", "RFC 9112 section 2.1", []event{c2s(get), s2c(ok5 + "he"), s2c("llo")},
			[]string{"GET{head 18}", "200{head 38 200 2", "200 3}"}},
		{"a persistent connection", "RFC 9112 section 9.3", []event{c2s(get), s2c(ok5 + "hello"), c2s(get), s2c(ok5 + "hello")},
			[]string{"GET{head 18}", "200{head 38 200 5}", "GET{head 18}", "200{head 38 200 5}"}},
		{"requests in a pipeline", "RFC 9112 section 9.3.2", []event{c2s(headReq + get), s2c(ok5 + ok5 + "hello")},
			[]string{"HEAD{head 19} GET{head 18}", "200{head 38} 200{head 38 200 5}"}},
		{"a request with a body", "RFC 9112 section 6.2", []event{c2s("POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc" + get)},
			[]string{"POST{head 38 POST 3} GET{head 18}"}},
		{"a head in three chunks", "RFC 9112 section 2.2", []event{c2s("GE"), c2s("T / HTTP/1.1\r\n\r"), c2s("\n" + get)},
			[]string{"{head 2", " head 15", "GET head 1} GET{head 18}"}},
		{"bare line feeds and empty lines before", "RFC 9112 section 2.2", []event{c2s("\r\n\nGET / HTTP/1.0\n\n")},
			[]string{"- 3 GET{head 16}"}},
		{"chunks, with extension and trailer", "RFC 9112 section 7.1", []event{c2s(get), s2c(okCh + "3;a=\"b\"\r\nabc\r\n0A \r\n0123456789\r\n0\r\nX: y\r\n\r\n" + ok5)},
			[]string{"GET{head 18}", "200{head 47 200 42} 200{head 38"}},
		{"an interim response", "RFC 9110 section 15.2", []event{c2s(headReq), s2c("HTTP/1.1 103 Early Hints\r\n\r\n" + ok5), c2s(get), s2c(ok5)},
			[]string{"HEAD{head 19}", "103{head 28} 200{head 38}", "GET{head 18}", "200{head 38"}},
		{"word to go on with the body", "RFC 9110 section 10.1.1", []event{c2s("POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n"), s2c("HTTP/1.1 100 Continue\r\n\r\n"), c2s("abc"), s2c(ok5)},
			[]string{"POST{head 60", "100{head 25}", "POST 3}", "200{head 38"}},
		{"the answer to HEAD says how long the body would be", "RFC 9110 section 9.3.2", []event{c2s(headReq + headReq), s2c(okCh), s2c(ok5 + ok5)},
			[]string{"HEAD{head 19} HEAD{head 19}", "200{head 47}", "200{head 38} 200{head 38"}},
		{"trailer fields over segments", "RFC 9112 section 7.1.2", []event{c2s(get), s2c(okCh + "3\r\nabc\r\n0\r\nX-A"), s2c(": b\r\n"), s2c("\r"), s2c("\n" + ok5)},
			[]string{"GET{head 18}", "200{head 47 200 14", "200 5", "200 1", "200 1} 200{head 38"}},
		{"204 has no body whatever its fields say", "RFC 9110 section 15.3.5", []event{c2s(get), s2c("HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n" + ok5)},
			[]string{"GET{head 18}", "204{head 46} 200{head 38"}},
		{"an upgrade that is not taken", "RFC 9110 section 7.8", []event{c2s("GET / HTTP/1.1\r\nUpgrade: websocket\r\n\r\n"), s2c(ok5 + "hello"), c2s(get)},
			[]string{"GET{head 38}", "200{head 38 200 5}", "GET{head 18}"}},
		{"a persistent connection of HTTP/1.0", "RFC 9112 appendix C.2.2", []event{c2s("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n" + get), s2c("HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 1\r\n\r\nx" + ok5)},
			[]string{"GET{head 42} GET{head 18}", "200{head 62 200 1} 200{head 38"}},
		{"204 and 304 have no body", "RFC 9112 section 6.3", []event{s2c("HTTP/1.1 204 No Content\r\n\r\nHTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n" + ok5)},
			[]string{"204{head 27} 304{head 48} 200{head 38"}},
		{"the end of the connection ends the body", "RFC 9112 section 6.3", []event{c2s(get), s2c(ok + "\r\nab"), s2c("cd"), {dir: sv, close: true}},
			[]string{"GET{head 18}", "200{head 19 200 2", "200 2", "200 0}"}},
		{"the end of the connection cuts the body", "RFC 9112 section 8", []event{c2s(get), s2c(ok5 + "ab"), {dir: sv, close: true}, {dir: cl, close: true}},
			[]string{"GET{head 18}", "200{head 38 200 2", "200 0]", ""}},
		{"another protocol", "RFC 9110 section 7.8", []event{c2s(get), s2c("HTTP/1.1 101 Switching Protocols\r\n\r\n\x81\x05"), s2c(ok5), c2s("\x81")},
			[]string{"GET{head 18}", "101{head 36} - 2", "- 38", "- 1"}},
		{"a tunnel", "RFC 9110 section 9.3.6", []event{c2s("CONNECT a:1 HTTP/1.1\r\n\r\n"), s2c(ok5), c2s("\x16\x03\x01"), s2c(get)},
			[]string{"CONNECT{head 24}", "200{head 38}", "- 3", "- 18"}},
		{"a tunnel refused", "RFC 9110 section 9.3.6", []event{c2s("CONNECT a:1 HTTP/1.1\r\n\r\n"), s2c("HTTP/1.1 403 No\r\nContent-Length: 1\r\n\r\nx"), c2s(get)},
			[]string{"CONNECT{head 24}", "403{head 38 403 1}", "GET{head 18}"}},
		{"a channel of RPC over HTTP", "MS-RPCH section 2.1.2.1", []event{c2s("RPC_IN_DATA /rpc HTTP/1.1\r\nContent-Length: 1073741824\r\n\r\n\x05\x00\x14"), c2s("\x05\x00"), s2c(ok5 + "hello"), c2s(get)},
			[]string{"RPC_IN_DATA{head 57} - 3", "- 2", "200{head 38 200 5}", "GET{head 18}"}},
		{"joined late", "RFC 9112 section 9.3", []event{s2c("tail of a body"), s2c(ok5 + "hello"), c2s(get), s2c(ok5)},
			[]string{"- 14", "200{head 38 200 5}", "GET{head 18}", "200{head 38"}},
		{"joined before an answer to HEAD", "RFC 9110 section 9.3.2", []event{s2c(ok5), s2c(ok5 + "hello")},
			[]string{"200{head 38", "200 0] 200{head 38 200 5}"}},
		{"a length that can not be told", "RFC 9112 section 6.3", []event{s2c(ok + "Content-Length: x\r\n\r\nabc"), s2c(ok5)},
			[]string{"200{head 38 200 3", "200 0] 200{head 38"}},
		{"two lengths, of which the last counts", "RFC 9112 section 6.3", []event{s2c(ok + "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd" + ok5)},
			[]string{"200{head 57 200 4} 200{head 38"}},
		{"two lengths, one of which is none", "RFC 9112 section 6.3", []event{s2c(ok + "Content-Length: 4\r\nContent-Length: x\r\n\r\nabcd" + ok5)},
			[]string{"200{head 57 200 4} 200{head 38"}},
		{"a list of different lengths", "RFC 9112 section 6.3", []event{s2c(ok + "Content-Length: 3, 4\r\n\r\nabcd"), {dir: sv, close: true}},
			[]string{"200{head 41 200 4", "200 0}"}},
		{"lines that end in more than one CR", "RFC 9112 section 2.2", []event{s2c("HTTP/1.1 200 OK\r\r\nContent-Length: 1\r\r\n\r"), s2c("\r"), s2c("\nx")},
			[]string{"0{head 39", "0 head 1", "200 head 1 200 1}"}},
		{"a target with control characters", "RFC 9112 section 3.2", []event{c2s("GET /\x1b[31m HTTP/1.1\r\n\r\n")}, []string{"GET{head 23}"}},
		{"control characters and no version", "RFC 9112 section 3", []event{c2s("GET /\x1b[31m\r\n\r\n")}, []string{"- 14"}},
		{"a reason with control characters", "RFC 9112 section 4", []event{s2c("HTTP/1.1 200 \x00\r\n"), s2c("\r\n")},
			[]string{"0{head 16", "200 head 2"}},
		{"a body that should be in chunks and has no line at all", "RFC 9112 section 7.1", []event{c2s(get), s2c(okCh + "xyz"), s2c("xyz"), {dir: sv, close: true}},
			[]string{"GET{head 18}", "200{head 47 200 3", "200 3", "200 0]"}},
		{"and then another message", "RFC 9112 section 7.1", []event{s2c(okCh + "xyz"), s2c(ok5)},
			[]string{"200{head 47 200 3", "200 0] 200{head 38"}},
		{"and then its line's end", "RFC 9112 section 7.1", []event{s2c(okCh + "xyz"), s2c("yz\r\n")},
			[]string{"200{head 47 200 3", "200 0] - 4"}},
		{"a simple request and its answer", "RFC 1945 section 4.1", []event{c2s("GET /\r\n\r\n"), s2c("\n<P>" + ok5), s2c("</P>"), {dir: sv, close: true}},
			[]string{"GET{head 7} - 2", "0{42", "0 4", "0 0}"}},
		{"a simple request in pieces", "RFC 1945 section 5", []event{c2s("GET"), c2s(" /\r"), c2s("\n"), s2c("a")},
			[]string{"{head 3", " head 3", "GET head 1}", "0{1"}},
		{"a simple request refused", "RFC 1945 section 6", []event{c2s("GET /\n"), s2c("HTTP/1.0 400 No\r\nContent-Length: 0\r\n\r\n")},
			[]string{"GET{head 6}", "400{head 38}"}},
		{"it lasts until the close", "RFC 9112 section 6.3", []event{s2c(ok + "Content-Length: 3 A\r\n\r\nabc"), s2c("d"), {dir: sv, close: true}},
			[]string{"200{head 40 200 3", "200 1", "200 0}"}},
		{"no message where one should begin", "RFC 9112 section 2.2", []event{c2s(get + "nonsense\r\n"), c2s(get)},
			[]string{"GET{head 18} - 10", "GET{head 18}"}},
		{"bytes that are no text", "RFC 9112 section 2.2", []event{c2s("\x00\x01\x02"), c2s("GE"), c2s(get)},
			[]string{"- 3", "- 2", "GET{head 18}"}},
		{"a start line that turns out to be none", "RFC 9112 section 3", []event{c2s("GET /"), c2s(" SIP/2.0\r\nA: b\r\n"), c2s(get)},
			[]string{"{head 5", " head 0] - 16", "GET{head 18}"}},
	} {
		var conn Conn
		if got := run(&conn, c.events); strings.Join(got, "\n") != strings.Join(c.want, "\n") {
			t.Errorf("%s (%s): got\n%q\nwant\n%q", c.reason, c.ref, got, c.want)
		}
	}
}

func TestGap(t *testing.T) {
	for _, c := range []struct {
		reason string
		events []event
		want   []string
	}{
		{"inside a counted body", []event{s2c(ok5 + "h"), {dir: sv, gap: 3}, s2c("o" + ok5)},
			[]string{"200{head 38 200 1", "200 3", "200 1} 200{head 38"}},
		{"to the end of a counted body", []event{s2c(ok5), {dir: sv, gap: 5}, s2c(ok5)},
			[]string{"200{head 38", "200 5}", "200{head 38"}},
		{"beyond a counted body", []event{s2c(ok5), {dir: sv, gap: 25}, s2c("the end of a head\r\n\r\nbody"), s2c(ok5)},
			[]string{"200{head 38", "200 5} - 20", "- 25", "200{head 38"}},
		{"inside a head", []event{s2c(ok + "Conte"), {dir: sv, gap: 9}, s2c("gth: 3\r\n\r\nabc"), s2c(ok5)},
			[]string{"0{head 22", "200 head 0] - 9", "- 13", "200{head 38"}},
		{"between messages", []event{c2s(get), {dir: cl, gap: 18}, c2s("HTTP/1.1 200 OK\r\n\r\n"), c2s(get)},
			[]string{"GET{head 18}", "- 18", "- 19", "GET{head 18}"}},
		{"inside a chunk", []event{s2c(okCh + "5\r\na"), {dir: sv, gap: 3}, s2c("e\r\n0\r\n\r\n")},
			[]string{"200{head 47 200 4", "200 3", "200 8}"}},
		{"beyond a chunk, up to the last one", []event{s2c(okCh + "5\r\na"), {dir: sv, gap: 30}, s2c("more"), s2c("x\r\n0\r\n\r\n"), s2c(ok5)},
			[]string{"200{head 47 200 4", "200 30", "200 4", "200 8}", "200{head 38"}},
		{"beyond a chunk, up to the next message", []event{s2c(okCh + "5\r\na"), {dir: sv, gap: 30}, s2c("more"), s2c(ok5)},
			[]string{"200{head 47 200 4", "200 30", "200 4", "200 0] 200{head 38"}},
		{"in a body up to the end", []event{s2c(ok + "\r\nx"), {dir: sv, gap: 30}, s2c("more"), {dir: sv, close: true}},
			[]string{"200{head 19 200 1", "200 30", "200 4", "200 0}"}},
	} {
		var conn Conn
		if got := run(&conn, c.events); strings.Join(got, "\n") != strings.Join(c.want, "\n") {
			t.Errorf("%s: got\n%q\nwant\n%q", c.reason, got, c.want)
		}
	}
}

// A frame that was cut within a head tells what it can, and its message is paired.
func TestCutHeads(t *testing.T) {
	var c Conn
	var ends []*Message
	for _, e := range []event{c2s(getHead[:60]), {dir: cl, gap: 20}, s2c(okHead[:60]), {dir: sv, gap: 1200}} {
		for _, p := range append(c.Data(e.dir, []byte(e.b), nil), c.Gap(e.dir, e.gap, nil)...) {
			if p.End {
				ends = append(ends, p.Message)
			}
		}
	}
	if len(ends) != 2 || ends[1].AnswerTo != ends[0] || ends[0].HeadErr == nil || ends[0].HeadComplete {
		t.Fatalf("%+v", ends)
	}
	want := "http.version=1.1; http.request.method=GET; url.path=/search?q=a; url.domain=www.example.com"
	if got := text(ends[0].AppendFacts(nil)); got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
	want = "http.version=1.1; http.response.status_code=200; http.response.reason=OK; http.response.mime_type=text/html"
	if got := text(ends[1].AppendFacts(nil)); got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
}

func TestCutStartLines(t *testing.T) {
	for _, c := range []struct{ b, want string }{
		{"GET /search?q", "http.request.method=GET"},
		{"GET", ""},
		{"HTTP/1.1 404 Not", "http.version=1.1; http.response.status_code=404"},
		{"HTTP/1.1 40", ""},
	} {
		var conn Conn
		conn.Data(cl, []byte(c.b), nil)
		m := conn.Gap(cl, 100, nil)[0].Message
		if got := text(m.AppendFacts(nil)); got != c.want || m.HeadErr == nil {
			t.Errorf("%q: %s, %v", c.b, got, m.HeadErr)
		}
	}
}

func TestMissingBytesAreCounted(t *testing.T) {
	var c Conn
	m := c.Data(sv, []byte(ok5+"h"), nil)[0].Message
	c.Gap(sv, 3, nil)
	c.Data(sv, []byte("o"), nil)
	if m.BodyBytes != 5 || m.Missing != 3 || !m.Complete {
		t.Errorf("%+v", m)
	}
}

// Where the chunks of a body can not be told apart the message ends: nothing says what
// follows, unless it ends like a body in chunks or another message begins.
func TestBrokenChunks(t *testing.T) {
	for _, c := range []struct{ body, want string }{
		{"xyz\r\n", "200{head 47 200 0] - 5"},
		{"3\r\nabcd", "200{head 47 200 6] - 1"},
		{"\r\n", "200{head 47 200 1] - 1"},
		{"ffffffffffffffff\r\n", "200{head 47 200 15] - 3"},
		{"\r\nf\r\nabc\r\n0\r\n\r\n", "200{head 47 200 15}"},
		{"0\r\nfoobar\r\n", "200{head 47 200 3] - 8"},
		{"0\n \n", "200{head 47 200 2] - 2"},
		{ok5, "200{head 47 200 0] 200{head 38"}, // it answered HEAD
	} {
		var conn Conn
		parts := conn.Data(sv, []byte(okCh+c.body), nil)
		if m := parts[0].Message; m.BodyErr == nil || show(parts) != c.want {
			t.Errorf("%q: %v, %s, want %s", c.body, m.BodyErr, show(parts), c.want)
		}
	}
}

func TestChunkWithoutASizeIsBounded(t *testing.T) {
	var c Conn
	m := c.Data(sv, []byte(okCh), nil)[0].Message
	for range 10 {
		c.Data(sv, bytes.Repeat([]byte{'x'}, 1000), nil)
	}
	if m.BodyErr == nil || m.Complete {
		t.Errorf("%+v", m)
	}
}

// Sizes are read as browsers and Wireshark read them (RFC 9112 section 7.1 allows extensions only).
func TestTolerantChunks(t *testing.T) {
	for _, body := range []string{
		"3x\r\nabc\r\n0x\r\n\r\n",
		" 3\r\nabc\r\n\t0\r\n\r\n",
		"\r3\r\nabc\r\n0\r\n\r\n",
		"3\nabc\n0\n\n",
		"3\r\nabc\r\n0\r\nA: b\r\n c\r\n\r\n",
	} {
		for cut := range body {
			var c Conn
			m := c.Data(sv, []byte(okCh+body[:cut]), nil)[0].Message
			if c.Data(sv, []byte(body[cut:]), nil); !m.Complete || m.BodyErr != nil || m.BodyBytes != 3 {
				t.Errorf("%q, cut at %d: %v, %d bytes", body, cut, m.BodyErr, m.BodyBytes)
			}
		}
	}
}

func TestAnswerTo(t *testing.T) {
	var c Conn
	a := c.Data(cl, []byte(get+headReq), nil)
	b := c.Data(sv, []byte(ok5+"hello"+ok5+ok5+"hello"), nil)
	if b[0].Message.AnswerTo != a[0].Message || b[2].Message.AnswerTo != a[1].Message || b[3].Message.AnswerTo != nil {
		t.Errorf("%s", show(b))
	}
	c.Data(cl, []byte(get), nil)
	c.Gap(cl, 10, nil) // between messages
	if m := c.Data(sv, []byte(ok5), nil)[0].Message; m.AnswerTo != nil {
		t.Error("paired although requests may be missing")
	}
}

func TestWaitingRequestsAreBounded(t *testing.T) {
	var c Conn
	var parts []Part
	for range 3 * maxWaiting {
		parts = c.Data(cl, []byte(get), parts[:0])
	}
	if n := len(c.waiting.list); n > maxWaiting {
		t.Errorf("%d requests wait", n)
	}
	if m := c.Data(sv, []byte(ok5), nil)[0].Message; m.AnswerTo != nil {
		t.Error("paired although requests were forgotten")
	}
}

func TestHeadIsBounded(t *testing.T) {
	var c Conn
	m := c.Data(cl, []byte("GET / HTTP/1.1\r\nX: "), nil)[0].Message
	var parts []Part
	for range 70 {
		parts = append(parts, c.Data(cl, bytes.Repeat([]byte{'x'}, 1000), nil)...)
	}
	last := parts[len(parts)-1]
	if m.HeadErr == nil || m.HeadComplete || last.Message != nil || c.half[cl].head != nil {
		t.Errorf("%v, %+v", m.HeadErr, last)
	}
}

func TestBodiesDoNotAllocate(t *testing.T) {
	segment := bytes.Repeat([]byte{'x'}, 1460)
	for _, start := range []string{ok + "Content-Length: 9999999999\r\n\r\n", ok + "\r\n", okCh + "fffffffffff\r\n"} {
		var c Conn
		c.Data(cl, []byte(get), nil)
		parts := c.Data(sv, []byte(start), nil)
		if n := testing.AllocsPerRun(100, func() { parts = c.Data(sv, segment, parts[:0]) }); n != 0 {
			t.Errorf("%q: %v allocations a segment", start, n)
		}
	}
}

func BenchmarkBody(b *testing.B) {
	var c Conn
	parts := c.Data(sv, []byte(okCh+"fffffffffffff\r\n"), nil)
	segment := bytes.Repeat([]byte{'x'}, 1460)
	b.SetBytes(1460)
	b.ReportAllocs()
	for b.Loop() {
		parts = c.Data(sv, segment, parts[:0])
	}
}
