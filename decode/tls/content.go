package tls

import (
	"bytes"

	"github.com/pktjourney/pktjourney/decode/flow"
	"github.com/pktjourney/pktjourney/decode/wire"
)

// content reads what is in clear of b, the next bytes of the current record of dir.
func (c *Conn) content(dir flow.Dir, b []byte, p *Part) {
	h := &c.half[dir]
	switch {
	case h.old:
		c.oldContent(dir, b, p)
	case h.class == Handshake && !h.deduced:
		c.handshake(dir, b, p)
	case h.class == AlertClass && !h.deduced && !c.sealed(dir):
		r := h.record()
		r.readAlert(r.Length-int(h.left), b)
		h.alert = r.Alert
	}
}

// handshake reads the messages in b, bytes of a handshake record.
func (c *Conn) handshake(dir flow.Dir, b []byte, p *Part) {
	h := &c.half[dir]
	if c.sealed(dir) {
		if len(b) == int(h.left) {
			p.Handshakes = h.done
		}
		return
	}
	if h.messages == nil {
		h.messages = new(assembly)
	}
	a := h.messages
	before := len(h.done)
	for len(b) > 0 && !a.unreadable {
		n, done, err := a.next(b)
		b = b[n:]
		if err != nil {
			p.Err = err
			a.giveUp()
		} else if done {
			h.done = append(h.done, a.typ())
			p.Err = firstError(p.Err, c.message(dir, a.typ(), a.buf))
			a.reset()
		}
	}
	p.Handshakes = h.done[before:len(h.done):len(h.done)]
}

// message takes note of a complete message; b is what assembly keeps of it.
func (c *Conn) message(dir flow.Dir, typ HandshakeType, b []byte) error {
	switch typ {
	case TypeClientHello:
		hello, err := ParseClientHello(b)
		c.setClient(dir)
		c.client, c.preMaster = &hello, nil
		return err
	case TypeServerHello:
		hello, err := ParseServerHello(b)
		c.setClient(dir.Reverse())
		c.serverHello(&hello)
		return err
	case TypeEncryptedExts:
		return c.encryptedExtensions(b)
	case TypeFinished:
		if dir == c.clientDir && c.flight.started {
			c.flight.over = true
		}
	case TypeCertificate:
		c.half[dir].answered = true
		c.takeCertificate(dir, b)
	case TypeClientKeyExchange:
		c.takePreMaster(b)
	case TypeServerKeyExchange, TypeServerHelloDone:
		c.half[dir].answered = true
	}
	return nil
}

// takeCertificate reads the beginning of a Certificate message of dir. One that can not be read,
// or whose side is not known, says nothing: the handshake does not depend on it.
func (c *Conn) takeCertificate(dir flow.Dir, b []byte) {
	c.certificate, c.clientCertificate = nil, dir == c.clientDir
	if c.clientKnown {
		c.certificate, _ = ParseCertificate(b, c.Is13())
	}
}

func (c *Conn) setClient(dir flow.Dir) { c.clientDir, c.clientKnown = dir, true }

func (c *Conn) serverHello(s *ServerHello) {
	c.server = s
	if s.HelloRetry {
		c.retried = true
		return
	}
	if s.Version.is13() {
		c.flight.start(s.CipherSuite)
		c.resumed = s.PSK
		return
	}
	c.resumed = c.client != nil && len(s.SessionID) > 0 && bytes.Equal(s.SessionID, c.client.SessionID)
}

// changeCipher takes note of a ChangeCipherSpec of dir. The server's, straight
// after its hello, tells that it accepted the client's ticket.
func (c *Conn) changeCipher(dir flow.Dir) {
	h := &c.half[dir]
	if c.server != nil && !c.Is13() && dir != c.clientDir && !h.ciphered && !h.answered {
		c.resumed = c.resumed || c.client != nil && c.client.Ticket
	}
	h.ciphered = true
	if !c.Is13() {
		c.arm12(dir)
	}
}

// Is13 reports whether the connection is known to speak TLS 1.3.
func (c *Conn) Is13() bool { return c.retried || c.flight.started }

// sealed reports whether handshake records and alerts of dir are encrypted:
// after ChangeCipherSpec (RFC 5246 section 7.1), except in TLS 1.3, where it
// means nothing (RFC 8446 appendix D.4).
func (c *Conn) sealed(dir flow.Dir) bool { return c.half[dir].ciphered && !c.Is13() }

// encryptedExtensions reads what a server of TLS 1.3 no longer says in clear (RFC 8446 section 4.3.1).
func (c *Conn) encryptedExtensions(b []byte) error {
	cur := wire.NewCursor("tls", b)
	body := openMessage(&cur, TypeEncryptedExts)
	eachExtension(&body, func(typ uint16, data *wire.Cursor) {
		if names := readALPN13(typ, data); len(names) > 0 {
			c.alpn = names[0]
		}
	})
	return cur.Err()
}

func readALPN13(typ uint16, data *wire.Cursor) []string {
	if typ != extensionALPN {
		return nil
	}
	return readALPN(data)
}

func firstError(a, b error) error {
	if a != nil {
		return a
	}
	return b
}
