// Package eap reads EAP packets (RFC 3748) as far as the methods go that carry TLS: EAP-TLS (RFC 5216),
// EAP-TTLS (RFC 5281), PEAP and EAP-FAST (RFC 4851). It does no I/O and keeps no state.
package eap

import "github.com/pktjourney/pktjourney/decode/wire"

const proto = "eap"

// Code says who sends a packet and what it is (RFC 3748 section 4).
type Code uint8

// The codes.
const (
	Request  Code = 1 // from the server
	Response Code = 2 // from the peer that wants in
	Success  Code = 3
	Failure  Code = 4
)

// Type is the method of a request or response (RFC 3748 section 5).
type Type uint8

// The types.
const (
	Identity Type = 1
	TLS      Type = 13
	TTLS     Type = 21
	PEAP     Type = 25
	FAST     Type = 43
)

// CarriesTLS reports whether packets of t carry TLS.
func (t Type) CarriesTLS() bool { return t == TLS || t == TTLS || t == PEAP || t == FAST }

// Packet is one EAP packet.
type Packet struct {
	Code Code
	ID   uint8 // an answer has that of its request; what is sent again has the same
	Type Type  // of a request or response

	// Of types that carry TLS (RFC 5216 section 3.1).
	Start bool   // the server asks to begin
	More  bool   // the next packet goes on with the same message
	Data  []byte // the piece of the message; refers to the packet
}

// The flags of EAP-TLS.
const (
	flagLength = 0x80
	flagMore   = 0x40
	flagStart  = 0x20
)

// Parse reads b, a whole EAP packet; bytes behind the length that it tells are padding. The
// error is always a *wire.Error.
func Parse(b []byte) (Packet, error) {
	c := wire.NewCursor(proto, b)
	p := Packet{Code: Code(c.Uint8("code")), ID: c.Uint8("identifier")}
	n := int(c.Uint16("length"))
	if c.Err() == nil && n < 4 {
		c.Fail("length", 2, wire.ErrMalformed)
	}
	body := c.Sub("data", n-4)
	if p.Code != Request && p.Code != Response || c.Err() != nil {
		return p, c.Err()
	}
	p.Type = Type(body.Uint8("type"))
	if !p.Type.CarriesTLS() || body.Empty() {
		return p, c.Err()
	}
	flags := body.Uint8("flags")
	p.Start, p.More = flags&flagStart != 0, flags&flagMore != 0
	if flags&flagLength != 0 {
		body.Skip("TLS message length", 4)
	}
	p.Data = body.Rest()
	return p, c.Err()
}
