package rules

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// small is a journey of one phase in one file. Line 1 is "name".
const small = `name: small
title: {en: A small one, ko: 작은 여정}
phases:
  - number: 7
    name: {en: Seven, ko: 일곱}
    explanation: {en: All, ko: 전부}
    steps:
      - id: 7.1
        name: {en: Ask, ko: 질문}
        short: {en: Ask, ko: 질문}
        explanation:
          en: |
            One
            paragraph.

            Two.
          ko: 설명
        visible: [client]
        frames:
          - event: dns.query
            at: [client]
            when:
              dns.question.type: A
              dns.question.name: {not: [a.example, b.example]}
              dns.bytes: {over: 12, under: 500}
            does: {en: "Asks {name}", ko: "질문"}
            reason: {en: "because", ko: "근거"}
      - id: 7.2
        name: {en: Inside, ko: 내부}
        short: {en: Inside, ko: 내부}
        explanation: {en: x, ko: x}
        inside: true
        deduce:
          - from: 7.1
            when: hops-known
            reason: {en: "frame {frame}", ko: "{frame}번"}
`

func loadText(files ...string) (*Journey, error) {
	fsys := fstest.MapFS{}
	for i := 0; i < len(files); i += 2 {
		fsys[files[i]] = &fstest.MapFile{Data: []byte(files[i+1])}
	}
	return Load(fsys, files[0])
}

func TestLoadInline(t *testing.T) {
	j, err := loadText("j.yaml", small)
	if err != nil {
		t.Fatal(err)
	}
	s := j.Step("7.1")
	if s == nil || s.Explanation.In(English) != "One paragraph.\n\nTwo." || !s.Visible.Has(Client) || s.Visible.Has(Router) {
		t.Fatalf("step 7.1 is %+v", s)
	}
	if n := len(s.Rules[0].When); n != 5 {
		t.Errorf("%d conditions", n)
	}
	if d := j.Step("7.2").Deduce[0]; d.From != "7.1" || d.When != HopsKnown {
		t.Errorf("deduction %+v", d)
	}
	if j.Phase(7) == nil || j.Phase(0) != nil {
		t.Error("phases are found by their numbers")
	}
	if j.Phrase("outside.protocol") != Web().Phrase("outside.protocol") || j.Set("nxdomain") != Web().Set("nxdomain") {
		t.Error("phrases and variants that are left out are those of the built-in journey")
	}
}

func TestLoadFromFilesBeside(t *testing.T) {
	dir := t.TempDir()
	phase := strings.ReplaceAll(strings.SplitAfterN(small, "  - ", 2)[1], "\n    ", "\n")
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	write("phase.yaml", phase)
	write("words.yaml", "outside.connection: {en: elsewhere, ko: 다른 곳}\n")
	path := write("j.yaml", "name: x\ntitle: {en: x, ko: x}\nphrases: words.yaml\nphases: [phase.yaml]\n"+
		"variants:\n  - name: strange\n    doc: {en: s, ko: s}\n    frames:\n      - event: tcp.syn\n")
	j, err := LoadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if j.Step("7.1") == nil || string(j.Phrase("outside.connection").Append(nil, English, names{})) != "elsewhere" {
		t.Error("the files beside were not read")
	}
	if got := j.Names(nil, j.VariantsOf(TCPSyn, AllVariants, nil)); !slices.Equal(got, []string{"strange"}) {
		t.Errorf("a SYN has %q", got)
	}
}

func TestLoadFileThatIsNotThere(t *testing.T) {
	_, err := LoadFile(filepath.Join(t.TempDir(), "none.yaml"))
	if !errors.Is(err, fs.ErrNotExist) || len(Mistakes(err)) != 0 {
		t.Errorf("error %v", err)
	}
}

// change gives small with one line (from 1) replaced; "" removes it.
func change(line int, with string) string {
	lines := strings.SplitAfter(small, "\n")
	if with != "" {
		with += "\n"
	}
	lines[line-1] = with
	return strings.Join(lines, "")
}

