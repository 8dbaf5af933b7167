package tls

import "encoding/binary"

// Record is the header of a record (RFC 8446 section 5.1) and what could be
// read of its content.
type Record struct {
	Type    ContentType // as on the wire, where protected records of TLS 1.3 are application data; of one that was opened the type inside
	Version Version     // as on the wire: TLS 1.3 says 1.2 here
	Length  int         // of the content, after the header

	// Handshakes are the messages that ended in this record so far, or
	// TypeEncrypted where they can not be read.
	Handshakes []HandshakeType
	// Alert is valid iff Type is TypeAlert, the record is complete and in clear.
	Alert Alert
}

const (
	headerLen = 5
	// maxLength is that of TLS 1.2 (RFC 5246 section 6.2.3), the largest of all versions.
	maxLength = 1<<14 + 2048
)

// plausible reports whether b, the first bytes of a record's header, may be
// one. It looks at no more than there is.
func plausible(b []byte) bool {
	switch {
	case len(b) > 0 && (b[0] < byte(TypeChangeCipherSpec) || b[0] > byte(TypeHeartbeat)):
		return false
	case len(b) > 1 && b[1] != 3:
		return false
	case len(b) > 2 && b[2] > byte(VersionTLS13&0xff):
		return false
	case len(b) >= headerLen:
		return plausibleLength(ContentType(b[0]), int(binary.BigEndian.Uint16(b[3:])))
	}
	return true
}

// plausibleLength: only application data may be empty (RFC 8446 section 5.1), and
// ChangeCipherSpec is one byte (section 5), more once encrypted again.
func plausibleLength(t ContentType, n int) bool {
	return n <= maxLength && (n > 0 || t == TypeApplicationData)
}

// startsRecord reports whether a record seems to start at b. It is asked where
// nothing else is known, so a record that ends in b must be followed by another.
func startsRecord(b []byte) bool {
	if len(b) < headerLen || !plausible(b) {
		return false
	}
	n := headerLen + int(binary.BigEndian.Uint16(b[3:]))
	return n >= len(b) || plausible(b[n:])
}

// wireClass is what t stands for by itself.
func wireClass(t ContentType) Class {
	switch t {
	case TypeChangeCipherSpec:
		return ChangeCipherSpec
	case TypeAlert:
		return AlertClass
	case TypeHandshake:
		return Handshake
	case TypeApplicationData:
		return ApplicationData
	case TypeHeartbeat:
		return Heartbeat
	}
	return Unknown
}
