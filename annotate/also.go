package annotate

import (
	"math/bits"
	"slices"

	"github.com/pktjourney/pktjourney/rules"
)

// alsoKey is what decides which further steps a segment stands for.
type alsoKey struct {
	step   rules.ID
	others uint64
	point  rules.Point
}

// withOthers adds to also the steps of the other messages that the newest segment of k
// has bytes of. The lists are made once for each combination.
func (a *Annotator) withOthers(also []rules.ID, step rules.ID, k *connection) []rules.ID {
	if k.others == 0 {
		return also
	}
	key := alsoKey{step, k.others, k.point}
	if known, ok := a.also[key]; ok {
		return known
	}
	all := append([]rules.ID(nil), also...)
	for set := k.others; set != 0; set &= set - 1 {
		e := rules.Event(bits.TrailingZeros64(set))
		if r := a.book.Match(e, k.point, nil); r != nil && r.Step != "" && r.Step != step && !slices.Contains(all, r.Step) {
			all = append(all, r.Step)
		}
	}
	a.also[key] = all
	return all
}
