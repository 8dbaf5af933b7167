package openvpn

// plainReset is the length of the first packet of a client: opcode, session id, no
// acknowledgements, packet number 0.
const plainReset = 1 + sessionLen + 1 + 4

// hmacs are the lengths of the digests that OpenVPN has for tls-auth: MD5, SHA-1, SHA-224, SHA-256, SHA-384, SHA-512.
var hmacs = [...]int{16, 20, 28, 32, 48, 64}

// Opening reports whether b is the packet with which a client opens a session, and how
// long the HMAC of tls-auth in it is. It costs next to nothing for what is none.
func Opening(b []byte) (hmac int, ok bool) {
	if len(b) < plainReset || Opcode(b[0]>>3) != HardResetClient2 && Opcode(b[0]>>3) != HardResetClient1 || b[0]&7 != 0 {
		return 0, false
	}
	for _, z := range b[len(b)-5:] {
		if z != 0 {
			return 0, false // it acknowledges nothing, and is the first
		}
	}
	p, _ := Parse(b, 0)
	if p.Session == 0 {
		return 0, false
	}
	if len(b) == plainReset {
		return 0, true
	}
	for _, n := range hmacs {
		if len(b) == plainReset+n+replayLen {
			return n, true
		}
	}
	return 0, false
}

// OpeningOverTCP is Opening for the first bytes of a TCP stream, where the packet has its length before it.
func OpeningOverTCP(b []byte) (hmac int, ok bool) {
	if len(b) < lengthLen+plainReset || b[0] != 0 {
		return 0, false
	}
	n := int(b[1])
	if n < plainReset || len(b) < lengthLen+n {
		return 0, false
	}
	return Opening(b[lengthLen : lengthLen+n])
}
