package flow

import (
	"net/netip"
	"time"
)

// Conversation is what two ports of two hosts say to each other: both
// directions of a TCP connection, or of the datagrams between two UDP ports.
type Conversation struct {
	// ID counts the conversations of one protocol from 0 in the order of their
	// first frames, as tcp.stream and udp.stream of Wireshark do.
	ID    int
	Tuple Tuple     // from the originator, who sent the first frame seen, to the responder
	Last  time.Time // of the frames seen so far

	// Decoder and Note are for the decoder and for who reads its events, to keep
	// what they know of the conversation. The table does not look at them.
	Decoder, Note any

	queue      *queue // that it stands in; nil once the table has forgotten it
	prev, next *Conversation
	checked    time.Time // when it last went to the end of its queue
}

// dir is the direction of a segment from src: the caller has found that it
// belongs to c.
func (c *Conversation) dir(src netip.Addr, srcPort uint16) Dir {
	if c.Tuple.Src.Port() == srcPort && c.Tuple.Src.Addr() == src {
		return FromOriginator
	}
	return FromResponder
}

// has reports whether the addresses and ports are those of c, in either direction.
func (c *Conversation) has(proto Proto, src, dst netip.Addr, srcPort, dstPort uint16) bool {
	if c.Tuple.Proto != proto {
		return false
	}
	s, d := c.Tuple.Src, c.Tuple.Dst
	return s.Port() == srcPort && d.Port() == dstPort && s.Addr() == src && d.Addr() == dst ||
		s.Port() == dstPort && d.Port() == srcPort && s.Addr() == dst && d.Addr() == src
}

// key finds a conversation, whichever side sent. It is packed, because hashing
// netip values takes longer: two addresses and two ports in a fixed order.
type key struct {
	low, high         [16]byte
	lowPort, highPort uint16
	proto             Proto
	is6               bool // IPv6: an IPv4-mapped address is not the IPv4 address in it
}

func makeKey(proto Proto, src, dst netip.Addr, srcPort, dstPort uint16) key {
	k := key{proto: proto, is6: !src.Is4()}
	order := int(srcPort) - int(dstPort)
	if order == 0 {
		order = src.Compare(dst)
	}
	if order <= 0 {
		k.low, k.lowPort, k.high, k.highPort = src.As16(), srcPort, dst.As16(), dstPort
	} else {
		k.low, k.lowPort, k.high, k.highPort = dst.As16(), dstPort, src.As16(), srcPort
	}
	return k
}

func (t Tuple) key() key {
	return makeKey(t.Proto, t.Src.Addr(), t.Dst.Addr(), t.Src.Port(), t.Dst.Port())
}
