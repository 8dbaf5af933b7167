package http

import (
	"errors"
	"strings"
	"testing"

	"github.com/pktjourney/pktjourney/decode/fact"
	"github.com/pktjourney/pktjourney/decode/wire"
	"github.com/pktjourney/pktjourney/decode/wire/wiretest"
)

const (
	getHead = "GET /search?q=a HTTP/1.1\r\nHost: WWW.Example.com:8080\r\nUser-Agent: x\r\n\r\n"
	okHead  = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: 5\r\n\r\n"
)

// text writes facts like "name=value; name=value".
func text(l fact.List) string {
	var words []string
	for _, f := range l {
		words = append(words, f.Name.String()+"="+f.Value.String())
	}
	return strings.Join(words, "; ")
}

func TestParseFacts(t *testing.T) {
	for _, c := range []struct{ reason, ref, head, want string }{
		{"a request", "RFC 9112 section 3.2.1", getHead,
			"http.version=1.1; http.request.method=GET; url.path=/search?q=a; url.domain=www.example.com"},
		{"absolute-form wins over Host", "RFC 9112 section 3.2.2", "GET http://u@a.test:80/x HTTP/1.1\r\nHost: b.test\r\n\r\n",
			"http.version=1.1; http.request.method=GET; url.path=/x; url.domain=a.test"},
		{"absolute-form without a path", "RFC 9112 section 3.2.2", "GET http://a.test HTTP/1.0\n\n",
			"http.version=1.0; http.request.method=GET; url.path=/; url.domain=a.test"},
		{"a path that holds a URL", "RFC 9112 section 3.2.1", "GET /go?u=http://b.test/ HTTP/1.1\r\nHost: a.test.\r\n\r\n",
			"http.version=1.1; http.request.method=GET; url.path=/go?u=http://b.test/; url.domain=a.test"},
		{"authority-form", "RFC 9112 section 3.2.3", "CONNECT a.test:443 HTTP/1.1\r\n\r\n",
			"http.version=1.1; http.request.method=CONNECT; url.domain=a.test"},
		{"asterisk-form", "RFC 9112 section 3.2.4", "OPTIONS * HTTP/1.1\r\nHost: [2001:DB8::1]:80\r\n\r\n",
			"http.version=1.1; http.request.method=OPTIONS; url.path=*; url.domain=[2001:db8::1]"},
		{"an address without port", "RFC 3986 section 3.2.2", "GET / HTTP/1.1\r\nHost: [2001:db8::1]\r\n\r\n",
			"http.version=1.1; http.request.method=GET; url.path=/; url.domain=[2001:db8::1]"},
		{"an unknown method", "RFC 9110 section 9.1", "BREW /pot HTTP/1.1\r\nHost:a\r\n\r\n",
			"http.version=1.1; http.request.method=BREW; url.path=/pot; url.domain=a"},
		{"a response", "RFC 9112 section 4", okHead,
			"http.version=1.1; http.response.status_code=200; http.response.reason=OK; http.response.mime_type=text/html"},
		{"no reason and no space before it", "RFC 9112 section 4", "HTTP/1.0 302\r\nLocation: /x y \r\n\r\n",
			"http.version=1.0; http.response.status_code=302; http.response.location=/x y"},
		{"field names have no case", "RFC 9110 section 5.1", "HTTP/1.1 301 Moved Permanently\r\nLOCATION:https://a.test/\r\n\r\n",
			"http.version=1.1; http.response.status_code=301; http.response.reason=Moved Permanently; http.response.location=https://a.test/"},
		{"a space behind the version", "RFC 9112 section 3", "GET / HTTP/1.1 \r\nHost: a\r\n\r\n",
			"http.version=1.1; http.request.method=GET; url.path=/; url.domain=a"},
		{"a simple request", "RFC 1945 section 5", "GET  /a?b \r\n",
			"http.version=0.9; http.request.method=GET; url.path=/a?b"},
		{"a folded field", "RFC 9112 section 5.2", "HTTP/1.1 200 OK\r\nContent-Type: multipart/mixed;\r\n boundary=x\r\n\r\n",
			"http.version=1.1; http.response.status_code=200; http.response.reason=OK; http.response.mime_type=multipart/mixed"},
	} {
		m, err := Parse([]byte(c.head))
		if got := text(m.AppendFacts(nil)); err != nil || got != c.want {
			t.Errorf("%s (%s): %v, got\n%s\nwant\n%s", c.reason, c.ref, err, got, c.want)
		}
	}
}

