package rules

import (
	"errors"
	"fmt"
	"strings"

	"github.com/pktjourney/pktjourney/decode/fact"
)

// NewSentence reads a sentence in its two languages. The error says what is wrong with which.
func NewSentence(source Text) (*Sentence, error) {
	s := &Sentence{Source: source}
	for l, text := range source {
		parts, rest, err := parseParts(text, 0)
		if err == nil && rest != "" {
			err = errors.New("a ] without its [")
		}
		if err != nil {
			return nil, fmt.Errorf("%q: %w", text, err)
		}
		s.parts[l], s.steady[l], s.same[l] = parts, isSteady(parts, false), isSteady(parts, true)
		eachPlace(parts, func(slot Slot, _ fact.Name) { s.slots |= 1 << slot })
	}
	return s, nil
}

// maxNesting is how deep brackets may stand in brackets.
const maxNesting = 8

// parseParts reads up to the end of text, or up to the bracket that closes a run. depth
// counts the brackets around text.
func parseParts(text string, depth int) (parts []part, rest string, err error) {
	if depth > maxNesting {
		return nil, "", errors.New("brackets stand too deep in brackets")
	}
	for text != "" && text[0] != ']' || doubled(text) {
		var p part
		switch {
		case text[0] == '{' && !doubled(text):
			p, text, err = parsePlace(text)
		case text[0] == '[' && !doubled(text):
			p.optional, text, err = parseParts(text[1:], depth+1)
		default:
			p.literal, text = parseLiteral(text)
		}
		if err != nil {
			return nil, "", err
		}
		parts = append(parts, p)
	}
	switch {
	case depth == 0:
		return parts, text, nil
	case text == "":
		return nil, "", errors.New("a [ without its ]")
	}
	return parts, text[1:], nil
}

// doubled reports whether text begins with two of a sign that has a meaning.
func doubled(text string) bool {
	return len(text) > 1 && text[0] == text[1] && strings.IndexByte("{}[]", text[0]) >= 0
}

// parseLiteral reads up to a sign that has a meaning.
func parseLiteral(text string) (literal, rest string) {
	var b strings.Builder
	for text != "" {
		switch {
		case doubled(text):
			b.WriteByte(text[0])
			text = text[2:]
			continue
		case strings.IndexByte("{[]", text[0]) >= 0:
			return b.String(), text
		}
		b.WriteByte(text[0])
		text = text[1:]
	}
	return b.String(), ""
}

// parsePlace reads "{word}".
func parsePlace(text string) (p part, rest string, err error) {
	word, rest, found := strings.Cut(text[1:], "}")
	if !found {
		return p, "", errors.New("a { without its }")
	}
	p, ok := place(word)
	if !ok {
		return p, "", fmt.Errorf("{%s} is no value that a sentence can have", word)
	}
	return p, rest, nil
}

// place finds what a word between braces stands for.
func place(word string) (part, bool) {
	for s, name := range slotNames {
		if name == word && word != "" {
			return part{slot: Slot(s)}, true
		}
	}
	n, ok := fact.Lookup(word)
	return part{fact: n}, ok
}
