package quic

// PacketType says what a packet is (RFC 9000 section 17).
type PacketType uint8

// The types of packets.
const (
	UnknownType        PacketType = iota // of a version that is not known
	Initial                              // section 17.2.2
	ZeroRTT                              // section 17.2.3: early data of the client
	Handshake                            // section 17.2.4
	Retry                                // section 17.2.5
	VersionNegotiation                   // section 17.2.1
	OneRTT                               // section 17.3.1: the short header
)

var typeNames = [...]string{"unknown", "initial", "0-rtt", "handshake", "retry", "version_negotiation", "1-rtt"}

// String is the name of the type in lower case, as in "initial".
func (t PacketType) String() string { return typeNames[t] }

// Frame types (RFC 9000 section 19, table 3).
const (
	framePadding            = 0x00
	framePing               = 0x01
	frameAck                = 0x02
	frameAckECN             = 0x03
	frameResetStream        = 0x04
	frameStopSending        = 0x05
	frameCrypto             = 0x06
	googleCrypto            = 0x08 // CRYPTO in Initial packets of Google's own versions, where STREAM has no place
	frameNewToken           = 0x07
	frameStream             = 0x08 // to 0x0f, by the bits below
	frameMaxData            = 0x10
	frameMaxStreamData      = 0x11
	frameMaxStreamsBidi     = 0x12
	frameMaxStreamsUni      = 0x13
	frameDataBlocked        = 0x14
	frameStreamDataBlocked  = 0x15
	frameStreamsBlockedBidi = 0x16
	frameStreamsBlockedUni  = 0x17
	frameNewConnectionID    = 0x18
	frameRetireConnectionID = 0x19
	framePathChallenge      = 0x1a
	framePathResponse       = 0x1b
	frameConnectionClose    = 0x1c
	frameApplicationClose   = 0x1d
	frameHandshakeDone      = 0x1e
	frameDatagram           = 0x30   // RFC 9221 section 4
	frameDatagramLength     = 0x31   // the same with a length
	frameAckFrequency       = 0xaf   // draft-ietf-quic-ack-frequency section 4
	frameTimestamp          = 0x02f5 // draft-huitema-quic-ts section 3.1

	streamFin    = 0x01 // bits of a STREAM frame's type (section 19.8)
	streamLength = 0x02
	streamOffset = 0x04
)
