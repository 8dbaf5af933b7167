package dhcp

import (
	"encoding/binary"
	"errors"
	"net/netip"
	"slices"
	"testing"
	"time"

	"github.com/pktjourney/pktjourney/decode/wire"
	"github.com/pktjourney/pktjourney/decode/wire/wiretest"
)

// message builds a reply from a server with the given bytes after the cookie.
func message(options ...byte) []byte {
	b := make([]byte, 236, 236+4+len(options))
	copy(b, []byte{
		2, 1, 6, 1, // op reply, htype Ethernet, hlen, hops
		0xaf, 0x31, 0x93, 0x7b, // xid
		0, 7, 0x80, 0, // secs, flags with BROADCAST
		192, 0, 2, 9, // ciaddr
		192, 0, 2, 10, // yiaddr
		192, 0, 2, 2, // siaddr
		192, 0, 2, 3, // giaddr
		2, 0, 0, 0, 0, 1, // chaddr
	})
	copy(b[44:], "boot.example")
	copy(b[108:], "pxe.0")
	b = binary.BigEndian.AppendUint32(b, magic)
	return append(b, options...)
}

// ack has every option that Message has a field for.
func ack() []byte {
	return message(
		53, 1, 5, // message type ack
		54, 4, 192, 0, 2, 1, // server identifier
		51, 4, 0, 0, 2, 88, // lease time 600 s
		58, 4, 0, 0, 1, 44, // T1 300 s
		59, 4, 0, 0, 2, 13, // T2 525 s
		0, 0, // pad
		1, 4, 255, 255, 255, 0, // subnet mask
		3, 4, 192, 0, 2, 1, // router
		6, 8, 192, 0, 2, 53, 198, 51, 100, 53, // dns servers
		15, 12, 'e', 'x', 'a', 'm', 'p', 'l', 'e', '.', 'n', 'e', 't', 0, // domain with a NUL
		12, 2, 'p', 'c', // host name
		50, 4, 192, 0, 2, 10, // requested address
		55, 3, 1, 3, 6, // parameter list
		56, 2, 'o', 'k', // message
		57, 2, 5, 220, // maximum message size 1500
		60, 4, 'u', 'd', 'h', 'c', // vendor class
		61, 7, 1, 2, 0, 0, 0, 0, 1, // client identifier
		224, 2, 0xde, 0xad, // of no standard
		255,
	)
}

