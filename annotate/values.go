package annotate

import (
	"net/netip"
	"strconv"
	"time"

	"github.com/pktjourney/pktjourney/decode"
	"github.com/pktjourney/pktjourney/decode/fact"
	"github.com/pktjourney/pktjourney/decode/layers"
	"github.com/pktjourney/pktjourney/rules"
	"github.com/pktjourney/pktjourney/rules/words"
)

// AppendSlot implements rules.Values.
func (l *Labelled) AppendSlot(dst []byte, s rules.Slot, lang rules.Lang) ([]byte, bool) {
	switch s {
	case rules.SlotName:
		if l.Journey == nil {
			return dst, false
		}
		return append(dst, l.Journey.Name...), true
	case rules.SlotClient:
		if l.Journey != nil {
			return l.Journey.Client.AppendTo(dst), true
		}
		return append(dst, l.Client...), l.Client != ""
	case rules.SlotSource:
		return appendEnd(dst, l.Src, l.SrcPort, hasPorts(&l.Frame), lang)
	case rules.SlotDestination:
		return appendEnd(dst, l.Dst, l.DstPort, hasPorts(&l.Frame), lang)
	case rules.SlotSourceIP:
		return appendEnd(dst, l.Src, 0, false, lang)
	case rules.SlotDestinationIP:
		return appendEnd(dst, l.Dst, 0, false, lang)
	case rules.SlotTransport:
		return append(dst, transportName(l.Transport)...), hasPorts(&l.Frame)
	case rules.SlotFrame:
		return strconv.AppendInt(dst, int64(l.Lean), 10), l.Lean != 0
	case rules.SlotSince:
		return appendDuration(dst, l.Since), l.HasSince
	case rules.SlotSize:
		return AppendThousands(dst, l.PayloadLen), hasPorts(&l.Frame)
	case rules.SlotDetail:
		if !l.InJourney() {
			if message := l.Facts.Text(fact.ICMPMessage); message != "" {
				return append(dst, message...), true
			}
			return append(dst, l.Protocol...), true
		}
		return append(dst, l.Detail...), l.Detail != ""
	case rules.SlotCount:
		return AppendThousands(dst, l.Count), l.Count != 0
	case rules.SlotStack:
		n := len(dst)
		dst = appendStack(dst, &l.Frame)
		return dst, len(dst) > n
	}
	return dst, false
}

// AppendFact implements rules.Values.
func (l *Labelled) AppendFact(dst []byte, n fact.Name) ([]byte, bool) {
	return appendFact(dst, l.Facts, n)
}

func appendFact(dst []byte, facts fact.List, n fact.Name) ([]byte, bool) {
	v, ok := facts.Get(n)
	if !ok || v.Len() == 0 {
		return dst, false
	}
	out := v.Append(dst)
	if n == fact.TLSServerNotAfter && len(out)-len(dst) > len(time.DateOnly) {
		out = out[:len(dst)+len(time.DateOnly)] // sentences tell the day
	}
	return out, true
}

func hasPorts(f *decode.Frame) bool {
	return f.Transport == layers.TransportTCP || f.Transport == layers.TransportUDP
}

func transportName(t layers.Transport) string {
	if t == layers.TransportTCP {
		return "TCP"
	}
	return "UDP"
}

var broadcast = words.Of("value.broadcast")

var limitedBroadcast = netip.AddrFrom4([4]byte{255, 255, 255, 255})

func appendEnd(dst []byte, ip netip.Addr, port uint16, withPort bool, lang rules.Lang) ([]byte, bool) {
	switch {
	case !ip.IsValid():
		return dst, false
	case ip == limitedBroadcast:
		return append(dst, broadcast.In(lang)...), true
	case withPort:
		return netip.AddrPortFrom(ip, port).AppendTo(dst), true
	}
	return ip.AppendTo(dst), true
}

