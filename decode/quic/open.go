package quic

// open removes the protection of packet and reports whether that could be done.
func (c *Conn) open(p *Packet, from Side, packet []byte, h *Header) bool {
	l := levelOf(h.Type)
	if l == levelInitial {
		return c.openInitial(p, from, packet, h)
	}
	half := &c.half[from]
	if half.keys[l] == nil {
		return c.Secrets != nil && c.unlock(p, from, packet, h)
	}
	if l == levelApplication {
		return c.openApplication(p, half, packet, h)
	}
	return half.try(half.keys[l], p, packet, h)
}

// openInitial opens a packet whose keys follow from its version and the connection ID
// that the client chose for the server.
func (c *Conn) openInitial(p *Packet, from Side, packet []byte, h *Header) bool {
	half := &c.half[from]
	f := h.Version.family()
	if half.keys[levelInitial] == nil || half.initial != h.Version {
		half.keys[levelInitial], _ = initialKeys(f, c.derived, from)
		half.initial = h.Version
	}
	k := half.keys[levelInitial]
	if k != nil && half.try(k, p, packet, h) {
		return true
	}
	return from == Client && c.rekey(p, packet, h)
}

// rekey opens an Initial packet of a client that goes by another connection ID since a Retry
// which was not captured (RFC 9001 section 5.2).
func (c *Conn) rekey(p *Packet, packet []byte, h *Header) bool {
	if len(h.Token) == 0 && c.half[Client].largest[0] >= 0 || string(h.DCID) == string(c.derived) {
		return false
	}
	k, err := initialKeys(h.Version.family(), h.DCID, Client)
	if err != nil || !c.half[Client].try(k, p, packet, h) {
		return false
	}
	c.restart(h.DCID)
	c.half[Client].keys[levelInitial], c.half[Client].initial = k, h.Version
	return true
}

// try opens packet with k and takes note of its number.
func (half *half) try(k *keys, p *Packet, packet []byte, h *Header) bool {
	header, n, err := k.unmask(p.clear[:0], packet, h)
	if err != nil {
		return false
	}
	return half.finish(k, p, header, n, packet, h)
}

// finish opens the payload of packet, whose header is in clear.
func (half *half) finish(k *keys, p *Packet, header []byte, n int, packet []byte, h *Header) bool {
	largest := &half.largest[levelOf(h.Type).space()]
	number := decodeNumber(*largest, truncatedNumber(header, n), uint(8*n))
	plain, err := k.open(header, header, packet[len(header):], number)
	p.clear = header
	if err != nil {
		return false
	}
	p.clear = plain
	p.Opened, p.Number = true, number
	p.payload = plain[len(header):]
	*largest = max(*largest, number)
	return true
}

// unlock opens the first packet of a level, with the secret that the caller may know. While
// the cipher suite is not known each one is tried whose secrets are as long.
func (c *Conn) unlock(p *Packet, from Side, packet []byte, h *Header) bool {
	l := levelOf(h.Type)
	secret := c.Secrets(label(from, l))
	f := c.version.family()
	if len(secret) == 0 || f == nil {
		return false
	}
	for _, s := range [...]*suite{aes128, aes256, chacha} {
		if s.hash().Size() != len(secret) || c.suite != 0 && c.suite != s.id {
			continue
		}
		if k, err := newKeys(s, f, secret); err == nil && c.begin(k, p, from, packet, h) {
			return true
		}
	}
	return false
}

// begin opens the first packet of a level with k and keeps k when it fits. A packet with a short header may be
// of the second key phase: none of the first need have been captured.
func (c *Conn) begin(k *keys, p *Packet, from Side, packet []byte, h *Header) bool {
	half, l := &c.half[from], levelOf(h.Type)
	half.keys[l] = k
	if l == levelApplication && c.openApplication(p, half, packet, h) || l != levelApplication && half.try(k, p, packet, h) {
		return true
	}
	half.keys[l] = nil
	return false
}

// label is the name of a secret in a key log.
func label(from Side, l level) string {
	switch {
	case l == levelEarly:
		return "CLIENT_EARLY_TRAFFIC_SECRET"
	case l == levelHandshake && from == Client:
		return "CLIENT_HANDSHAKE_TRAFFIC_SECRET"
	case l == levelHandshake:
		return "SERVER_HANDSHAKE_TRAFFIC_SECRET"
	case from == Client:
		return "CLIENT_TRAFFIC_SECRET_0"
	}
	return "SERVER_TRAFFIC_SECRET_0"
}

// openApplication opens a packet with a short header and follows key updates: the sender shows by a bit
// that it has changed its keys (RFC 9001 section 6).
func (c *Conn) openApplication(p *Packet, half *half, packet []byte, h *Header) bool {
	k := half.keys[levelApplication]
	header, n, err := k.unmask(p.clear[:0], packet, h)
	if err != nil {
		return false
	}
	if phase := header[0]&keyPhaseBit != 0; phase == half.phase {
		return half.finish(k, p, header, n, packet, h)
	}
	number := decodeNumber(half.largest[2], truncatedNumber(header, n), uint(8*n))
	if half.previous != nil && number < half.turned {
		return half.finish(half.previous, p, header, n, packet, h)
	}
	next, err := k.updated()
	if err != nil || !half.finish(next, p, header, n, packet, h) {
		return false
	}
	half.previous, half.keys[levelApplication] = k, next
	half.phase, half.turned = !half.phase, p.Number
	return true
}
