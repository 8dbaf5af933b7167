package render

import (
	"github.com/pktjourney/pktjourney/annotate"
	"github.com/pktjourney/pktjourney/decode/fact"
	"github.com/pktjourney/pktjourney/rules"
)

// reasonText is a reason as it was last written for one direction of a conversation, with holes for what
// differs from frame to frame.
type reasonText struct {
	of    *rules.Sentence // that text says; nil when there is none
	leans bool            // for frames that lean on another
	text  []byte          // the member of the object, with its key
	holes []hole          // in order
}

// hole is a place in a text where the value of slot goes.
type hole struct {
	at   int
	slot rules.Slot
}

// fits reports whether r is made for frames like l.
func (r *reasonText) fits(l *annotate.Labelled) bool {
	return r.of != nil && r.of == l.Reason && r.leans == (l.Lean != 0)
}

// make makes r the reason of l, which is steady. It works in v and scratch, and gives the latter back.
func (r *reasonText) make(l *annotate.Labelled, lang rules.Lang, v *holed, scratch []byte) []byte {
	r.of, r.leans, r.text = l.Reason, l.Lean != 0, r.text[:0]
	*v = holed{l: l, holes: r.holes[:0]}
	scratch = l.Reason.Append(scratch[:0], lang, v)
	r.holes = v.holes
	if len(scratch) == 0 && len(r.holes) == 0 {
		return scratch
	}
	r.text = append(r.text, `,"reason":"`...)
	from := 0
	for i := range r.holes {
		h := &r.holes[i]
		r.text = appendJSONText(r.text, scratch[from:h.at])
		from, h.at = h.at, len(r.text)
	}
	r.text = append(appendJSONText(r.text, scratch[from:]), '"')
	return scratch
}

// append appends the reason of l, which r fits. p gets to know where the numbers stand that differ.
func (r *reasonText) append(b []byte, l *annotate.Labelled, lang rules.Lang, p *linePlaces) []byte {
	from := 0
	for _, h := range r.holes {
		b = append(b, r.text[from:h.at]...)
		from = h.at
		at := len(b)
		b, _ = l.AppendSlot(b, h.slot, lang)
		if h.slot == rules.SlotFrame {
			p.atLean(at, len(b))
		} else {
			p.atSize(at, len(b))
		}
	}
	return append(b, r.text[from:]...)
}

// holed gives the values of l, but leaves holes for those that differ from frame to frame. In a steady sentence no hole
// is in a run that is left out after all.
type holed struct {
	l     *annotate.Labelled
	holes []hole
}

// AppendSlot implements rules.Values.
func (v *holed) AppendSlot(dst []byte, s rules.Slot, lang rules.Lang) ([]byte, bool) {
	if s != rules.SlotFrame && s != rules.SlotSize {
		return v.l.AppendSlot(dst, s, lang)
	}
	_, known := v.l.AppendSlot(dst, s, lang)
	if known {
		v.holes = append(v.holes, hole{len(dst), s})
	}
	return dst, known
}

// AppendFact implements rules.Values.
func (v *holed) AppendFact(dst []byte, n fact.Name) ([]byte, bool) { return v.l.AppendFact(dst, n) }
