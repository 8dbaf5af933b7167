package render

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/pktjourney/pktjourney/annotate"
	"github.com/pktjourney/pktjourney/annotate/explain"
	"github.com/pktjourney/pktjourney/rules"
	"github.com/pktjourney/pktjourney/rules/words"
)

// The words of why.
var (
	whyStep      = words.Of("why.step")
	whyPhase     = words.Of("why.phase")
	whyNone      = words.Of("why.none")
	whyAlso      = words.Of("why.also")
	whyVariant   = words.Of("why.variant")
	whyBasis     = words.Of("why.basis")
	whyDoes      = words.Of("why.does")
	whyReason    = words.Of("why.reason")
	whyBasisOf   = [2]rules.Text{words.Of("why.observed"), words.Of("why.deduced")}
	whyFields    = words.Of("why.fields")
	whyMessage   = words.Of("why.message")
	whyOpened    = words.Of("why.opened")
	whyPlace     = words.Of("why.place")
	whyBrought   = words.Of("why.brought")
	whyFragments = words.Of("why.fragments")
	whyNear      = words.Of("why.near")
	whyNearAny   = words.Of("why.near-any")
	whyMissing   = words.Of("why.missing")
	whyUnread    = words.Of("why.unread")
	whyDerived   = words.Of("why.derived")
	whyRule      = words.Of("why.rule")
	whyAt        = words.Of("why.at")
	whyWhen      = words.Of("why.when")
	whyLeans     = words.Of("why.leans")
	whyGone      = words.Of("why.gone")
	whyOthers    = words.Of("why.others")
	whyOnlyAt    = words.Of("why.only-at")
	whyFails     = words.Of("why.fails")
)

// Why writes why the frame of x has its label. data is the frame's captured bytes.
func Why(w io.Writer, x *explain.Explainer, data []byte, opts Options) error {
	y := &why{table: table{out: output{w: w}, opts: opts, words: &wordings[opts.Lang]}, x: x, data: data}
	y.head()
	y.label()
	if fields := x.Fields(); len(fields) > 0 && x.Label.InJourney() {
		y.fields(fields)
	}
	y.rule()
	y.chain()
	y.proofs()
	y.near()
	y.others()
	return y.out.flush()
}

// why writes the parts.
type why struct {
	table // for its paragraphs
	x     *explain.Explainer
	data  []byte
}

func (y *why) heading(t rules.Text) {
	y.out.b = append(y.out.b, '\n')
	y.paragraph(t.In(y.opts.Lang), bold, "", 0)
}

func (y *why) head() {
	l := &y.x.Label
	b := appendSource(nil, &l.Frame, y.words)
	b = appendDestination(append(b, " -> "...), &l.Frame, y.words)
	b = appendProtocol(append(b, ", "...), &l.Frame)
	b = fmt.Appendf(b, ", "+counted([2]string{"%d byte", "%d bytes"}, l.WireLen), l.WireLen)
	title := y.words.Number + " " + strconv.Itoa(l.Number)
	y.paragraph(title, bold, "   "+l.Time.UTC().Format("2006-01-02 15:04:05.000000000")+"   "+string(b), margin)
}

func (y *why) line(name rules.Text, text string) {
	if text != "" {
		y.item(string(appendLeft(nil, name.In(y.opts.Lang), 7))+"  ", Neutral(text))
	}
}

func (y *why) label() {
	l, j, lang := &y.x.Label, y.opts.Journey, y.opts.Lang
	y.out.b = append(y.out.b, '\n')
	if l.Err != nil {
		defer y.line(whyUnread, l.Err.Error())
	}
	if !l.InJourney() {
		y.item("", whyNone.In(lang))
		y.line(whyDoes, string(l.AppendDoes(nil, lang)))
		y.line(whyReason, string(l.AppendReason(nil, lang)))
		return
	}
	if s := j.Step(l.Step); s != nil {
		y.line(whyStep, string(l.Step)+" "+j.Heading(s, lang, journeyName(l)))
	}
	if p := j.Phase(l.Phase); p != nil {
		y.line(whyPhase, strconv.Itoa(p.Number)+" "+p.Name.In(lang))
	}
	for _, id := range l.Also {
		if s := j.Step(id); s != nil {
			y.line(whyAlso, string(id)+" "+j.Heading(s, lang, journeyName(l)))
		}
	}
	for i := range j.Variants {
		if v := &j.Variants[i]; l.Variants&(1<<i) != 0 {
			y.line(whyVariant, v.Name+": "+v.Doc.In(lang))
		}
	}
	basis := whyBasisOf[0]
	if l.Deduced {
		basis = whyBasisOf[1]
	}
	y.line(whyBasis, basis.In(lang))
	y.line(whyDoes, string(l.AppendDoes(nil, lang)))
	y.line(whyReason, string(l.AppendReason(nil, lang)))
}

func journeyName(l *annotate.Labelled) string {
	if l.Journey == nil {
		return ""
	}
	return l.Journey.Name
}

