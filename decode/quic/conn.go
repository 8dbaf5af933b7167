package quic

import (
	"bytes"
	"slices"
)

// Side is one end of a connection.
type Side uint8

// The two ends.
const (
	Client Side = iota
	Server
)

// Other is the other end.
func (s Side) Other() Side { return 1 - s }

// level is an encryption level (RFC 9001 section 2.1).
type level uint8

const (
	levelInitial level = iota
	levelEarly
	levelHandshake
	levelApplication
	levels
)

// space is a packet number space (RFC 9000 section 12.3): early and application data share one.
func (l level) space() int { return [levels]int{0, 2, 1, 2}[l] }

// Conn is one connection. A Table makes it.
type Conn struct {
	// Secrets finds the secret with a label of the key log format
	// (draft-ietf-tls-keylogfile section 2), nil when it is not known. It is asked when a
	// packet needs it; nil when there are no secrets.
	Secrets func(label string) []byte

	// Note is for who uses the connection; this package does not look at it.
	Note any

	table    *Table
	version  Version
	original []byte // DCID of the client's first Initial packet
	derived  []byte // the connection ID that the Initial keys were derived from
	suite    uint16 // that the server chose; 0 when it is not known
	ids      []chosen
	half     [2]half // by the side that sends
}

// chosen is a connection ID and the side that chose it.
type chosen struct {
	id
	side Side
}

// half is what one side sends.
type half struct {
	keys     [levels]*keys
	initial  Version  // that the keys of level Initial are of
	previous *keys    // of the application level, before the last key update
	phase    bool     // the current key phase
	turned   int64    // the first packet number of that phase
	largest  [3]int64 // packet number seen, by space; -1 before the first
	crypto   [levels]*cryptoStream
	streams  streams
	idLen    int // length of the connection IDs that the side chose
}

// Open begins the connection whose first packet is at b, a datagram of the client. It returns nil
// unless that is an Initial packet which is authentic (RFC 9001 section 5.2).
func (t *Table) Open(b []byte) *Conn {
	h, err := parseHeader(b, len(b), 0)
	if err != nil || h.Type != Initial {
		return nil
	}
	c := t.begin(&h)
	var scratch Packet
	if !c.open(&scratch, Client, b[:h.size], &h) {
		return nil
	}
	// What is read here is read again: nothing may look like a repetition then.
	return t.begin(&h)
}

// Join begins a connection in its middle, with the long header at b, a datagram that had wireLen
// bytes on the wire. It returns nil unless the header is whole and its lengths fit.
func (t *Table) Join(b []byte, wireLen int) *Conn {
	h, err := parseHeader(b, wireLen, 0)
	if err != nil || !h.plausible(wireLen) {
		return nil
	}
	return t.begin(&h)
}

func (t *Table) begin(h *Header) *Conn {
	c := &Conn{table: t, version: h.Version}
	c.original = bytes.Clone(h.DCID)
	c.derived = c.original
	for i := range c.half {
		c.half[i].largest = [3]int64{-1, -1, -1}
	}
	return c
}

// plausible reports whether the header alone can be believed: that of a known version whose
// packets fill the datagram, or a Version Negotiation packet that names a known version.
func (h *Header) plausible(wireLen int) bool {
	switch h.Type {
	case UnknownType:
		return h.Version.forced() && wireLen >= minInitial
	case VersionNegotiation:
		return slices.ContainsFunc(h.Versions, func(v uint32) bool { return Version(v).known() })
	case Retry:
		return len(h.SCID) > 0 && len(h.Token) > 0
	}
	return h.size == wireLen || wireLen-h.size >= minShort
}

const (
	minInitial = 1200 // bytes of a datagram with a client's Initial packet (RFC 9000 section 14.1)
	minShort   = 1 + maxNumber + tagLen
)

// Version is the version that the connection uses, as far as it is known.
func (c *Conn) Version() Version { return c.version }

// SetSuite says which TLS cipher suite the server chose.
func (c *Conn) SetSuite(id uint16) { c.suite = id }

// chose is the side that chose k.
func (c *Conn) chose(k id) Side {
	for _, have := range c.ids {
		if have.id == k {
			return have.side
		}
	}
	return Server
}

// release drops what the connection holds of the budget.
func (c *Conn) release() {
	for i := range c.half {
		h := &c.half[i]
		for _, s := range h.crypto {
			if s != nil {
				s.giveUp(&c.table.budget)
			}
		}
		h.streams.release(&c.table.budget)
	}
}
