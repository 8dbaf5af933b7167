package tls

import (
	"bytes"

	"github.com/pktjourney/pktjourney/decode/wire"
)

// ClientHello is the first message of a connection (RFC 8446 section 4.1.2).
// Text is as received; it may hold any bytes.
type ClientHello struct {
	Version           Version   // of the legacy_version field: at most 1.2
	SupportedVersions []Version // best first, with GREASE values; empty before TLS 1.3
	Random            [randomLen]byte
	SessionID         []byte
	CipherSuites      []CipherSuite // best first, with GREASE values
	ServerName        string        // "" when the client names none
	ALPN              []string
	KeyShareGroups    []uint16 // named groups for which a key is sent along
	EarlyData         bool     // application data follows before the server's answer
	PSK               bool     // a key of an earlier session is offered
	Ticket            bool     // a session ticket of TLS 1.2 is offered (RFC 5077)
	ECH               bool     // encrypted_client_hello is there, maybe as GREASE; ServerName is then the outer name

	serverNameSpan wire.Span
}

// ParseClientHello reads a ClientHello with its four bytes of handshake header.
// The result does not refer to b. On error it holds what was read so far.
func ParseClientHello(b []byte) (ClientHello, error) {
	var h ClientHello
	c := wire.NewCursor("tls", b)
	body := openMessage(&c, TypeClientHello)
	h.Version = Version(body.Uint16("client_hello.legacy_version"))
	copy(h.Random[:], body.Bytes("client_hello.random", randomLen))
	session := body.Sub8("client_hello.legacy_session_id")
	h.SessionID = bytes.Clone(session.Rest())
	suites := body.Sub16("client_hello.cipher_suites")
	for !suites.Empty() {
		h.CipherSuites = append(h.CipherSuites, CipherSuite(suites.Uint16("cipher_suite")))
	}
	body.Sub8("client_hello.legacy_compression_methods")
	eachExtension(&body, h.readExtension)
	return h, c.Err()
}

func (h *ClientHello) readExtension(typ uint16, data *wire.Cursor) {
	switch typ {
	case extensionServerName:
		h.readServerName(data)
	case extensionALPN:
		h.ALPN = readALPN(data)
	case extensionSupportedVersions:
		list := data.Sub8("supported_versions")
		for !list.Empty() {
			h.SupportedVersions = append(h.SupportedVersions, Version(list.Uint16("version")))
		}
	case extensionKeyShare:
		h.readKeyShares(data)
	case extensionSessionTicket:
		h.Ticket = !data.Empty()
	case extensionEarlyData:
		h.EarlyData = true
	case extensionPreSharedKey:
		h.PSK = true
	case extensionECH:
		h.ECH = true
	}
}

// readServerName takes the first host name (RFC 6066 section 3 allows one).
func (h *ClientHello) readServerName(data *wire.Cursor) {
	const hostName = 0
	list := data.Sub16("server_name_list")
	for !list.Empty() {
		typ := list.Uint8("server_name.name_type")
		name := list.Sub16("server_name.host_name")
		if typ != hostName || h.ServerName != "" {
			continue
		}
		h.serverNameSpan = wire.Span{Off: name.Off(), Len: name.Len()}
		h.ServerName = string(name.Rest())
	}
}

func (h *ClientHello) readKeyShares(data *wire.Cursor) {
	list := data.Sub16("key_share.client_shares")
	for !list.Empty() {
		group := list.Uint16("key_share.group")
		list.Sub16("key_share.key_exchange")
		h.KeyShareGroups = append(h.KeyShareGroups, group)
	}
}

// offers13 reports whether the client would speak TLS 1.3.
func (h *ClientHello) offers13() bool {
	for _, v := range h.SupportedVersions {
		if v.is13() {
			return true
		}
	}
	return false
}