// fields writes each field with its place, then the bytes.
func (y *why) fields(fields []explain.Field) {
	y.heading(whyFields)
	marked := make([]bool, len(y.data))
	for i := range fields {
		f := &fields[i]
		place := fmt.Sprintf("%d..%d", f.Span.Off, f.Span.End()-1)
		switch {
		case f.Elsewhere:
			place = strings.TrimPrefix(y.elsewhere(f), "; ")
		case f.Span.Len == 0:
			place = whyDerived.In(y.opts.Lang)
		case f.InMessage:
			place = y.inMessage(f, place)
		default:
			for k := max(f.Span.Off, 0); k < min(f.Span.End(), len(marked)); k++ {
				marked[k] = true
			}
		}
		y.item("", Neutral(fmt.Sprintf("%s = %s   [%s] %s", f.Name, f.Value, place, f.Layer)))
	}
	y.broughtBy()
	if slices.Contains(marked, true) {
		y.out.b = append(y.out.b, '\n')
		y.out.b = appendHexView(y.out.b, y.data, marked)
	}
}

// inMessage says where in its message a field stands, and in which frames that is.
func (y *why) inMessage(f *explain.Field, place string) string {
	of := whyMessage
	if c := y.x.Label.Segment.Connection; c != nil && c.TLS() != nil && y.x.Label.Protocol != "tls" {
		of = whyOpened
	}
	return place + " " + of.In(y.opts.Lang) + y.elsewhere(f)
}

// elsewhere says in which frames a field stands.
func (y *why) elsewhere(f *explain.Field) (places string) {
	for _, p := range f.Places {
		places += fmt.Sprintf(whyPlace.In(y.opts.Lang), p.Frame, p.Span.Off, p.Span.End()-1)
	}
	return places
}

// broughtBy names the frames of a message that came in several.
func (y *why) broughtBy() {
	l := &y.x.Label
	switch {
	case len(l.Message) > 0:
		y.item("", fmt.Sprintf(whyBrought.In(y.opts.Lang), appendFrames(nil, l.Message)))
	case len(l.Fragments) > 0:
		y.item("", fmt.Sprintf(whyFragments.In(y.opts.Lang), strings.Trim(fmt.Sprint(l.Fragments), "[]")))
	}
}

const hexLine = 16

// appendHexView appends the lines of data that have marked bytes; those stand in brackets.
func appendHexView(b, data []byte, marked []bool) []byte {
	for at := 0; at < len(data); at += hexLine {
		end := min(at+hexLine, len(data))
		if !slices.Contains(marked[at:end], true) {
			continue
		}
		b = fmt.Appendf(appendSpaces(b, margin), "%04x ", at)
		open := false
		for i := at; i < end; i++ {
			sign := byte(' ')
			switch {
			case marked[i] && !open:
				sign = '['
			case !marked[i] && open:
				sign = ']'
			}
			open = marked[i]
			b = appendHexByte(append(b, sign), data[i])
		}
		if open {
			b = append(b, ']')
		}
		b = append(b, '\n')
	}
	return b
}

func (y *why) rule() {
	r := y.x.Label.Rule
	if r == nil {
		return
	}
	y.heading(whyRule)
	terms := []string{r.Event.String()}
	if at := r.At.Names(); len(at) > 0 {
		terms = append(terms, whyAt.In(y.opts.Lang)+strings.Join(at, ", "))
	}
	for _, c := range r.When {
		terms = append(terms, whyWhen.In(y.opts.Lang)+c.String())
	}
	y.item("", Neutral(strings.Join(terms, "; ")))
}

func (y *why) chain() {
	chain := y.x.Chain()
	if len(chain) == 0 {
		return
	}
	y.heading(whyLeans)
	for _, k := range chain {
		if k.Does == "" {
			y.item(string(appendRight(nil, strconv.Itoa(k.Frame), frameColumn))+"       ", whyGone.In(y.opts.Lang))
			continue
		}
		y.linked(k)
	}
}

// near writes the frames before and after this one.
func (y *why) near() {
	x := y.x
	if len(x.Before)+len(x.After) == 0 {
		return
	}
	if x.Label.Journey == nil {
		y.heading(whyNearAny)
	} else {
		y.heading(whyNear)
	}
	for _, k := range x.Before {
		y.linked(k)
	}
	y.item(string(appendRight(nil, strconv.Itoa(x.Label.Number), frameColumn))+"  ", "*")
	for _, k := range x.After {
		y.linked(k)
	}
}

// linked writes a frame in one line.
func (y *why) linked(k explain.Link) {
	place := string(k.Step)
	if place == "" {
		place = strconv.Itoa(k.Phase)
	}
	y.item(string(appendRight(nil, strconv.Itoa(k.Frame), frameColumn))+"  "+string(appendLeft(nil, place, 3))+"  ", Neutral(k.Does))
}

// fails says why a condition does not hold.
func (y *why) fails(c rules.Condition) string {
	value := y.x.Label.Facts.Text(c.Fact)
	if value == "" {
		return fmt.Sprintf(whyMissing.In(y.opts.Lang), c)
	}
	return fmt.Sprintf(whyFails.In(y.opts.Lang), c, value)
}

func (y *why) others() {
	list := explain.Others(y.opts.Journey, &y.x.Label)
	if len(list) == 0 {
		return
	}
	y.heading(whyOthers)
	said := map[string]bool{}
	for i := range list {
		o := &list[i]
		var whys []string
		if o.Points != nil {
			whys = append(whys, fmt.Sprintf(whyOnlyAt.In(y.opts.Lang), strings.Join(o.Points, ", ")))
		}
		for _, c := range o.Failed {
			whys = append(whys, y.fails(c))
		}
		place := string(o.Rule.Step)
		if place == "" {
			place = strconv.Itoa(o.Rule.Phase)
		}
		text := Neutral(strings.Join(whys, "; "))
		if !said[place+text] {
			said[place+text] = true
			y.item(string(appendLeft(nil, place, 3))+"  ", text)
		}
	}
}
