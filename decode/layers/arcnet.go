package layers

const (
	arcnetBSDLen     = 3 // source, destination, protocol
	arcnetLinuxLen   = 5 // source, destination, 2 bytes of offset, protocol
	arcnetSplitLen   = 3 // split flag, sequence number
	arcnetExceptLen  = 4 // three bytes 0xff of padding and the protocol again
	arcnetException  = 0xff
	arcnetLaterPiece = 2 // the least split flag of one: it is even and not 0
)

// arcnetLinux reads an ARCnet packet as Linux captures it (LINKTYPE_ARCNET_LINUX).
func (p *Packet) arcnetLinux(r rest) {
	if p.has(LayerARCnet, "header", r, arcnetLinuxLen) {
		p.arcnet(r, arcnetLinuxLen, false)
	}
}

// arcnetBSD reads an ARCnet packet as BSD captures it (LINKTYPE_ARCNET_BSD):
// in place of the split flag there may be padding, which makes an exception
// packet of one that would have a length that ARCnet can not send (RFC 1201 section 2.1).
func (p *Packet) arcnetBSD(r rest) {
	if p.has(LayerARCnet, "header", r, arcnetBSDLen) {
		p.arcnet(r, arcnetBSDLen, true)
	}
}

// arcnet reads what follows the protocol, the last of n bytes. The protocols of
// RFC 1051 follow at once, those of RFC 1201 behind a split flag and a sequence
// number. A packet that was split is known by its first piece alone.
func (p *Packet) arcnet(r rest, n int, exceptions bool) {
	t, split := arcnetProtocol(r.b[n-1])
	if !split {
		p.arcnetPayload(p.enter(LayerARCnet, r, n), t)
		return
	}
	if !p.has(LayerARCnet, "split flag", r, n+arcnetSplitLen) {
		return
	}
	if exceptions && r.b[n] == arcnetException {
		n += arcnetExceptLen
		if !p.has(LayerARCnet, "split flag", r, n+arcnetSplitLen) {
			return
		}
	}
	flag := r.b[n]
	r = p.enter(LayerARCnet, r, n+arcnetSplitLen)
	if flag >= arcnetLaterPiece && flag&1 == 0 {
		p.payload(r)
		return
	}
	p.arcnetPayload(r, t)
}

// arcnetPayload reads what the protocol announces; t is 0 for one that is not read.
func (p *Packet) arcnetPayload(r rest, t EtherType) {
	if t == 0 {
		p.payload(r)
		return
	}
	p.etherType(r, t)
}

// arcnetProtocol gives the EtherType of a protocol and says whether its packets
// may be split (RFC 1051, RFC 1201; RFC 2497 for IPv6). Of the protocols that are not
// read nothing is known, and none is split.
func arcnetProtocol(id byte) (t EtherType, split bool) {
	switch id {
	case 196:
		return EtherTypeIPv6, true
	case 212:
		return EtherTypeIPv4, true
	case 213:
		return EtherTypeARP, true
	case 214:
		return EtherTypeRARP, true
	case 240:
		return EtherTypeIPv4, false
	case 241:
		return EtherTypeARP, false
	}
	return 0, false
}