func TestMistakes(t *testing.T) {
	for _, c := range []struct {
		line int
		with string
		want []string
	}{
		{1, "", []string{`1: "name" is missing`}},
		{1, "nam: small", []string{`1: unknown key "nam": here may be`, `1: "name" is missing`}},
		{1, "name: {a: b}", []string{`1: a mapping where a single value should be`}},
		{1, "name: ''", []string{`1: an empty value`}},
		{2, "title: {en: A small one}", []string{`2: "ko" is missing`}},
		{2, "title: {en: a, ko: b, de: c}", []string{`2: unknown key "de": here may be "en", "ko"`}},
		{2, "title: {en: a, en: a, ko: b}", []string{`2: key "en" comes twice`}},
		{2, "title: &t {en: a, ko: b}\nvariants: *t", []string{`3: an alias (*t) where a list of variants should be`}},
		{2, "title: both", []string{`2: "both" where a mapping with "en", "ko" should be`}},
		{3, "phases: none.yaml\nx:", []string{`3: "none.yaml" where a list should be`, `4: unknown key "x"`}},
		{4, "  - none.yaml\n  - number: 7", []string{`4: file "none.yaml": file does not exist`}},
		{4, "  - ../none.yaml\n  - number: 7", []string{`4: file "../none.yaml": file does not exist`}},
		{4, "  - number: seven", []string{`4: "seven" is no whole number`}},
		{4, "  - number: 70000", []string{`4: phases are numbered from 0 to 999`}},
		{8, "      - id: 1.1", []string{`8: step 1.1 stands in phase 7`, `34: unknown step "7.1"`}},
		{8, "      - id: 7.x", []string{`8: "7.x" is no step: steps are named like "7.1"`, `34: unknown step "7.1"`}},
		{28, "      - id: 7.1", []string{`28: step 7.1 comes twice`}},
		{10, "        short: {en: A name that is much too long for a column, ko: 질문}", []string{`10: "A name that is much too long for a column" takes 41 columns`}},
		{10, "        short: {en: Ask, ko: 마흔 칸을 훌쩍 넘는 아주아주 기나긴 짧은 이름}", []string{`10: "마흔 칸을`}},
		{18, "        visible: [cliente]", []string{`18: unknown capture point "cliente": there are "client", "router"`}},
		{18, "        needs: gopher", []string{`18: "gopher": a step may need "plain-http", "https", "tcp" or "https-over-tcp"`}},
		{18, "        inside: maybe", []string{`18: "maybe" is neither true nor false`}},
		{20, "          - event: dns.queries", []string{`20: unknown event "dns.queries"`}},
		{20, "          - deduced: true", []string{`20: "event" is missing`}},
		{20, "          - like: 7.9", []string{`20: unknown step "7.9"`}},
		{20, "          - like: 7.1", []string{`20: step 7.1 has no frames of its own to be like`}},
		{20, "          - like: 7.2\n            event: dns.query", []string{`20: "like" takes the events of step 7.2`, `20: step 7.2 has no frames`}},
		{21, "            also: [7.2, 8.1]", []string{`21: unknown step "8.1"`}},
		{21, "            variant: [odd]", []string{`21: unknown variant "odd"`}},
		{23, "              dns.question: A", []string{`23: unknown fact "dns.question"`}},
		{23, "              dns.question.type: {like: A}", []string{`23: unknown key "like": here may be "is", "not"`}},
		{25, "              dns.bytes: {over: many}", []string{`25: "many" is no whole number`}},
		{26, `            does: {en: "Asks {nobody}", ko: "x"}`, []string{`26: sentence "Asks {nobody}": {nobody} is no value that a sentence can have`}},
		{27, "", []string{`20: "reason" is missing`}},
		{35, "            when: whenever", []string{`35: unknown cause "whenever"`}},
		{36, "", []string{`34: "reason" is missing`}},
		{9, "        name: {en: Ask", []string{`not YAML: `}},
	} {
		_, err := loadText("j.yaml", change(c.line, c.with))
		checkMistakes(t, fmt.Sprintf("line %d: %q", c.line, c.with), err, "j.yaml:", c.want)
	}
}

