package tls

import (
	"crypto/sha256"
	"fmt"
	"strings"

	"golang.org/x/crypto/cryptobyte"
)

// The builders below make messages field by field, in the order of the RFC.

// rec is a record of type t with the content b; the version is that of TLS 1.2.
func rec(t ContentType, b ...byte) []byte {
	return append([]byte{byte(t), 3, 3, byte(len(b) >> 8), byte(len(b))}, b...)
}

// recN is a record of type t with n bytes that mean nothing.
func recN(t ContentType, n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = 0xe0 + byte(i%16)
	}
	return rec(t, b...)
}

// message is a handshake message with its header.
func message(t HandshakeType, body ...byte) []byte {
	return append([]byte{byte(t), byte(len(body) >> 16), byte(len(body) >> 8), byte(len(body))}, body...)
}

type ext struct {
	typ  uint16
	data []byte
}

func extensions(b *cryptobyte.Builder, list []ext) {
	if list == nil {
		return
	}
	b.AddUint16LengthPrefixed(func(b *cryptobyte.Builder) {
		for _, e := range list {
			b.AddUint16(e.typ)
			b.AddUint16LengthPrefixed(func(b *cryptobyte.Builder) { b.AddBytes(e.data) })
		}
	})
}

// clientHello is a ClientHello with the session identifier and the extensions given.
func clientHello(session []byte, list ...ext) []byte {
	b := cryptobyte.NewBuilder(nil)
	b.AddUint16(uint16(VersionTLS12))
	b.AddBytes([]byte(strings.Repeat("C", randomLen)))
	b.AddUint8LengthPrefixed(func(b *cryptobyte.Builder) { b.AddBytes(session) })
	b.AddUint16LengthPrefixed(func(b *cryptobyte.Builder) {
		b.AddUint16(0x1a1a) // GREASE
		b.AddUint16(0x1301)
		b.AddUint16(0xc02f)
	})
	b.AddUint8LengthPrefixed(func(b *cryptobyte.Builder) { b.AddUint8(0) })
	extensions(b, list)
	return message(TypeClientHello, b.BytesOrPanic()...)
}

// serverHello is a ServerHello that chooses suite; random is "S" 32 times.
func serverHello(session []byte, suite CipherSuite, list ...ext) []byte {
	return serverHelloRandom([]byte(strings.Repeat("S", randomLen)), session, suite, list...)
}

// helloRetry is a HelloRetryRequest for TLS 1.3.
func helloRetry() []byte {
	random := sha256.Sum256([]byte("HelloRetryRequest"))
	return serverHelloRandom(random[:], nil, 0x1301, server13, ext{extensionKeyShare, []byte{0, 23}})
}

func serverHelloRandom(random, session []byte, suite CipherSuite, list ...ext) []byte {
	b := cryptobyte.NewBuilder(nil)
	b.AddUint16(uint16(VersionTLS12))
	b.AddBytes(random)
	b.AddUint8LengthPrefixed(func(b *cryptobyte.Builder) { b.AddBytes(session) })
	b.AddUint16(uint16(suite))
	b.AddUint8(0)
	extensions(b, list)
	return message(TypeServerHello, b.BytesOrPanic()...)
}

var (
	// www.example.com in a list of one (RFC 6066 section 3).
	serverName = ext{extensionServerName, append([]byte{0, 18, 0, 0, 15}, "www.example.com"...)}
	// h2 and http/1.1 (RFC 7301 section 3.1).
	alpn = ext{extensionALPN, append([]byte{0, 12, 2}, "h2\x08http/1.1"...)}
	// GREASE, 1.3 and 1.2 (RFC 8446 section 4.2.1).
	client13 = ext{extensionSupportedVersions, []byte{6, 0x2a, 0x2a, 3, 4, 3, 3}}
	server13 = ext{extensionSupportedVersions, []byte{3, 4}}
	early    = ext{extensionEarlyData, nil}
	ticket   = ext{extensionSessionTicket, []byte{1, 2, 3, 4}}
	noTicket = ext{extensionSessionTicket, nil}
	// One share of x25519 with a key of two bytes (RFC 8446 section 4.2.8).
	keyShare  = ext{extensionKeyShare, []byte{0, 6, 0, 29, 0, 2, 9, 9}}
	clientPSK = ext{extensionPreSharedKey, []byte{0, 0, 0, 0}}
	serverPSK = ext{extensionPreSharedKey, []byte{0, 0}}
)

func join(bs ...[]byte) []byte {
	var all []byte
	for _, b := range bs {
		all = append(all, b...)
	}
	return all
}

// show writes parts like "handshake? 58[client_hello] change_cipher_spec 6": the class, a
// question mark when it was deduced, the length, "+" when the record began in an earlier part,
// "..." when it goes on, and the messages that ended.
func show(parts []Part) string {
	var words []string
	for _, p := range parts {
		w := p.Class.String()
		if p.Deduced {
			w += "?"
		}
		w += " "
		if !p.Begin && p.Class != Unknown {
			w += "+"
		}
		w += fmt.Sprint(p.Len)
		if !p.End && p.Class != Unknown {
			w += "..."
		}
		if p.Handshakes != nil {
			w += fmt.Sprint(p.Handshakes)
		}
		words = append(words, w)
	}
	return strings.Join(words, " ")
}
