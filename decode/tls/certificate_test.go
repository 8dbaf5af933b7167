package tls

import (
	"bytes"
	"crypto/ed25519"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"math/big"
	"net"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/cryptobyte"

	"github.com/pktjourney/pktjourney/decode/flow"
	"github.com/pktjourney/pktjourney/decode/wire/wiretest"
)

// issued is a certificate for subject and names, from an issuer named "Example CA".
func issued(subject string, names []string, ips ...net.IP) []byte {
	key := ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize))
	zone := time.FixedZone("", 9*60*60)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: subject}, DNSNames: names, IPAddresses: ips,
		NotBefore: time.Date(2026, 1, 1, 8, 0, 0, 0, zone), NotAfter: time.Date(2050, 12, 31, 23, 59, 59, 0, time.UTC),
	}
	issuer := &x509.Certificate{SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: "Example CA"}}
	der, err := x509.CreateCertificate(nil, template, issuer, key.Public(), key)
	if err != nil {
		panic(err)
	}
	return der
}

// certificate12 is a Certificate message with a list of certificates.
func certificate12(list ...[]byte) []byte {
	b := cryptobyte.NewBuilder(nil)
	b.AddUint24LengthPrefixed(func(b *cryptobyte.Builder) {
		for _, der := range list {
			b.AddUint24LengthPrefixed(func(b *cryptobyte.Builder) { b.AddBytes(der) })
		}
	})
	return message(TypeCertificate, b.BytesOrPanic()...)
}

// certificate13 is the same in the form of TLS 1.3, with a stapled OCSP response of two bytes each.
func certificate13(context []byte, list ...[]byte) []byte {
	b := cryptobyte.NewBuilder(nil)
	b.AddUint8LengthPrefixed(func(b *cryptobyte.Builder) { b.AddBytes(context) })
	b.AddUint24LengthPrefixed(func(b *cryptobyte.Builder) {
		for _, der := range list {
			b.AddUint24LengthPrefixed(func(b *cryptobyte.Builder) { b.AddBytes(der) })
			extensions(b, []ext{{5, []byte{1, 2}}})
		}
	})
	return message(TypeCertificate, b.BytesOrPanic()...)
}

const validity = "2025-12-31T23:00:00Z to 2050-12-31T23:59:59Z"

func (x *Certificate) show() string {
	if x == nil {
		return "none"
	}
	return fmt.Sprintf("%q %q by %q, %s to %s", x.Subject, x.Names, x.Issuer, x.NotBefore.Format(time.RFC3339), x.NotAfter.Format(time.RFC3339))
}

func TestParseCertificate(t *testing.T) {
	leaf := issued("www.example.com", []string{"www.example.com", "*.example.net"}, net.IPv4(192, 0, 2, 1), net.ParseIP("2001:db8::1"))
	shown := `"www.example.com" ["www.example.com" "*.example.net" "192.0.2.1" "2001:db8::1"] by "Example CA", ` + validity
	long := strings.Repeat("a", maxNameLen+1)
	for _, c := range []struct {
		reason, ref string
		b           []byte
		is13        bool
		want        string
		bad         bool
	}{
		{"TLS 1.2", "RFC 5246 section 7.4.2", certificate12(leaf), false, shown, false},
		{"a chain", "RFC 5246 section 7.4.2", certificate12(leaf, issued("Example CA", nil)), false, shown, false},
		{"TLS 1.3", "RFC 8446 section 4.4.2", certificate13(nil, leaf), true, shown, false},
		{"a context, and a chain", "RFC 8446 section 4.4.2", certificate13([]byte("context"), leaf, leaf), true, shown, false},
		{"no certificate", "RFC 5246 section 7.4.6", certificate12(), false, "none", false},
		{"no certificate in TLS 1.3", "RFC 8446 section 4.4.2", certificate13(nil), true, "none", false},
		{"no common name", "RFC 5280 section 4.1.2.6", certificate12(issued("", []string{"a.example"})), false, `"" ["a.example"] by "Example CA", ` + validity, false},
		{"names too long", "RFC 1035 section 2.3.4", certificate12(issued(long, []string{long, "a.example"})), false, `"" ["a.example"] by "Example CA", ` + validity, false},
		{"a hostile name stays as it is", "RFC 5280 section 4.1.2.4", certificate12(issued("\x1b[2J\n한글", nil)), false, `"\x1b[2J\n한글" [] by "Example CA", ` + validity, false},
		{"no DER", "RFC 5280 section 4.1", certificate12([]byte("no certificate")), false, "none", true},
		{"bytes after the certificate", "RFC 5280 section 4.1", certificate12(append(bytes.Clone(leaf), 0)), false, "none", true},
		{"the form of another version", "RFC 8446 section 4.4.2", certificate12(leaf), true, "none", true},
		{"another message", "RFC 5246 section 7.4", message(TypeServerHelloDone), false, "none", true},
	} {
		x, err := ParseCertificate(c.b, c.is13)
		if got := x.show(); got != c.want || (err != nil) != c.bad {
			t.Errorf("%s (%s): %s, %v; want %s", c.reason, c.ref, got, err, c.want)
		}
	}
}

