package render

import (
	"strconv"

	"github.com/pktjourney/pktjourney/annotate"
	"github.com/pktjourney/pktjourney/decode/capture"
	"github.com/pktjourney/pktjourney/decode/layers"
	"github.com/pktjourney/pktjourney/rules"
)

// lineText is the newest line of one direction of a conversation. The next one of bulk data, or of what acknowledges
// it, mostly differs in the digits of some numbers: to copy the line and change those takes a third of the
// time of writing it (November 2026).
type lineText struct {
	text   []byte // empty: none
	of     lineKey
	does   bool // it says what the frame does
	places linePlaces
}

// kinds are how many lines are kept of one direction: of frames with payload, and of those without.
const kinds = 2

// kindOf is which of them l's is.
func kindOf(l *annotate.Labelled) int {
	if l.PayloadLen > 0 {
		return 0
	}
	return 1
}

// lineKey is what a line depends on, but for the direction's own and the numbers that linePlaces has.
type lineKey struct {
	label    labelKey
	reason   *rules.Sentence
	leans    bool
	point    rules.Point
	flags    layers.TCPFlags
	sizes    frameSizes
	protocol string
	origin   *capture.Interface
	says     *rules.Sentence // what the frame does
	detail   string          // valid iff it does
}

// frameSizes are how long a frame is, in bytes: on the wire, as captured, and its payload.
type frameSizes struct{ wire, captured, payload int }

func sizesOf(l *annotate.Labelled) frameSizes {
	return frameSizes{l.WireLen, l.Captured, l.PayloadLen}
}

// linePlaces says where the numbers stand that differ from frame to frame.
type linePlaces struct {
	line             int // where it begins
	second           int // where the time stands
	number, seq, ack place
	lean             [2]place // where the frame is told that the label leans on
	leans            int      // how often it is

	// Where the sizes stand; valid iff sized, otherwise the line has them at other places.
	sized          bool
	wire, captured place
	payload        [2]place
	size           place // of the payload, with commas
}

// place is where a number stands in a line. The zero place is none.
type place struct{ from, to int }

// appendNumber appends n, which is not negative, and notes at which place of the line it stands.
func (p *linePlaces) appendNumber(b []byte, n int, at *place) []byte {
	at.from = len(b) - p.line
	b = strconv.AppendInt(b, int64(n), 10)
	at.to = len(b) - p.line
	return b
}

// atLean notes that the frame that the label leans on is told from one place to another of the line.
func (p *linePlaces) atLean(from, to int) {
	if p.leans < len(p.lean) {
		p.lean[p.leans] = place{from - p.line, to - p.line}
	}
	p.leans++
}

// atSize notes that the size of the payload is told, with commas, from one place to another of the line.
func (p *linePlaces) atSize(from, to int) {
	p.sized = p.sized && p.size.to == 0
	p.size = place{from - p.line, to - p.line}
}

// plain reports whether l's line may be kept, or copied from one that was: it tells of a datagram, or of a segment that
// ACK is set of, and nothing that few frames have.
func plain(l *annotate.Labelled) bool {
	return len(l.Facts) == 0 && len(l.Message) == 0 && (l.Transport == layers.TransportUDP || l.Transport == layers.TransportTCP && l.TCP.Flags.Has(layers.ACK)) &&
		(l.Interface == nil || l.Interface.File == "") && l.Place == "" && len(l.Path) == 0 && !l.Time.IsZero()
}

// append appends the line of l, if it differs from t in nothing but numbers, and reports whether it does.
func (t *lineText) append(b []byte, l *annotate.Labelled, s *stamp) ([]byte, bool) {
	if len(t.text) == 0 || !plain(l) || !t.fits(l) {
		return b, false
	}
	second := s.of(l.Time)
	at := len(b)
	b = append(b, t.text...)
	line, p := b[at:], &t.places
	ok := len(second) == secondWidth && p.number.set(line, l.Number) && p.seq.set(line, int(l.Seq)) && p.ack.set(line, int(l.Ack))
	for i := range p.leans {
		ok = ok && p.lean[i].set(line, l.Lean)
	}
	if sizes := sizesOf(l); sizes != t.of.sizes {
		ok = ok && p.setSizes(line, sizes)
	}
	if !ok {
		return b[:at], false
	}
	copy(line[p.second:], second)
	putDigits(line[p.second+secondWidth:][:9], uint64(l.Time.Nanosecond()))
	return b, true
}

// set writes n where p is in line, and reports whether it has the right number of digits.
func (p place) set(line []byte, n int) bool {
	return p.to == 0 || setDigits(line[p.from:p.to], uint64(n))
}

// setSizes writes the sizes where they are in line, and reports whether they have the right numbers of digits.
func (p *linePlaces) setSizes(line []byte, s frameSizes) bool {
	return p.wire.set(line, s.wire) && p.captured.set(line, s.captured) && p.payload[0].set(line, s.payload) && p.payload[1].set(line, s.payload) &&
		(p.size.to == 0 || setThousands(line[p.size.from:p.size.to], s.payload))
}

// fits reports whether t is a line like that of l.
func (t *lineText) fits(l *annotate.Labelled) bool {
	k := &t.of
	sizes := sizesOf(l)
	return (k.sizes == sizes || t.places.sized && (k.sizes.payload == 0) == (sizes.payload == 0)) && k.flags == flagsOf(l) &&
		k.reason == l.Reason && k.leans == (l.Lean != 0) && k.point == l.Point && k.origin == l.Interface && k.protocol == l.Protocol &&
		(!t.does || k.says == l.Does && k.detail == l.Detail) && k.label == keyOf(l)
}

// flagsOf are the control bits of l's segment; none of a datagram.
func flagsOf(l *annotate.Labelled) layers.TCPFlags {
	if l.Transport == layers.TransportTCP {
		return l.TCP.Flags
	}
	return 0
}

// keep makes t the line of l, written with the numbers at places, whose sentences are the same for all lines that fit.
// does: it says what the frame does.
func (t *lineText) keep(line []byte, l *annotate.Labelled, places *linePlaces, does bool) {
	second := places.second + secondWidth
	fourDigitYear := len(line) > second && line[second-1] == '.'
	if !plain(l) || !fourDigitYear || places.leans > len(places.lean) {
		return
	}
	t.does = does
	t.of = lineKey{keyOf(l), l.Reason, l.Lean != 0, l.Point, flagsOf(l), sizesOf(l), l.Protocol, l.Interface, l.Does, l.Detail}
	t.text, t.places = append(t.text[:0], line...), *places
}
