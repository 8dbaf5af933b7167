package render

import (
	stdcsv "encoding/csv"
	"strings"
	"testing"
)

func TestAppendField(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"empty", "", ""},
		{"plain", "www.google.com", "www.google.com"},
		{"comma", "a,b", `"a,b"`},
		{"quote", `say "hello"`, `"say ""hello"""`},
		{"only quotes", `""`, `""""""`},
		{"space at the end", "a ", `"a "`},
		{"formula", "=cmd|'/C calc'!A0", `"'=cmd|'/C calc'!A0"`},
		{"formula with quotes", `=HYPERLINK("http://x")`, `"'=HYPERLINK(""http://x"")"`},
		{"plus", "+1", `"'+1"`},
		{"minus", "-1", `"'-1"`},
		{"at", "@SUM(A1)", `"'@SUM(A1)"`},
		{"wide equals sign", "＝1", `"'＝1"`},
		{"tab before a formula", "\t=1", `\x09=1`},
		{"line break", "a\r\nb", `a\x0d\x0ab`},
		{"Korean", "한국", "한국"},
	} {
		var b csv
		b.text(c.text)
		if got := strings.TrimSuffix(string(b.out.b), ","); got != c.want {
			t.Errorf("%s: %q is written as %s, want %s", c.name, c.text, got, c.want)
		}
	}
}

// Whatever a capture holds, a reader of RFC 4180 finds the same columns in every row, and no formula.
func TestCSVHasOneShape(t *testing.T) {
	format, _ := Formats.Named("csv")
	for _, summary := range []bool{false, true} {
		for _, text := range []string{`"`, ",", "=1+1", "@x", "a\nb", `",=1,"`, "plain"} {
			out := hostileStory(t, text).rendered(t, format, Options{All: true, Summary: summary})
			rows, err := stdcsv.NewReader(strings.NewReader(out)).ReadAll() // fails where the number of fields changes
			if err != nil {
				t.Fatalf("%q: %v", text, err)
			}
			if len(rows) < 2 {
				t.Errorf("%q: %d rows", text, len(rows))
			}
			for _, row := range rows[1:] {
				for i, field := range row {
					if field != "" && strings.ContainsAny(field[:1], "=+-@\t\r") {
						t.Errorf("%q: %s is %q", text, rows[0][i], field)
					}
				}
			}
		}
	}
}
