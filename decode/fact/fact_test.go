package fact

import (
	"net/netip"
	"strings"
	"testing"
)

// An output nests names by their prefixes while it walks them in order, so a
// prefix that was left must not come again.
func TestNamesOfOneGroupAreNeighbours(t *testing.T) {
	left := map[string]bool{}
	var open []string
	for n := Name(1); n < nameCount; n++ {
		word := n.String()
		if word == "" {
			t.Errorf("name %d has no word", n)
		}
		if n.inList() {
			continue
		}
		parts := strings.Split(word, ".")
		groups := parts[:len(parts)-1]
		for depth := range groups {
			prefix := strings.Join(groups[:depth+1], ".")
			if left[prefix] {
				t.Errorf("%s: group %s was left before it", word, prefix)
			}
		}
		for i := len(open); i > 0; i-- {
			prefix := strings.Join(open[:i], ".")
			if !strings.HasPrefix(word, prefix+".") {
				left[prefix] = true
			}
		}
		open = groups
	}
}

func TestLookup(t *testing.T) {
	if n, ok := Lookup("dns.question.name"); !ok || n != DNSQuestionName {
		t.Errorf("Lookup = %v, %v", n, ok)
	}
	for _, word := range []string{"", "ttl", "dns", "nothing.here"} {
		if n, ok := Lookup(word); ok {
			t.Errorf("Lookup(%q) found %v", word, n)
		}
	}
}

func TestValueText(t *testing.T) {
	for _, c := range []struct {
		v    Value
		want string
		n    int
	}{
		{Value{}, "", 0},
		{String("x"), "x", 1},
		{Int(-7), "-7", 1},
		{Bool(true), "true", 1},
		{Addr(netip.MustParseAddr("192.0.2.1")), "192.0.2.1", 1},
		{Strings([]string{"a", "b"}), "a, b", 2},
		{Objects([]List{{}, {}}), "2", 2},
	} {
		if got := c.v.String(); got != c.want || c.v.Len() != c.n {
			t.Errorf("%v: text %q, length %d; want %q, %d", c.v, got, c.v.Len(), c.want, c.n)
		}
	}
}

func TestListGet(t *testing.T) {
	l := List{}.Add(DNSID, Int(4), struct{ Off, Len int }{0, 2})
	if v, ok := l.Get(DNSID); !ok || v.Int() != 4 {
		t.Errorf("Get = %v, %v", v, ok)
	}
	if l.Text(DNSType) != "" {
		t.Error("a fact that is not there has a text")
	}
}
