package http2

import (
	"strings"
	"testing"
)

func TestLooks(t *testing.T) {
	for _, c := range []struct {
		reason, ref string
		b           string
		want        Guess
	}{
		{"the preface", "RFC 9113 section 3.4", Preface, Yes},
		{"the preface and more", "RFC 9113 section 3.4", Preface + settings(), Yes},
		{"the preface, not whole", "RFC 9113 section 3.4", Preface[:10], NeedMore},
		{"nothing", "", "", NeedMore},
		{"a request of HTTP/1", "RFC 9112 section 3", "PRI / HTTP/1.1\r\n\r\n", No},
		{"the server's settings", "RFC 9113 section 3.4", settings(3, 100), Frames},
		{"the server's settings and the rest of the segment", "", settings(3, 100, 4, 1<<20) + ok(1, false)[:15], Frames},
		{"settings without any", "RFC 9113 section 6.5", settings(), No},
		{"settings that nobody has defined", "RFC 9113 section 6.5.2", settings(0x1234, 1), No},
		{"a window and a ping", "joined later", frame(TypeWindowUpdate, 0, 0, "\x00\x00\x00\x05") + ping, Frames},
		{"headers and data", "joined later", ok(1, false) + data(1, true, "page"), Frames},
		{"headers and some data", "joined later", ok(1, false) + data(1, true, "page")[:11], No},
		{"headers alone", "a frame alone is found by chance", ok(1, false), No},
		{"data alone", "joined later", data(1, false, "x") + data(1, false, "y"), No},
		{"a flag that a type does not have", "RFC 9113 section 6.7", ping + frame(TypePing, 0x40, 0, "12345678"), No},
		{"a reserved bit", "RFC 9113 section 4.1", ping + frame(TypeWindowUpdate, 0, 1<<31, "\x00\x00\x00\x05"), No},
		{"zeros", "", strings.Repeat("\x00", 90), No},
		{"a NetBIOS session", "RFC 1002 section 4.3.1", "\x00\x00\x00\x54\xffSMBr\x00\x00\x00\x00\x18", No},
		{"TLS", "", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc", No},
	} {
		if got := Looks([]byte(c.b)); got != c.want {
			t.Errorf("%s (%s): %v, want %v", c.reason, c.ref, got, c.want)
		}
	}
}
