package tls

import (
	"strings"
	"testing"

	"github.com/pktjourney/pktjourney/decode/flow"
)

// said feeds one frame and gives its facts without the records, which stand last.
func said(c *Conn, dir flow.Dir, b ...byte) string {
	before, _, _ := strings.Cut(text(frame(c, dir, b)), "tls.records=")
	return strings.TrimSuffix(before, "; ")
}

// A client that hides the name it wants, or pretends to, is noticed; the name that it shows is the outer one.
func TestEncryptedClientHello(t *testing.T) {
	for _, c := range []struct {
		reason, ref string
		extensions  []ext
		want        string
	}{
		{"hidden", "RFC 9849 section 5", []ext{serverName, {extensionECH, []byte{0, 0, 1, 0, 1, 7, 0, 0, 0, 1, 9}}},
			"tls.client.server_name=www.example.com; tls.client.encrypted_client_hello=true"},
		{"as GREASE looks", "RFC 9849 section 6.2", []ext{{extensionECH, []byte{0}}}, "tls.client.encrypted_client_hello=true"},
		{"shown", "RFC 6066 section 3", []ext{serverName}, "tls.client.server_name=www.example.com"},
	} {
		var conn Conn
		if got := said(&conn, cl, rec(TypeHandshake, clientHello(nil, c.extensions...)...)...); got != c.want {
			t.Errorf("%s (%s): %s", c.reason, c.ref, got)
		}
	}
}