// appendStack appends the headers around the message: "Ethernet 14 + IPv4 20 + UDP 8".
func appendStack(dst []byte, f *decode.Frame) []byte {
	for i, h := range f.Packet.Stack() {
		if i > 0 {
			dst = append(dst, " + "...)
		}
		dst = append(dst, h.Layer.String()...)
		dst = append(dst, ' ')
		dst = strconv.AppendInt(dst, int64(h.Len), 10)
	}
	return dst
}

// appendDuration appends d with three digits that count: "113 ms", "1.01 s", "45 us".
func appendDuration(dst []byte, d time.Duration) []byte {
	if d < 0 {
		dst, d = append(dst, '-'), -d
	}
	unit, name := time.Microsecond, " us"
	switch {
	case d >= time.Second:
		unit, name = time.Second, " s"
	case d >= time.Millisecond:
		unit, name = time.Millisecond, " ms"
	}
	v := float64(d) / float64(unit)
	digits := 0
	if v < 10 && unit != time.Microsecond {
		digits = 2
	} else if v < 100 && unit != time.Microsecond {
		digits = 1
	}
	dst = strconv.AppendFloat(dst, v, 'f', digits, 64)
	return append(dst, name...)
}

// AppendThousands appends n with a comma after each three digits.
func AppendThousands(dst []byte, n int) []byte {
	if n < 0 {
		dst, n = append(dst, '-'), -n
	}
	if n < 1000 {
		return strconv.AppendInt(dst, int64(n), 10)
	}
	dst = append(AppendThousands(dst, n/1000), ',')
	n %= 1000
	return append(dst, byte('0'+n/100), byte('0'+n/10%10), byte('0'+n%10))
}

// saying holds the values of a sentence that is about no single frame.
type saying struct {
	journey  *Journey
	client   string
	frame    int
	since    time.Duration
	hasSince bool
	count    int
	size     int
	detail   string
	stack    string
	to       netip.Addr
	port     uint16 // of to; 0: none
	facts    fact.List
}

// say is the phrase named name with the values of v, in the annotator's language.
func (a *Annotator) say(name string, v saying) string {
	return a.sayIt(a.book.Phrase(name), v)
}

func (a *Annotator) sayIt(s *rules.Sentence, v saying) string {
	if text, ok := s.Constant(a.opts.Lang); ok {
		return text
	}
	return a.compose(s, v)
}

// compose is apart so that v gets memory of its own only where the sentence has a place for a value.
//
//go:noinline
func (a *Annotator) compose(s *rules.Sentence, v saying) string {
	return string(s.Append(nil, a.opts.Lang, &v))
}

// AppendSlot implements rules.Values.
func (v *saying) AppendSlot(dst []byte, s rules.Slot, lang rules.Lang) ([]byte, bool) {
	switch s {
	case rules.SlotName:
		if v.journey != nil {
			return append(dst, v.journey.Name...), true
		}
	case rules.SlotClient:
		if v.journey != nil {
			return v.journey.Client.AppendTo(dst), true
		}
		return append(dst, v.client...), v.client != ""
	case rules.SlotFrame:
		return strconv.AppendInt(dst, int64(v.frame), 10), v.frame != 0
	case rules.SlotSince:
		return appendDuration(dst, v.since), v.hasSince
	case rules.SlotCount:
		return AppendThousands(dst, v.count), v.count != 0
	case rules.SlotSize:
		return AppendThousands(dst, v.size), v.size != 0
	case rules.SlotDetail:
		return append(dst, v.detail...), v.detail != ""
	case rules.SlotStack:
		return append(dst, v.stack...), v.stack != ""
	case rules.SlotDestination, rules.SlotDestinationIP:
		return appendEnd(dst, v.to, v.port, v.port != 0, lang)
	}
	return dst, false
}

// AppendFact implements rules.Values.
func (v *saying) AppendFact(dst []byte, n fact.Name) ([]byte, bool) {
	return appendFact(dst, v.facts, n)
}
