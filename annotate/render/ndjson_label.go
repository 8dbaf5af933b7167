package render

import (
	"strconv"

	"github.com/pktjourney/pktjourney/annotate"
	"github.com/pktjourney/pktjourney/rules"
)

// labelText is what was last written of labels of one direction of a conversation. Bulk data has
// the same over and over.
type labelText struct {
	of     labelKey
	head   []byte // up to the reason; depends on nothing but of
	reason reasonText
}

// labelKey is what the text of a label depends on, but for its reason.
type labelKey struct {
	journey      int // 0: none
	name, client string
	phase        int
	step         rules.ID
	also         *rules.ID // where they begin: they are shared, and never change
	more         int       // how many they are
	variants     rules.VariantSet
	deduced      bool
}

func keyOf(l *annotate.Labelled) labelKey {
	k := labelKey{client: l.Client, phase: l.Phase, step: l.Step, more: len(l.Also), variants: l.Variants, deduced: l.Deduced}
	if l.Journey != nil {
		k.journey, k.name = l.Journey.ID, l.Journey.Name
	}
	if len(l.Also) > 0 {
		k.also = &l.Also[0]
	}
	return k
}

// appendLabel appends the frame's place in the journey, or nothing when it has none. t is what
// was written of the frame's direction before.
func (n *ndjson) appendLabel(b []byte, l *annotate.Labelled, t *endsText) []byte {
	if !l.InJourney() {
		return b
	}
	kept := &t.label
	if key := keyOf(l); len(kept.head) == 0 || kept.of != key {
		kept.of, kept.reason.of = key, nil
		kept.head = n.appendPlace(kept.head[:0], l, &key)
	}
	b = append(b, kept.head...)
	if len(l.Path) > 0 {
		b = n.appendHops(append(b, `,"path":[`...), l.Path, "")
		b = append(b, ']')
	}
	if !t.oneWay() || !l.Reason.Steady(n.opts.Lang) {
		return append(n.appendReason(b, l), '}')
	}
	if !kept.reason.fits(l) {
		n.scratch = kept.reason.make(l, n.opts.Lang, &n.holed, n.scratch)
	}
	b = kept.reason.append(b, l, n.opts.Lang, &n.places)
	return append(b, '}')
}

// appendPlace appends a label up to its reason. of is what it depends on.
func (n *ndjson) appendPlace(b []byte, l *annotate.Labelled, of *labelKey) []byte {
	b = appendWhose(append(b, `,"journey":{`...), l)
	key := *of
	key.journey, key.client = 0, ""
	if step := n.opts.Journey.Step(l.Step); step == nil || step.Named.In(n.opts.Lang) == "" {
		key.name = "" // no heading has it
	}
	kept := &n.placed[key.slot()]
	if len(kept.text) == 0 || kept.of != key {
		kept.of, kept.text = key, n.appendStepOf(kept.text[:0], l)
	}
	return append(b, kept.text...)
}

// placeText is what was written of a step, which is the same for many conversations.
type placeText struct {
	of   labelKey // without the journey, but for the name where the step's heading has it
	text []byte
}

// placesKept is how many are kept.
const placesKept = 64

// slot is where the text of k is kept.
func (k *labelKey) slot() int {
	n := uint(k.variants)*7 + uint(k.more) + uint(k.phase)
	if len(k.step) > 0 {
		n += uint(k.step[len(k.step)-1]) << 3
	}
	return int(n % placesKept)
}

// appendStepOf appends which step l performs, and how.
func (n *ndjson) appendStepOf(b []byte, l *annotate.Labelled) []byte {
	b = strconv.AppendInt(append(b, `"phase":`...), int64(l.Phase), 10)
	if l.Step != "" {
		b = appendJSON(append(b, `,"step":`...), string(l.Step))
	}
	if title := title(&n.opts, l); title != "" {
		b = appendJSON(append(b, `,"title":`...), title)
	}
	if len(l.Also) > 0 {
		b = append(b, `,"also":[`...)
		for i, id := range l.Also {
			if i > 0 {
				b = append(b, ',')
			}
			b = appendJSON(b, string(id))
		}
		b = append(b, ']')
	}
	if l.Variants != 0 {
		n.names = n.opts.Journey.Names(n.names[:0], l.Variants)
		b = appendStrings(append(b, `,"variant":`...), n.names)
	}
	return appendJSON(append(b, `,"basis":`...), l.Basis())
}

func (n *ndjson) appendReason(b []byte, l *annotate.Labelled) []byte {
	n.scratch = l.AppendReason(n.scratch[:0], n.opts.Lang)
	if len(n.scratch) == 0 {
		return b
	}
	return appendJSON(append(b, `,"reason":`...), n.scratch)
}

// appendWhose appends the journey's number, name and client as far as they are known, each with its comma.
func appendWhose(b []byte, l *annotate.Labelled) []byte {
	j := l.Journey
	if j == nil {
		if l.Client != "" {
			b = append(appendJSON(append(b, `"client":`...), l.Client), ',')
		}
		return b
	}
	b = append(strconv.AppendInt(append(b, `"id":`...), int64(j.ID), 10), ',')
	if j.Name != "" {
		b = append(appendJSON(append(b, `"name":`...), j.Name), ',')
	}
	if j.Client.IsValid() {
		b = append(j.Client.AppendTo(append(b, `"client":"`...)), `",`...)
	}
	return b
}

// title is the name of the frame's step, or of its phase when it has no step.
func title(o *Options, l *annotate.Labelled) string {
	if step := o.Journey.Step(l.Step); step != nil {
		name := ""
		if l.Journey != nil {
			name = l.Journey.Name
		}
		return o.Journey.Heading(step, o.Lang, name)
	}
	if phase := o.Journey.Phase(l.Phase); phase != nil {
		return phase.Name.In(o.Lang)
	}
	return ""
}
