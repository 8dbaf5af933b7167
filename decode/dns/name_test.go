package dns

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/pktjourney/pktjourney/decode/wire"
)

// nameOf reads the name of the question of a message whose sections are b.
func nameOf(b []byte) (string, error) {
	m, err := Parse(append(header(query, 1), b...))
	if len(m.Questions) == 0 {
		return "", err
	}
	return m.Questions[0].Name, err
}

func TestNamePresentation(t *testing.T) {
	for _, c := range []struct {
		ref, label, want string
	}{
		{"RFC 4343 section 3: case", "WwW", "www"},
		{"RFC 2782: underscores", "_sip", "_sip"},
		{"RFC 1035 section 5.1: dot in a label", "a.b", `a\.b`},
		{"RFC 1035 section 5.1: backslash", `a\b`, `a\\b`},
		{"RFC 4343 section 2.1: space", "a b", `a\032b`},
		{"RFC 4343 section 2.1: control", "\x1b[2J", `\027[2j`},
		{"RFC 4343 section 2.1: zero", "\x00", `\000`},
		{"RFC 4343 section 2.1: not ASCII", "\xff~\x7f", `\255~\127`},
	} {
		b := join([]byte{byte(len(c.label))}, []byte(c.label), wireName("example"), []byte{0, 1, 0, 1})
		if got, err := nameOf(b); err != nil || got != c.want+".example" {
			t.Errorf("%s: %q, err %v", c.ref, got, err)
		}
	}
	if got, err := nameOf(question(wireName("."), TypeNS)); err != nil || got != "." {
		t.Errorf("RFC 1034 section 3.1: root is %q, err %v", got, err)
	}
}

func TestNameLimits(t *testing.T) {
	long := strings.Repeat(strings.Repeat("a", 63)+".", 3)
	for _, c := range []struct {
		ref  string
		name []byte
		want error
	}{
		{"RFC 1035 section 2.3.4: 255 bytes", wireName(long + strings.Repeat("b", 61)), nil},
		{"RFC 1035 section 2.3.4: 256 bytes", wireName(long + strings.Repeat("b", 62)), errNameLong},
		{"RFC 1035 section 4.1.4: label kind 01", []byte{0x41, 0}, errNameLabel},
		{"RFC 1035 section 4.1.4: label kind 10", []byte{0x81, 0}, errNameLabel},
		{"RFC 1035 section 4.1.4: points at itself", pointer(headerLen), errNamePointer},
		{"RFC 1035 section 4.1.4: points into a loop", append([]byte{1, 'a'}, pointer(headerLen)...), errNamePointer},
		{"RFC 1035 section 4.1.4: points forward", pointer(headerLen + 2), errNamePointer},
		{"RFC 1035 section 4.1.4: points into the header", pointer(4), errNamePointer},
		{"RFC 1035 section 4.1.4: half a pointer", []byte{kindPointer}, wire.ErrShort},
		{"RFC 1035 section 3.1: half a label", []byte{5, 'a', 'b'}, wire.ErrShort},
	} {
		b := question(c.name, TypeA)
		if c.want == wire.ErrShort {
			b = c.name
		}
		if _, err := nameOf(b); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", c.ref, err)
		}
	}
}

// A chain of pointers to pointers leads strictly back and yet must end early.
func TestPointerChainIsLimited(t *testing.T) {
	chain := func(n int) []byte {
		b := join(header(answer, 1, 1), question(wireName("."), TypeA))
		last := headerLen
		data := []byte(nil)
		for range n {
			at := len(b) + 2 + 10 + len(data)
			data = append(data, pointer(last)...)
			last = at
		}
		// The data holds the chain; the name of a second record uses it.
		b[7] = 2
		b = append(b, record(pointer(headerLen), 65280, data...)...)
		return append(b, record(pointer(last), TypeA, 1, 2, 3, 4)...)
	}
	if _, err := Parse(chain(maxJumps - 1)); err != nil {
		t.Errorf("%d pointers: %v", maxJumps-1, err)
	}
	if _, err := Parse(chain(maxJumps)); !errors.Is(err, errNameJumps) {
		t.Errorf("%d pointers more: %v", maxJumps, err)
	}
}

func TestNamesAreShared(t *testing.T) {
	var m Message
	data := bytes.Repeat([]byte{1}, 4)
	b := join(header(answer, 1, 1), question(wireName("www.example"), TypeA), record(wireName("WWW.example"), TypeA, data...))
	if n := testing.AllocsPerRun(20, func() { m.Parse(b) }); n > 1 {
		t.Errorf("%v allocations, want that of the address's text only", n)
	}
}

func TestNameErrorSaysWhere(t *testing.T) {
	_, err := Parse(join(header(answer, 0, 1), record(pointer(40), TypeA, 1, 2, 3, 4)))
	const want = "dns: answer[0].name: 1 bytes at offset 14: malformed: compression pointer that does not point back"
	if err == nil || err.Error() != want {
		t.Errorf("error %v", err)
	}
}
