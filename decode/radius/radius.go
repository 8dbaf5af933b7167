// Package radius reads RADIUS messages (RFC 2865) as far as EAP goes that they carry (RFC 3579). It does no
// I/O and keeps no state.
package radius

import "github.com/pktjourney/pktjourney/decode/wire"

const proto = "radius"

// Code says what a message is (RFC 2865 section 3).
type Code uint8

// The codes of messages that may carry EAP.
const (
	AccessRequest   Code = 1
	AccessAccept    Code = 2
	AccessReject    Code = 3
	AccessChallenge Code = 11
)

// The attributes that are read (RFC 2865 section 5, RFC 3579 section 3.1).
const (
	userName         = 1
	callingStationID = 31
	eapMessage       = 79
)

// Message is one RADIUS message. What it refers to is valid as long as the message's bytes.
type Message struct {
	Code Code
	ID   uint8  // an answer has that of its request
	User []byte // who wants in
	From []byte // the address of that host, as the access point writes it
	EAP  []byte // the EAP packet, put together; nil when there is none. Its memory is used again
}

const (
	headerLen = 20
	maxLen    = 4096 // RFC 2865 section 3
)

// Looks reports whether b, a datagram's payload on a port of RADIUS, can be an access message of it.
func Looks(b []byte) bool {
	if len(b) < headerLen {
		return false
	}
	n := int(b[2])<<8 | int(b[3])
	switch Code(b[0]) {
	case AccessRequest, AccessAccept, AccessReject, AccessChallenge:
		return n >= headerLen && n <= maxLen
	}
	return false
}

// Parse reads b, a datagram's payload, into m. Bytes behind the length that the message
// tells are padding. The error is always a *wire.Error; what was read before it stays in m.
func (m *Message) Parse(b []byte) error {
	*m = Message{EAP: m.EAP[:0]}
	c := wire.NewCursor(proto, b)
	m.Code, m.ID = Code(c.Uint8("code")), c.Uint8("identifier")
	n := int(c.Uint16("length"))
	c.Skip("authenticator", 16)
	if c.Err() == nil && (n < headerLen || n > maxLen) {
		c.Fail("length", 0, wire.ErrMalformed)
	}
	attributes := c.Sub("attributes", n-headerLen)
	for !attributes.Empty() {
		typ, length := attributes.Uint8("attribute type"), int(attributes.Uint8("attribute length"))
		if attributes.Err() == nil && length < 2 {
			attributes.Fail("attribute length", 0, wire.ErrMalformed)
		}
		m.take(typ, attributes.Bytes("attribute", length-2))
	}
	return c.Err()
}

func (m *Message) take(typ uint8, value []byte) {
	switch typ {
	case userName:
		m.User = value
	case callingStationID:
		m.From = value
	case eapMessage:
		m.EAP = append(m.EAP, value...)
	}
}
