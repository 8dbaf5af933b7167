package rules

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/pktjourney/pktjourney/decode/fact"
)

// names gives every place its own name as its value; nothing when empty.
type names struct{ empty bool }

func (v names) AppendSlot(dst []byte, s Slot, _ Lang) ([]byte, bool) {
	return v.append(dst, s.String())
}

func (v names) AppendFact(dst []byte, n fact.Name) ([]byte, bool) {
	return v.append(dst, n.String())
}

func (v names) append(dst []byte, word string) ([]byte, bool) {
	if v.empty {
		return dst, false
	}
	return append(append(append(dst, '<'), word...), '>'), true
}

func TestSentence(t *testing.T) {
	for _, c := range []struct{ source, full, empty string }{
		{"", "", ""},
		{"SYN", "SYN", "SYN"},
		{"to {destination}", "to <destination>", "to ?"},
		{"to {destination}[, from {frame}]", "to <destination>, from <frame>", "to ?"},
		{"a[ b]", "a b", "a b"},
		{"{dns.question.name}?", "<dns.question.name>?", "??"},
		{"a[ {name}[ in {frame}] b] c", "a <name> in <frame> b c", "a c"},
		{"a[ {name}[ x] ] c", "a <name> x  c", "a c"},
		{"{{{name}}} [[x]]", "{<name>} [x]", "{?} [x]"},
		{"lone } stays", "lone } stays", "lone } stays"},
	} {
		s, err := NewSentence(Text{c.source, c.source})
		if err != nil {
			t.Errorf("%q: %v", c.source, err)
			continue
		}
		for l := English; l <= Korean; l++ {
			full, empty := s.Append(nil, l, names{}), s.Append(nil, l, names{empty: true})
			if string(full) != c.full || string(empty) != c.empty {
				t.Errorf("%q: %q and %q, want %q and %q", c.source, full, empty, c.full, c.empty)
			}
		}
	}
}

func TestWhatASentenceDependsOn(t *testing.T) {
	for _, c := range []struct {
		source               string
		steady, withoutFacts bool
	}{
		{"SYN", true, true},
		{"from {source} to {destination}, {size} bytes", true, true},
		{"as frame {frame} tells[ of {name}]", true, true},
		{"[as frame {frame} tells]", true, true},
		{"[as frame {frame} of {name} tells]", false, false},
		{"asks for {dns.question.name}", false, true},
		{"a[ b of {http.version}]", false, true},
		{"hands over {detail}", false, true},
		{"after {since}", false, false},
	} {
		s, err := NewSentence(Text{c.source, "x"})
		if err != nil {
			t.Errorf("%q: %v", c.source, err)
			continue
		}
		if s.Steady(English) != c.steady || s.SameWithoutFacts(English) != c.withoutFacts {
			t.Errorf("%q: steady %v, without facts %v", c.source, s.Steady(English), s.SameWithoutFacts(English))
		}
		if !s.Steady(Korean) || !s.SameWithoutFacts(Korean) {
			t.Errorf("%q: the other language is not steady", c.source)
		}
	}
}

func TestSentenceMistakes(t *testing.T) {
	for _, c := range []struct{ source, want string }{
		{"{nothing.such}", "{nothing.such} is no value that a sentence can have"},
		{"{}", "{} is no value"},
		{"{name", "a { without its }"},
		{"a [b", "a [ without its ]"},
		{"a b]", "a ] without its ["},
		{"a b] c", "a ] without its ["},
		{"[[[a", "a [ without its ]"},
		{strings.Repeat("[ ", 9) + strings.Repeat("] ", 9), "too deep"},
	} {
		for _, source := range []Text{{c.source, ""}, {"", c.source}} {
			if _, err := NewSentence(source); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%q: error %v, want %q", c.source, err, c.want)
			}
		}
	}
}

func TestNilSentence(t *testing.T) {
	var s *Sentence
	if got := s.Append([]byte("x"), English, names{}); string(got) != "x" {
		t.Errorf("appended %q", got)
	}
}

