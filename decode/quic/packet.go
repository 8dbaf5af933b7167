package quic

import "bytes"

// Packet is one packet of a datagram. It is refilled by Conn.Next, and valid until then.
type Packet struct {
	Header
	Number   int64     // valid iff Opened
	Opened   bool      // its protection could be removed; all below is valid then
	Crypto   bool      // it has CRYPTO frames
	Repeats  bool      // all of their bytes were seen before
	Data     bool      // it has STREAM or DATAGRAM frames
	Messages []Message // the TLS handshake messages that it completes
	Chunks   []Chunk   // bytes of streams that are in order now
	Close    *Close    // the CONNECTION_CLOSE frame; nil when there is none

	clear   []byte // header in clear, then the frames; reused
	payload []byte // the frames
	fresh   bool   // CRYPTO bytes that were not seen before
}

// Close says why a side closes the connection (RFC 9000 section 19.19).
type Close struct {
	Application bool   // the code is the application's
	Code        uint64 //
	Reason      string // may hold any bytes
}

// reset makes p ready for the next packet.
func (p *Packet) reset() {
	*p = Packet{Messages: p.Messages[:0], Chunks: p.Chunks[:0], clear: p.clear[:0]}
}

// Next reads the packet that b begins with, bytes of a datagram that side from sent,
// of which wireLen bytes were on the wire. It gives the number of bytes that the packet takes:
// what follows is the next one. The error is a *wire.Error; p then holds what was read before it.
// For a packet with a short header that can not be opened it does not allocate.
func (c *Conn) Next(from Side, b []byte, wireLen int, p *Packet) (n int, err error) {
	p.reset()
	p.Header, err = parseHeader(b, wireLen, c.half[from.Other()].idLen)
	if err != nil {
		return wireLen, err
	}
	switch p.Type {
	case VersionNegotiation, UnknownType:
		return wireLen, nil
	case Retry:
		return wireLen, c.retry(b, &p.Header)
	}
	c.follow(from, &p.Header)
	if p.size <= len(b) && c.open(p, from, b[:p.size], &p.Header) {
		err = c.frames(from, p)
	}
	return p.size, err
}

// follow takes note of a header.
func (c *Conn) follow(from Side, h *Header) {
	if h.Type == OneRTT {
		return
	}
	if from == Server || h.Type == Handshake {
		c.version = h.Version
	}
	if own := &c.half[from]; own.idLen != len(h.SCID) || !c.known(h.SCID) {
		own.idLen = len(h.SCID)
		c.table.add(c, from, h.SCID)
	}
}

// known reports whether b is one of the connection's IDs.
func (c *Conn) known(b []byte) bool {
	if len(b) == 0 {
		return true
	}
	k := makeID(b)
	for i := range c.ids {
		if c.ids[i].id == k {
			return true
		}
	}
	return false
}

// Belongs reports whether the packet with a long header at b can be of this connection: one of its
// IDs is the connection's, or another is not known yet. A client that opens another connection chooses new ones.
func (c *Conn) Belongs(b []byte) bool {
	h, err := parseHeader(b, len(b), 0)
	if err != nil || h.Type != Initial {
		return true
	}
	return bytes.Equal(h.DCID, c.original) || len(h.DCID) > 0 && c.known(h.DCID) || len(h.SCID) > 0 && c.known(h.SCID)
}

// levelOf is the encryption level of packets of type t.
func levelOf(t PacketType) level {
	switch t {
	case Initial:
		return levelInitial
	case ZeroRTT:
		return levelEarly
	case Handshake:
		return levelHandshake
	}
	return levelApplication
}
