package tls

import (
	"fmt"
	"strings"
	"testing"

	"github.com/pktjourney/pktjourney/decode/fact"
	"github.com/pktjourney/pktjourney/decode/flow"
)

// frame feeds b and gives the facts of the records that end in it.
func frame(c *Conn, dir flow.Dir, b []byte) fact.List {
	var records []Record
	for _, p := range c.Data(dir, b, nil) {
		if p.End {
			records = append(records, p.Record)
		}
	}
	return c.AppendFacts(nil, records, new(Known))
}

// text writes a list like "name=value name=value".
func text(l fact.List) string {
	var words []string
	for _, f := range l {
		value := f.Value.String()
		if f.Value.Kind() == fact.KindObjects {
			var objects []string
			for _, o := range f.Value.Objects() {
				objects = append(objects, "{"+text(o)+"}")
			}
			value = strings.Join(objects, " ")
		}
		words = append(words, fmt.Sprintf("%v=%s", f.Name, value))
	}
	return strings.Join(words, "; ")
}

func TestFacts(t *testing.T) {
	var c Conn
	hello := clientHello(nil, serverName, alpn, client13)
	answer := serverHello(nil, 0x1302, server13, serverPSK)
	for _, s := range []struct {
		ref  string
		dir  flow.Dir
		b    []byte
		want string
	}{
		{"a record that does not end here says nothing", cl, rec(TypeHandshake, hello...)[:20], ""},
		{"RFC 8446 section 4.1.2", cl, rec(TypeHandshake, hello...)[20:],
			"tls.client.server_name=www.example.com; tls.client.next_protocols=h2, http/1.1; tls.client.supported_versions=1.3, 1.2; " +
				"tls.records={type=handshake; version=1.2; length=104; handshake=client_hello}"},
		{"RFC 8446 section 4.1.3", sv, join(rec(TypeHandshake, answer...), rec(TypeChangeCipherSpec, 1), recN(TypeApplicationData, 23)),
			"tls.version=1.3; tls.cipher=TLS_AES_256_GCM_SHA384; tls.resumed=true; " +
				"tls.records={type=handshake; version=1.2; length=56; handshake=server_hello} {type=change_cipher_spec; version=1.2; length=1} {type=application_data; version=1.2; length=23}"},
		{"RFC 8446 section 6.2", sv, rec(TypeAlert, 2, 40),
			"tls.alert=fatal handshake_failure; tls.records={type=alert; version=1.2; length=2}"},
	} {
		if got := text(frame(&c, s.dir, s.b)); got != s.want {
			t.Errorf("%s: got\n%s\nwant\n%s", s.ref, got, s.want)
		}
	}
}

func TestFactsOfTLS12(t *testing.T) {
	var c Conn
	frame(&c, cl, rec(TypeHandshake, clientHello(nil, noTicket)...))
	got := text(frame(&c, sv, rec(TypeHandshake, join(serverHello(nil, 0xc030, ext{extensionALPN, []byte{0, 3, 2, 'h', '2'}}), message(TypeServerHelloDone))...)))
	want := "tls.version=1.2; tls.cipher=TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384; tls.next_protocol=h2; tls.resumed=false; " +
		"tls.records={type=handshake; version=1.2; length=57; handshake=server_hello, server_hello_done}"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	frame(&c, cl, rec(TypeChangeCipherSpec, 1))
	got = text(frame(&c, cl, join(recN(TypeHandshake, 40), recN(TypeAlert, 26))))
	want = "tls.records={type=handshake; version=1.2; length=40; handshake=encrypted_handshake_message} {type=alert; version=1.2; length=26}"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestNames(t *testing.T) {
	for _, c := range []struct {
		got  fmt.Stringer
		want string
	}{
		{VersionTLS10, "1.0"}, {VersionTLS13, "1.3"}, {VersionSSL30, "SSL 3.0"}, {VersionSSL20, "SSL 2.0"}, {Version(0x9a9a), "0x9a9a"},
		{CipherSuite(0x1301), "TLS_AES_128_GCM_SHA256"}, {CipherSuite(0xcca8), "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"}, {CipherSuite(0xfafa), "0xFAFA"},
		{HandshakeType(25), "compressed_certificate"}, {HandshakeType(7), "7"}, {TypeEncrypted, "encrypted_handshake_message"},
		{ContentType(26), "26"}, {TypeHeartbeat, "heartbeat"}, {Heartbeat, "heartbeat"}, {Unknown, "unknown"},
		{Alert{1, 0}, "warning close_notify"}, {Alert{2, 200}, "fatal 200"},
	} {
		if c.got.String() != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
}
