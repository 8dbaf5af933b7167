package quic

// Message is one TLS handshake message (RFC 8446 section 4).
type Message struct {
	Type uint8
	// Body is the message with its four bytes of header. Of messages other than
	// ClientHello, ServerHello and EncryptedExtensions it is the header alone. Valid until the next packet is read.
	Body []byte
}

// The handshake messages that are kept whole (RFC 8446 appendix B.3).
const (
	clientHello         = 1
	serverHello         = 2
	encryptedExtensions = 8
)

const (
	messageHeaderLen = 4
	maxMessage       = 64 << 10 // a longer one is not taken for real
	maxCryptoHeld    = 64 << 10 // bytes of one level that may wait
)

// cryptoStream cuts the CRYPTO frames of one side and encryption level into handshake messages.
type cryptoStream struct {
	assembler
	buf  []byte // what has come of the current message, as far as it is kept
	left int    // bytes of its body still to come, once the header is complete
	bad  bool   // what comes is no handshake message
}

// read takes the next bytes and appends the messages that they complete.
func (s *cryptoStream) read(b []byte, done []Message) []Message {
	for len(b) > 0 && !s.bad {
		n := s.header(b)
		b = b[n:]
		if len(s.buf) < messageHeaderLen || s.bad {
			continue
		}
		n = min(s.left, len(b))
		if kept(s.buf[0]) {
			s.buf = append(s.buf, b[:n]...)
		}
		s.left -= n
		b = b[n:]
		if s.left == 0 {
			done = append(done, Message{Type: s.buf[0], Body: s.buf})
			s.buf = nil
		}
	}
	return done
}

// header takes bytes of the current message's header and says how many.
func (s *cryptoStream) header(b []byte) int {
	if len(s.buf) >= messageHeaderLen {
		return 0
	}
	n := min(messageHeaderLen-len(s.buf), len(b))
	s.buf = append(s.buf, b[:n]...)
	if len(s.buf) == messageHeaderLen {
		s.left = int(s.buf[1])<<16 | int(s.buf[2])<<8 | int(s.buf[3])
		s.bad = s.left > maxMessage
	}
	return n
}

// kept reports whether messages of that type are kept whole.
func kept(typ uint8) bool {
	return typ == clientHello || typ == serverHello || typ == encryptedExtensions
}
