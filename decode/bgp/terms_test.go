package bgp

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/pktjourney/pktjourney/decode/fact"
	"github.com/pktjourney/pktjourney/decode/flow"
)

func numbers(list ...uint16) (b []byte) {
	for _, n := range list {
		b = append(b, byte(n>>8), byte(n))
	}
	return b
}

// AS_TRANS stands for numbers of four bytes until AS4_PATH tells them.
func TestPath4(t *testing.T) {
	path := slices.Concat([]byte{2, 3}, numbers(65001, asTrans, asTrans))
	path4 := slices.Concat([]byte{2, 2}, numbers(1, 2, 1, 3))
	wide := slices.Concat([]byte{2, 2}, numbers(0, 65001, 1, 2))
	confederation := slices.Concat([]byte{3, 1}, numbers(64512))
	for _, c := range []struct {
		ref  string
		list [][]byte
		want string
	}{
		{"RFC 6793 section 4.2.3: the leading numbers stay", [][]byte{attribute(2, path...), attribute(17, path4...)}, "65001 65538 65539"},
		{"RFC 6793 section 4.2.3: in either order", [][]byte{attribute(17, path4...), attribute(2, path...)}, "65001 65538 65539"},
		{"RFC 6793 section 4.2.3: a longer AS4_PATH is ignored", [][]byte{attribute(2, 2, 1, 0xfd, 0xe9), attribute(17, path4...)}, "65001"},
		{"RFC 6793 section 4.2.3: so it is with an AGGREGATOR of two bytes", [][]byte{attribute(2, path...), attribute(7, 0xfd, 0xe9, 10, 0, 0, 1), attribute(17, path4...)}, "65001 23456 23456"},
		{"RFC 6793 section 4.2.3: unless it is AS_TRANS", [][]byte{attribute(2, path...), attribute(7, 0x5b, 0xa0, 10, 0, 0, 1), attribute(17, path4...)}, "65001 65538 65539"},
		{"RFC 6793 section 4.2.3: AS_PATH may begin with a set", [][]byte{attribute(2, slices.Concat([]byte{1, 2}, numbers(5, 6), []byte{2, 2}, numbers(asTrans, asTrans))...), attribute(17, path4...)}, "{5,6} 65538 65539"},
		{"RFC 6793 section 6: AS4_PATH of a confederation is not used", [][]byte{attribute(2, path...), attribute(17, slices.Concat([]byte{3, 1}, numbers(0, 9), path4)...)}, "65001 65538 65539"},
		{"RFC 5065 section 5.3: confederations do not count", [][]byte{attribute(2, slices.Concat(confederation, path)...), attribute(17, path4...)}, "(64512) 65001 65538 65539"},
		{"RFC 6793 section 4.1: between new speakers there is no AS4_PATH", [][]byte{attribute(2, wide...), attribute(17, path4...)}, "65001 65538"},
	} {
		m, err := Parse(update(slices.Concat(c.list...), []byte{24, 198, 51, 100}), Terms{})
		if got := string(AppendPath(nil, m.Path)); err != nil || got != c.want {
			t.Errorf("%s: %q, want %q (%v)", c.ref, got, c.want, err)
		}
	}
}

// What was read is not changed by putting paths together.
func TestPath4Owns(t *testing.T) {
	a := attributes{path: []Segment{{Sequence, []uint32{1, 2, 3}}}, path4: []Segment{{Sequence, []uint32{8, 9}}}, narrow: true}
	a.whole()
	if got := string(AppendPath(nil, a.path)); got != "1 2 3" {
		t.Errorf("the path is %q afterwards", got)
	}
}

// ADD-PATH holds for a direction when its sender sends and the other side receives (RFC 7911 section 4).
func TestAddPath(t *testing.T) {
	capability := func(does byte) []byte { return openOf(65001, 69, 4, 0, 1, 1, does) }
	plain := update(attribute(1, 0), []byte{24, 198, 51, 100})
	with := update(attribute(1, 0), []byte{0, 0, 0, 7, 24, 198, 51, 100, 0, 0, 0, 8, 24, 198, 51, 100})
	for _, c := range []struct {
		reason   string
		from, to []byte
		update   []byte
		want     string
	}{
		{"both agreed", capability(2), capability(1), with, "[{198.51.100.0/24 7} {198.51.100.0/24 8}]"},
		{"both do both", capability(3), capability(3), with, "[{198.51.100.0/24 7} {198.51.100.0/24 8}]"},
		{"the other direction", capability(1), capability(2), plain, "[{198.51.100.0/24 0}]"},
		{"nobody receives", capability(2), capability(2), plain, "[{198.51.100.0/24 0}]"},
		{"the other does not say", capability(3), openOf(65002), plain, "[{198.51.100.0/24 0}]"},
		{"an unknown value is ignored", capability(7), capability(3), plain, "[{198.51.100.0/24 0}]"},
		{"an OPEN was not seen", nil, capability(3), plain, "[{198.51.100.0/24 0}]"},
		{"of another family", openOf(1, 69, 4, 0, 2, 1, 3), openOf(2, 69, 4, 0, 2, 1, 3), plain, "[{198.51.100.0/24 0}]"},
	} {
		var conn Conn
		conn.Data(flow.FromOriginator, c.from, nil)
		conn.Data(flow.FromResponder, c.to, nil)
		parts := conn.Data(flow.FromOriginator, c.update, nil)
		if got := fmt.Sprint(parts[0].Message.Prefixes); got != c.want || parts[0].Err != nil {
			t.Errorf("%s: %s, want %s (%v)", c.reason, got, c.want, parts[0].Err)
		}
	}
}

