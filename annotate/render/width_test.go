package render

import (
	"strings"
	"testing"

	"github.com/pktjourney/pktjourney/rules"
)

func TestColumnsOf(t *testing.T) {
	for _, c := range []struct {
		text string
		want int
	}{
		{"", 0}, {"abc", 3}, {"한국어", 6}, {"DNS 서버", 8}, {"é", 1}, {"e\u0301", 1}, {"🚀", 2}, {"→", 1}, {"\xff", 1},
	} {
		if got := columnsOf(c.text); got != c.want {
			t.Errorf("columnsOf(%q) = %d, want %d", c.text, got, c.want)
		}
	}
}

func TestWrap(t *testing.T) {
	for _, c := range []struct {
		name, text string
		width      int
		want       []string
	}{
		{"fits", "one two", 7, []string{"one two"}},
		{"no limit", strings.Repeat("x", 300), 0, []string{strings.Repeat("x", 300)}},
		{"at a space", "one two three", 8, []string{"one two", "three"}},
		{"space at the edge", "one two three", 7, []string{"one two", "three"}},
		{"no space", "abcdefgh", 3, []string{"abc", "def", "gh"}},
		{"Korean", "응답 메시지 전송", 11, []string{"응답 메시지", "전송"}},
		{"wide without space", "한국어", 5, []string{"한국", "어"}},
		{"wider than the line", "한국", 1, []string{"한", "국"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			line, rest := wrap([]byte(c.text), c.width)
			got = append(got, string(line))
			for len(rest) > 0 {
				line, rest = wrap(rest, c.width)
				got = append(got, string(line))
			}
			if strings.Join(got, "|") != strings.Join(c.want, "|") {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// No line is wider than the terminal, and all words begin in the same column.
func TestTableFits(t *testing.T) {
	for _, width := range []int{60, 80, 100, 120, 200} {
		for _, lang := range []rules.Lang{rules.English, rules.Korean} {
			out := newStory(t).rendered(t, Formats[0], Options{Width: width, Lang: lang, All: true})
			head, where := "What it does", -1
			if lang == rules.Korean {
				head = "하는 일"
			}
			for line := range strings.Lines(out) {
				line = strings.TrimSuffix(line, "\n")
				if n := columnsOf(line); n > width {
					t.Errorf("%d columns, language %d: %d columns wide: %q", width, lang, n, line)
				}
				if before, _, ok := strings.Cut(line, head); ok {
					where = columnsOf(before)
				}
				if before, _, ok := strings.Cut(line, "SYN"); ok && columnsOf(before) != where {
					t.Errorf("%d columns, language %d: words begin in column %d, their head in %d", width, lang, columnsOf(before), where)
				}
			}
		}
	}
}
