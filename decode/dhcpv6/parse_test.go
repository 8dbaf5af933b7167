package dhcpv6

import (
	"bytes"
	"encoding/binary"
	"errors"
	"net/netip"
	"slices"
	"testing"
	"time"

	"github.com/pktjourney/pktjourney/decode/wire"
	"github.com/pktjourney/pktjourney/decode/wire/wiretest"
)

// message builds a client's or server's message with transaction 0x10b3f2.
func message(kind MessageType, options ...[]byte) []byte {
	return append([]byte{byte(kind), 0x10, 0xb3, 0xf2}, bytes.Join(options, nil)...)
}

// relay builds a relay message for a client at fe80::1 on the link 2001:db8:1::.
func relay(kind MessageType, hops byte, options ...[]byte) []byte {
	b := append([]byte{byte(kind), hops}, ip("2001:db8:1::")...)
	return append(append(b, ip("fe80::1")...), bytes.Join(options, nil)...)
}

// option builds an option, or a part of one, from its parts.
func option(code OptionCode, parts ...[]byte) []byte {
	value := bytes.Join(parts, nil)
	b := binary.BigEndian.AppendUint16(nil, uint16(code))
	return append(binary.BigEndian.AppendUint16(b, uint16(len(value))), value...)
}

func ip(s string) []byte { return netip.MustParseAddr(s).AsSlice() }

// u32 writes numbers of four bytes: identifiers and times.
func u32(values ...uint32) []byte {
	var b []byte
	for _, v := range values {
		b = binary.BigEndian.AppendUint32(b, v)
	}
	return b
}

var (
	clientDUID = []byte{0, 1, 0, 1, 0x2c, 0, 0, 1, 2, 0, 0, 0, 0, 1} // link-layer address and time
	serverDUID = []byte{0, 3, 0, 1, 2, 0, 0, 0, 0, 2}                // link-layer address
)

// reply has every option that Message has a field for, and one that it has none for.
func reply() []byte {
	return message(Reply,
		option(OptionClientID, clientDUID),
		option(OptionServerID, serverDUID),
		option(OptionIANA, u32(7, 300, 480),
			option(OptionIAAddr, ip("2001:db8::10"), u32(600, 900), option(OptionStatusCode, []byte{0, 0}, []byte("ok"))),
			option(OptionIAAddr, ip("2001:db8::11"), u32(0, 0)), // taken back
			option(OptionStatusCode, []byte{0, 0})),
		option(OptionIATA, u32(8), option(OptionIAAddr, ip("2001:db8::99"), u32(0xffffffff, 0xffffffff))),
		option(OptionIAPD, u32(9, 0, 0),
			option(OptionIAPrefix, u32(600, 900), []byte{56}, ip("2001:db8:0:100::"))),
		option(OptionElapsedTime, []byte{0, 150}),
		option(OptionStatusCode, []byte{0, 0}, []byte("fine")),
		option(OptionRapidCommit),
		option(OptionDNSServers, ip("2001:db8::53"), ip("2001:db8::54")),
		option(OptionDomainList, []byte("\x07example\x03net\x00\x03lan\x00")),
		option(82, u32(3600)), // SOL_MAX_RT
	)
}

