package dns

// EDNS is what an OPT record says of its sender (RFC 6891 section 6.1.3).
type EDNS struct {
	Present bool
	Size    uint16 // bytes that it accepts over UDP
	Version uint8
	DO      bool // it wants DNSSEC records (RFC 3225 section 3)
}

// edns reads the fields of an OPT record that stand where other records have
// class and TTL. There must be one only; of several the first counts.
func (p *parser) edns(class Class, ttl uint32) {
	if p.m.EDNS.Present {
		return
	}
	p.m.EDNS = EDNS{
		Present: true,
		Size:    uint16(class),
		Version: uint8(ttl >> 16),
		DO:      ttl&0x8000 != 0,
	}
	p.m.RCode |= RCode(ttl>>24) << 4
}