// eachSentence calls f with every sentence of the built-in journey.
func eachSentence(f func(where string, s *Sentence)) {
	j := Web()
	for _, r := range j.rules() {
		where := r.Event.String() + " in step " + string(r.Step)
		f(where+": does", r.Does)
		f(where+": reason", r.Reason)
	}
	for id, s := range j.byStep {
		for _, d := range s.Deduce {
			f(string(id)+" from "+string(d.From), d.Reason)
		}
	}
	for _, name := range PhraseNames() {
		f(name, j.Phrase(name))
	}
}

func TestEverySentenceRenders(t *testing.T) {
	doubled := regexp.MustCompile(`  | [,.;:)]|\( |\(\)`)
	eachSentence(func(where string, s *Sentence) {
		for l := English; l <= Korean; l++ {
			full, empty := string(s.Append(nil, l, names{})), string(s.Append(nil, l, names{empty: true}))
			if full == "" || empty == "" && !strings.HasPrefix(s.Source[l], "[") {
				t.Errorf("%s: %q gives %q and %q", where, s.Source[l], full, empty)
			}
			if strings.ContainsAny(full, "{}[]?") && !strings.Contains(s.Source[l], "?") {
				t.Errorf("%s: %q gives %q", where, s.Source[l], full)
			}
			if bad := doubled.FindString(full + "\n" + empty); bad != "" {
				t.Errorf("%s: %q in %q or %q", where, bad, full, empty)
			}
		}
	})
}

// Both languages are there and tell the same values.
func TestLanguagesAgree(t *testing.T) {
	hangul := func(s string) bool {
		return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Hangul, r) })
	}
	eachSentence(func(where string, s *Sentence) {
		var places [2][]string
		for l := English; l <= Korean; l++ {
			s.Each(l, func(slot Slot, n fact.Name) { places[l] = append(places[l], slot.String()+" "+n.String()) })
			slices.Sort(places[l])
		}
		if !slices.Equal(places[English], places[Korean]) {
			t.Errorf("%s: English tells %q, Korean %q", where, places[English], places[Korean])
		}
		if words := regexp.MustCompile(`\{[^}]*\}`).ReplaceAllString(s.Source[English], ""); hangul(s.Source[English]) ||
			!hangul(s.Source[Korean]) && regexp.MustCompile(`\b[a-z]{4}`).MatchString(words) {
			t.Errorf("%s: %q and %q", where, s.Source[English], s.Source[Korean])
		}
	})
}

// A Korean particle changes with the sound before it, which a value does not tell.
func TestNoParticleAfterAValue(t *testing.T) {
	particle := regexp.MustCompile(`\}\]?(은|는|이|가|을|를|과|와|로|으로)([ ,.\]]|$)`)
	eachSentence(func(where string, s *Sentence) {
		if bad := particle.FindString(s.Source.In(Korean)); bad != "" {
			t.Errorf("%s: %q in %q", where, bad, s.Source.In(Korean))
		}
	})
}

// What a frame does stands in a table: its fixed words leave room for values.
func TestWidthOfWhatFramesDo(t *testing.T) {
	place := regexp.MustCompile(`\{[^}]*\}`)
	for _, r := range Web().rules() {
		for l := English; l <= Korean; l++ {
			fixed := place.ReplaceAllString(r.Does.Source[l], "")
			if w := columns.StringWidth(fixed); w > 62 {
				t.Errorf("%v: the fixed words of %q take %d columns", r.Event, r.Does.Source[l], w)
			}
		}
	}
}

func TestAppendDoesNotAllocate(t *testing.T) {
	s := Web().Match(TCPSyn, Client, nil).Does
	buf := make([]byte, 0, 256)
	var v Values = names{}
	if n := testing.AllocsPerRun(100, func() { s.Append(buf, Korean, v) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func FuzzNewSentence(f *testing.F) {
	for _, source := range []string{"SYN to {destination}[, from {frame}]", "{{}}[[]]", "[{name}", "]", "{dns.id}"} {
		f.Add(source)
	}
	f.Fuzz(func(t *testing.T, source string) {
		s, err := NewSentence(Text{source, source})
		if err != nil {
			return
		}
		full := s.Append(nil, English, names{})
		if len(full) > 64*len(source) {
			t.Errorf("%q grew to %d bytes", source, len(full))
		}
		s.Append(nil, Korean, names{empty: true})
	})
}
