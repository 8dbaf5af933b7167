package openvpn

import (
	"slices"

	"github.com/pktjourney/pktjourney/decode/flow"
)

// Conn puts the bytes of TLS in order that the control channel of one conversation carries.
type Conn struct {
	hmac   int
	tunnel [2]sender
}

// sender is what one side sends.
type sender struct {
	session uint64
	keys    [8]*order // by the number of the keys that are agreed on
}

// order waits for packets that come late.
type order struct {
	next    uint32 // number of the packet that is due
	waiting []Piece
}

// Piece is TLS of one packet.
type Piece struct {
	Key   uint8 // number of the keys that are agreed on: each has a TLS connection of its own
	Fresh bool  // its sender's side of the TLS connection begins with it
	More  bool  // as far as its length tells, what was written to TLS at once goes on in the next
	From  int   // what the caller said of the packet
	Data  []byte

	id uint32
}

// maxWaiting bounds the packets that wait for an earlier one; OpenVPN itself sends at most 8 without
// an answer.
const maxWaiting = 32

// cutLen is what OpenVPN up to version 2.5 cuts long writes of TLS into.
const cutLen = 100

// New begins a conversation; hmac is what Opening said.
func New(hmac int) *Conn { return &Conn{hmac: hmac} }

// Begun reports whether the side that sends in the direction dir has begun a session.
func (c *Conn) Begun(dir flow.Dir) bool { return c.tunnel[dir].session != 0 }

// Packet takes one packet that was sent in the direction dir, and appends to pieces the TLS that is in order by now. A
// piece's Data refers to b, or to memory of its own when it had to wait. from is given back with it.
// Packets of the data channel give nothing. The error is that of Parse.
func (c *Conn) Packet(dir flow.Dir, b []byte, from int, pieces []Piece) ([]Piece, error) {
	p, err := Parse(b, c.hmac)
	if err != nil || !p.Opcode.control() || p.Opcode == Ack {
		return pieces, err
	}
	s := &c.tunnel[dir]
	if s.session != p.Session {
		if p.Opcode == Control {
			return pieces, nil // of a session whose beginning was not seen
		}
		*s = sender{session: p.Session}
	}
	o := s.keys[p.Key]
	switch {
	case p.Opcode != Control:
		if o == nil || p.Opcode == SoftReset && o.next != 1 { // else it is sent again
			s.keys[p.Key] = &order{next: 1}
		}
		return pieces, nil
	case o == nil:
		return pieces, nil
	}
	return o.add(Piece{Key: p.Key, From: from, Data: p.Payload, Fresh: p.ID == 1, More: len(p.Payload) == cutLen, id: p.ID}, pieces), nil
}

// add takes a piece and appends those that are in order by now.
func (o *order) add(p Piece, pieces []Piece) []Piece {
	switch {
	case p.id < o.next:
		return pieces // sent again
	case p.id > o.next:
		o.wait(p)
		if len(o.waiting) <= maxWaiting {
			return pieces
		}
		o.next = o.waiting[0].id // what is missing does not come any more
	default:
		pieces = append(pieces, p)
		o.next++
	}
	n := 0
	for n < len(o.waiting) && o.waiting[n].id == o.next {
		o.next++
		n++
	}
	pieces = append(pieces, o.waiting[:n]...)
	o.waiting = slices.Delete(o.waiting, 0, n)
	return pieces
}

// wait keeps a copy of p, in its place.
func (o *order) wait(p Piece) {
	i, there := slices.BinarySearchFunc(o.waiting, p.id, func(p Piece, id uint32) int { return int(int64(p.id) - int64(id)) })
	if !there {
		p.Data = slices.Clone(p.Data)
		o.waiting = slices.Insert(o.waiting, i, p)
	}
}
