package rules

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// file is a data file that is being read. It collects what is wrong with it, so
// that the author learns of all mistakes at once.
type file struct {
	name     string // as mistakes show it
	mistakes *[]*Mistake
}

func (f file) mistake(n *yaml.Node, format string, args ...any) {
	line := 0
	if n != nil {
		line = n.Line
	}
	*f.mistakes = append(*f.mistakes, &Mistake{File: f.name, Line: line, Reason: fmt.Sprintf(format, args...)})
}

// block is a mapping of a data file. The keys that it may have are fixed when it
// is opened.
type block struct {
	file
	node   *yaml.Node
	values map[string]*yaml.Node
}

// open reads n as a mapping with some of the given keys.
func (f file) open(n *yaml.Node, keys []string) block {
	b := block{file: f, node: n, values: map[string]*yaml.Node{}}
	if n.Kind != yaml.MappingNode {
		f.mistake(n, "%s where a mapping with %s should be", kind(n), listed(keys))
		return b
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		switch {
		case b.values[key.Value] != nil:
			f.mistake(key, "key %q comes twice", key.Value)
		case !slices.Contains(keys, key.Value):
			f.mistake(key, "unknown key %q: %s", key.Value, choice(keys))
		default:
			b.values[key.Value] = value
		}
	}
	return b
}

// need finds the value of a key that must be there.
func (b block) need(key string) *yaml.Node {
	n := b.values[key]
	if n == nil && b.node.Kind == yaml.MappingNode {
		b.mistake(b.node, "%q is missing", key)
	}
	return n
}

// word reads the one-line value of key; "" when it is not there.
func (b block) word(key string) string {
	n := b.values[key]
	if n == nil {
		return ""
	}
	return b.scalar(n)
}

// needWord is word for a key that must be there.
func (b block) needWord(key string) string {
	b.need(key)
	return b.word(key)
}

func (f file) scalar(n *yaml.Node) string {
	if n.Kind != yaml.ScalarNode {
		f.mistake(n, "%s where a single value should be", kind(n))
		return ""
	}
	s := strings.TrimSpace(n.Value)
	if s == "" {
		f.mistake(n, "an empty value")
	}
	return s
}

// integer reads a whole number; false when n is none.
func (f file) integer(n *yaml.Node) (int64, bool) {
	v, err := strconv.ParseInt(f.scalar(n), 10, 64)
	if err != nil && n.Kind == yaml.ScalarNode {
		f.mistake(n, "%q is no whole number", n.Value)
	}
	return v, err == nil
}

// flag reads true or false; false when key is not there.
func (b block) flag(key string) bool {
	n := b.values[key]
	if n == nil {
		return false
	}
	return b.boolean(n)
}

func (f file) boolean(n *yaml.Node) bool {
	switch f.scalar(n) {
	case "true":
		return true
	case "false":
	default:
		f.mistake(n, "%q is neither true nor false", n.Value)
	}
	return false
}

// list gives the elements of the list at key; none when it is not there.
func (b block) list(key string) []*yaml.Node {
	n := b.values[key]
	if n == nil {
		return nil
	}
	if n.Kind != yaml.SequenceNode {
		b.mistake(n, "%s where a list should be", kind(n))
		return nil
	}
	return n.Content
}

// words reads the list of single values at key.
func (b block) words(key string) []string {
	var words []string
	for _, n := range b.list(key) {
		words = append(words, b.scalar(n))
	}
	return words
}

// text reads the text at key, which must be there in each language.
func (b block) text(key string) Text {
	n := b.need(key)
	if n == nil {
		return Text{}
	}
	return b.languages(n)
}

// optionalText is text for a key that need not be there.
func (b block) optionalText(key string) Text {
	if b.values[key] == nil {
		return Text{}
	}
	return b.text(key)
}

func (f file) languages(n *yaml.Node) Text {
	b := f.open(n, textKeys)
	return Text{English: unfold(b.needWord("en")), Korean: unfold(b.needWord("ko"))}
}

// sentence reads the sentence at key; nil when it is not there.
func (b block) sentence(key string) *Sentence {
	n := b.values[key]
	if n == nil {
		return nil
	}
	return b.newSentence(n)
}

func (f file) newSentence(n *yaml.Node) *Sentence {
	s, err := NewSentence(f.languages(n))
	if err != nil {
		f.mistake(n, "sentence %v", err)
	}
	return s
}

// unfold puts each paragraph on one line and one empty line between paragraphs.
func unfold(text string) string {
	var paragraphs []string
	for p := range strings.SplitSeq(text, "\n\n") {
		if p = strings.Join(strings.Fields(p), " "); p != "" {
			paragraphs = append(paragraphs, p)
		}
	}
	return strings.Join(paragraphs, "\n\n")
}

func kind(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "a mapping"
	case yaml.SequenceNode:
		return "a list"
	case yaml.AliasNode:
		return "an alias (*" + n.Value + ")"
	}
	return fmt.Sprintf("%q", n.Value)
}

// choice says what may be chosen, as long as it can be read at a glance.
func choice(of []string) string {
	if len(of) > 16 {
		return "rules/web/README.md lists those that may be here"
	}
	return "here may be " + listed(of)
}

// listed names the choices: `"a", "b"`.
func listed(choices []string) string {
	quoted := make([]string, len(choices))
	for i, c := range choices {
		quoted[i] = strconv.Quote(c)
	}
	return strings.Join(quoted, ", ")
}
