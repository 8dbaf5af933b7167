package quic

import "encoding/binary"

// minLong is the shortest packet with a long header: Version Negotiation with two empty
// connection IDs and one version.
const minLong = 1 + 4 + 1 + 1 + 4

// Looks reports whether b, a datagram, may begin with a packet that opens or goes on
// with a handshake: a long header of a version that is known or of Version Negotiation. It is
// made to be asked for every datagram.
func Looks(b []byte) bool {
	if len(b) < minLong || b[0]&longForm == 0 {
		return false
	}
	v := Version(binary.BigEndian.Uint32(b[1:]))
	return b[5] <= maxIDLen && (v == VersionNegotiationMark || v.known() || v.forced())
}

// LooksShort reports whether b may be a packet with a short header.
func LooksShort(b []byte) bool {
	const shortest = 1 + 4 + 16 // first byte, packet number and sample, with an empty connection ID
	return len(b) >= shortest && b[0]&(longForm|fixedBit) == fixedBit
}

// Follows reports whether b, the rest of a datagram, may be another packet of it (RFC 9000 section 12.2).
func Follows(b []byte) bool {
	return len(b) >= minShort && b[0]&(longForm|fixedBit) != 0
}
