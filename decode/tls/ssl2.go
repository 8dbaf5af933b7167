package tls

import (
	"encoding/binary"

	"github.com/pktjourney/pktjourney/decode/flow"
)

// oldHeaderLen is the length of a record header of SSL 2.0 without padding.
const oldHeaderLen = 2

// oldHello reports whether b, the first bytes of a direction, may begin a
// ClientHello in the form of SSL 2.0, which clients that could also speak TLS
// sent at first (RFC 5246 appendix E.2). It looks at no more than there is.
func oldHello(b []byte) bool {
	switch {
	case len(b) == 0 || b[0]&0x80 == 0:
		return false
	case len(b) > 2 && b[2] != byte(TypeClientHello):
		return false
	case len(b) > 4:
		v := Version(binary.BigEndian.Uint16(b[3:]))
		return (v == VersionSSL20 || v >= VersionSSL30 && v <= VersionTLS12) && oldLength(b[0], b[1]) >= 9
	}
	return true
}

// oldLength is the length of the message after the two bytes of header.
func oldLength(b0, b1 byte) int { return int(b0&0x7f)<<8 | int(b1) }

// oldRecord shows an SSL 2.0 ClientHello as a handshake record.
func oldRecord(header [headerLen]byte, done []HandshakeType) Record {
	return Record{
		Type:       TypeHandshake,
		Version:    VersionSSL20,
		Length:     oldLength(header[0], header[1]),
		Handshakes: done,
	}
}

// oldContent takes n more bytes of an SSL 2.0 ClientHello. No more of it is read
// than its version.
func (c *Conn) oldContent(dir flow.Dir, n int, p *Part) {
	h := &c.half[dir]
	if n < int(h.left) {
		return
	}
	h.done = append(h.done, TypeClientHello)
	p.Handshakes = h.done
	c.setClient(dir)
	c.client = &ClientHello{Version: Version(binary.BigEndian.Uint16(h.header[3:]))}
}
