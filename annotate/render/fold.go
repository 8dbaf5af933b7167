package render

import (
	"fmt"

	"github.com/pktjourney/pktjourney/annotate"
	"github.com/pktjourney/pktjourney/decode/fact"
	"github.com/pktjourney/pktjourney/decode/layers"
)

// foldKind says what a frame is in a run of like frames.
type foldKind uint8

const (
	foldsNot   foldKind = iota // says something of its own
	foldsData                  // more bytes of a message that began before
	foldsAsAck                 // a bare ACK
)

// minFold is how long a run must be to be worth a line of its own.
const minFold = 3

// foldsAs finds what the frame is in a run: one that opens, ends or does something
// unusual is in none.
func foldsAs(l *annotate.Labelled) foldKind {
	f := &l.Frame
	if f.Transport != layers.TransportTCP || l.Step == "" || l.Variants != 0 ||
		f.TCP.Flags&(layers.SYN|layers.FIN|layers.RST) != 0 {
		return foldsNot
	}
	switch {
	case f.PayloadLen == 0:
		return foldsAsAck
	case len(f.Facts) == 0 || onlyApplicationData(f.Facts):
		return foldsData
	}
	return foldsNot
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
	bytes      int64
}

// push takes the next row. It folds into the run, or ends the run and is printed.
func (t *table) push(r *row) {
	if !t.opts.Fold {
		t.print(r)
		return
	}
	u := &t.run
	if r.folds != foldsNot && r.journey == u.like.journey && r.step == u.like.step && r.number == u.end+1 {
		u.take(r)
		return
	}
	t.endRun()
	t.print(r)
	if r.step != "" {
		u.like.journey, u.like.phase, u.like.step = r.journey, r.phase, r.step
		u.first, u.end = r.number+1, r.number
	}
}

// take makes r part of the run.
func (u *run) take(r *row) {
	u.end = r.number
	if r.folds == foldsData {
		u.data++
	} else {
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
	u.held, u.data, u.acks, u.bytes = 0, 0, 0, 0
	u.like.step, u.end = "", -1
}

// describe is what a folded run does: "3 more segments (4,344 bytes) and 3 ACKs".
func (u *run) describe(b []byte, w *wording) []byte {
	if u.data > 0 {
		b = fmt.Appendf(b, counted(w.segment, u.data), u.data)
		b = fmt.Appendf(b, w.bytes, appendThousands(nil, u.bytes))
	}
	if u.data > 0 && u.acks > 0 {
		b = append(b, w.and...)
	}
	if u.acks > 0 {
		b = fmt.Appendf(b, counted(w.ack, u.acks), u.acks)
	}
	return b
}