// checkMistakes compares the beginnings of the mistakes in err.
func checkMistakes(t *testing.T, what string, err error, prefix string, want []string) {
	t.Helper()
	got := Mistakes(err)
	if len(got) != len(want) {
		t.Errorf("%s: mistakes\n%v\nwant\n%s", what, err, strings.Join(want, "\n"))
		return
	}
	for i, m := range got {
		if !strings.HasPrefix(m.Error(), prefix+want[i]) && !strings.HasPrefix(m.Reason, want[i]) {
			t.Errorf("%s: %v, want %s%s", what, m, prefix, want[i])
		}
	}
}

func TestMistakesOfWholeFiles(t *testing.T) {
	many := "name: x\ntitle: {en: x, ko: x}\nphases: [p.yaml]\nvariants:\n"
	for i := range MaxVariants {
		many += fmt.Sprintf("  - {name: v%d, doc: {en: x, ko: x}}\n", i)
	}
	twice := "  - {name: v, doc: {en: x, ko: x}}\n"
	for _, c := range []struct {
		what  string
		files []string
		want  []string
	}{
		{"nothing in it", []string{"j.yaml", ""}, []string{"an empty file"}},
		{"two documents", []string{"j.yaml", small + "---\na: b\n"}, []string{"a second document"}},
		{"a list", []string{"j.yaml", "- a\n"}, []string{"1: a list where a mapping with"}},
		{"too many variants", []string{"j.yaml", many, "p.yaml", phaseOnly}, []string{`5: 103 variants: a journey may have 64`}},
		{"a variant twice", []string{"j.yaml", small + "variants:\n" + twice + twice}, []string{`39: variant "v" comes twice`}},
		{"a phase twice", []string{"j.yaml", "name: x\ntitle: {en: x, ko: x}\nphases: [p.yaml, p.yaml]\n", "p.yaml", phaseOnly},
			[]string{"p.yaml:1: phase 1 comes twice"}},
		{"a phrase that is none", []string{"j.yaml", small + "phrases: {difference.none: {en: x, ko: x}}\n"},
			[]string{`37: unknown key "difference.none"`}},
		{"like without a step", []string{"j.yaml", small + "    stepless:\n      - like: 7.1\n"},
			[]string{`38: "like" stands only in the frames of a step`}},
		{"a mistake in a file beside", []string{"j.yaml", "name: x\ntitle: {en: x, ko: x}\nphases: [p.yaml]\n", "p.yaml", "number: 1\n"},
			[]string{`p.yaml:1: "name" is missing`, `p.yaml:1: "explanation" is missing`}},
	} {
		_, err := loadText(c.files...)
		checkMistakes(t, c.what, err, "j.yaml:", trimFile(c.want))
	}
}

const phaseOnly = "number: 1\nname: {en: x, ko: x}\nexplanation: {en: x, ko: x}\n"

// trimFile takes the name and line of another file away: the reason is compared.
func trimFile(want []string) []string {
	for i, w := range want {
		if after, ok := strings.CutPrefix(w, "p.yaml:1: "); ok {
			want[i] = after
		}
	}
	return want
}

func TestMistakesNameTheFolder(t *testing.T) {
	path := filepath.Join(t.TempDir(), "j.yaml")
	if err := os.WriteFile(path, []byte(change(1, "")), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := LoadFile(path)
	if m := Mistakes(err); len(m) != 1 || m[0].File != path || m[0].Line != 1 {
		t.Errorf("error %v", err)
	}
}

func TestLongFile(t *testing.T) {
	if _, err := loadText("j.yaml", strings.Repeat("#", maxFile+1)); err == nil || !strings.Contains(err.Error(), "longer than") {
		t.Errorf("error %v", err)
	}
}

// FuzzLoad feeds files to the loader: whatever stands in them, they give a journey or an error.
func FuzzLoad(f *testing.F) {
	f.Add(small)
	f.Add(change(19, "          - like: 7.2"))
	f.Add("a: &a [*a, *a]\n")
	f.Fuzz(func(t *testing.T, text string) {
		j, err := loadText("j.yaml", text)
		if (j == nil) == (err == nil) {
			t.Errorf("journey %v, error %v", j, err)
		}
	})
}
