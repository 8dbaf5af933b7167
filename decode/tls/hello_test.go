package tls

import (
	"bytes"
	"errors"
	"reflect"
	"testing"

	"github.com/pktjourney/pktjourney/decode/wire"
	"github.com/pktjourney/pktjourney/decode/wire/wiretest"
)

var (
	fullClientHello = clientHello([]byte("session"), serverName, alpn, client13, keyShare, ticket, early, clientPSK,
		ext{extensionECH, []byte{0}}, ext{0x3a3a, nil})
	fullServerHello = serverHello([]byte("session"), 0x1302, server13, serverPSK)
)

func TestParseClientHello(t *testing.T) {
	got, err := ParseClientHello(fullClientHello)
	if err != nil {
		t.Fatal(err)
	}
	if s := got.serverNameSpan; string(fullClientHello[s.Off:s.End()]) != "www.example.com" {
		t.Errorf("server name's span %v", s)
	}
	got.serverNameSpan = wire.Span{}
	want := ClientHello{
		Version:           VersionTLS12,
		SupportedVersions: []Version{0x2a2a, VersionTLS13, VersionTLS12},
		Random:            [32]byte(bytes.Repeat([]byte("C"), 32)),
		SessionID:         []byte("session"),
		CipherSuites:      []CipherSuite{0x1a1a, 0x1301, 0xc02f},
		ServerName:        "www.example.com",
		ALPN:              []string{"h2", "http/1.1"},
		KeyShareGroups:    []uint16{29},
		EarlyData:         true, PSK: true, Ticket: true, ECH: true,
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

func TestParseClientHelloVariants(t *testing.T) {
	for _, c := range []struct {
		reason, ref string
		bytes       []byte
		check       func(h ClientHello) bool
	}{
		{"no extensions", "RFC 5246 section 7.4.1.2", clientHello(nil),
			func(h ClientHello) bool { return h.ServerName == "" && len(h.CipherSuites) == 3 && !h.offers13() }},
		{"an empty ticket offers none", "RFC 5077 section 3.2", clientHello(nil, noTicket),
			func(h ClientHello) bool { return !h.Ticket }},
		{"of two host names the first counts", "RFC 6066 section 3",
			clientHello(nil, ext{extensionServerName, []byte{0, 8, 0, 0, 1, 'a', 0, 0, 1, 'b'}}),
			func(h ClientHello) bool { return h.ServerName == "a" }},
		{"a name of an unknown type", "RFC 6066 section 3",
			clientHello(nil, ext{extensionServerName, []byte{0, 4, 7, 0, 1, 'a'}}),
			func(h ClientHello) bool { return h.ServerName == "" }},
		{"a draft of TLS 1.3", "RFC 8446 section 4.2.1",
			clientHello(nil, ext{extensionSupportedVersions, []byte{2, 0x7f, 28}}),
			func(h ClientHello) bool { return h.offers13() && h.SupportedVersions[0].String() == "1.3 draft 28" }},
	} {
		h, err := ParseClientHello(c.bytes)
		if err != nil || !c.check(h) {
			t.Errorf("%s (%s): %+v, %v", c.reason, c.ref, h, err)
		}
	}
}

func TestParseServerHello(t *testing.T) {
	draft18 := join([]byte{byte(TypeServerHello), 0, 0, 38, 0x7f, 18}, bytes.Repeat([]byte{'S'}, 32), []byte{0x13, 1, 0, 0})
	for _, c := range []struct {
		reason, ref string
		bytes       []byte
		want        ServerHello
	}{
		{"TLS 1.3 with a key of before", "RFC 8446 section 4.1.3", fullServerHello,
			ServerHello{Version: VersionTLS13, CipherSuite: 0x1302, SessionID: []byte("session"), PSK: true}},
		{"TLS 1.2 with ALPN", "RFC 7301 section 3.1", serverHello(nil, 0xc02f, ext{extensionALPN, []byte{0, 3, 2, 'h', '2'}}),
			ServerHello{Version: VersionTLS12, CipherSuite: 0xc02f, SessionID: []byte{}, ALPN: "h2"}},
		{"no extensions", "RFC 5246 section 7.4.1.3", serverHello(nil, 0x002f),
			ServerHello{Version: VersionTLS12, CipherSuite: 0x002f, SessionID: []byte{}}},
		{"HelloRetryRequest", "RFC 8446 section 4.1.4", helloRetry(),
			ServerHello{Version: VersionTLS13, CipherSuite: 0x1301, SessionID: []byte{}, HelloRetry: true}},
		{"a draft that says so in legacy_version", "draft-ietf-tls-tls13-18 section 4.1.3", draft18,
			ServerHello{Version: 0x7f12, CipherSuite: 0x1301}},
	} {
		got, err := ParseServerHello(c.bytes)
		if s := got.cipherSpan; err != nil || CipherSuite(c.bytes[s.Off])<<8|CipherSuite(c.bytes[s.Off+1]) != c.want.CipherSuite {
			t.Errorf("%s (%s): cipher's span %v, %v", c.reason, c.ref, s, err)
		}
		c.want.Random = got.Random
		got.cipherSpan, got.versionSpan = wire.Span{}, wire.Span{}
		if !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s (%s): got  %+v\nwant %+v", c.reason, c.ref, got, c.want)
		}
	}
}

func TestParseHelloPrefixes(t *testing.T) {
	wiretest.Prefixes(t, fullClientHello, func(b []byte) error { _, err := ParseClientHello(b); return err }, nil)
	wiretest.Prefixes(t, fullServerHello, func(b []byte) error { _, err := ParseServerHello(b); return err }, nil)
}

func TestParseHelloRefuses(t *testing.T) {
	if _, err := ParseClientHello(fullServerHello); !errors.Is(err, wire.ErrMalformed) {
		t.Errorf("a ServerHello as ClientHello: %v", err)
	}
	bad := clientHello(nil, serverName, ext{extensionALPN, []byte{0, 9, 2, 'h', '2'}}, client13)
	h, err := ParseClientHello(bad)
	if !errors.Is(err, wire.ErrShort) || h.ServerName != "www.example.com" || h.SupportedVersions != nil {
		t.Errorf("a broken extension: %+v, %v", h, err)
	}
}

func FuzzParse(f *testing.F) {
	for _, b := range [][]byte{fullClientHello, fullServerHello, clientHello(nil), helloRetry(), nil,
		certificate12(issued("www.example.com", []string{"example.com"})), certificate13(nil, issued("", nil))} {
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		for _, is13 := range []bool{false, true} {
			if x, _ := ParseCertificate(b, is13); x != nil && len(x.Names) > maxNames {
				t.Errorf("%d names", len(x.Names))
			}
		}
		h, err := ParseClientHello(b)
		if s := h.serverNameSpan; err == nil && string(b[s.Off:s.End()]) != h.ServerName {
			t.Errorf("server name %q has span %v", h.ServerName, s)
		}
		s, err := ParseServerHello(b)
		if err == nil && (s.cipherSpan.End() > len(b) || s.versionSpan.End() > len(b)) {
			t.Errorf("spans %v %v outside", s.cipherSpan, s.versionSpan)
		}
	})
}

func BenchmarkParseClientHello(b *testing.B) {
	b.SetBytes(int64(len(fullClientHello)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := ParseClientHello(fullClientHello); err != nil {
			b.Fatal(err)
		}
	}
}
