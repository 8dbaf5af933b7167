package render

import (
	"strconv"

	"github.com/pktjourney/pktjourney/annotate"
)

// appendLabel appends the frame's place in the journey, or nothing when it has none.
func (n *ndjson) appendLabel(b []byte, l *annotate.Labelled) []byte {
	if !l.InJourney() {
		return b
	}
	b = append(b, `,"journey":{`...)
	b = appendWhose(b, l)
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
	b = appendJSON(append(b, `,"basis":`...), l.Basis())
	if len(l.Path) > 0 {
		b = n.appendHops(append(b, `,"path":[`...), l.Path, "")
		b = append(b, ']')
	}
	n.scratch = l.AppendReason(n.scratch[:0], n.opts.Lang)
	if len(n.scratch) > 0 {
		b = appendJSON(append(b, `,"reason":`...), n.scratch)
	}
	return append(b, '}')
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
