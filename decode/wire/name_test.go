package wire

import (
	"errors"
	"strings"
	"testing"
)

func TestDomainName(t *testing.T) {
	for _, c := range []struct {
		ref, wire, want string
		err             error
	}{
		{"RFC 1035 section 3.1", "\x03lan\x07example\x00", "lan.example", nil},
		{"RFC 1035 section 3.1: the root", "\x00", ".", nil},
		{"RFC 1035 section 5.1: a dot in a label", "\x03a.b\x01\\\x00", `a\.b.\\`, nil},
		{"RFC 1035 section 2.3.4: 256 bytes", strings.Repeat("\x3f"+strings.Repeat("a", 63), 4) + "\x00", "", ErrMalformed},
		{"RFC 8415 section 10: compressed", "\xc0\x00", "", ErrMalformed},
		{"no end", "\x03lan", "", ErrShort},
	} {
		cur := NewCursor("test", []byte(c.wire))
		got := cur.DomainName("name")
		if err := cur.Err(); !errors.Is(err, c.err) || err == nil && got != c.want {
			t.Errorf("%s: %q, err %v", c.ref, got, err)
		}
	}
}