func TestParseReadsEveryField(t *testing.T) {
	m, err := Parse(reply())
	if err != nil {
		t.Fatal(err)
	}
	a := netip.MustParseAddr
	for _, c := range []struct {
		ref, field string
		got, want  any
	}{
		{"RFC 8415 section 8", "type", m.Type, Reply},
		{"RFC 8415 section 8", "transaction id", m.TransactionID, uint32(0x10b3f2)},
		{"RFC 8415 section 21.2", "client id", string(m.ClientID), string(clientDUID)},
		{"RFC 8415 section 21.3", "server id", string(m.ServerID), string(serverDUID)},
		{"RFC 8415 section 21.4", "ia_na", m.IAs[0], IA{OptionIANA, 7, 5 * time.Minute, 8 * time.Minute, Status{}, wire.Span{Off: 40, Len: 82}}},
		{"RFC 8415 section 21.5", "ia_ta", m.IAs[1], IA{Kind: OptionIATA, ID: 8, Span: wire.Span{Off: 126, Len: 32}}},
		{"RFC 8415 section 21.21", "ia_pd", m.IAs[2], IA{Kind: OptionIAPD, ID: 9, Span: wire.Span{Off: 162, Len: 41}}},
		{"RFC 8415 section 21.6", "address", m.Addresses[0],
			Address{0, a("2001:db8::10"), 10 * time.Minute, 15 * time.Minute, Status{Success, "ok"}}},
		{"RFC 8415 section 21.6", "second address", m.Addresses[1], Address{IA: 0, Addr: a("2001:db8::11")}},
		{"RFC 8415 section 7.7", "infinity", m.Addresses[2], Address{1, a("2001:db8::99"), Infinite, Infinite, Status{}}},
		{"RFC 8415 section 21.22", "prefix", m.Prefixes[0],
			Prefix{2, netip.MustParsePrefix("2001:db8:0:100::/56"), 10 * time.Minute, 15 * time.Minute, Status{}}},
		{"RFC 8415 section 21.9", "elapsed time", m.Elapsed, 1500 * time.Millisecond},
		{"RFC 8415 section 21.13", "status", m.Status, Status{Success, "fine"}},
		{"RFC 8415 section 21.14", "rapid commit", m.RapidCommit, true},
		{"RFC 8415 section 21", "options kept", len(m.Options), 11},
		{"RFC 8415 section 21", "unknown option", string(m.Options[10].Data), "\x00\x00\x0e\x10"},
		{"RFC 8415 section 21", "options inside others", m.Has(OptionIAAddr), false},
	} {
		if c.got != c.want {
			t.Errorf("%s: %s = %v, want %v", c.ref, c.field, c.got, c.want)
		}
	}
	if want := []netip.Addr{a("2001:db8::53"), a("2001:db8::54")}; !slices.Equal(m.DNSServers, want) {
		t.Errorf("RFC 3646 section 3: dns servers = %v, want %v", m.DNSServers, want)
	}
	if want := []string{"example.net", "lan"}; !slices.Equal(m.Domains, want) {
		t.Errorf("RFC 3646 section 4: domains = %q, want %q", m.Domains, want)
	}
}

func TestParseEveryPrefix(t *testing.T) {
	forward := relay(RelayForw, 1, option(18, []byte("eth0")),
		option(OptionRelayMessage, relay(RelayForw, 0, option(OptionRelayMessage, reply()))), option(37, u32(1)))
	for _, good := range [][]byte{reply(), forward} {
		m, _ := Parse(good)
		wiretest.Prefixes(t, good, func(b []byte) error {
			_, err := Parse(b)
			return err
		}, m.endsAt)
	}
}

// endsAt reports whether the first n bytes of m are a message: no option is
// cut, and a relay message has what it is for.
func (m *Message) endsAt(n int) bool {
	if n == 4 && !m.Type.Relay() {
		return true
	}
	complete := !m.Type.Relay()
	for _, o := range m.Options {
		complete = complete || o.Code == OptionRelayMessage
		if o.Span.End() == n {
			return complete
		}
	}
	return false
}

func TestParseKeepsWhatItReadOfABadMessage(t *testing.T) {
	good := option(OptionServerID, serverDUID)
	for _, c := range []struct {
		ref  string
		bad  []byte
		text string
	}{
		{"RFC 8415 section 11.1: DUID without an identifier", option(OptionClientID, []byte{0, 3}),
			"dhcpv6: option client identifier: 3 bytes at offset 8: malformed"},
		{"RFC 8415 section 11.1: DUID of 129 bytes and its type", option(OptionClientID, make([]byte, 131)),
			"dhcpv6: option client identifier: 131 bytes at offset 8: malformed"},
		{"RFC 8415 section 21.4: IA_NA without T2", option(OptionIANA, u32(1, 2)),
			"dhcpv6: option t2: 4 bytes at offset 16: malformed"},
		{"RFC 8415 section 21.6: address without lifetimes", option(OptionIANA, u32(1, 2, 3), option(OptionIAAddr, ip("::1"))),
			"dhcpv6: option preferred lifetime: 4 bytes at offset 40: malformed"},
		{"RFC 8415 section 21.6: longer than the IA", option(OptionIATA, u32(1), []byte{0, 5, 0, 24, 1}),
			"dhcpv6: option option value: 24 bytes at offset 16: malformed"},
		{"RFC 8415 section 21.9: elapsed time of one byte", option(OptionElapsedTime, []byte{1}),
			"dhcpv6: option elapsed time: 2 bytes at offset 8: malformed"},
		{"RFC 8415 section 21.9: elapsed time of three bytes", option(OptionElapsedTime, []byte{1, 2, 3}),
			"dhcpv6: option length: 1 bytes at offset 10: malformed"},
		{"RFC 8415 section 21.13: status of one byte", option(OptionStatusCode, []byte{0}),
			"dhcpv6: option status code: 2 bytes at offset 8: malformed"},
		{"RFC 8415 section 21.14: rapid commit with a value", option(OptionRapidCommit, []byte{0}),
			"dhcpv6: option length: 1 bytes at offset 8: malformed"},
		{"RFC 8415 section 21.22: prefix length 129",
			option(OptionIAPD, u32(1, 2, 3), option(OptionIAPrefix, u32(1, 1), []byte{129}, ip("::"))),
			"dhcpv6: option prefix length: 1 bytes at offset 49: malformed"},
		{"RFC 3646 section 3: no dns server", option(OptionDNSServers),
			"dhcpv6: option dns server: 16 bytes at offset 8: malformed"},
		{"RFC 3646 section 3: half a dns server", option(OptionDNSServers, ip("::1"), u32(1, 2)),
			"dhcpv6: option dns server: 16 bytes at offset 24: malformed"},
		{"RFC 8415 section 10: compressed name", option(OptionDomainList, []byte("\x01a\xc0\x00")),
			"dhcpv6: option domain name: 192 bytes at offset 11: malformed"},
		{"RFC 8415 section 10: name without an end", option(OptionDomainList, []byte("\x01a")),
			"dhcpv6: option domain name: 1 bytes at offset 10: malformed"},
	} {
		m, err := Parse(message(Request, c.bad, good))
		if !errors.Is(err, wire.ErrMalformed) || err.Error() != c.text {
			t.Errorf("%s: error %v", c.ref, err)
		}
		if m.TransactionID != 0x10b3f2 || !m.Has(OptionServerID) || len(m.ServerID) != len(serverDUID) {
			t.Errorf("%s: %+v lacks what was good", c.ref, m)
		}
		if m.Has(m.Options[0].Code) {
			t.Errorf("%s: the message has it", c.ref)
		}
	}
}

