package render

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/pktjourney/pktjourney/decode/capture/block"
)

// hostile are texts that a frame may carry to harm who looks at it, with how
// people and programs get to see them.
var hostile = []struct {
	name, text, neutral, json string
}{
	{"plain", "www.google.com", "www.google.com", `"www.google.com"`},
	{"Korean", "한국", "한국", `"한국"`},
	{"escape sequence", "\x1b[2J\x1b]0;owned\x07", `\x1b[2J\x1b]0;owned\x07`, `"\u001b[2J\u001b]0;owned\u0007"`},
	{"line break", "a\r\nb\tc", `a\x0d\x0ab\x09c`, `"a\r\nb\tc"`},
	{"DEL", "a\x7fb", `a\x7fb`, `"a\u007fb"`},
	{"C1 control as a rune", "a\u009b31mb", `a\u009b31mb`, `"a\u009b31mb"`},
	{"C1 control as a byte", "a\x9b31mb", `a\x9b31mb`, `"a` + "\uFFFD" + `31mb"`},
	{"right-to-left override", "gpj.\u202eexe", `gpj.\u202eexe`, `"gpj.\u202eexe"`},
	{"isolate", "\u2066x\u2069", `\u2066x\u2069`, `"\u2066x\u2069"`},
	{"zero-width space", "pay\u200bpal", `pay\u200bpal`, `"pay\u200bpal"`},
	{"line separator", "a\u2028b", `a\u2028b`, `"a\u2028b"`},
	{"tag character", "a\U000e0041", `a\U000e0041`, `"a\udb40\udc41"`},
	{"cut character", "a\xed\x95", `a\xed\x95`, `"a` + "\uFFFD\uFFFD" + `"`},
	{"quotes", `"\`, `"\`, `"\"\\"`},
	{"NUL", "\x00", `\x00`, `"\u0000"`},
	{"emoji", "🚀", "🚀", `"🚀"`},
}

func TestNeutral(t *testing.T) {
	for _, c := range hostile {
		t.Run(c.name, func(t *testing.T) {
			if got := Neutral(c.text); got != c.neutral {
				t.Errorf("Neutral(%q) = %q, want %q", c.text, got, c.neutral)
			}
			if got := string(appendNeutral(nil, []byte(c.text))); got != c.neutral {
				t.Errorf("appendNeutral(%q) = %q, want %q", c.text, got, c.neutral)
			}
			if got := string(appendJSON(nil, c.text)); got != c.json {
				t.Errorf("appendJSON(%q) = %s, want %s", c.text, got, c.json)
			}
		})
	}
}

func FuzzNeutral(f *testing.F) {
	for _, c := range hostile {
		f.Add(c.text)
	}
	f.Fuzz(func(t *testing.T, s string) {
		shown := Neutral(s)
		if !tame(shown) {
			t.Errorf("Neutral(%q) = %q", s, shown)
		}
		var back string
		text := appendJSON(nil, s)
		if err := json.Unmarshal(text, &back); err != nil {
			t.Fatalf("appendJSON(%q) = %s: %v", s, text, err)
		}
		if want := strings.ToValidUTF8(eachInvalid(s), "\uFFFD"); back != want {
			t.Errorf("appendJSON(%q) reads as %q, want %q", s, back, want)
		}
		if !tame(string(text)) {
			t.Errorf("appendJSON(%q) = %q", s, text)
		}
	})
}

// eachInvalid replaces each byte that is no UTF-8 on its own, as range does.
func eachInvalid(s string) string { return string([]rune(s)) }

// tame reports whether s is UTF-8 that shows as it is and moves nothing.
func tame(s string) bool {
	for _, r := range s {
		if r < ' ' || r >= 0x7f && r < 0xa0 || unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp) {
			return false
		}
	}
	return utf8.ValidString(s)
}

// Every format is shown every hostile text in every place that a capture can put it.
func TestFormatsAreTame(t *testing.T) {
	for _, f := range Formats {
		for _, c := range hostile {
			t.Run(f.Name+"/"+c.name, func(t *testing.T) {
				out := hostileStory(t, c.text).rendered(t, f, Options{All: true, Width: 100, Fold: true})
				if f.Name == "pcapng" {
					out = commentsOf(t, []byte(out))
				}
				for line := range strings.Lines(out) {
					if !tame(strings.TrimSuffix(strings.TrimSuffix(line, "\n"), "\r")) { // CSV ends its lines with both
						t.Errorf("%q", line)
					}
				}
			})
		}
	}
}

// commentsOf are the comments of the packets in a pcapng file, a line each.
func commentsOf(t *testing.T, file []byte) string {
	var lines strings.Builder
	var order block.ByteOrder
	for len(file) > 0 {
		var raw []byte
		if raw, file = block.Cut(file, order); len(raw) == 0 {
			t.Fatalf("no block in %x", file)
		}
		if block.IsSection(raw) {
			order = block.Order(raw)
		}
		block.Comments(raw, order, func(text []byte) { lines.Write(append(text[:len(text):len(text)], '\n')) })
	}
	return lines.String()
}