func TestParseReadsEveryField(t *testing.T) {
	m, err := Parse(ack())
	if err != nil {
		t.Fatal(err)
	}
	a := netip.MustParseAddr
	for _, c := range []struct {
		ref, field string
		got, want  any
	}{
		{"RFC 2131 section 2", "op", m.Op, BootReply},
		{"RFC 2131 section 2", "htype", m.HType, uint8(1)},
		{"RFC 2131 section 2", "hops", m.Hops, uint8(1)},
		{"RFC 2131 section 2", "xid", m.XID, uint32(0xaf31937b)},
		{"RFC 2131 section 2", "secs", m.Elapsed, 7 * time.Second},
		{"RFC 2131 section 2, figure 2", "flags", m.Broadcast, true},
		{"RFC 2131 section 2", "ciaddr", m.ClientIP, a("192.0.2.9")},
		{"RFC 2131 section 2", "yiaddr", m.YourIP, a("192.0.2.10")},
		{"RFC 2131 section 2", "siaddr", m.NextServerIP, a("192.0.2.2")},
		{"RFC 2131 section 2", "giaddr", m.RelayIP, a("192.0.2.3")},
		{"RFC 2131 section 2", "chaddr", m.ClientMAC.String(), "02-00-00-00-00-01"},
		{"RFC 2131 section 2", "sname", m.ServerName, "boot.example"},
		{"RFC 2131 section 2", "file", m.BootFile, "pxe.0"},
		{"RFC 2132 section 9.6", "message type", m.Type, Ack},
		{"RFC 2132 section 9.7", "server identifier", m.ServerID, a("192.0.2.1")},
		{"RFC 2132 section 9.2", "lease time", m.LeaseTime, 10 * time.Minute},
		{"RFC 2132 section 9.11", "renewal time", m.RenewalTime, 5 * time.Minute},
		{"RFC 2132 section 9.12", "rebinding time", m.RebindingTime, 525 * time.Second},
		{"RFC 2132 section 3.3", "subnet mask", m.SubnetMask, a("255.255.255.0")},
		{"RFC 2132 section 3.17", "domain", m.Domain, "example.net"},
		{"RFC 2132 section 3.14", "host name", m.Hostname, "pc"},
		{"RFC 2132 section 9.1", "requested address", m.RequestedIP, a("192.0.2.10")},
		{"RFC 2132 section 9.9", "message", m.Text, "ok"},
		{"RFC 2132 section 9.10", "maximum message size", m.MaxMessageSize, uint16(1500)},
		{"RFC 2132 section 9.13", "vendor class", m.VendorClass, "udhc"},
		{"RFC 2132 section 9.14", "client identifier", string(m.ClientID), "\x01\x02\x00\x00\x00\x00\x01"},
		{"RFC 2132 section 9.8", "parameter list", string(m.ParameterList), "\x01\x03\x06"},
		{"RFC 2132 section 2", "options kept", len(m.Options), 17},
		{"RFC 2132 section 2", "unknown option", string(m.Options[16].Data), "\xde\xad"},
	} {
		if c.got != c.want {
			t.Errorf("%s: %s = %v, want %v", c.ref, c.field, c.got, c.want)
		}
	}
	if want := []netip.Addr{a("192.0.2.1")}; !slices.Equal(m.Routers, want) {
		t.Errorf("RFC 2132 section 3.5: routers = %v, want %v", m.Routers, want)
	}
	if want := []netip.Addr{a("192.0.2.53"), a("198.51.100.53")}; !slices.Equal(m.DNSServers, want) {
		t.Errorf("RFC 2132 section 3.8: dns servers = %v, want %v", m.DNSServers, want)
	}
}

func TestParseEveryPrefix(t *testing.T) {
	wiretest.Prefixes(t, ack(), func(b []byte) error {
		_, err := Parse(b)
		return err
	}, nil)
}

func TestParseBOOTP(t *testing.T) {
	for _, c := range []struct {
		ref  string
		b    []byte
		kind MessageType
	}{
		{"RFC 951 section 3: vendor area without a cookie", make([]byte, 300), BOOTP},
		{"RFC 1534 section 2: a BOOTP client with the vendor fields of RFC 1497", message(12, 2, 'p', 'c', 255), BOOTP},
		{"RFC 1533 section 2: options, none of them 53", message(1, 4, 255, 255, 255, 0, 255), BOOTP},
		{"RFC 2132 section 9.6: option 53 makes it DHCP", message(53, 1, 1, 255), Discover},
	} {
		if m, err := Parse(c.b); err != nil || m.Type != c.kind {
			t.Errorf("%s: type %v, err %v", c.ref, m.Type, err)
		}
	}
}

