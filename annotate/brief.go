package annotate

import "github.com/pktjourney/pktjourney/rules"

// brief is what is kept of a label where very many are kept: its step and what goes with that, but neither
// its journey nor what its sentences speak of. The zero value is none.
type brief struct {
	rule    *rules.Rule
	also    []rules.ID // of the label, which may have more than the rule
	detail  string
	point   rules.Point
	deduced bool
	overDNS bool
}

// brief is l in brief.
func (l *Label) brief() brief {
	return brief{l.Rule, l.Also, l.Detail, l.Point, l.Deduced, l.overDNS}
}

// label is a label with what is kept; one without a step, and without words, when that is nothing.
func (b *brief) label() Label {
	if b.rule == nil {
		return Label{Phase: NoPhase}
	}
	r := b.rule
	return Label{
		Phase: r.Phase, Step: r.Step, Also: b.also, Deduced: b.deduced, Point: b.point,
		Event: r.Event, Rule: r, Does: r.Does, Reason: r.Reason, Detail: b.detail, overDNS: b.overDNS,
	}
}
