package tls

import (
	"bytes"
	"crypto/sha256"

	"github.com/pktjourney/pktjourney/decode/wire"
)

// ServerHello is the server's choice (RFC 8446 section 4.1.3).
type ServerHello struct {
	Version     Version // that was chosen: supported_versions where it is there
	CipherSuite CipherSuite
	Random      [randomLen]byte
	SessionID   []byte
	ALPN        string // "" when none was chosen, or it is encrypted as in TLS 1.3
	HelloRetry  bool   // it asks for another ClientHello (RFC 8446 section 4.1.4)
	PSK         bool   // a key of an earlier session is used

	ExtendedMaster bool // the master secret depends on the whole handshake (RFC 7627)
	EncryptThenMAC bool // block ciphers authenticate what they have encrypted (RFC 7366)

	cipherSpan, versionSpan wire.Span
}

// helloRetryRandom marks a HelloRetryRequest (RFC 8446 section 4.1.3).
var helloRetryRandom = sha256.Sum256([]byte("HelloRetryRequest"))

// ParseServerHello reads a ServerHello or a HelloRetryRequest with its four bytes
// of handshake header. The result does not refer to b. On error it holds what was read so far.
func ParseServerHello(b []byte) (ServerHello, error) {
	var h ServerHello
	c := wire.NewCursor("tls", b)
	body := openMessage(&c, TypeServerHello)
	h.versionSpan = wire.Span{Off: body.Off(), Len: 2}
	h.Version = Version(body.Uint16("server_hello.legacy_version"))
	copy(h.Random[:], body.Bytes("server_hello.random", randomLen))
	h.HelloRetry = h.Random == helloRetryRandom
	// Drafts of TLS 1.3 that say so in legacy_version have none of the legacy fields.
	legacy := !h.Version.is13()
	if legacy {
		session := body.Sub8("server_hello.legacy_session_id_echo")
		h.SessionID = bytes.Clone(session.Rest())
	}
	h.cipherSpan = wire.Span{Off: body.Off(), Len: 2}
	h.CipherSuite = CipherSuite(body.Uint16("server_hello.cipher_suite"))
	if legacy {
		body.Uint8("server_hello.legacy_compression_method")
	}
	eachExtension(&body, h.readExtension)
	return h, c.Err()
}

func (h *ServerHello) readExtension(typ uint16, data *wire.Cursor) {
	switch typ {
	case extensionSupportedVersions:
		h.versionSpan = wire.Span{Off: data.Off(), Len: 2}
		h.Version = Version(data.Uint16("supported_versions.selected_version"))
	case extensionALPN:
		if names := readALPN(data); len(names) > 0 {
			h.ALPN = names[0]
		}
	case extensionEncryptThenMAC:
		h.EncryptThenMAC = true
	case extensionExtendedMaster:
		h.ExtendedMaster = true
	case extensionPreSharedKey:
		h.PSK = true
	}
}
