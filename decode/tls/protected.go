package tls

import "github.com/pktjourney/pktjourney/decode/flow"

// flight follows the encrypted part of a TLS 1.3 handshake by the order and the
// length of its records (RFC 8446 section 2).
type flight struct {
	started bool  // from the ServerHello on
	over    bool  // from the client's Finished on, that record included
	eoed    bool  // the client's EndOfEarlyData was seen
	hash    uint8 // length of the cipher suite's hash; 0 when it is not known
	tag     uint8 // what encryption adds to the content, without the type byte
	client  uint8 // protected records of the client since the start
}

const (
	// sealType is the byte of true content type in a protected record (RFC 8446 section 5.2).
	sealType = 1
	// endOfEarlyDataLen is the whole message (RFC 8446 section 4.5).
	endOfEarlyDataLen = handshakeHeaderLen
	// maxFlight is how many records a client's last flight may have: a
	// certificate chain in pieces, its proof, and Finished.
	maxFlight = 16
	// padding is the block to which a sender that pads its records is taken to pad.
	padding = 64
	tagLen  = 16
)

// start begins the flight with the cipher suite that was chosen.
func (f *flight) start(suite CipherSuite) {
	*f = flight{started: true, hash: 32, tag: tagLen}
	switch suite {
	case 0x1302: // TLS_AES_256_GCM_SHA384
		f.hash = 48
	case 0x1305: // TLS_AES_128_CCM_8_SHA256
		f.tag = 8
	}
}

// fits reports whether a record of length n can be a message of size bytes alone.
func (f *flight) fits(n, size int) bool { return n == size+sealType+int(f.tag) }

// fitsFinished reports whether a record of length n can be a Finished alone
// (RFC 8446 section 4.4.4).
func (f *flight) fitsFinished(n int) bool {
	if f.hash == 0 {
		return f.fits(n, handshakeHeaderLen+32) || f.fits(n, handshakeHeaderLen+48)
	}
	return f.fits(n, handshakeHeaderLen+int(f.hash))
}

// padded reports whether a record of length n seems to be filled up (RFC 8446 section 5.4).
func (f *flight) padded(n int) bool {
	n -= int(f.tag)
	return n > handshakeHeaderLen+48 && n%padding == 0
}

// classify says what the record r, which begins in dir, carries.
func (c *Conn) classify(dir flow.Dir, r Record) (class Class, deduced bool) {
	if r.Type != TypeApplicationData || c.half[dir].old {
		return wireClass(r.Type), false
	}
	if !c.flight.started && c.silent13(dir) {
		c.flight = flight{started: true, tag: tagLen}
	}
	switch {
	case !c.flight.started:
		// Without the server's answer nobody knows whether this is TLS 1.3.
		return ApplicationData, c.server == nil || c.retried
	case c.flight.over:
		return ApplicationData, true
	case c.flight.fits(r.Length, alertLen):
		return AlertClass, true
	case dir == c.clientDir:
		return c.clientFlight(r.Length), true
	}
	return c.serverFlight(r.Length), true
}

// silent13 reports whether application data in dir gives TLS 1.3 away although
// the ServerHello was not seen. Earlier servers send none before the client's
// ChangeCipherSpec, and earlier clients send a handshake record after theirs
// (RFC 5246 section 7.3).
func (c *Conn) silent13(dir flow.Dir) bool {
	if c.client == nil || !c.client.offers13() || c.server != nil && !c.retried {
		return false
	}
	client := &c.half[c.clientDir]
	if dir != c.clientDir {
		return !client.ciphered && !client.lost
	}
	return client.ciphered && !client.finished && !c.early()
}

// guess says what the record carries whose header h has begun to read.
func (c *Conn) guess(h *half) (class Class, deduced bool) {
	t := ContentType(h.header[0])
	switch {
	case h.old:
		return Handshake, false
	case t == TypeApplicationData && c.flight.started:
		if c.flight.over {
			return ApplicationData, true
		}
		return Handshake, true
	}
	return wireClass(t), false
}

// clientFlight takes note of a protected record of the client before it was
// known to have sent Finished. A certificate may come before that.
func (c *Conn) clientFlight(n int) Class {
	f := &c.flight
	f.client++
	if c.early() {
		return c.earlyFlight(n)
	}
	f.over = f.fitsFinished(n) || f.padded(n) || f.client == maxFlight
	return Handshake
}

// earlyFlight: what the client sends before EndOfEarlyData is application data
// (RFC 8446 section 2.3).
func (c *Conn) earlyFlight(n int) Class {
	f := &c.flight
	switch {
	case f.fits(n, endOfEarlyDataLen):
		f.eoed = true
		return Handshake
	case f.eoed || f.fitsFinished(n):
		f.over = true
		return Handshake
	}
	f.over = f.client == maxFlight
	return ApplicationData
}

// early reports whether application data of the client may come before its Finished.
func (c *Conn) early() bool { return c.client != nil && c.client.EarlyData && !c.retried }

// serverFlight takes note of a protected record of the server before the client
// was known to have sent Finished.
func (c *Conn) serverFlight(n int) Class {
	f := &c.flight
	if f.client > 0 && !c.early() {
		// It answers the client's flight, whose Finished was not alone in its record.
		f.over = true
		return ApplicationData
	}
	if !c.half[c.clientDir].seen && f.fitsFinished(n) {
		// The client's side was not captured; take the server's own Finished.
		f.over = true
	}
	return Handshake
}
