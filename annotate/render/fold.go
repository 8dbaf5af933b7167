package render

import (
	"fmt"

	"github.com/pktjourney/pktjourney/annotate"
	"github.com/pktjourney/pktjourney/decode"
	"github.com/pktjourney/pktjourney/decode/fact"
	"github.com/pktjourney/pktjourney/decode/layers"
	"github.com/pktjourney/pktjourney/rules"
)

// foldKind says what a frame is in a run of like frames.
type foldKind uint8

const (
	foldsNot         foldKind = iota // says something of its own
	foldsData                        // more bytes of a message that began before
	foldsDatagram                    // the same over UDP
	foldsAsAck                       // a bare ACK
	foldsAsDuplicate                 // a bare ACK of nothing new
)

// minFold is how long a run must be to be worth a line of its own.
const minFold = 3

// foldsAs finds what the frame is in a run: one that opens, ends or does something
// unusual is in none. Only duplicate ACKs, the variant given, are so many that they are counted.
func foldsAs(l *annotate.Labelled, duplicate rules.VariantSet) foldKind {
	f := &l.Frame
	if f.QUIC != nil && l.Variants == l.Implied && continues(f) && len(f.Facts) == 0 {
		return foldsDatagram
	}
	if f.Transport != layers.TransportTCP || l.Step == "" || f.TCP.Flags&(layers.SYN|layers.FIN|layers.RST) != 0 {
		return foldsNot
	}
	switch {
	case f.PayloadLen == 0:
		return foldsAckAs(l, duplicate)
	case l.Variants == 0 && continues(f) && (len(f.Facts) == 0 || onlyApplicationData(f.Facts)):
		return foldsData
	}
	return foldsNot
}

func foldsAckAs(l *annotate.Labelled, duplicate rules.VariantSet) foldKind {
	switch m := l.Segment.Acks; {
	case m != nil && m.Kind == decode.TLSHandshake:
		return foldsNot
	case l.Variants == 0:
		return foldsAsAck
	case l.Variants == duplicate:
		return foldsAsDuplicate
	}
	return foldsNot
}

// continues reports whether all that a frame brings is more of a message that an earlier one
// began. The messages of a TLS handshake are few, and each says something.
func continues(f *decode.Frame) bool {
	for i := range f.Parts {
		if m := f.Parts[i].Message; m.Kind == decode.TLSHandshake || m.Kind == decode.QUICHandshake || m.First == f.Number {
			return false
		}
	}
	return true
}

// onlyApplicationData reports whether all that ended in a frame are TLS records of
// application data, as they look on the wire.
func onlyApplicationData(facts fact.List) bool {
	for i := range facts {
		switch facts[i].Name {
		case fact.TLSRecords, fact.TLSVersion, fact.TLSCipher:
		default:
			return false
		}
	}
	records, _ := facts.Get(fact.TLSRecords)
	for _, r := range records.Objects() {
		if r.Text(fact.TLSRecordType) != "application_data" {
			return false
		}
	}
	return true
}

// run is a run of like frames that is being gathered. Its first rows are kept
// until there are enough of them to fold.
type run struct {
	rows       [minFold - 1]row
	held       int // rows that are kept
	like       row // what all are like: journey, phase and step
	first, end int // frame numbers
	data, acks int
	udp        bool // data counts datagrams
	duplicates int  // of the ACKs
	bytes      int64
}

// push takes the next row. It folds into the run, or ends the run and is printed.
func (t *table) push(r *row) {
	if !t.opts.Fold {
		t.print(r)
		return
	}
	u := &t.run
	if r.folds != foldsNot && r.journey == u.like.journey && r.step == u.like.step && r.place == u.like.place && r.number == u.end+1 {
		u.take(r)
		return
	}
	t.endRun()
	t.print(r)
	if r.step != "" {
		u.like.journey, u.like.place, u.like.phase, u.like.step = r.journey, r.place, r.phase, r.step
		u.first, u.end = r.number+1, r.number
	}
}

// take makes r part of the run.
func (u *run) take(r *row) {
	u.end = r.number
	switch r.folds {
	case foldsData, foldsDatagram:
		u.data++
		u.udp = r.folds == foldsDatagram
	case foldsAsDuplicate:
		u.duplicates++
		u.acks++
	default:
		u.acks++
	}
	u.bytes += int64(r.size)
	if u.data+u.acks < minFold {
		kept := &u.rows[u.held]
		text := append(kept.text[:0], r.text...)
		*kept = *r
		kept.text = text
		u.held++
	}
}

// endRun prints what was gathered: as one line when it is long enough.
func (t *table) endRun() {
	u := &t.run
	if u.data+u.acks >= minFold {
		t.printRun(u)
	} else {
		for i := range u.held {
			t.print(&u.rows[i])
		}
	}
	u.held, u.data, u.acks, u.duplicates, u.bytes = 0, 0, 0, 0, 0
	u.like.step, u.end = "", -1
}

// describe is what a folded run does: "3 more segments (4,344 bytes) and 3 ACKs".
func (u *run) describe(b []byte, w *wording) []byte {
	if u.data > 0 {
		word := w.Segment
		if u.udp {
			word = w.Datagram
		}
		b = fmt.Appendf(b, counted(word, u.data), u.data)
		b = fmt.Appendf(b, w.Bytes, annotate.AppendThousands(nil, int(u.bytes)))
	}
	if u.data > 0 && u.acks > 0 {
		b = append(b, w.And...)
	}
	if u.acks > 0 {
		b = fmt.Appendf(b, counted(w.Ack, u.acks), u.acks)
	}
	if u.duplicates > 0 {
		b = fmt.Appendf(b, w.Duplicates, u.duplicates)
	}
	return b
}