// The request for another ClientHello has the form of a ServerHello (RFC 8446 section 4.1.4).
func TestHelloRetryRequest(t *testing.T) {
	var c Conn
	said(&c, cl, rec(TypeHandshake, clientHello(nil, client13)...)...)
	got := said(&c, sv, rec(TypeHandshake, helloRetry()...)...)
	if want := "tls.version=1.3; tls.cipher=TLS_AES_128_GCM_SHA256; tls.hello_retry_request=true; tls.resumed=false"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if got := said(&c, cl, rec(TypeHandshake, clientHello(nil, serverName, client13)...)...); !strings.Contains(got, "www.example.com") {
		t.Errorf("the second ClientHello says %s", got)
	}
	got = said(&c, sv, rec(TypeHandshake, serverHello(nil, 0x1301, server13)...)...)
	if want := "tls.version=1.3; tls.cipher=TLS_AES_128_GCM_SHA256; tls.resumed=false"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// A server of TLS 1.2 asks for a certificate in clear, and the client gives one or an empty list
// (RFC 5246 sections 7.4.4 and 7.4.6).
func TestClientCertificate(t *testing.T) {
	for _, c := range []struct {
		reason string
		given  []byte
		want   string
	}{
		{"given", certificate12(issued("a client", nil)), "tls.client.x509.subject.common_name=a client; "},
		{"refused", certificate12(), "tls.records={type=handshake; version=1.2; "},
	} {
		var conn Conn
		frame(&conn, cl, rec(TypeHandshake, clientHello(nil, noTicket)...))
		asked := text(frame(&conn, sv, rec(TypeHandshake, join(serverHello(nil, 0xc02f), certificate12(issued("a server", nil)),
			message(TypeServerKeyExchange), message(13, 1, 1, 0, 0, 0, 0), message(TypeServerHelloDone))...)))
		if !strings.Contains(asked, "tls.server.x509.subject.common_name=a server; ") ||
			!strings.HasSuffix(asked, "handshake=server_hello, certificate, server_key_exchange, certificate_request, server_hello_done}") {
			t.Errorf("asked: %s", asked)
		}
		given := text(frame(&conn, cl, rec(TypeHandshake, join(c.given, message(TypeClientKeyExchange), message(15))...)))
		if !strings.HasPrefix(given, c.want) || strings.Contains(given, "tls.server") ||
			!strings.HasSuffix(given, "handshake=certificate, client_key_exchange, certificate_verify}") {
			t.Errorf("%s: %s", c.reason, given)
		}
	}
}

func TestAlerts(t *testing.T) {
	hello := rec(TypeHandshake, clientHello(nil)...)
	for _, c := range []struct {
		reason, ref string
		record      []byte
		want        string
	}{
		{"a farewell", "RFC 8446 section 6.1", rec(TypeAlert, 1, 0), "tls.alert=warning close_notify"},
		{"no common parameters", "RFC 8446 section 6.2", rec(TypeAlert, 2, 40), "tls.alert=fatal handshake_failure"},
		{"nobody knows the issuer", "RFC 8446 section 6.2", rec(TypeAlert, 2, 48), "tls.alert=fatal unknown_ca"},
		{"no server of that name", "RFC 6066 section 3", rec(TypeAlert, 1, 112), "tls.alert=warning unrecognized_name"},
		{"a version too old", "RFC 8446 section 4.2.1", rec(TypeAlert, 2, 70), "tls.alert=fatal protocol_version"},
		{"no certificate of the client", "RFC 8446 section 4.4.2.4", rec(TypeAlert, 2, 116), "tls.alert=fatal certificate_required"},
		{"no common protocol", "RFC 7301 section 3.2", rec(TypeAlert, 2, 120), "tls.alert=fatal no_application_protocol"},
		{"not assigned", "RFC 8446 section 6", rec(TypeAlert, 2, 200), "tls.alert=fatal 200"},
		{"the first of two", "RFC 5246 section 7.2", join(rec(TypeAlert, 2, 42), rec(TypeAlert, 1, 0)), "tls.alert=fatal bad_certificate"},
		{"encrypted", "RFC 5246 section 7.2", recN(TypeAlert, 26), ""},
		{"encrypted, and as short", "RFC 5246 section 7.1", join(rec(TypeChangeCipherSpec, 1), rec(TypeAlert, 1, 0)), ""},
	} {
		var conn Conn
		said(&conn, cl, hello...)
		if got := said(&conn, sv, c.record...); got != c.want {
			t.Errorf("%s (%s): %q", c.reason, c.ref, got)
		}
		conn = Conn{}
		said(&conn, sv, c.record[:6]...) // within the first alert
		if got := said(&conn, sv, c.record[6:]...); got != c.want {
			t.Errorf("%s (%s), in two segments: %q", c.reason, c.ref, got)
		}
	}
}

// What a session is taken up by: its identifier, a ticket or a pre-shared key (TestResumed has the
// ways in which that fails). The ServerHello says so, but where only the ChangeCipherSpec behind it tells.
func TestResumptionIsSaid(t *testing.T) {
	id := []byte("id")
	for _, c := range []struct {
		reason, ref    string
		client, server []byte
		want           string
	}{
		{"a session identifier", "RFC 5246 section 7.3", clientHello(id), serverHello(id, 0x2f), "true"},
		{"a ticket", "RFC 5077 section 3.1", clientHello(nil, ticket), serverHello(nil, 0x2f), "true"},
		{"a pre-shared key", "RFC 8446 section 2.2", clientHello(nil, client13, clientPSK), serverHello(nil, 0x1301, server13, serverPSK), "true"},
		{"a pre-shared key that is not taken", "RFC 8446 section 2.2", clientHello(nil, client13, clientPSK), serverHello(nil, 0x1301, server13), "false"},
		{"nothing", "RFC 5246 section 7.3", clientHello(nil), serverHello(id, 0x2f), "false"},
	} {
		var conn Conn
		said(&conn, cl, rec(TypeHandshake, c.client...)...)
		if got := said(&conn, sv, join(rec(TypeHandshake, c.server...), rec(TypeChangeCipherSpec, 1))...); !strings.HasSuffix(got, "tls.resumed="+c.want) {
			t.Errorf("%s (%s): %s", c.reason, c.ref, got)
		}
	}
	var conn Conn
	said(&conn, cl, rec(TypeHandshake, clientHello(nil, noTicket)...)...)
	given := text(frame(&conn, sv, join(rec(TypeHandshake, serverHello(nil, 0x2f)...), rec(TypeHandshake, message(4, 0, 0, 0, 9, 0, 1, 7)...))))
	if !strings.HasSuffix(given, "handshake=new_session_ticket}") {
		t.Errorf("a ticket is given (RFC 5077 section 3.3): %s", given)
	}
}