func TestFirstOfRepeatedOptionsCounts(t *testing.T) {
	m, err := Parse(message(Request, option(OptionServerID, serverDUID), option(OptionServerID, clientDUID),
		option(OptionDNSServers, ip("::1")), option(OptionDNSServers, ip("::2"))))
	if err != nil || m.ServerID.Type() != DUIDLL || len(m.DNSServers) != 1 || len(m.Options) != 4 {
		t.Errorf("RFC 8415 section 21: server %v, dns servers %v, err %v", m.ServerID, m.DNSServers, err)
	}
}

func TestParseAgainForgets(t *testing.T) {
	var m Message
	for _, b := range [][]byte{relay(RelayRepl, 0, option(OptionRelayMessage, reply())), reply()} {
		if err := m.Parse(b); err != nil {
			t.Fatal(err)
		}
	}
	if err := m.Parse(message(Solicit)); err != nil {
		t.Fatal(err)
	}
	if m.Type != Solicit || m.Relayed != nil || m.ClientID != nil || m.RapidCommit || m.PeerAddr.IsValid() ||
		len(m.IAs)+len(m.Addresses)+len(m.Prefixes)+len(m.DNSServers)+len(m.Domains)+len(m.Options) != 0 {
		t.Errorf("left over: %+v", m)
	}
}

func FuzzParse(f *testing.F) {
	f.Add(reply())
	f.Add(message(Solicit, option(OptionClientID, clientDUID), option(OptionIANA, u32(1, 0, 0))))
	f.Add(relay(RelayForw, 0, option(OptionRelayMessage, reply())))
	f.Add(nested(hopLimit + 3))
	f.Fuzz(func(t *testing.T, b []byte) {
		m, err := Parse(b)
		var e *wire.Error
		if err != nil && (!errors.As(err, &e) || e.Span.Off < 0 || e.Span.Off > len(b)) {
			t.Errorf("error %v", err)
		}
		for in := &m; in != nil; in = in.Relayed {
			for _, o := range in.Options {
				if o.Span.Off < 0 || o.Span.End() > len(b) || !bytes.Equal(o.Data, b[o.Span.Off:o.Span.End()]) {
					t.Errorf("option %d at %v of %d bytes", o.Code, o.Span, len(b))
				}
			}
		}
		for _, fact := range m.Facts() {
			if fact.Span.Off < 0 || fact.Span.Len == 0 || fact.Span.End() > len(b) {
				t.Errorf("%s at %v of %d bytes", fact.Name, fact.Span, len(b))
			}
		}
		Looks(b)
	})
}

func BenchmarkParse(b *testing.B) {
	data := reply()
	var m Message
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if err := m.Parse(data); err != nil {
			b.Fatal(err)
		}
	}
}
