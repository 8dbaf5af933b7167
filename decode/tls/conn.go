package tls

import (
	"encoding/binary"

	"github.com/pktjourney/pktjourney/decode/flow"
)

// Conn follows the records of one TLS connection in both directions. The zero
// value is ready. What Data, Gap and Close append covers the bytes given to
// them, in order.
type Conn struct {
	// Secrets finds the secret with a label of package secret for a client random value;
	// nil when there are none. It is set before the first bytes come.
	Secrets func(label string, random []byte) []byte

	half   [2]half
	client *ClientHello
	server *ServerHello
	flight flight

	certificate       *Certificate // that came last, until its facts are told; nil when it can not be read
	clientCertificate bool         // it is the client's

	clientDir   flow.Dir
	clientKnown bool // one of the hellos told clientDir
	retried     bool // a HelloRetryRequest was seen
	resumed     bool
	preMaster   []byte // of the current handshake, as Secrets knows it
	alpn        string // that the server chose inside the encrypted handshake
}

// half is one direction.
type half struct {
	header    [headerLen]byte
	headerLen uint8 // bytes of header that are there
	class     Class // of the current record
	deduced   bool  // see Part
	old       bool  // the current record is an SSL 2.0 ClientHello
	seen      bool  // any byte was seen
	lost      bool  // no record boundary is known
	ciphered  bool  // a ChangeCipherSpec came
	finished  bool  // an encrypted handshake record came: this is no TLS 1.3
	answered  bool  // a message that only a full handshake of TLS 1.2 has came
	left      int32 // content of the current record still to come, once the header is complete

	seal     seal
	messages *assembly       // nil while no handshake message is open
	oldBody  []byte          // what has come of an SSL 2.0 ClientHello behind its version
	alert    Alert           // of the current record
	done     []HandshakeType // that ended in the current record
}

// NextProtocol is what the connection carries, by ALPN (RFC 7301); "" when that is not known.
func (c *Conn) NextProtocol() string {
	if c.alpn == "" && c.server != nil {
		return c.server.ALPN
	}
	return c.alpn
}

// ClientHello is the last one seen, or nil.
func (c *Conn) ClientHello() *ClientHello { return c.client }

// ServerHello is the last one seen, or nil. It may be a HelloRetryRequest.
func (c *Conn) ServerHello() *ServerHello { return c.server }

// ClientDir is the direction of the client; ok is false before the first hello.
func (c *Conn) ClientDir() (dir flow.Dir, ok bool) { return c.clientDir, c.clientKnown }

// Resumed reports whether the handshake took up an earlier session: its
// identifier came back (RFC 5246 section 7.3), no certificate followed a ticket
// (RFC 5077 section 3.1), or a pre-shared key was chosen (RFC 8446 section 2.2).
func (c *Conn) Resumed() bool { return c.resumed }

// Data takes the next bytes of dir, which it does not keep. It does not
// allocate for bytes of application data.
func (c *Conn) Data(dir flow.Dir, b []byte, parts []Part) []Part {
	h := &c.half[dir]
	h.seal.plain = h.seal.plain[:0]
	if h.lost && startsRecord(b) {
		h.lost = false
	}
	for len(b) > 0 {
		p := c.next(dir, b)
		parts = append(parts, p)
		b = b[p.Len:]
		h.seen = true
	}
	return parts
}

// Skip takes the next n bytes of dir, if they are application data inside a record that nobody opens and
// that does not end with them: Data would give one Part for them, with nothing but its length and Class. It
// reports whether they are; otherwise it does nothing.
func (c *Conn) Skip(dir flow.Dir, n int) bool {
	h := &c.half[dir]
	if n >= int(h.left) || h.class != ApplicationData || h.lost || h.seal.current {
		return false
	}
	h.left -= int32(n)
	return true
}

