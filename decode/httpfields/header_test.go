package httpfields

import (
	"testing"

	"github.com/pktjourney/pktjourney/decode/fact"
)

func TestTake(t *testing.T) {
	for _, c := range []struct {
		name, ref string
		fields    [][2]string
		want      func(h *Header)
	}{
		{"a request", "RFC 9113 section 8.3.1", [][2]string{{":method", "GET"}, {":scheme", "https"}, {":authority", "a"}, {":path", "/"}}, func(h *Header) {
			h.Method, h.Scheme, h.Authority, h.Path = "GET", "https", "a", "/"
		}},
		{"host instead of :authority", "RFC 9113 section 8.3.1", [][2]string{{"host", "a"}, {":authority", "b"}}, func(h *Header) { h.Authority = "a" }},
		{"extended CONNECT", "RFC 8441 section 4", [][2]string{{":protocol", "websocket"}}, func(h *Header) { h.Protocol = "websocket" }},
		{"a response", "RFC 9113 section 8.3.2", [][2]string{{":status", "200"}, {":status", "404"}}, func(h *Header) { h.StatusCode = 200 }},
		{"no status", "RFC 9110 section 15", [][2]string{{":status", "20"}, {":status", "2x0"}}, func(*Header) {}},
		{"a body", "RFC 9110 section 8", [][2]string{{"content-type", "text/html; charset=utf-8"}, {"content-length", "5"}}, func(h *Header) {
			h.MIMEType, h.ContentLength = "text/html", 5
		}},
		{"no length", "RFC 9110 section 8.6", [][2]string{{"content-length", "-5"}, {"content-length", "x"}}, func(*Header) {}},
		{"a redirect", "RFC 9110 section 10.2.2", [][2]string{{"location", "/there"}, {"x-other", "y"}}, func(h *Header) { h.Location = "/there" }},
	} {
		got, want := New(), New()
		for _, f := range c.fields {
			got.Take(f[0], f[1])
		}
		if c.want(&want); got != want {
			t.Errorf("%s (%s): got %+v, want %+v", c.name, c.ref, got, want)
		}
	}
}

func TestDomain(t *testing.T) {
	for authority, want := range map[string]string{
		"": "", "WWW.example.com": "www.example.com", "a.example.:443": "a.example", "[2001:DB8::1]:443": "[2001:db8::1]", "[::1]": "[::1]",
	} {
		h := Header{Authority: authority}
		if got := h.Domain(); got != want {
			t.Errorf("%q: %q, want %q", authority, got, want)
		}
	}
}

func TestAppendFacts(t *testing.T) {
	h := New()
	h.Take(":method", "GET")
	h.Take(":authority", "A:1")
	l := h.AppendFacts(fact.List{}, "2", true, Body{Request: true, Complete: true, Bytes: 3})
	if l.Text(fact.HTTPVersion) != "2" || l.Text(fact.HTTPRequestMethod) != "GET" || l.Text(fact.URLDomain) != "a" {
		t.Errorf("facts %v", l)
	}
	if _, ok := l.Get(fact.HTTPRequestBytes); !ok {
		t.Error("no length")
	}
	if l = h.AppendFacts(fact.List{}, "3", false, Body{}); l.Text(fact.HTTPVersion) != "3" || l.Text(fact.HTTPRequestMethod) != "" {
		t.Errorf("without the head: %v", l)
	}
}
