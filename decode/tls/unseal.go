package tls

import (
	"hash"

	"github.com/pktjourney/pktjourney/decode/flow"
	"github.com/pktjourney/pktjourney/decode/secret"
)

// seal is the protection of one direction, as far as its secrets are known.
type seal struct {
	opener  *opener
	secret  []byte // of opener, in TLS 1.3
	seq     uint64 // of the next record
	stage   int    // in TLS 1.3: how many of the direction's secrets are used up, opener's among them
	holed   bool   // records were lost: the sequence number may be greater
	opened  bool   // a record was opened
	failed  int    // records in a row that could not be opened
	buf     []byte // what has come of the current record
	current bool   // the current record is one to be opened
	inner   ContentType
	plain   []byte    // contents of the records that were opened in this call of Data; reused
	inside  *assembly // of handshake messages; nil while none is open
}

// skip gives the current record up, of which bytes are missing; its sequence number is used.
func (s *seal) skip() {
	if s.current {
		s.current = false
		s.buf = s.buf[:0]
		s.seq++
	}
}

// lose notes that an unknown number of records is missing.
func (s *seal) lose() {
	s.current, s.holed, s.inside = false, true, nil
	s.buf = s.buf[:0]
}

const (
	// maxHoled is how many records a hole may have swallowed.
	maxHoled = 64
	// maxFailed is after how many records a direction is given up.
	maxFailed = 16
)

// stages13 are the labels of a direction's secrets in the order of their use (RFC 8446 section 7.1).
func (c *Conn) stages13(dir flow.Dir) []string {
	switch {
	case dir != c.clientDir:
		return []string{secret.ServerHandshake, secret.ServerTraffic}
	case c.client.EarlyData:
		return []string{secret.ClientEarly, secret.ClientHandshake, secret.ClientTraffic}
	}
	return []string{secret.ClientHandshake, secret.ClientTraffic}
}

// isSealed reports whether the record that dir has begun is protected, and secrets may open it.
func (c *Conn) isSealed(dir flow.Dir, t ContentType) bool {
	s := &c.half[dir].seal
	if c.Secrets == nil || c.client == nil || s.failed > maxFailed || t == TypeChangeCipherSpec {
		return false
	}
	if c.sealed(dir) {
		return s.opener != nil
	}
	is13 := c.Is13() || c.client.offers13() && (c.server == nil || c.server.Version.is13())
	return t == TypeApplicationData && is13 && (s.opener != nil || c.hasSecret(dir))
}

// hasSecret reports whether one of the direction's secrets is known.
func (c *Conn) hasSecret(dir flow.Dir) bool {
	for _, label := range c.stages13(dir) {
		if len(c.Secrets(label, c.client.Random[:])) > 0 {
			return true
		}
	}
	return false
}

// sealedContent takes content of a record that may be opened once it is whole.
func (c *Conn) sealedContent(dir flow.Dir, b []byte, p *Part) {
	h := &c.half[dir]
	s := &h.seal
	whole := b
	if len(b) < int(h.left) || len(s.buf) > 0 {
		s.buf = append(s.buf, b...)
		whole = s.buf
	}
	if len(b) < int(h.left) {
		if s.opened { // what the keys of this direction have opened before is no guess
			p.Deduced = false
		}
		return
	}
	plain, typ, err := c.unseal(dir, whole)
	s.buf = s.buf[:0]
	if err != nil {
		s.failed++
		c.content(dir, b, p)
		return
	}
	s.failed, s.opened, s.inner = 0, true, typ
	h.class, h.deduced, h.done = wireClass(typ), false, nil
	p.Class, p.Deduced = h.class, false
	c.inside(dir, typ, plain, p)
}

// unseal opens a whole record with the secret in use, else with the next one of its direction.
func (c *Conn) unseal(dir flow.Dir, sealed []byte) (plain []byte, typ ContentType, err error) {
	h := &c.half[dir]
	s := &h.seal
	err = errOpen
	if s.opener != nil {
		if plain, typ, err = s.try(s.opener, s.seq, h.header, sealed); err == nil || !s.opener.version.is13() {
			return plain, typ, err
		}
		if plain, typ, err = c.updated(dir, sealed); err == nil {
			return plain, typ, nil
		}
	}
	stages := c.stages13(dir)
	for i := s.stage; i < len(stages); i++ {
		value := c.Secrets(stages[i], c.client.Random[:])
		for _, suite := range c.suites13(stages[i], value) {
			p := protectionOf(suite)
			o := newOpener13(&p, value)
			if o == nil {
				continue
			}
			if plain, typ, err = s.try(o, 0, h.header, sealed); err == nil {
				s.opener, s.secret, s.stage = o, value, i+1
				return plain, typ, nil
			}
		}
	}
	return nil, 0, err
}