// Gap takes note of n bytes of dir that were never captured. A record whose
// header is known goes on; otherwise the direction is lost until a chunk starts
// like a record.
func (c *Conn) Gap(dir flow.Dir, n int, parts []Part) []Part {
	h := &c.half[dir]
	if h.left > 0 && n > 0 {
		m := min(int(h.left), n)
		h.left -= int32(m)
		h.drop()
		h.seal.skip()
		parts = append(parts, Part{Len: m, Class: h.class, Deduced: h.deduced, End: h.left == 0, Record: h.record()})
		n -= m
		if h.left == 0 {
			h.finish()
		}
	}
	if n > 0 {
		parts = append(parts, Part{Len: n})
		c.lose(dir)
	}
	return parts
}

// Close takes note that dir has ended. No record ends by that.
func (c *Conn) Close(dir flow.Dir, parts []Part) []Part {
	c.half[dir].messages = nil
	return parts
}

// next takes bytes of one record from b.
func (c *Conn) next(dir flow.Dir, b []byte) Part {
	h := &c.half[dir]
	if h.lost {
		return Part{Len: len(b)}
	}
	p := Part{Begin: h.headerLen == 0}
	n := 0
	if h.left == 0 {
		if n = h.readHeader(b); n < 0 {
			c.lose(dir)
			return Part{Len: len(b)}
		}
		if h.headerLen < headerLen {
			p.Len = n
			p.Class, p.Deduced = c.guess(h)
			return p
		}
		c.open(dir)
	}
	m := min(int(h.left), len(b)-n)
	p.Len, p.Class, p.Deduced = n+m, h.class, h.deduced
	if h.seal.current {
		c.sealedContent(dir, b[n:n+m], &p)
	} else {
		c.content(dir, b[n:n+m], &p)
	}
	h.left -= int32(m)
	p.End = h.left == 0
	p.Record = h.record()
	if p.End {
		h.finish()
	}
	return p
}

// readHeader takes bytes of a header and says how many, or -1 when they are none.
func (h *half) readHeader(b []byte) int {
	if !h.seen {
		h.old = b[0]&0x80 != 0
	}
	n := copy(h.header[h.headerLen:], b)
	h.headerLen += uint8(n)
	ok := plausible
	if h.old {
		ok = oldHello
	}
	if !ok(h.header[:h.headerLen]) {
		return -1
	}
	return n
}

// open begins the record whose header is complete.
func (c *Conn) open(dir flow.Dir) {
	h := &c.half[dir]
	h.done, h.alert, h.seal.inner = nil, Alert{}, 0
	r := h.record()
	h.left = int32(r.Length)
	h.class, h.deduced = c.classify(dir, r)
	switch {
	case h.old:
		h.left -= headerLen - oldHeaderLen
	case r.Type != TypeHandshake:
		h.messages = nil
	case c.sealed(dir):
		h.done = append(h.done, TypeEncrypted)
		h.finished = true
	case h.messages != nil:
		h.messages.unreadable = false
	}
	if r.Type == TypeChangeCipherSpec {
		c.changeCipher(dir)
	}
	h.seal.current = c.Secrets != nil && !h.old && c.isSealed(dir, r.Type)
}

// record is what is known of the current record.
func (h *half) record() Record {
	if h.old {
		return oldRecord(h.header, h.done)
	}
	typ := ContentType(h.header[0])
	if h.seal.inner != 0 {
		typ = h.seal.inner
	}
	return Record{
		Type:       typ,
		Version:    Version(binary.BigEndian.Uint16(h.header[1:])),
		Length:     int(binary.BigEndian.Uint16(h.header[3:])),
		Handshakes: h.done,
		Alert:      h.alert,
	}
}

// finish ends the current record.
func (h *half) finish() {
	h.headerLen, h.old = 0, false
	h.done, h.oldBody = nil, nil
}

// drop forgets the handshake message that lacks bytes.
func (h *half) drop() {
	if h.messages != nil {
		h.messages.giveUp()
	}
}

// lose marks that the next record boundary of dir is unknown. What the client
// said meanwhile may have been its Finished.
func (c *Conn) lose(dir flow.Dir) {
	h := &c.half[dir]
	h.lost, h.left = true, 0
	h.messages = nil
	h.seal.lose()
	h.finish()
	if c.flight.started && dir == c.clientDir {
		c.flight.over = true
	}
}
