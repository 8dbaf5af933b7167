package decode

import (
	"slices"

	"github.com/pktjourney/pktjourney/decode/fact"
	"github.com/pktjourney/pktjourney/decode/wire"
)

// teller is a message that came to its end in the current frame.
type teller interface {
	AppendFacts(l fact.List) fact.List
}

// maxTold bounds the messages of one frame that are listed.
const maxTold = 256

// tells notes that m tells something in the current frame.
func (d *Decoder) tells(m teller) {
	if len(d.told) < maxTold && !slices.Contains(d.told, m) {
		d.told = append(d.told, m)
	}
}

// tell puts the facts of the messages that ended in r on it: those of the first, and
// where there are several the facts of each in a list.
func (d *Decoder) tell(r *Frame) {
	if len(d.told) == 0 {
		return
	}
	r.Facts = d.told[d.foremost()].AppendFacts(r.Facts)
	if len(d.told) > 1 {
		each := make([]fact.List, len(d.told))
		for i, m := range d.told {
			each[i] = m.AppendFacts(nil)
		}
		r.Facts = r.Facts.Add(fact.Messages, fact.Objects(each), wire.Span{})
	}
	for _, m := range d.told {
		switch x := m.(type) {
		case *exchanged:
			d.carriesDNS(r, x)
			x.head = false
		case *exchanged3:
			x.head = false
		}
	}
	clear(d.told)
	d.told = d.told[:0]
}

// foremost is the first message that says what it is. Of HTTP/2 that is one whose header
// ends in the frame; the end of another's body says little.
func (d *Decoder) foremost() int {
	for i, m := range d.told {
		switch x := m.(type) {
		case *exchanged:
			if x.head {
				return i
			}
		case *exchanged3:
			if x.head {
				return i
			}
		default:
			return i
		}
	}
	return 0
}
