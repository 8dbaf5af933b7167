package rules

import (
	"slices"

	"go.yaml.in/yaml/v3"

	"github.com/pktjourney/pktjourney/decode/fact"
)

// readRules reads one entry of "frames" or "stepless": one rule for each of its
// events. r says what the entry belongs to.
func (l *loader) readRules(f file, n *node, r Rule) []Rule {
	b := f.open(n, ruleKeys)
	r.At = readPoints(b, "at")
	r.When = readConditions(b)
	r.Also = l.readIDs(b, "also")
	r.Variant = l.readVariantSet(b)
	r.Deduced = b.flag("deduced")
	r.Does, r.Reason = b.sentence("does"), b.sentence("reason")
	if like := b.values["like"]; like != nil {
		l.places.copy(b, like, r)
		return nil
	}
	b.need("does")
	b.need("reason")
	var rules []Rule
	for _, e := range readEvents(b) {
		r.Event = e
		rules = append(rules, r)
	}
	return rules
}

// readEvents reads "event" or the list "events".
func readEvents(b block) []Event {
	nodes := b.list("events")
	if one := b.values["event"]; one != nil {
		nodes = append(nodes, one)
	}
	if len(nodes) == 0 {
		b.mistake(b.node, "\"event\" is missing")
	}
	var events []Event
	for _, n := range nodes {
		e, ok := ParseEvent(b.scalar(n))
		if !ok {
			b.mistake(n, "unknown event %q", n.Value)
			continue
		}
		events = append(events, e)
	}
	return events
}

func (l *loader) readVariantSet(b block) VariantSet {
	var set VariantSet
	for _, n := range b.list("variant") {
		v := l.journey.Set(b.scalar(n))
		if v == 0 {
			b.mistake(n, "unknown variant %q", n.Value)
		}
		set |= v
	}
	return set
}

// readIDs reads a list of steps that may come later in the files.
func (l *loader) readIDs(b block, key string) []ID {
	var ids []ID
	for _, n := range b.list(key) {
		id := ID(b.scalar(n))
		l.places.mention(b.file, n, id)
		ids = append(ids, id)
	}
	return ids
}

func (l *loader) readDeduction(f file, n *node) Deduction {
	b := f.open(n, deductionKeys)
	d := Deduction{From: ID(b.needWord("from")), Last: b.flag("last"), When: Cause(b.word("when")),
		At: readPoints(b, "at"), Observed: b.flag("observed"), Reason: b.sentence("reason")}
	b.need("reason")
	if from := b.values["from"]; from != nil {
		l.places.mention(f, from, d.From)
	}
	if d.When != "" && !slices.Contains(Causes, d.When) {
		b.mistake(b.values["when"], "unknown cause %q", d.When)
	}
	return d
}

// readConditions reads "when": facts and what they are compared with.
func readConditions(b block) []Condition {
	n := b.values["when"]
	if n == nil {
		return nil
	}
	if n.Kind != yaml.MappingNode {
		b.mistake(n, "%s where facts and their values should be", kind(n))
		return nil
	}
	var conditions []Condition
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		name, ok := fact.Lookup(key.Value)
		if !ok {
			b.mistake(key, "unknown fact %q", key.Value)
			continue
		}
		conditions = append(conditions, b.comparisons(name, value)...)
	}
	return conditions
}

// comparisons reads what one fact is compared with: a value, or a mapping.
func (f file) comparisons(name fact.Name, n *node) []Condition {
	if n.Kind == yaml.ScalarNode {
		return []Condition{{Fact: name, Op: Is, Text: f.scalar(n)}}
	}
	var conditions []Condition
	b := f.open(n, comparisonKeys)
	if v := b.values["is"]; v != nil {
		conditions = append(conditions, Condition{Fact: name, Op: Is, Text: b.scalar(v)})
	}
	for _, v := range b.oneOrMany("not") {
		conditions = append(conditions, Condition{Fact: name, Op: IsNot, Text: b.scalar(v)})
	}
	if v := b.values["present"]; v != nil {
		conditions = append(conditions, Condition{Fact: name, Op: presence(b.boolean(v))})
	}
	for _, bound := range []struct {
		key string
		op  Op
	}{{"over", Over}, {"under", Under}} {
		if v := b.values[bound.key]; v != nil {
			limit, _ := b.integer(v)
			conditions = append(conditions, Condition{Fact: name, Op: bound.op, Int: limit})
		}
	}
	return conditions
}

// oneOrMany gives the elements of the list at key, or the single value there.
func (b block) oneOrMany(key string) []*node {
	if n := b.values[key]; n != nil && n.Kind == yaml.ScalarNode {
		return []*node{n}
	}
	return b.list(key)
}

func presence(there bool) Op {
	if there {
		return Present
	}
	return Absent
}
