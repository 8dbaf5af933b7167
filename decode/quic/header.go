package quic

import "github.com/pktjourney/pktjourney/decode/wire"

// Header is what a packet says of itself in clear (RFC 9000 section 17). Its
// slices refer to the datagram.
type Header struct {
	Type     PacketType
	Version  Version  // of a long header
	DCID     []byte   // connection ID of the receiver; of a short header as long as the caller said
	SCID     []byte   // connection ID of the sender; of a long header
	Token    []byte   // of an Initial or Retry packet
	Versions []uint32 // that a Version Negotiation packet offers; at most maxVersions

	number int // offset of the packet number, from the packet's first byte
	size   int // of the whole packet
}

const (
	longForm = 0x80 // in the first byte: a long header
	fixedBit = 0x40 // in the first byte: set, unless the peer takes both (RFC 9287)

	maxIDLen    = 20 // of a connection ID (RFC 9000 section 17.2)
	maxVersions = 32
	tagLen      = 16 // every AEAD of QUIC has this (RFC 9001 section 5.3)
)

// parseHeader reads the header of the packet that b begins with; further packets
// may follow it. A short header's connection ID has idLen bytes. wireLen is the
// length that b had on the wire: a packet may end behind what was captured.
func parseHeader(b []byte, wireLen, idLen int) (Header, error) {
	c := wire.NewCursor("quic", b)
	first := c.Uint8("header.first_byte")
	if first&longForm == 0 {
		h := Header{Type: OneRTT, DCID: c.Bytes("header.destination_connection_id", idLen), size: wireLen}
		h.number = c.Off()
		return h, c.Err()
	}
	var h Header
	h.readLong(&c, first, wireLen)
	return h, c.Err()
}

func (h *Header) readLong(c *wire.Cursor, first byte, wireLen int) {
	h.size = wireLen
	h.Version = Version(c.Uint32("header.version"))
	h.DCID = readID(c, "header.destination_connection_id")
	h.SCID = readID(c, "header.source_connection_id")
	if h.Version == VersionNegotiationMark {
		h.readVersions(c)
		return
	}
	f := h.Version.family()
	if f == nil || c.Err() != nil {
		return
	}
	switch h.Type = f.types[first>>4&3]; h.Type {
	case Retry:
		h.Token = c.Bytes("retry.token", c.Len()-tagLen)
		return
	case Initial:
		h.Token = c.Bytes("initial.token", length(c, "initial.token_length"))
	}
	n := varint(c, "header.length")
	h.number = c.Off()
	if n > uint64(max(0, wireLen-h.number)) {
		c.Fail("header.length", wireLen-h.number+1, wire.ErrShort)
		return
	}
	h.size = h.number + int(n)
}

// readID reads a connection ID with its length. Versions to come may have longer
// ones than 20 bytes (RFC 8999 section 5.1); of those that are known none has.
func readID(c *wire.Cursor, field string) []byte {
	n := int(c.Uint8(field))
	if n > maxIDLen && c.Err() == nil {
		c.Fail(field, n, wire.ErrMalformed)
	}
	return c.Bytes(field, n)
}

// readVersions reads what a server offers instead (RFC 9000 section 17.2.1).
func (h *Header) readVersions(c *wire.Cursor) {
	h.Type = VersionNegotiation
	for !c.Empty() {
		v := c.Uint32("version_negotiation.supported_version")
		if len(h.Versions) < maxVersions && c.Err() == nil {
			h.Versions = append(h.Versions, v)
		}
	}
}
