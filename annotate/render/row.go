package render

import (
	"net/netip"
	"time"

	"github.com/pktjourney/pktjourney/annotate"
	"github.com/pktjourney/pktjourney/decode"
	"github.com/pktjourney/pktjourney/decode/layers"
	"github.com/pktjourney/pktjourney/rules"
)

// row is one line of the frame list, before it is laid out. It owns what it holds.
type row struct {
	number  int
	since   time.Duration // since the first frame; negative when its time is not known
	journey int           // 0: none
	place   string        // where it was captured, of several points
	phase   int
	step    rules.ID
	folds   foldKind
	size    int // bytes of payload

	text []byte // source, destination, protocol, words and variants, one behind the other; nothing in it can harm a terminal
	ends [3]int // where the first three end
}

func (r *row) source() []byte      { return r.text[:r.ends[0]] }
func (r *row) destination() []byte { return r.text[r.ends[0]:r.ends[1]] }
func (r *row) protocol() []byte    { return r.text[r.ends[1]:r.ends[2]] }

// words are what the frame does, its variants behind it.
func (r *row) words() []byte { return r.text[r.ends[2]:] }

// fill makes r the row of l.
func (t *table) fill(r *row, l *annotate.Labelled) {
	f := &l.Frame
	r.number, r.phase, r.step = f.Number, l.Phase, l.Step
	r.since = t.since(f.Time)
	r.journey, r.place = 0, l.Place
	if l.Journey != nil {
		r.journey = l.Journey.ID
	}
	r.folds, r.size = foldsAs(l, t.duplicate), f.PayloadLen
	b := appendSource(r.text[:0], f, t.words)
	r.ends[0] = len(b)
	b = appendDestination(b, f, t.words)
	r.ends[1] = len(b)
	b = appendProtocol(b, f)
	r.ends[2] = len(b)
	b = t.appendDoes(b, l)
	r.text = t.appendVariants(b, l, b[r.ends[2]:])
}

// since is the time since the first frame.
func (t *table) since(at time.Time) time.Duration {
	if at.IsZero() {
		return -1
	}
	if t.first.IsZero() {
		t.first = at
	}
	return at.Sub(t.first)
}

// PassOver implements Passer: times count from the first frame, be it shown or not.
func (t *table) PassOver(l *annotate.Labelled) { t.since(l.Time) }

func appendSource(b []byte, f *decode.Frame, w *wording) []byte {
	ip := f.Src
	if f.Transport == layers.TransportARP {
		if ip = f.ARP.SenderIP(); ip.IsUnspecified() {
			ip = netip.Addr{}
		}
	}
	return appendPlace(b, ip, f.HasSrcMAC, f.SrcMAC, w)
}

func appendDestination(b []byte, f *decode.Frame, w *wording) []byte {
	ip := f.Dst
	if f.Transport == layers.TransportARP && !f.DstMAC.IsMulticast() {
		ip = f.ARP.TargetIP()
	}
	return appendPlace(b, ip, f.HasDstMAC, f.DstMAC, w)
}

// appendPlace appends the network address, or the link address where there is none.
func appendPlace(b []byte, ip netip.Addr, hasMAC bool, mac layers.MAC, w *wording) []byte {
	switch {
	case ip.IsValid():
		return ip.AppendTo(b)
	case !hasMAC:
		return b
	case mac == layers.Broadcast:
		return append(b, w.Broadcast...)
	}
	for i, v := range mac {
		if i > 0 {
			b = append(b, ':')
		}
		b = appendHexByte(b, v)
	}
	return b
}

// ProtocolName is what the frame carries, as people write it: "HTTP/2", "DNS". Text from the wire is shown as Neutral does.
func ProtocolName(f *decode.Frame) string { return string(appendProtocol(nil, f)) }

// appendProtocol appends what the frame carries: its highest protocol, or that of
// the message that it begins.
func appendProtocol(b []byte, f *decode.Frame) []byte {
	name := f.Protocol
	if name == "tcp" && len(f.Parts) > 0 && f.Parts[0].Begin {
		switch f.Parts[0].Message.Kind {
		case decode.HTTPRequest, decode.HTTPResponse:
			name = "http"
		case decode.HTTPControl:
			name = "http2"
		case decode.TLSHandshake, decode.TLSChangeCipherSpec, decode.TLSAlert, decode.TLSData:
			name = "tls"
		}
	}
	return appendUpper(b, Neutral(name))
}

// appendDoes appends what the frame does in the journey.
func (t *table) appendDoes(b []byte, l *annotate.Labelled) []byte {
	t.scratch = l.AppendDoes(t.scratch[:0], t.opts.Lang)
	if len(t.scratch) == 0 {
		t.scratch = AppendInfo(t.scratch, &l.Frame)
	}
	return appendNeutral(b, t.scratch)
}

// appendVariants appends the names of the variants that the words do not say.
func (t *table) appendVariants(b []byte, l *annotate.Labelled, words []byte) []byte {
	if l.Variants == 0 {
		return b
	}
	t.names = t.opts.Journey.Names(t.names[:0], l.Variants&^l.Implied)
	open := false
	for _, name := range t.names {
		if says(words, name) {
			continue
		}
		if open {
			b = append(b, ", "...)
		} else {
			b = append(b, " ["...)
		}
		open = true
		b = append(b, name...)
	}
	if open {
		b = append(b, ']')
	}
	return b
}

// says reports whether words have the name in them, whatever its capitals; the name is in lower case.
func says(words []byte, name string) bool {
	for i := 0; i+len(name) <= len(words); i++ {
		k := 0
		for k < len(name) && (words[i+k]|0x20 == name[k] || words[i+k] == name[k]) {
			k++
		}
		if k == len(name) {
			return true
		}
	}
	return false
}