func TestParseCertificatePrefixes(t *testing.T) {
	leaf := issued("www.example.com", []string{"www.example.com"})
	for _, is13 := range []bool{false, true} {
		good, front := certificate12(leaf, leaf), handshakeHeaderLen+3+3
		if is13 {
			good, front = certificate13([]byte("context"), leaf), front+1+len("context")
		}
		wiretest.Prefixes(t, good, func(b []byte) error { _, err := ParseCertificate(b, is13); return err },
			func(n int) bool { return n >= front+len(leaf) })
	}
}

func TestCertificateNamesAreBounded(t *testing.T) {
	var names []string
	for i := range maxNames + 1 {
		names = append(names, fmt.Sprintf("n%d.example", i))
	}
	x, err := ParseCertificate(certificate12(issued("", names, net.IPv4(192, 0, 2, 1))), false)
	if err != nil || len(x.Names) != maxNames {
		t.Errorf("%s, %v", x.show(), err)
	}
}

func TestCertificateFacts(t *testing.T) {
	leaf := issued("www.example.com", []string{"www.example.com", "example.com"})
	told := func(side string) string {
		return strings.ReplaceAll("tls.SIDE.x509.subject.common_name=www.example.com; tls.SIDE.x509.alternative_names=www.example.com, example.com; "+
			"tls.SIDE.x509.issuer.common_name=Example CA; tls.SIDE.not_before=2025-12-31T23:00:00Z; tls.SIDE.not_after=2050-12-31T23:59:59Z; ", "SIDE", side)
	}
	for _, c := range []struct {
		reason, ref string
		dir         flow.Dir
		message     []byte
		want        string
	}{
		{"the server's", "RFC 5246 section 7.4.2", sv, certificate12(leaf), told("server")},
		{"the client's", "RFC 5246 section 7.4.6", cl, certificate12(leaf), told("client")},
		{"a chain longer than what is kept", "RFC 5246 section 7.4.2", sv, certificate12(leaf, make([]byte, 2*maxCertificate)), told("server")},
		{"a certificate longer than what is kept", "RFC 5246 section 7.4.2", sv, certificate12(make([]byte, maxCertificate)), ""},
		{"no certificate", "RFC 5246 section 7.4.6", cl, certificate12(), ""},
		{"no DER", "RFC 5280 section 4.1", sv, certificate12([]byte{0x30, 0x80}), ""},
	} {
		var conn Conn
		frame(&conn, cl, rec(TypeHandshake, clientHello(nil, noTicket)...))
		frame(&conn, sv, rec(TypeHandshake, serverHello(nil, 0xc02f)...))
		rest, got := c.message, ""
		for len(rest) > 0 { // each record is a frame of its own
			n := min(len(rest), 500)
			if got != "" && strings.Contains(got, "x509") {
				t.Errorf("%s (%s): told before the message was complete", c.reason, c.ref)
			}
			got = text(frame(&conn, c.dir, rec(TypeHandshake, rest[:n]...)))
			rest = rest[n:]
		}
		if !strings.HasPrefix(got, c.want+"tls.records=") || !strings.HasSuffix(got, "handshake=certificate}") {
			t.Errorf("%s (%s): %s", c.reason, c.ref, got)
		}
		if got := text(frame(&conn, c.dir, rec(TypeHandshake, certificate12()...))); strings.Contains(got, "x509") {
			t.Errorf("%s (%s): told again: %s", c.reason, c.ref, got)
		}
	}
}

// Without a hello nobody knows whose certificate it is.
func TestCertificateOfAnUnknownSide(t *testing.T) {
	var c Conn
	got := text(frame(&c, sv, rec(TypeHandshake, certificate12(issued("www.example.com", nil))...)))
	if strings.Contains(got, "x509") {
		t.Error(got)
	}
}

func TestCertificateInsideTLS13(t *testing.T) {
	chunks, secrets := talk(t, tls.VersionTLS13, tls.TLS_AES_128_GCM_SHA256)
	for _, keys := range []bool{false, true} {
		var c Conn
		if keys {
			c.Secrets = secrets.Find
		}
		var all string
		for _, ch := range chunks {
			all += text(frame(&c, ch.dir, ch.b)) + "\n"
		}
		if strings.Count(all, "tls.server.not_after=") != map[bool]int{true: 1}[keys] || strings.Contains(all, "tls.client.not_after") {
			t.Errorf("keys %v: %s", keys, all)
		}
	}
}
