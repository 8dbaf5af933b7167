package dns

import "testing"

func TestLooks(t *testing.T) {
	name := wireName("www.example")
	q := question(name, TypeA)
	soa := record(pointer(headerLen), TypeSOA, make([]byte, 22)...)
	class := func(v byte) []byte { return append(q[:len(q)-1:len(q)-1], v) }
	for _, c := range []struct {
		reason string
		b      []byte
		want   bool
	}{
		{"query", join(header(query, 1), q), true},
		{"query with EDNS", googleQuery(), true},
		{"answer", googleAnswer(), true},
		{"answer without records", join(header(answer|3, 1), q), true},
		{"IXFR has the SOA that is known (RFC 1995 section 3)", join(header(0, 1, 0, 1), question(name, TypeIXFR), soa), true},
		{"NOTIFY has the new SOA (RFC 1996 section 3.7)", join(header(4<<opShift|bitAA, 1, 1), question(name, TypeSOA), soa), true},
		{"update (RFC 2136 section 2)", join(header(5<<opShift, 1, 0, 1), question(name, TypeSOA), soa), true},
		{"empty", nil, false},
		{"half a header", header(query, 1)[:11], false},
		{"header alone", header(query, 1), false},
		{"zeros", make([]byte, 64), false},
		{"no question", header(answer), false},
		{"two questions", join(header(query, 2), q, q), false},
		{"reserved bit (RFC 1035 section 4.1.1)", join(header(query|bitZ, 1), q), false},
		{"unknown opcode", join(header(9<<opShift, 1), q), false},
		{"query with an answer", join(header(query, 1, 1), q, record(pointer(headerLen), TypeA, 1, 2, 3, 4)), false},
		{"query with a response code", join(header(query|3, 1), q), false},
		{"bytes after a query", join(header(query, 1), q, []byte{1}), false},
		{"fewer bytes than the records need", join(header(answer, 1, 2), q, soa[:20]), false},
		{"too many records", join(header(answer, 1, 300), q, make([]byte, 4000)), false},
		{"compressed question", join(header(query, 1), question(pointer(4), TypeA)), false},
		{"unknown class", join(header(query, 1), class(9)), false},
		{"type zero", join(header(query, 1), question(name, 0)), false},
	} {
		if got := Looks(c.b); got != c.want {
			t.Errorf("%s: %v", c.reason, got)
		}
	}
	b := googleAnswer()
	if n := testing.AllocsPerRun(10, func() { Looks(b) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
