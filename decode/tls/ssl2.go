package tls

import (
	"bytes"
	"encoding/binary"

	"github.com/pktjourney/pktjourney/decode/flow"
	"github.com/pktjourney/pktjourney/decode/wire"
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

// oldContent takes b, more bytes of an SSL 2.0 ClientHello behind its version.
func (c *Conn) oldContent(dir flow.Dir, b []byte, p *Part) {
	h := &c.half[dir]
	h.oldBody = append(h.oldBody, b...)
	if len(b) < int(h.left) {
		return
	}
	h.done = append(h.done, TypeClientHello)
	p.Handshakes = h.done
	c.setClient(dir)
	if len(h.oldBody) < oldLength(h.header[0], h.header[1])-(headerLen-oldHeaderLen) {
		h.oldBody = nil // some of it was never captured
	}
	hello, err := parseOldHello(h.header, h.oldBody)
	c.client, c.preMaster, p.Err = &hello, nil, err
	h.oldBody = nil
}

// parseOldHello reads a ClientHello in the form of SSL 2.0 (RFC 5246 appendix E.2): its header
// up to the version, and what follows. The result does not refer to body. On error it holds what
// was read so far.
func parseOldHello(header [headerLen]byte, body []byte) (ClientHello, error) {
	h := ClientHello{Version: Version(binary.BigEndian.Uint16(header[3:]))}
	c := wire.NewCursor("tls", body)
	specs := int(c.Uint16("client_hello.cipher_spec_length"))
	session := int(c.Uint16("client_hello.session_id_length"))
	challenge := int(c.Uint16("client_hello.challenge_length"))
	h.readOldSuites(c.Bytes("client_hello.cipher_specs", specs))
	h.SessionID = bytes.Clone(c.Bytes("client_hello.session_id", session))
	h.setChallenge(c.Bytes("client_hello.challenge", challenge))
	return h, c.Err()
}

// readOldSuites takes the cipher suites of TLS among b: those whose first of three bytes is zero.
// The others are those of SSL 2.0.
func (h *ClientHello) readOldSuites(b []byte) {
	for ; len(b) >= oldSuiteLen; b = b[oldSuiteLen:] {
		if b[0] == 0 {
			h.CipherSuites = append(h.CipherSuites, CipherSuite(binary.BigEndian.Uint16(b[1:])))
		}
	}
}

const oldSuiteLen = 3

// setChallenge makes the challenge the client random: its last 32 bytes, with leading zeros where there are less.
func (h *ClientHello) setChallenge(b []byte) {
	b = b[max(0, len(b)-randomLen):]
	copy(h.Random[randomLen-len(b):], b)
}
