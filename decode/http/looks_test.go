package http

import "testing"

func TestLooks(t *testing.T) {
	for _, c := range []struct {
		reason, ref, b string
		want           Guess
	}{
		{"nothing yet", "", "", NeedMore},
		{"GET or something else", "", "GE", NeedMore},
		{"HEAD or HTTP", "", "H", NeedMore},
		{"HEAD", "", "HEAD", NeedMore},
		{"a method alone", "", "GET ", NeedMore},
		{"a path begins", "RFC 9112 section 3.2.1", "GET /", Yes},
		{"spaces before the path", "RFC 9112 section 3", "GET   /", Yes},
		{"spaces before what may be a path", "RFC 9112 section 3", "GET   ", NeedMore},
		{"a request line", "RFC 9112 section 3", get, Yes},
		{"a target without slash", "RFC 9112 section 3", "GET x HTTP/1.0\r\n", Yes},
		{"HTTP/0.9", "RFC 1945 section 4.1", "GET /\r\n", Yes},
		{"HTTP/0.9 knows no other method", "RFC 1945 section 5", "POST /\r\n", No},
		{"HTTP/0.9 asks for a path", "RFC 1945 section 5", "GET key\r\n", No},
		{"HTTP/0.9 asks for one path", "RFC 1945 section 5", "GET /a b\r\n", No},
		{"a space behind the version", "RFC 9112 section 3", "GET / HTTP/1.1 \r\n", Yes},
		{"the space before the version forgotten", "RFC 9112 section 3", "GET /HTTP/1.1\n", Yes},
		{"the target forgotten", "RFC 9112 section 3", "OPTIONS HTTP/1.1\n", Yes},
		{"a version without its last digit", "RFC 9112 section 2.3", "GET / HTTP/1.\n", Yes},
		{"a status line with a digit too many", "RFC 9112 section 2.3", "HTTP/1.01 404", Yes},
		{"absolute-form begins", "RFC 9112 section 3.2.2", "GET htt", NeedMore},
		{"absolute-form", "RFC 9112 section 3.2.2", "GET HTTP://", Yes},
		{"asterisk-form begins", "RFC 9112 section 3.2.4", "OPTIONS *", NeedMore},
		{"asterisk-form", "RFC 9112 section 3.2.4", "OPTIONS * ", Yes},
		{"authority-form", "RFC 9112 section 3.2.3", "CONNECT a", Yes},
		{"SSDP over TCP", "UPnP Device Architecture 1.1 section 1.3.2", "M-SEARCH * HTTP/1.1\r\n", Yes},
		{"SIP", "RFC 3261 section 7.1", "NOTIFY sip:a", No},
		{"RTSP", "RFC 7826 section 20.2", "OPTIONS * RTSP/1.0\r\n", No},
		{"HTTP/2", "RFC 9113 section 3.4", "PRI * HTTP/2.0\r\n", No},
		{"an unknown method", "RFC 9110 section 9.1", "BREW / HTTP/1.1\r\n", No},
		{"a method in lower case", "RFC 9110 section 9.1", "get / HTTP/1.1\r\n", No},
		{"a long word", "", "VERSION-CONTROLVERSION-CONTROL", No},
		{"a status line begins", "RFC 9112 section 4", "HTTP/1.0 40", NeedMore},
		{"a status line", "RFC 9112 section 4", "HTTP/1.0 404", Yes},
		{"a status line of another version", "RFC 9112 section 2.3", "HTTP/2.0 404", Yes},
		{"a status line of no version", "RFC 9112 section 2.3", "HTTP/1.1-x 404", Yes},
		{"more spaces than one", "RFC 9112 section 4", "HTTP/1.1  404", Yes},
		{"a word", "", "HTTP/x", NeedMore},
		{"a path", "", "HTTP/docs/index.html", No},
		{"no code", "RFC 9112 section 4", "HTTP/1.1 OK", No},
		{"TLS", "RFC 8446 section 5.1", "\x16\x03\x01", No},
	} {
		if got := Looks([]byte(c.b)); got != c.want {
			t.Errorf("%s (%s): %d, want %d", c.reason, c.ref, got, c.want)
		}
	}
}

func TestLooksIsStable(t *testing.T) {
	for _, stream := range []string{responses, pipeline, headReq, "OPTIONS * HTTP/1.1\r\n\r\n"} {
		last := NeedMore
		for n := range stream {
			got := Looks([]byte(stream[:n]))
			if got < last {
				t.Fatalf("%q: %d after %d", stream[:n], got, last)
			}
			last = got
		}
		if last != Yes {
			t.Errorf("%q: %d", stream, last)
		}
	}
}

func FuzzLooks(f *testing.F) {
	f.Add([]byte(get))
	f.Add([]byte(okHead))
	f.Fuzz(func(t *testing.T, b []byte) { Looks(b) })
}