func TestParseSpans(t *testing.T) {
	for _, head := range []string{getHead, okHead, "HTTP/1.1 302 Found\nLocation: \t/there \n\n"} {
		m, err := Parse([]byte(head))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range m.AppendFacts(nil) {
			at := head[f.Span.Off:f.Span.End()]
			value := f.Value.String()
			if f.Name == fact.URLDomain {
				value = m.Host
			}
			if f.Name == fact.HTTPVersion {
				value = versionPrefix + value
			}
			if at != value {
				t.Errorf("%v: %q stands at %v, not %q", f.Name, at, f.Span, value)
			}
		}
	}
}

func TestParseFaults(t *testing.T) {
	for _, c := range []struct {
		reason, ref, head, field string
		complete                 bool
	}{
		{"HTTP/0.9 without a path", "RFC 1945 section 5", "GET \r\n\r\n", "start_line", false},
		{"no version and no target", "RFC 9112 section 3", "OPTIONS\nHost: a\n\n", "start_line", false},
		{"another protocol", "RFC 3261 section 7.1", "OPTIONS sip:a SIP/2.0\r\n\r\n", "start_line", false},
		{"the preface of HTTP/2", "RFC 9113 section 3.4", "PRI * HTTP/2.0\r\n\r\n", "start_line", false},
		{"another major version", "RFC 9112 section 2.3", "GET / HTTP/2.0\r\n\r\n", "version", true},
		{"an answer of another major version", "RFC 9112 section 2.3", "HTTP/0.9 200 OK\r\nA: b\r\n\r\n", "version", true},
		{"a version that is none", "RFC 9112 section 2.3", "HTTP/1.1-x 200 OK\r\n\r\n", "version", true},
		{"a version longer than any", "RFC 9112 section 2.3", "HTTP/1.1-experimental 200 OK\r\n\r\n", "start_line", false},
		{"two spaces before the code", "RFC 9112 section 4", "HTTP/1.1  200 OK\r\n\r\n", "status_line", true},
		{"a tab behind the code", "RFC 9112 section 4", "HTTP/1.1 200\tOK\r\n\r\n", "status_line", true},
		{"nothing behind the code", "RFC 9112 section 4", "HTTP/1.1 200OK\r\n\r\n", "status_line", true},
		{"a sign before the length", "RFC 9110 section 8.6", "HTTP/1.1 200 OK\r\nContent-Length: +5\r\n\r\n", "content_length", true},
		{"a code that is no number", "RFC 9112 section 4", "HTTP/1.1 2x0 OK\r\n\r\n", "start_line", false},
		{"a code of four digits", "RFC 9112 section 4", "HTTP/1.1 2000\r\n\r\n", "start_line", false},
		{"a method that is no token", "RFC 9110 section 9.1", "G(T / HTTP/1.1\r\n\r\n", "start_line", false},
		{"a space in the target", "RFC 9112 section 3.2", "GET /a b HTTP/1.1\r\n\r\n", "request_target", true},
		{"no target", "RFC 9112 section 3", "GET  HTTP/1.1\r\n\r\n", "request_target", true},
		{"no target and no space", "RFC 9112 section 3", "OPTIONS HTTP/1.1\r\n\r\n", "request_target", true},
		{"no space before the version", "RFC 9112 section 3", "GET /HTTP/1.1\r\n\r\n", "request_target", true},
		{"a line without colon", "RFC 9112 section 5", "HTTP/1.1 200 OK\r\nnonsense\r\n\r\n", "field", true},
		{"space before the colon", "RFC 9112 section 5.1", "HTTP/1.1 200 OK\r\nHost : a\r\n\r\n", "field", true},
		{"two lengths", "RFC 9112 section 6.3", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n", "content_length", true},
		{"a negative length", "RFC 9110 section 8.6", "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n", "content_length", true},
		{"a length beyond any", "RFC 9110 section 8.6", "HTTP/1.1 200 OK\r\nContent-Length: 9999999999999999999\r\n\r\n", "content_length", true},
		{"a request whose chunks are packed again", "RFC 9112 section 6.1", "POST / HTTP/1.1\r\nTransfer-Encoding: chunked, gzip\r\n\r\n", "transfer_encoding", true},
	} {
		m, err := Parse([]byte(c.head))
		var e *wire.Error
		if !errors.As(err, &e) || !errors.Is(err, wire.ErrMalformed) || e.Field != c.field || e.Span.End() > len(c.head) || m.HeadComplete != c.complete {
			t.Errorf("%s (%s): %v, complete %v", c.reason, c.ref, err, m.HeadComplete)
		}
	}
}

func TestParseFraming(t *testing.T) {
	for _, c := range []struct {
		reason, ref, fields string
		length              int64
		chunked             bool
	}{
		{"a list of equal lengths", "RFC 9112 section 6.3", "Content-Length: 5, 5\r\nContent-Length: 5\r\n", 5, false},
		{"chunks win over a length", "RFC 9112 section 6.3", "Content-Length: 5\r\nTransfer-Encoding: Chunked\r\n", -1, true},
		{"chunks are the last coding", "RFC 9112 section 6.1", "Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n", -1, true},
		{"another coding is last", "RFC 9112 section 6.1", "Transfer-Encoding: gzip\r\nContent-Length: 4\r\n", -1, false},
		{"empty elements of the list", "RFC 9110 section 5.6.1.2", "Transfer-Encoding: ,gzip, chunked ,,\r\n", -1, true},
		{"identity is no coding", "RFC 2616 section 3.6", "Transfer-Encoding: identity\r\nContent-Length: 4\r\n", 4, false},
		{"identity behind a coding", "RFC 2616 section 3.6", "Transfer-Encoding: chunked, Identity\r\n", -1, true},
		{"no coding at all", "RFC 9110 section 5.6.1.2", "Transfer-Encoding: ,\r\nContent-Length: 4\r\n", 4, false},
		{"a bare CR before a value", "RFC 9112 section 2.2", "Transfer-Encoding: \r chunked\r\n", -1, false},
		{"a bare CR behind a value", "RFC 9112 section 2.2", "Transfer-Encoding: chunked\r \r\n", -1, true},
		{"neither", "RFC 9112 section 6.3", "", -1, false},
	} {
		m, err := Parse([]byte("HTTP/1.1 200 OK\r\n" + c.fields + "\r\n"))
		if err != nil || m.ContentLength != c.length || m.Chunked != c.chunked || m.unframed {
			t.Errorf("%s (%s): length %d, chunked %v, %v", c.reason, c.ref, m.ContentLength, m.Chunked, err)
		}
	}
}

func TestParsePrefixes(t *testing.T) {
	parse := func(b []byte) error { _, err := Parse(b); return err }
	wiretest.Prefixes(t, []byte(getHead), parse, nil)
	wiretest.Prefixes(t, []byte(okHead), parse, nil)
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{getHead, okHead, "CONNECT a:1 HTTP/1.1\n\n", "HTTP/1.1 101\r\nUpgrade: x\r\n\r\n", "GET http://a HTTP/1.0\n:\n\n", "\n"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		m, err := Parse(b)
		if m.HeadBytes > len(b) || m.HeadComplete && errors.Is(err, wire.ErrShort) {
			t.Errorf("%q: %d bytes, complete %v, %v", b, m.HeadBytes, m.HeadComplete, err)
		}
		for _, x := range m.AppendFacts(nil) {
			if x.Span.Off < 0 || x.Span.End() > len(b) {
				t.Errorf("%v at %v", x.Name, x.Span)
			}
		}
	})
}

func BenchmarkParse(b *testing.B) {
	for _, head := range []string{getHead, okHead} {
		b.Run(head[:4], func(b *testing.B) {
			b.SetBytes(int64(len(head)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Parse([]byte(head)); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
