package render

import (
	"strconv"
	"strings"

	"github.com/pktjourney/pktjourney/decode/fact"
)

// A fact's dotted name becomes an object in an object: dns.question.name is
// {"dns":{"question":{"name":...}}}. Names that share a prefix are neighbours in
// the order of fact.Name, so that sorting by it is all that nesting takes.

// path is a name, cut at its dots, each part ready to be written as a key.
type path struct {
	groups []string // `"dns":{`, `"question":{`
	leaf   string   // `"name":`
}

// paths are the paths of all names.
var paths = func() []path {
	list := []path{{}}
	for n := fact.Name(1); n.String() != ""; n++ {
		parts := strings.Split(n.String(), ".")
		p := path{leaf: strconv.Quote(parts[len(parts)-1]) + ":"}
		for _, group := range parts[:len(parts)-1] {
			p.groups = append(p.groups, strconv.Quote(group)+":{")
		}
		list = append(list, p)
	}
	return list
}()

// maxFacts is how many facts of one list are written. A message has fewer.
const maxFacts = 64

// appendFacts appends the members of an object: the facts of list, in the
// order of their names. It appends nothing before the first and a comma after none.
func appendFacts(dst []byte, list fact.List) []byte {
	var room [maxFacts]uint16
	var open []string
	for i, k := range sorted(list, room[:0]) {
		f := &list[k]
		p := &paths[f.Name]
		common := shared(open, p.groups)
		for range open[common:] {
			dst = append(dst, '}')
		}
		if i > 0 {
			dst = append(dst, ',')
		}
		for _, group := range p.groups[common:] {
			dst = append(dst, group...)
		}
		open = p.groups
		dst = appendValue(append(dst, p.leaf...), f.Value)
	}
	for range open {
		dst = append(dst, '}')
	}
	return dst
}

// sorted is the order of list by name, by insertion into order: decoders put
// facts nearly in order. Facts without a value are left out.
func sorted(list fact.List, order []uint16) []uint16 {
	for i := range list {
		if list[i].Name == fact.None || list[i].Value.Len() == 0 || len(order) == maxFacts {
			continue
		}
		order = append(order, uint16(i))
		for k := len(order) - 1; k > 0 && list[order[k-1]].Name > list[order[k]].Name; k-- {
			order[k-1], order[k] = order[k], order[k-1]
		}
	}
	return order
}

// shared is how many groups two paths have in common.
func shared(a, b []string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

func appendValue(dst []byte, v fact.Value) []byte {
	switch v.Kind() {
	case fact.KindString:
		return appendJSON(dst, v.Str())
	case fact.KindInt:
		return strconv.AppendInt(dst, v.Int(), 10)
	case fact.KindBool:
		return strconv.AppendBool(dst, v.Int() != 0)
	case fact.KindAddr:
		return append(v.Addr().AppendTo(append(dst, '"')), '"')
	case fact.KindStrings:
		return appendStrings(dst, v.Strings())
	}
	dst = append(dst, '[')
	for i, object := range v.Objects() {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = append(appendFacts(append(dst, '{'), object), '}')
	}
	return append(dst, ']')
}

func appendStrings(dst []byte, list []string) []byte {
	dst = append(dst, '[')
	for i, s := range list {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = appendJSON(dst, s)
	}
	return append(dst, ']')
}
