package dhcpv6

import (
	"errors"
	"testing"

	"github.com/pktjourney/pktjourney/decode/wire"
)

// nested is a Solicit inside so many relay messages.
func nested(relays int) []byte {
	b := message(Solicit, option(OptionClientID, clientDUID))
	for i := range relays {
		b = relay(RelayForw, byte(i), option(OptionRelayMessage, b))
	}
	return b
}

func TestRelayedMessage(t *testing.T) {
	m, err := Parse(nested(2))
	if err != nil {
		t.Fatal(err)
	}
	if m.Type != RelayForw || m.HopCount != 1 || m.TransactionID != 0 ||
		m.LinkAddr.String() != "2001:db8:1::" || m.PeerAddr.String() != "fe80::1" {
		t.Errorf("RFC 8415 section 9.1: outer message %+v", m)
	}
	if in := m.Relayed; in == nil || in.Type != RelayForw || in.HopCount != 0 {
		t.Errorf("RFC 8415 section 19.1.2: relayed by two: %+v", in)
	}
	in := m.Innermost()
	if in.Type != Solicit || in.TransactionID != 0x10b3f2 || string(in.ClientID) != string(clientDUID) {
		t.Errorf("RFC 8415 section 21.10: innermost message %+v", in)
	}
	if want := (wire.Span{Off: 2*(34+4) + 4 + 4, Len: 14}); in.Options[0].Span != want {
		t.Errorf("span %v, want %v of the datagram", in.Options[0].Span, want)
	}
}

func TestRelayDepth(t *testing.T) {
	for _, c := range []struct {
		relays int
		err    error
		kind   MessageType
	}{
		{0, nil, Solicit},
		{1, nil, Solicit},
		{hopLimit + 1, nil, Solicit}, // hop counts 0 to 8
		{hopLimit + 2, wire.ErrMalformed, RelayForw},
		{500, wire.ErrMalformed, RelayForw},
	} {
		m, err := Parse(nested(c.relays))
		if !errors.Is(err, c.err) || m.Innermost().Type != c.kind {
			t.Errorf("RFC 8415 section 7.6: %d relays: innermost %v, err %v", c.relays, m.Innermost().Type, err)
		}
	}
}

func TestBadRelayedMessages(t *testing.T) {
	for _, c := range []struct {
		ref  string
		b    []byte
		want error
		text string
	}{
		{"RFC 8415 section 9.1: nothing relayed", relay(RelayForw, 0), wire.ErrShort,
			"dhcpv6: relay message: 4 bytes at offset 34: message ends"},
		{"RFC 8415 section 21.10: empty", relay(RelayForw, 0, option(OptionRelayMessage)), wire.ErrMalformed,
			"dhcpv6: message type: 1 bytes at offset 38: malformed"},
		{"RFC 8415 section 8: the relayed message ends early, the relay's does not",
			relay(RelayRepl, 0, option(OptionRelayMessage, reply()[:10])), wire.ErrMalformed,
			"dhcpv6: option value: 14 bytes at offset 46: malformed"},
	} {
		m, err := Parse(c.b)
		if !errors.Is(err, c.want) || err.Error() != c.text || !m.PeerAddr.IsValid() {
			t.Errorf("%s: error %v", c.ref, err)
		}
	}
}

func TestRefillReusesRelayedMessages(t *testing.T) {
	data := nested(3)
	var m Message
	if err := m.Parse(data); err != nil {
		t.Fatal(err)
	}
	first := m.Innermost()
	if n := testing.AllocsPerRun(10, func() { _ = m.Parse(data) }); n > 1 {
		t.Errorf("%v allocations", n)
	}
	if m.Innermost() != first {
		t.Error("another message is filled")
	}
}
