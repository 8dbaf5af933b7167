package tls

import (
	"bytes"
	"errors"
	"slices"
	"testing"

	"github.com/pktjourney/pktjourney/decode/wire"
)

// oldClientHello offers no cipher suite at all, which suffices for most tests.
var oldClientHello = []byte{0x80, 9, 1, 3, 1, 0, 0, 0, 0, 0, 0}

// oldHelloOf is a ClientHello in the form of SSL 2.0 with two cipher suites of TLS and one of SSL 2.0.
func oldHelloOf(version Version, session, challenge string) []byte {
	suites := []byte{0, 0, 0x2f, 1, 0, 0x80, 0, 0, 0xff}
	body := []byte{1, byte(version >> 8), byte(version), 0, byte(len(suites)), 0, byte(len(session)), 0, byte(len(challenge))}
	body = append(append(append(body, suites...), session...), challenge...)
	return append([]byte{0x80, byte(len(body))}, body...)
}

// A ClientHello in the form of SSL 2.0 says which version the client wants, with which suites, and
// has a random value of another length (RFC 5246 appendix E.2).
func TestOldClientHello(t *testing.T) {
	for _, c := range []struct {
		reason, challenge, random string
		version                   Version
	}{
		{"SSL 2.0 itself", "0123456789abcdef", "\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x000123456789abcdef", VersionSSL20},
		{"as long as in TLS", "0123456789abcdef0123456789ABCDEF", "0123456789abcdef0123456789ABCDEF", VersionTLS10},
		{"longer than in TLS", "xx0123456789abcdef0123456789ABCDEF", "0123456789abcdef0123456789ABCDEF", VersionTLS12},
	} {
		record := oldHelloOf(c.version, "id", c.challenge)
		for cut := range record {
			var conn Conn
			parts := append(conn.Data(cl, record[:cut], nil), conn.Data(cl, record[cut:], nil)...)
			h, last := conn.ClientHello(), parts[len(parts)-1]
			if h == nil || h.Version != c.version || string(h.Random[:]) != c.random || string(h.SessionID) != "id" ||
				!slices.Equal(h.CipherSuites, []CipherSuite{0x002f, 0x00ff}) {
				t.Fatalf("%s, cut at %d: %+v", c.reason, cut, h)
			}
			if last.Err != nil || !last.End || last.Record.Version != VersionSSL20 || last.Record.Length != len(record)-2 ||
				!slices.Equal(last.Handshakes, []HandshakeType{TypeClientHello}) {
				t.Fatalf("%s, cut at %d: %+v", c.reason, cut, last)
			}
		}
	}
}

func TestOldClientHelloThatLies(t *testing.T) {
	short := bytes.Clone(oldClientHello)
	short[10] = 200 // bytes of challenge
	var c Conn
	if p := c.Data(cl, short, nil)[0]; !errors.Is(p.Err, wire.ErrShort) || c.ClientHello().Version != VersionTLS10 {
		t.Errorf("%v, %+v", p.Err, c.ClientHello())
	}
}

func TestOldClientHelloWithAHole(t *testing.T) {
	var c Conn
	record := oldHelloOf(VersionTLS10, "", "0123456789abcdef")
	c.Data(cl, record[:15], nil)
	c.Gap(cl, 5, nil)
	parts := c.Data(cl, record[20:], nil)
	if h := c.ClientHello(); !errors.Is(parts[0].Err, wire.ErrShort) || h.Version != VersionTLS10 || h.CipherSuites != nil {
		t.Errorf("%v, %+v", parts[0].Err, h)
	}
}
