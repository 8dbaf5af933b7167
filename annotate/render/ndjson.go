package render

import (
	"io"
	"strconv"
	"strings"

	"github.com/pktjourney/pktjourney/annotate"
	"github.com/pktjourney/pktjourney/decode"
	"github.com/pktjourney/pktjourney/decode/capture"
	"github.com/pktjourney/pktjourney/decode/layers"
	"github.com/pktjourney/pktjourney/rules"
)

// ndjson writes one JSON object a line: the frames, each journey after its last
// frame, the capture last. Field names are those of the Elastic Common Schema
// where it has one. What does not apply is left out.
type ndjson struct {
	out     output
	opts    Options
	stamp   stamp
	scratch []byte
	places  linePlaces // of the line that is being written
	holed   holed
	names   []string // of a frame's variants, reused
	ends    ends
	placed  [placesKept]placeText
	steps   []stepText // of the documented steps, in order
	when    timeText
}

// NDJSON makes a renderer that writes to w.
func NDJSON(w io.Writer, opts Options) annotate.Sink {
	return &ndjson{out: output{w: w}, opts: opts}
}

// Frame implements annotate.Sink. It does not allocate.
func (n *ndjson) Frame(l *annotate.Labelled) error {
	if n.opts.Summary {
		return nil
	}
	e := n.ends.of(&l.Frame)
	kept := &e.lines[kindOf(l)]
	line, ok := kept.append(n.out.b, l, &n.stamp)
	if !ok {
		line = n.appendLine(line, l, e)
		if e.oneWay() && (!l.InJourney() || l.Reason.Steady(n.opts.Lang)) {
			kept.keep(line[len(n.out.b):], l, &n.places, false)
		}
	}
	n.out.b = line
	return n.out.flushFull()
}

// appendLine appends the whole line. e is what goes with the frame's ends.
func (n *ndjson) appendLine(b []byte, l *annotate.Labelled, e *endsText) []byte {
	f := &l.Frame
	n.places = linePlaces{line: len(b), sized: true}
	b = append(b, `{"kind":"frame"`...)
	if !f.Time.IsZero() {
		b = append(b, `,"@timestamp":"`...)
		n.places.second = len(b) - n.places.line
		b = append(n.stamp.append(b, f.Time), '"')
	}
	b = n.appendFrame(b, l)
	b = e.append(b, f)
	if len(f.Facts) > 0 {
		b = appendFacts(append(b, ','), f.Facts)
	}
	if f.Transport == layers.TransportTCP {
		b = n.appendTCP(b, f, e.stream)
	}
	b = n.appendLabel(b, l, e)
	b = n.appendInfo(b, f, e.ports)
	return append(b, '}', '\n')
}

// appendInfo appends the summary of the frame, which has the given ports.
func (n *ndjson) appendInfo(b []byte, f *decode.Frame, ports []byte) []byte {
	b = append(b, `,"info":"`...)
	if len(f.Facts) > 0 || !hasPorts(f) || f.Protocol == "" {
		n.scratch = AppendInfo(n.scratch[:0], f)
		return append(appendJSONText(b, n.scratch), '"')
	}
	if f.Transport == layers.TransportTCP {
		b = appendFlags(append(b, "TCP "...), f.TCP.Flags)
	} else {
		b = appendUpper(b, f.Protocol)
	}
	b = append(b, ports...)
	if f.PayloadLen > 0 {
		b = n.places.appendNumber(append(b, ", "...), f.PayloadLen, &n.places.payload[1])
		b = append(b, " bytes"...)
	}
	return append(b, '"')
}

// appendFrame appends the frame's own measures.
func (n *ndjson) appendFrame(b []byte, l *annotate.Labelled) []byte {
	f, p := &l.Frame, l.Point
	b = n.places.appendNumber(append(b, `,"frame":{"number":`...), f.Number, &n.places.number)
	b = n.places.appendNumber(append(b, `,"length":`...), f.WireLen, &n.places.wire)
	b = n.places.appendNumber(append(b, `,"captured":`...), f.Captured, &n.places.captured)
	if in := f.Interface; in != nil {
		b = appendOrigin(b, f, in)
	}
	if p != rules.Unknown {
		b = appendJSON(append(b, `,"point":`...), p.String())
	}
	if l.Place != "" {
		b = appendJSON(append(b, `,"place":`...), l.Place)
	}
	if len(f.Message) > 0 {
		b = appendRanges(append(b, `,"message":`...), f.Message)
	}
	return append(b, '}')
}

// appendOrigin appends where the frame comes from: the interface, and of several files its own.
func appendOrigin(b []byte, f *decode.Frame, in *capture.Interface) []byte {
	if in.Name != "" {
		b = appendJSON(append(b, `,"interface":`...), in.Name)
	}
	if in.File != "" {
		b = appendJSON(append(b, `,"file":`...), in.File)
		b = strconv.AppendInt(append(b, `,"file_number":`...), int64(f.FileNumber), 10)
	}
	return b
}

func appendRanges(b []byte, ranges []capture.Range) []byte {
	b = append(b, '[')
	for i, r := range ranges {
		if i > 0 {
			b = append(b, ',')
		}
		b = strconv.AppendInt(append(b, '['), int64(r.First), 10)
		b = strconv.AppendInt(append(b, ','), int64(r.Last), 10)
		b = append(b, ']')
	}
	return append(b, ']')
}

// appendTCP appends the header of a segment of stream; seq and ack are the raw numbers.
func (n *ndjson) appendTCP(b []byte, f *decode.Frame, stream []byte) []byte {
	b = appendQuotedFlags(append(b, `,"tcp":{"flags":[`...), f.TCP.Flags)
	b = n.places.appendNumber(append(b, `],"seq":`...), int(f.TCP.Seq), &n.places.seq)
	if f.TCP.Flags.Has(layers.ACK) {
		b = n.places.appendNumber(append(b, `,"ack":`...), int(f.TCP.Ack), &n.places.ack)
	}
	b = n.places.appendNumber(append(b, `,"payload":`...), f.PayloadLen, &n.places.payload[0])
	return append(append(b, stream...), '}')
}

// flagWords are the control bits from the lowest, as RFC 9293 section 3.1 names them.
var flagWords = [...]string{"FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR", "NS"}

// flagTexts are the names of the bits that are set, for each set of bits, with commas between them: between quotes, and bare.
var flagTexts = func() (texts [2][1 << len(flagWords)]string) {
	for k, quote := range [...]string{`"`, ""} {
		for set := range texts[k] {
			var words []string
			for i, word := range flagWords {
				if set&(1<<i) != 0 {
					words = append(words, quote+word+quote)
				}
			}
			texts[k][set] = strings.Join(words, ",")
		}
	}
	return texts
}()

// appendFlags appends the names of the bits that are set, with commas between them.
func appendFlags(b []byte, flags layers.TCPFlags) []byte {
	return append(b, flagTexts[1][flags%(1<<len(flagWords))]...)
}

// appendQuotedFlags appends them as JSON strings.
func appendQuotedFlags(b []byte, flags layers.TCPFlags) []byte {
	return append(b, flagTexts[0][flags%(1<<len(flagWords))]...)
}