// try opens a record with o. After a hole the sequence numbers behind seq are tried too.
func (s *seal) try(o *opener, seq uint64, header [headerLen]byte, sealed []byte) (plain []byte, typ ContentType, err error) {
	last := seq
	if s.holed {
		last += maxHoled
	}
	for n := seq; n <= last; n++ {
		var all []byte
		if all, typ, err = o.open(s.plain, header, n, sealed); err == nil {
			plain = all[len(s.plain):]
			s.plain, s.seq, s.holed = all, n+1, false
			return plain, typ, nil
		}
	}
	return nil, 0, err
}

// updated tries the secret that follows after a KeyUpdate (RFC 8446 section 7.2).
func (c *Conn) updated(dir flow.Dir, sealed []byte) (plain []byte, typ ContentType, err error) {
	h := &c.half[dir]
	s := &h.seal
	for _, suite := range c.suites13("", s.secret) {
		p := protectionOf(suite)
		next := expandLabel(p.prf, s.secret, "traffic upd", len(s.secret))
		o := newOpener13(&p, next)
		if o == nil {
			continue
		}
		if plain, typ, err = s.try(o, 0, h.header, sealed); err == nil {
			s.opener, s.secret = o, next
			return plain, typ, nil
		}
	}
	return nil, 0, errOpen
}

// suites13 are the cipher suites that a secret may be for: the one that the server chose; of
// early data, and where the server's answer was not seen, those whose hash is as long.
func (c *Conn) suites13(label string, value []byte) []CipherSuite {
	switch {
	case len(value) == 0:
		return nil
	case c.server != nil && c.server.Version.is13() && label != secret.ClientEarly:
		return []CipherSuite{c.server.CipherSuite}
	case len(value) == 48:
		return []CipherSuite{0x1302}
	}
	return []CipherSuite{0x1301, 0x1303, 0x1304, 0x1305}
}

// arm12 makes the opener of dir, whose ChangeCipherSpec came, out of the master secret (RFC 5246 section 6.3).
func (c *Conn) arm12(dir flow.Dir) {
	s := &c.half[dir].seal
	s.opener, s.seq, s.failed, s.holed = nil, 0, 0, false
	if c.Secrets == nil || c.client == nil || c.server == nil || c.server.Version < VersionTLS10 || c.server.Version > VersionTLS12 {
		return
	}
	p := protectionOf(c.server.CipherSuite)
	master := c.master12(p.prf)
	if len(master) == 0 || p.mode == modeNone {
		return
	}
	mac, iv := 0, 4
	switch p.mode {
	case modeCBC:
		mac, iv = p.mac().Size(), 16
		if p.triple {
			iv = 8
		}
	case modeChaCha:
		iv = 12
	case modeRC4:
		mac, iv = p.mac().Size(), 0
	}
	block := keyBlock(c.server.Version, p.prf, master, c.server.Random[:], c.client.Random[:], 2*(mac+p.key+iv))
	side := 0
	if dir != c.clientDir {
		side = 1
	}
	take := func(n int) []byte {
		pair := block[:2*n]
		block = block[2*n:]
		return pair[side*n:][:n]
	}
	macKey, key := take(mac), take(p.key)
	s.opener = newOpener12(c.server.Version, &p, macKey, key, take(iv), c.server.EncryptThenMAC)
}

// takePreMaster looks up the pre-master secret that b, the beginning of a ClientKeyExchange
// with its header, carries encrypted (RFC 5246 section 7.4.7.1).
func (c *Conn) takePreMaster(b []byte) {
	const at = handshakeHeaderLen + encryptedLengthLen
	if c.Secrets != nil && len(b) >= at+secret.PreMasterIDLen {
		c.preMaster = c.Secrets(secret.PreMaster, b[at:][:secret.PreMasterIDLen])
	}
}

// master12 is the master secret of TLS 1.2 and before, or nil. It does not follow from the
// pre-master secret where it depends on the whole handshake too (RFC 7627 section 4).
func (c *Conn) master12(prf func() hash.Hash) []byte {
	master := c.Secrets(secret.Master, c.client.Random[:])
	if len(master) > 0 || len(c.preMaster) == 0 || c.server.ExtendedMaster {
		return master
	}
	return masterSecret(c.server.Version, prf, c.preMaster, c.client.Random[:], c.server.Random[:])
}

// inside takes the content of a record that was opened.
func (c *Conn) inside(dir flow.Dir, typ ContentType, plain []byte, p *Part) {
	h := &c.half[dir]
	switch typ {
	case TypeHandshake:
		c.innerHandshake(dir, plain, p)
	case TypeAlert:
		if len(plain) >= alertLen {
			h.alert = Alert{Level: plain[0], Description: plain[1]}
		}
	case TypeApplicationData:
		p.Plain = plain
	}
}

// innerHandshake reads the messages of an encrypted handshake.
func (c *Conn) innerHandshake(dir flow.Dir, b []byte, p *Part) {
	h := &c.half[dir]
	if h.seal.inside == nil {
		h.seal.inside = new(assembly)
	}
	a := h.seal.inside
	a.unreadable = false
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
	p.Handshakes = h.done
}