func TestParseKeepsWhatItReadOfABadMessage(t *testing.T) {
	long := message(53, 1, 3, 255)
	long[2] = 240
	for _, c := range []struct {
		ref  string
		b    []byte
		want error
		text string
	}{
		{"RFC 2131 section 2: hlen beyond chaddr", long, wire.ErrMalformed,
			"dhcp: hlen: 16 bytes at offset 28: malformed"},
		{"RFC 2131 section 4.1: no end option", message(53, 1, 3), wire.ErrShort,
			"dhcp: end option: 1 bytes at offset 243: message ends"},
		{"RFC 2132 section 9.2: lease time of three bytes", message(51, 3, 0, 0, 1, 53, 1, 3, 255), wire.ErrMalformed,
			"dhcp: option lease time: 3 bytes at offset 242: malformed"},
		{"RFC 2132 section 9.2: lease time of five bytes", message(51, 5, 0, 0, 1, 0, 0, 53, 1, 3, 255), wire.ErrMalformed,
			"dhcp: option length: 5 bytes at offset 242: malformed"},
		{"RFC 2132 section 3.5: no router", message(3, 0, 53, 1, 3, 255), wire.ErrMalformed,
			"dhcp: option router: 0 bytes at offset 242: malformed"},
		{"RFC 2132 section 3.8: one and a half dns servers", message(6, 6, 1, 2, 3, 4, 5, 6, 53, 1, 3, 255), wire.ErrMalformed,
			"dhcp: option dns server: 6 bytes at offset 242: malformed"},
		{"RFC 2132 section 3.14: empty host name", message(53, 1, 3, 12, 0, 255), wire.ErrMalformed,
			"dhcp: option host name: 0 bytes at offset 245: malformed"},
		{"RFC 2132 section 9.3: overload 4", message(52, 1, 4, 53, 1, 3, 255), wire.ErrMalformed,
			"dhcp: option overload: 1 bytes at offset 242: malformed"},
		{"RFC 2132 section 9.8: empty parameter list", message(55, 0, 53, 1, 3, 255), wire.ErrMalformed,
			"dhcp: option parameter list: 0 bytes at offset 242: malformed"},
		{"RFC 2132 section 9.14: client identifier of one byte", message(61, 1, 1, 53, 1, 3, 255), wire.ErrMalformed,
			"dhcp: option client identifier: 1 bytes at offset 242: malformed"},
	} {
		m, err := Parse(c.b)
		if !errors.Is(err, c.want) || err.Error() != c.text {
			t.Errorf("%s: error %v", c.ref, err)
		}
		if m.XID != 0xaf31937b || m.Type != Request {
			t.Errorf("%s: xid %#x and type %v, which were good", c.ref, m.XID, m.Type)
		}
	}
}

func TestParseAgainForgets(t *testing.T) {
	var m Message
	if err := m.Parse(ack()); err != nil {
		t.Fatal(err)
	}
	if err := m.Parse(message(53, 1, 6, 255)); err != nil {
		t.Fatal(err)
	}
	if m.Type != Nak || len(m.Routers) != 0 || m.Has(OptionLeaseTime) || m.Hostname != "" || len(m.Options) != 1 {
		t.Errorf("left over: %+v", m)
	}
}

func TestLooks(t *testing.T) {
	change := func(at int, v byte) []byte {
		b := ack()
		b[at] = v
		return b
	}
	for _, c := range []struct {
		reason string
		b      []byte
		want   bool
	}{
		{"an ack", ack(), true},
		{"op of neither side", change(0, 3), false},
		{"no hardware type", change(1, 0), false},
		{"hlen beyond chaddr", change(2, 17), false},
		{"too many hops", change(3, 17), false},
		{"another cookie", change(236, 0), false},
		{"ends in the cookie", ack()[:239], false},
		{"empty", nil, false},
	} {
		if got := Looks(c.b); got != c.want {
			t.Errorf("%s: %v", c.reason, got)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(ack())
	f.Add(message(52, 1, 3, 53, 1, 1, 255))
	f.Add(message(12, 1, 'a', 53, 1, 1, 12, 1, 'b', 255))
	f.Add(network())
	f.Add(make([]byte, 300))
	f.Fuzz(func(t *testing.T, b []byte) {
		m, err := Parse(b)
		var e *wire.Error
		if err != nil && (!errors.As(err, &e) || e.Span.Off > len(b)) {
			t.Errorf("error %v", err)
		}
		for _, o := range m.Options {
			if o.Span.Off < 0 || o.Span.End() > len(b) {
				t.Errorf("option %d at %v of %d bytes", o.Code, o.Span, len(b))
			}
		}
		for _, fact := range m.Facts() {
			if fact.Span.Off < 0 || fact.Span.End() > len(b) {
				t.Errorf("%s at %v of %d bytes", fact.Name, fact.Span, len(b))
			}
		}
	})
}

func BenchmarkParse(b *testing.B) {
	data := ack()
	var m Message
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if err := m.Parse(data); err != nil {
			b.Fatal(err)
		}
	}
}
