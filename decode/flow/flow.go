// Package flow says who speaks with whom: it groups segments and datagrams into
// conversations and numbers them as Wireshark does.
package flow

import "net/netip"

// Dir is the direction of a segment or datagram within its conversation.
type Dir uint8

// The two directions.
const (
	FromOriginator Dir = iota // from the side that started the conversation
	FromResponder
)

// Reverse is the other direction.
func (d Dir) Reverse() Dir { return 1 - d }

// Proto is an IP protocol number.
type Proto uint8

// The protocols that have conversations.
const (
	TCP Proto = 6
	UDP Proto = 17
)

// Tuple is one direction of a conversation.
type Tuple struct {
	Proto    Proto
	Src, Dst netip.AddrPort
}

// Reverse is the same conversation's other direction.
func (t Tuple) Reverse() Tuple { return Tuple{t.Proto, t.Dst, t.Src} }
