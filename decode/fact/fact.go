// Package fact is the vocabulary that decoders, rules and outputs share: one
// named value of one message, and where it stood. The names are those of the
// NDJSON output. A fact holds no opinion.
package fact

import (
	"net/netip"
	"strconv"

	"github.com/pktjourney/pktjourney/decode/wire"
)

// Fact is one named value. It owns its value and outlives the frame.
type Fact struct {
	Name  Name
	Value Value
	Span  wire.Span // bytes that said so, from the start of the message; Len 0 when derived
}

// List holds the facts of one message in any order. A name occurs at most once.
type List []Fact

// Get finds the value of n.
func (l List) Get(n Name) (Value, bool) {
	for i := range l {
		if l[i].Name == n {
			return l[i].Value, true
		}
	}
	return Value{}, false
}

// Text is the value of n as text, or "" when it is not there.
func (l List) Text(n Name) string {
	v, _ := l.Get(n)
	return v.String()
}

// Add appends a fact whose value stood at span.
func (l List) Add(n Name, v Value, span wire.Span) List {
	return append(l, Fact{Name: n, Value: v, Span: span})
}

// Kind says what a Value holds.
type Kind uint8

// The kinds of value.
const (
	KindNone    Kind = iota
	KindString       // Str
	KindInt          // Int
	KindBool         // Int is 0 or 1
	KindAddr         // Addr
	KindStrings      // Strings
	KindObjects      // Objects: each a List of its own
)

// Value is a string, an integer, a truth value, an address, a list of strings
// or a list of objects. It is a struct so that no fact costs an allocation of its own.
type Value struct {
	kind Kind
	num  int64
	str  string
	addr netip.Addr
	list any
}

// String makes a string value.
func String(s string) Value { return Value{kind: KindString, str: s} }

// Int makes an integer value.
func Int(n int64) Value { return Value{kind: KindInt, num: n} }

// Bool makes a truth value.
func Bool(b bool) Value {
	v := Value{kind: KindBool}
	if b {
		v.num = 1
	}
	return v
}

// Addr makes an address value.
func Addr(a netip.Addr) Value { return Value{kind: KindAddr, addr: a} }

// Strings makes a list of strings. The value keeps s.
func Strings(s []string) Value { return Value{kind: KindStrings, list: s} }

// Objects makes a list of objects. The value keeps o.
func Objects(o []List) Value { return Value{kind: KindObjects, list: o} }

// Kind says what v holds.
func (v Value) Kind() Kind { return v.kind }

// Str is the string of a KindString value.
func (v Value) Str() string { return v.str }

// Int is the number of a KindInt or KindBool value.
func (v Value) Int() int64 { return v.num }

// Addr is the address of a KindAddr value.
func (v Value) Addr() netip.Addr { return v.addr }

// Strings is the list of a KindStrings value; the caller must not change it.
func (v Value) Strings() []string { s, _ := v.list.([]string); return s }

// Objects is the list of a KindObjects value; the caller must not change it.
func (v Value) Objects() []List { o, _ := v.list.([]List); return o }

// Len is the number of elements of a list, 1 for any other value, 0 for none.
func (v Value) Len() int {
	switch v.kind {
	case KindNone:
		return 0
	case KindStrings:
		return len(v.Strings())
	case KindObjects:
		return len(v.Objects())
	}
	return 1
}

// Append appends v as plain text; the elements of a list are joined by ", ".
func (v Value) Append(b []byte) []byte {
	switch v.kind {
	case KindString:
		return append(b, v.str...)
	case KindInt:
		return strconv.AppendInt(b, v.num, 10)
	case KindBool:
		return strconv.AppendBool(b, v.num != 0)
	case KindAddr:
		return v.addr.AppendTo(b)
	case KindStrings:
		for i, s := range v.Strings() {
			if i > 0 {
				b = append(b, ", "...)
			}
			b = append(b, s...)
		}
	case KindObjects:
		b = strconv.AppendInt(b, int64(len(v.Objects())), 10)
	}
	return b
}

// String is v as plain text, as Append writes it.
func (v Value) String() string {
	if v.kind == KindString {
		return v.str
	}
	return string(v.Append(nil))
}
