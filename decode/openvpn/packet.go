package openvpn

import (
	"encoding/binary"

	"github.com/pktjourney/pktjourney/decode/wire"
)

const proto = "openvpn"

// Opcode says what a packet is.
type Opcode uint8

// The opcodes.
const (
	HardResetClient1 Opcode = 1
	HardResetServer1 Opcode = 2
	SoftReset        Opcode = 3 // asks for new keys
	Control          Opcode = 4 // carries TLS
	Ack              Opcode = 5
	Data1            Opcode = 6
	HardResetClient2 Opcode = 7
	HardResetServer2 Opcode = 8
	Data2            Opcode = 9
)

// Packet is one packet of the control channel, or the opcode of one of the data channel.
type Packet struct {
	Opcode  Opcode
	Key     uint8  // number of the keys that are agreed on, 0 to 7
	Session uint64 // that the sender chose
	Acks    int    // how many packets it acknowledges
	ID      uint32 // number of the packet in its sender's session; not of an Ack
	Payload []byte // bytes of TLS; refers to the packet
}

const (
	sessionLen = 8
	replayLen  = 8 // packet number and time, behind the HMAC of tls-auth
)

// control reports whether packets of o belong to the control channel.
func (o Opcode) control() bool {
	return o >= HardResetClient1 && o <= Ack || o == HardResetClient2 || o == HardResetServer2
}

// Parse reads b, one whole packet. hmac is the length of the HMAC of tls-auth, or 0 where there is none. The
// error is always a *wire.Error.
func Parse(b []byte, hmac int) (Packet, error) {
	c := wire.NewCursor(proto, b)
	first := c.Uint8("opcode")
	p := Packet{Opcode: Opcode(first >> 3), Key: first & 7}
	if !p.Opcode.control() {
		return p, c.Err()
	}
	if s := c.Bytes("session id", sessionLen); s != nil {
		p.Session = binary.BigEndian.Uint64(s)
	}
	if hmac > 0 {
		c.Skip("hmac", hmac)
		c.Skip("packet id and time", replayLen)
	}
	p.Acks = int(c.Uint8("number of acknowledged packets"))
	c.Skip("acknowledged packets", 4*p.Acks)
	if p.Acks > 0 {
		c.Skip("remote session id", sessionLen)
	}
	if p.Opcode != Ack {
		p.ID = c.Uint32("message packet id")
		p.Payload = c.Rest()
	}
	return p, c.Err()
}
