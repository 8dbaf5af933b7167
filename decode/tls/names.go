package tls

import (
	"fmt"
	"strconv"
)

// ContentType is the type in a record's header (RFC 8446 appendix B.1).
type ContentType uint8

// The content types; Heartbeat is RFC 6520 section 3.
const (
	TypeChangeCipherSpec ContentType = 20
	TypeAlert            ContentType = 21
	TypeHandshake        ContentType = 22
	TypeApplicationData  ContentType = 23
	TypeHeartbeat        ContentType = 24
)

// String is the name that the standard gives.
func (t ContentType) String() string {
	switch t {
	case TypeChangeCipherSpec:
		return "change_cipher_spec"
	case TypeAlert:
		return "alert"
	case TypeHandshake:
		return "handshake"
	case TypeApplicationData:
		return "application_data"
	case TypeHeartbeat:
		return "heartbeat"
	}
	return strconv.Itoa(int(t))
}

// Version is a protocol version as it stands on the wire.
type Version uint16

// The versions. Drafts of TLS 1.3 have 0x7f and the draft's number.
const (
	VersionSSL20 Version = 0x0002
	VersionSSL30 Version = 0x0300
	VersionTLS10 Version = 0x0301
	VersionTLS11 Version = 0x0302
	VersionTLS12 Version = 0x0303
	VersionTLS13 Version = 0x0304
)

// is13 reports whether v is TLS 1.3 or one of its drafts (RFC 8446 section 4.2.1).
func (v Version) is13() bool { return v == VersionTLS13 || v>>8 == 0x7f }

// String is the number alone, as in "1.3", for TLS; SSL is named.
func (v Version) String() string {
	switch v {
	case VersionSSL20:
		return "SSL 2.0"
	case VersionSSL30:
		return "SSL 3.0"
	case VersionTLS10, VersionTLS11, VersionTLS12, VersionTLS13:
		return "1." + strconv.Itoa(int(v-VersionTLS10))
	}
	if v.is13() {
		return fmt.Sprintf("1.3 draft %d", v&0xff)
	}
	return fmt.Sprintf("0x%04x", uint16(v))
}

// HandshakeType is the type of a handshake message (RFC 8446 section 4, RFC 5246 section 7.4).
type HandshakeType uint8

// The handshake messages that the package acts upon.
const (
	TypeClientHello       HandshakeType = 1
	TypeServerHello       HandshakeType = 2
	TypeEncryptedExts     HandshakeType = 8
	TypeCertificate       HandshakeType = 11
	TypeServerKeyExchange HandshakeType = 12
	TypeServerHelloDone   HandshakeType = 14
	TypeClientKeyExchange HandshakeType = 16
	TypeFinished          HandshakeType = 20

	// TypeEncrypted stands for whatever message an encrypted handshake record
	// carries. It never occurs on the wire.
	TypeEncrypted HandshakeType = 255
)

var handshakeNames = [...]string{
	0:                     "hello_request",
	TypeClientHello:       "client_hello",
	TypeServerHello:       "server_hello",
	3:                     "hello_verify_request", // RFC 6347 section 4.3.2
	4:                     "new_session_ticket",
	5:                     "end_of_early_data",
	6:                     "hello_retry_request", // of the drafts up to 21 only
	8:                     "encrypted_extensions",
	TypeCertificate:       "certificate",
	TypeServerKeyExchange: "server_key_exchange",
	13:                    "certificate_request",
	TypeServerHelloDone:   "server_hello_done",
	15:                    "certificate_verify",
	TypeClientKeyExchange: "client_key_exchange",
	20:                    "finished",
	21:                    "certificate_url",        // RFC 6066 section 5
	22:                    "certificate_status",     // RFC 6066 section 8
	23:                    "supplemental_data",      // RFC 4680
	24:                    "key_update",             // RFC 8446 section 4.6.3
	25:                    "compressed_certificate", // RFC 8879
	67:                    "next_protocol",          // the draft that ALPN replaced
}

// known reports whether t has been assigned.
func (t HandshakeType) known() bool {
	return int(t) < len(handshakeNames) && handshakeNames[t] != ""
}

// String is the name that the standard gives.
func (t HandshakeType) String() string {
	switch {
	case t.known():
		return handshakeNames[t]
	case t == TypeEncrypted:
		return "encrypted_handshake_message"
	}
	return strconv.Itoa(int(t))
}

// String is the name of the class, in the words of ContentType.
func (c Class) String() string {
	switch c {
	case Handshake:
		return TypeHandshake.String()
	case ChangeCipherSpec:
		return TypeChangeCipherSpec.String()
	case AlertClass:
		return TypeAlert.String()
	case ApplicationData:
		return TypeApplicationData.String()
	case Heartbeat:
		return TypeHeartbeat.String()
	}
	return "unknown"
}

// grease reports whether v is one of the values that mean nothing and are sent
// to keep receivers tolerant (RFC 8701 section 2).
func grease(v uint16) bool { return v&0x0f0f == 0x0a0a && v>>8 == v&0xff }
