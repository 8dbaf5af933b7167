package render

import (
	"testing"

	"github.com/pktjourney/pktjourney/annotate"
	"github.com/pktjourney/pktjourney/decode"
	"github.com/pktjourney/pktjourney/decode/fact"
	"github.com/pktjourney/pktjourney/decode/layers"
)

func TestFoldsAs(t *testing.T) {
	records := func(kind string) fact.List {
		return fact.List{{Name: fact.TLSRecords, Value: fact.Objects([]fact.List{{{Name: fact.TLSRecordType, Value: fact.String(kind)}}})}}
	}
	begun := func(kind decode.Kind, first int) []decode.Part {
		return []decode.Part{{Frame: 9, Message: &decode.Message{Kind: kind, First: first}}}
	}
	for _, c := range []struct {
		name   string
		change func(*annotate.Labelled)
		want   foldKind
	}{
		{"more of a response", func(*annotate.Labelled) {}, foldsData},
		{"more of a message that began before", func(l *annotate.Labelled) { l.Parts = begun(decode.HTTPResponse, 8) }, foldsData},
		{"the beginning of a message", func(l *annotate.Labelled) { l.Parts = begun(decode.HTTPResponse, 9) }, foldsNot},
		{"a bare ACK", func(l *annotate.Labelled) { l.PayloadLen = 0 }, foldsAsAck},
		{"the ACK of a handshake", func(l *annotate.Labelled) {
			l.PayloadLen, l.Segment.Acks = 0, &decode.Message{Kind: decode.TLSHandshake}
		}, foldsNot},
		{"FIN", func(l *annotate.Labelled) { l.TCP.Flags |= layers.FIN }, foldsNot},
		{"RST", func(l *annotate.Labelled) { l.TCP.Flags |= layers.RST }, foldsNot},
		{"a variant", func(l *annotate.Labelled) { l.Variants = 1 }, foldsNot},
		{"a duplicate ACK", func(l *annotate.Labelled) { l.PayloadLen, l.Variants = 0, 2 }, foldsAsDuplicate},
		{"an ACK with another variant", func(l *annotate.Labelled) { l.PayloadLen, l.Variants = 0, 3 }, foldsNot},
		{"without a step", func(l *annotate.Labelled) { l.Step = "" }, foldsNot},
		{"UDP", func(l *annotate.Labelled) { l.Transport = layers.TransportUDP }, foldsNot},
		{"the end of a message", func(l *annotate.Labelled) {
			l.Facts = fact.List{{Name: fact.HTTPResponseBytes, Value: fact.Int(1)}}
		}, foldsNot},
		{"records of application data", func(l *annotate.Labelled) { l.Facts = records("application_data") }, foldsData},
		{"an alert", func(l *annotate.Labelled) { l.Facts = records("alert") }, foldsNot},
		{"an encrypted handshake", func(l *annotate.Labelled) {
			l.Facts, l.Parts = records("application_data"), begun(decode.TLSHandshake, 8)
		}, foldsNot},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := &annotate.Labelled{Label: annotate.Label{Phase: 4, Step: "4.5"}}
			l.Number, l.Transport, l.PayloadLen, l.TCP.Flags = 9, layers.TransportTCP, 1448, layers.ACK
			c.change(l)
			if got := foldsAs(l, 2); got != c.want {
				t.Errorf("got %d, want %d", got, c.want)
			}
		})
	}
}
