package explain

import (
	"fmt"
	"net/netip"

	"github.com/pktjourney/pktjourney/annotate"
	"github.com/pktjourney/pktjourney/decode/fact"
	"github.com/pktjourney/pktjourney/decode/layers"
	"github.com/pktjourney/pktjourney/decode/wire"
	"github.com/pktjourney/pktjourney/rules"
)

// Field is a value that the label rests on.
type Field struct {
	Name, Value string
	Layer       string
	Span        wire.Span // bytes of the frame, or of the message when InMessage; Len 0: it stands nowhere by itself
	InMessage   bool
	Elsewhere   bool    // it stands in none of the frame's bytes, but at Places
	Places      []Place // of a field in a message that came in several frames: where it stands in these
}

// Fields are the values that the rule of the label and its sentences speak of, in the order of the frame.
func (x *Explainer) Fields() []Field {
	l := &x.Label
	uses := usesOf(l, x.lang)
	var list []Field
	for _, h := range innermost(l.Packet.Stack()) {
		list = appendHeader(list, l, h, &uses)
	}
	list = append(list, x.tls.fields(l.Number)...)
	for i := range l.Facts {
		if f := &l.Facts[i]; uses.facts[f.Name] && f.Value.Len() > 0 {
			list = append(list, x.factField(l, f))
		}
	}
	return list
}

// innermost are the headers from the last IP header on: the packet's fields are theirs.
func innermost(stack []layers.Header) []layers.Header {
	from := 0
	for i, h := range stack {
		if h.Layer == layers.LayerIPv4 || h.Layer == layers.LayerIPv6 {
			from = i
		}
	}
	return stack[from:]
}

// uses is what a rule speaks of.
type uses struct {
	ips, ports bool
	facts      map[fact.Name]bool
}

func usesOf(l *annotate.Labelled, lang rules.Lang) uses {
	u := uses{facts: map[fact.Name]bool{}}
	visit := func(s rules.Slot, n fact.Name) {
		switch s {
		case rules.SlotSource, rules.SlotDestination:
			u.ips, u.ports = true, true
		case rules.SlotSourceIP, rules.SlotDestinationIP:
			u.ips = true
		case rules.SlotDetail:
			for _, name := range tellers {
				u.facts[name] = true
			}
		}
		if n != fact.None {
			u.facts[n] = true
		}
	}
	l.Does.Each(lang, visit)
	l.Reason.Each(lang, visit)
	if l.Rule != nil {
		for _, c := range l.Rule.When {
			u.facts[c.Fact] = true
		}
	}
	return u
}

// tellers are the facts that Label.Detail is made of.
var tellers = []fact.Name{fact.DNSQuestionName, fact.DNSQuestionType, fact.HTTPRequestMethod, fact.URLPath,
	fact.HTTPResponseStatusCode, fact.HTTPResponseReason}

// appendHeader appends the fields of one header (RFC 791 section 3.1, RFC 8200 section 3,
// RFC 768, RFC 9293 section 3.1).
func appendHeader(list []Field, l *annotate.Labelled, h layers.Header, u *uses) []Field {
	add := func(name, value string, off, n int) {
		list = append(list, Field{Name: name, Value: value, Layer: h.Layer.String(), Span: wire.Span{Off: int(h.Off) + off, Len: n}})
	}
	switch h.Layer {
	case layers.LayerIPv4:
		if u.ips {
			add("ip.src", addr(l.Src), 12, 4)
			add("ip.dst", addr(l.Dst), 16, 4)
		}
	case layers.LayerIPv6:
		if u.ips {
			add("ipv6.src", addr(l.Src), 8, 16)
			add("ipv6.dst", addr(l.Dst), 24, 16)
		}
	case layers.LayerUDP:
		if u.ports {
			add("udp.srcport", fmt.Sprint(l.SrcPort), 0, 2)
			add("udp.dstport", fmt.Sprint(l.DstPort), 2, 2)
		}
	case layers.LayerTCP:
		if u.ports {
			add("tcp.srcport", fmt.Sprint(l.SrcPort), 0, 2)
			add("tcp.dstport", fmt.Sprint(l.DstPort), 2, 2)
		}
		add("tcp.seq_raw", fmt.Sprint(l.Seq), 4, 4)
		if l.Flags&layers.ACK != 0 {
			add("tcp.ack_raw", fmt.Sprint(l.Ack), 8, 4)
		}
		add("tcp.flags", fmt.Sprintf("0x%04x", uint16(l.Flags)), 12, 2)
	}
	return list
}

func addr(a netip.Addr) string { return a.String() }

// factField places a fact in the frame, or in the message that the frame completes.
func (x *Explainer) factField(l *annotate.Labelled, f *fact.Fact) Field {
	field := Field{Name: f.Name.String(), Value: f.Value.String(), Layer: l.Protocol, Span: f.Span}
	if f.Span.Len == 0 {
		return field
	}
	stack := l.Packet.Stack()
	if len(stack) == 0 || len(l.Fragments) > 0 {
		field.InMessage = true
		return field
	}
	switch h := stack[len(stack)-1]; h.Layer {
	case layers.LayerUDP:
		field.Span.Off += int(h.Off) + int(h.Len)
	case layers.LayerARP, layers.LayerICMP, layers.LayerICMPv6:
		field.Span.Off += int(h.Off)
	default:
		x.inStream(&field, l)
	}
	return field
}

// inStream places a field of a message that came over TCP.
func (x *Explainer) inStream(field *Field, l *annotate.Labelled) {
	places := x.places(l, field.Span)
	if len(places) == 1 && places[0].Frame == l.Number {
		field.Span = places[0].Span
		return
	}
	field.InMessage, field.Places = true, places
}
