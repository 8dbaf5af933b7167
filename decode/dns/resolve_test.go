package dns

import (
	"fmt"
	"net/netip"
	"slices"
	"testing"
)

func alias(from, to string) Record { return Record{Name: from, Type: TypeCNAME, Target: to, Data: to} }

func address(name, addr string) Record {
	return Record{Name: name, Type: TypeA, Addr: netip.MustParseAddr(addr), Data: addr}
}

func TestResolve(t *testing.T) {
	var long []Record
	for i := range 40 {
		long = append(long, alias(fmt.Sprint(i), fmt.Sprint(i+1)))
	}
	for _, c := range []struct {
		reason  string
		answers []Record
		name    string
		addrs   int
		chain   []string
	}{
		{"two addresses", []Record{address("a", "192.0.2.1"), address("a", "192.0.2.2")}, "a", 2, nil},
		{"name as a user writes it", []Record{address("a.b", "192.0.2.1")}, "A.b.", 1, nil},
		{"over two aliases, in any order", []Record{address("c", "192.0.2.1"), alias("b", "c"), alias("a", "b")}, "a", 1,
			[]string{"b", "c"}},
		{"another name's address", []Record{address("b", "192.0.2.1")}, "a", 0, nil},
		{"alias that leads nowhere", []Record{alias("a", "b")}, "a", 0, []string{"b"}},
		{"alias of itself", []Record{alias("a", "a")}, "a", 0, nil},
		{"aliases in a circle", []Record{alias("a", "b"), alias("b", "a")}, "a", 0, []string{"b"}},
		{"circle further on", []Record{alias("a", "b"), alias("b", "c"), alias("c", "b")}, "a", 0, []string{"b", "c"}},
		{"the root", []Record{alias(".", "a")}, ".", 0, []string{"a"}},
		{"no end of aliases", long, "0", 0, []string{"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13",
			"14", "15", "16"}},
	} {
		m := Message{Answers: c.answers}
		addrs, chain := m.Resolve(c.name)
		if len(addrs) != c.addrs || !slices.Equal(chain, c.chain) {
			t.Errorf("%s: %v over %q", c.reason, addrs, chain)
		}
	}
}

func ExampleMessage_Resolve() {
	m, err := Parse(googleAnswer())
	if err != nil {
		fmt.Println(err)
		return
	}
	addrs, chain := m.Resolve("www.google.com")
	fmt.Println(addrs, chain)
	// Output: [203.0.113.82 203.0.113.83] [www.l.google.com]
}
