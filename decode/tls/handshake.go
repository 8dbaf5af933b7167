package tls

import (
	"github.com/pktjourney/pktjourney/decode/secret"
	"github.com/pktjourney/pktjourney/decode/wire"
)

// maxMessage bounds the handshake messages that are taken for real. The
// largest seen in practice are certificate chains well below it.
const maxMessage = 256 << 10

// maxIdle bounds the space that an assembly keeps between messages.
const maxIdle = 1 << 10

// assembly puts the handshake messages of one direction together: a message may
// span records, and a record may hold several (RFC 8446 section 5.1). Hellos
// are kept whole, of a Certificate and a ClientKeyExchange the beginning, of all others the header alone.
type assembly struct {
	buf        []byte // header of the current message and, what is kept of the body that has come
	left       int    // bytes of its body still to come, once the header is complete
	unreadable bool   // until the next record: what comes can not be told apart
}

// next takes bytes of the current message from b and says how many, and whether
// they complete it. A complete message stays in buf until reset. An error means
// that the rest of the record can not be read.
func (a *assembly) next(b []byte) (n int, done bool, err error) {
	n = min(handshakeHeaderLen-min(len(a.buf), handshakeHeaderLen), len(b))
	if n > 0 {
		a.buf = append(a.buf, b[:n]...)
		if len(a.buf) < handshakeHeaderLen {
			return n, false, nil
		}
		if err := a.open(); err != nil {
			return n, false, err
		}
	}
	m := min(a.left, len(b)-n)
	if room := handshakeHeaderLen + a.keeps() - len(a.buf); room > 0 {
		a.buf = append(a.buf, b[n:n+min(m, room)]...)
	}
	a.left -= m
	return n + m, a.left == 0, nil
}

// open checks the header in buf.
func (a *assembly) open() error {
	a.left = int(a.buf[1])<<16 | int(a.buf[2])<<8 | int(a.buf[3])
	switch {
	case !a.typ().known():
		return &wire.Error{Proto: "tls", Field: "handshake.msg_type", Span: wire.Span{Off: 0, Len: 1}, Err: wire.ErrMalformed}
	case a.left > maxMessage:
		return &wire.Error{Proto: "tls", Field: "handshake.length", Span: wire.Span{Off: 1, Len: 3}, Err: wire.ErrMalformed}
	}
	return nil
}

// typ is the type of the current message; its header must be there.
func (a *assembly) typ() HandshakeType { return HandshakeType(a.buf[0]) }

// keeps is how many bytes of the message's body are read.
func (a *assembly) keeps() int {
	switch a.typ() {
	case TypeClientHello, TypeServerHello, TypeEncryptedExts:
		return maxMessage
	case TypeCertificate:
		return maxCertificate
	case TypeClientKeyExchange:
		return encryptedLengthLen + secret.PreMasterIDLen
	}
	return 0
}

// encryptedLengthLen is the length of the field before an encrypted pre-master secret (RFC 5246 section 7.4.7.1).
const encryptedLengthLen = 2

// reset makes ready for the next message. The space of a certificate is not kept for it.
func (a *assembly) reset() {
	a.buf, a.left = a.buf[:0], 0
	if cap(a.buf) > maxIdle {
		a.buf = nil
	}
}

// giveUp drops the current message and all that follows it in the record.
func (a *assembly) giveUp() {
	a.reset()
	a.unreadable = true
}