// Parameters of more than 255 bytes, or of fewer in the same form (RFC 9072 section 2).
func TestExtendedParameters(t *testing.T) {
	body := func(n byte, parameters ...byte) []byte {
		return message(Open, slices.Concat([]byte{4, 0x5b, 0xa0, 0, 180, 10, 0, 0, 1, n}, parameters)...)
	}
	capability := []byte{65, 4, 0, 1, 0, 2}
	for ref, b := range map[string][]byte{
		"RFC 9072 section 2":                        body(255, slices.Concat([]byte{255, 0, 9, 2, 0, 6}, capability)...),
		"RFC 9072 section 2, another length":        body(9, slices.Concat([]byte{255, 0, 9, 2, 0, 6}, capability)...),
		"RFC 4271 section 4.2, the form of old":     body(8, slices.Concat([]byte{2, 6}, capability)...),
		"RFC 4271 section 4.2, another parameter":   body(11, slices.Concat([]byte{1, 1, 9, 2, 6}, capability)...),
		"RFC 9072 section 2, an unknown capability": body(255, slices.Concat([]byte{255, 0, 12, 2, 0, 9, 99, 1, 0}, capability)...),
	} {
		if m, err := Parse(b, Terms{}); err != nil || m.AS != 65538 || !m.FourByte {
			t.Errorf("%s: AS %d, %v", ref, m.AS, err)
		}
	}
}

// Why a session ends is said in words, and by the operator too (RFC 9003).
func TestNotification(t *testing.T) {
	for _, c := range []struct {
		ref             string
		body            string
		error, shutdown string
	}{
		{"RFC 4486 section 3", "\x06\x01", "cease: maximum number of prefixes reached (6/1)", ""},
		{"RFC 9003 section 2", "\x06\x04\x0bmaintenance", "cease: administrative reset (6/4)", "maintenance"},
		{"RFC 9003 section 2, an empty one", "\x06\x02\x00", "cease: administrative shutdown (6/2)", ""},
		{"RFC 9003 section 2, no UTF-8", "\x06\x02\x03a\xffb", "cease: administrative shutdown (6/2)", "a\ufffdb"},
		{"RFC 9003 section 2, of other subcodes the data is no text", "\x06\x05\x01x", "cease: connection rejected (6/5)", ""},
		{"RFC 4271 section 6.2", "\x02\x02", "OPEN message error: bad peer AS (2/2)", ""},
		{"RFC 4271 section 6.3", "\x03\x0b", "UPDATE message error: malformed AS_PATH (3/11)", ""},
		{"RFC 4271 section 6.5", "\x04\x00", "hold timer expired (4/0)", ""},
		{"RFC 6608 section 3", "\x05\x03", "finite state machine error: unexpected message in Established state (5/3)", ""},
		{"no standard", "\x63\x01", "99 (99/1)", ""},
	} {
		m, err := Parse(message(Notification, []byte(c.body)...), Terms{})
		l := m.AppendFacts(nil)
		if err != nil || l.Text(fact.BGPError) != c.error || l.Text(fact.BGPShutdown) != c.shutdown {
			t.Errorf("%s: %q, %q (%v)", c.ref, l.Text(fact.BGPError), l.Text(fact.BGPShutdown), err)
		}
	}
	if m, err := Parse(message(Notification, []byte("\x06\x02\x09short")...), Terms{}); err == nil || !strings.HasPrefix(m.Error, "cease") {
		t.Errorf("a text that ends early: %q, %v", m.Error, err)
	}
}

// However long a path is, no more than a limit of it is kept.
func TestPathIsBounded(t *testing.T) {
	var b []byte
	for range 100 {
		b = append(b, append([]byte{2, 255}, make([]byte, 2*255)...)...)
	}
	path, ok := segments(b, 2)
	if n := Hops(path); !ok || n != maxListed {
		t.Errorf("%d numbers, %t", n, ok)
	}
}
