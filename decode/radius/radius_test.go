package radius

import (
	"errors"
	"strings"
	"testing"

	"github.com/pktjourney/pktjourney/decode/wire"
	"github.com/pktjourney/pktjourney/decode/wire/wiretest"
)

// build makes a message of attributes, each with its type before it.
func build(code Code, attributes ...string) []byte {
	b := []byte{byte(code), 5, 0, 0}
	b = append(b, make([]byte, 16)...)
	for _, a := range attributes {
		b = append(append(b, a[0], byte(len(a)+1)), a[1:]...)
	}
	b[2], b[3] = byte(len(b)>>8), byte(len(b))
	return b
}

func TestParse(t *testing.T) {
	long := strings.Repeat("e", 253)
	for _, c := range []struct {
		name, ref string
		b         []byte
		want      string
	}{
		{"request", "RFC 2865 section 4.1", build(AccessRequest, "\x01joe", "\x1f02-00", "\x4feap"), "joe|02-00|eap"},
		{"EAP in two attributes", "RFC 3579 section 3.1", build(AccessChallenge, "\x4f"+long, "\x18state", "\x4ftail"), "||" + long + "tail"},
		{"padding", "RFC 2865 section 3", append(build(AccessReject, "\x4fx"), 1, 1, 1), "||x"},
		{"no attributes", "RFC 2865 section 4.2", build(AccessAccept), "||"},
	} {
		m := Message{EAP: []byte("old")}
		err := m.Parse(c.b)
		if got := string(m.User) + "|" + string(m.From) + "|" + string(m.EAP); err != nil || got != c.want || !Looks(c.b) || m.ID != 5 {
			t.Errorf("%s (%s): %q, %v; want %q", c.name, c.ref, got, err, c.want)
		}
	}
}

func TestParsePrefixes(t *testing.T) {
	wiretest.Prefixes(t, build(AccessRequest, "\x01joe", "\x4feap"), new(Message).Parse, nil)
}

func TestParseRefuses(t *testing.T) {
	short := build(AccessRequest, "\x01joe")
	short[headerLen+1] = 1
	tiny := build(AccessRequest)
	tiny[3] = headerLen - 1
	for _, b := range [][]byte{short, tiny} {
		if err := new(Message).Parse(b); !errors.Is(err, wire.ErrMalformed) {
			t.Errorf("%x: %v", b, err)
		}
	}
	if Looks(tiny) || Looks(nil) || Looks(build(4)) {
		t.Error("looks like an access message")
	}
}

func FuzzParse(f *testing.F) {
	f.Add(build(AccessRequest, "\x01joe", "\x1f02-00", "\x4feap"))
	f.Add(build(AccessChallenge, "\x4fea", "\x4fp"))
	f.Fuzz(func(t *testing.T, b []byte) {
		var m Message
		if m.Parse(b); len(m.EAP) > len(b) {
			t.Fatal("more EAP than bytes")
		}
		Looks(b)
	})
}
