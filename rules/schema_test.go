package rules

import (
	"encoding/json"
	"maps"
	"os"
	"slices"
	"testing"
)

// definition is what the test reads of a definition in schema.json.
type definition struct {
	Properties map[string]any
	Enum       []string
	AnyOf      []definition
}

// Editors must know the same keys and words as the loader.
func TestSchemaNamesTheSameKeys(t *testing.T) {
	text, err := os.ReadFile("web/schema.json")
	if err != nil {
		t.Fatal(err)
	}
	var schema struct {
		Defs map[string]definition `json:"$defs"`
	}
	if err := json.Unmarshal(text, &schema); err != nil {
		t.Fatal(err)
	}
	for name, keys := range map[string][]string{
		"journey": journeyKeys, "phase": phaseKeys, "step": stepKeys, "correction": correctionKeys, "rule": ruleKeys,
		"deduction": deductionKeys, "variant": variantKeys, "which": whichKeys, "text": textKeys, "phrases": PhraseNames(),
	} {
		same(t, name, slices.Collect(maps.Keys(schema.Defs[name].Properties)), keys)
	}
	same(t, "comparison", slices.Collect(maps.Keys(schema.Defs["comparison"].AnyOf[1].Properties)), comparisonKeys)
	var causes []string
	for _, c := range Causes {
		causes = append(causes, string(c))
	}
	same(t, "cause", schema.Defs["cause"].Enum, causes)
	same(t, "event", schema.Defs["event"].Enum, eventNames[NoEvent+1:])
	same(t, "point", schema.Defs["point"].Enum, pointNames[Client:])
}

// same compares two sets of words.
func same(t *testing.T, name string, schema, loader []string) {
	t.Helper()
	schema, loader = slices.Sorted(slices.Values(schema)), slices.Sorted(slices.Values(loader))
	if !slices.Equal(schema, loader) {
		t.Errorf("%s: schema.json has %q, the loader %q", name, schema, loader)
	}
}
