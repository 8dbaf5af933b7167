package rules

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// The README is where an author looks for the words that the files may use.
func TestReadmeNamesEveryWord(t *testing.T) {
	text, err := os.ReadFile("web/README.md")
	if err != nil {
		t.Fatal(err)
	}
	words := slices.Concat(eventNames[NoEvent+1:], pointNames[Client:], journeyKeys, phaseKeys, stepKeys, correctionKeys,
		ruleKeys, deductionKeys, variantKeys, textKeys)
	for _, c := range Causes {
		words = append(words, string(c))
	}
	for _, slot := range slotNames[SlotName:] {
		words = append(words, "{"+slot+"}")
	}
	for _, w := range words {
		if !strings.Contains(string(text), "`"+w+"`") && !strings.Contains(string(text), "`"+w+":") {
			t.Errorf("the README does not tell of %q", w)
		}
	}
}
