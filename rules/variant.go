package rules

import (
	"math/bits"

	"github.com/pktjourney/pktjourney/decode/fact"
)

// VariantSet is a set of a journey's variants, by their places in Journey.Variants.
type VariantSet uint64

// MaxVariants is how many variants a journey may have.
const MaxVariants = 64

// AllVariants is the set of all that a journey has.
const AllVariants = ^VariantSet(0)

// Set is the set of the variant named name; empty when the journey has none of that name.
func (j *Journey) Set(name string) VariantSet {
	for i := range j.Variants {
		if j.Variants[i].Name == name {
			return 1 << i
		}
	}
	return 0
}

// Names appends the names of the variants in s to dst, in the journey's order.
func (j *Journey) Names(dst []string, s VariantSet) []string {
	for ; s != 0; s &= s - 1 {
		if i := bits.TrailingZeros64(uint64(s)); i < len(j.Variants) {
			dst = append(dst, j.Variants[i].Name)
		}
	}
	return dst
}

// VariantsOf is the set of those variants among some whose own conditions hold for a frame that does e.
func (j *Journey) VariantsOf(e Event, among VariantSet, facts fact.List) VariantSet {
	var s VariantSet
	for ; among != 0; among &= among - 1 {
		i := bits.TrailingZeros64(uint64(among))
		if i >= len(j.Variants) {
			break
		}
		for k := range j.Variants[i].When {
			if w := &j.Variants[i].When[k]; w.covers(e) && all(w.When, facts) {
				s |= 1 << i
			}
		}
	}
	return s
}

func (w *VariantRule) covers(e Event) bool {
	for _, x := range w.Events {
		if x == e {
			return true
		}
	}
	return false
}
