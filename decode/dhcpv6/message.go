package dhcpv6

import (
	"net/netip"
	"time"

	"github.com/pktjourney/pktjourney/decode/wire"
)

// Message is one DHCPv6 message. Its byte slices refer to the bytes that it was
// read from; strings and addresses are its own. The field of an option that is
// absent is zero; that of one with a bad value holds what could be read of it.
type Message struct {
	Type          MessageType
	TransactionID uint32 // 24 bits; zero in a relay message, which has none

	HopCount uint8      // relay messages: relay agents passed before
	LinkAddr netip.Addr // relay messages: the link that the client is on, or unspecified
	PeerAddr netip.Addr // relay messages: who sent the relayed message, or is to get it
	Relayed  *Message   // the message inside a relay message, which may be one itself; reused with m

	ClientID DUID // option 1
	ServerID DUID // option 2

	IAs       []IA      // options 3, 4 and 25, in wire order
	Addresses []Address // of all IAs
	Prefixes  []Prefix  // of all IAs

	Status      Status        // option 13 of the message; an IA, address or prefix has its own
	Elapsed     time.Duration // option 8: since the client began; hundredths of a second on the wire
	RapidCommit bool          // option 14: the client wants, or the server gives, a Reply at once
	DNSServers  []netip.Addr  // option 23, in order of preference
	Domains     []string      // option 24: the search list, without final dots

	// Options are those of the message itself, repeated and unknown ones too,
	// in wire order. What stands inside an IA is only in Data.
	Options []Option

	base   int      // where the message begins in the datagram
	header bool     // the fixed fields were all read
	spare  *Message // memory for Relayed
}

// Has reports whether option code is there with a value that could be read.
func (m *Message) Has(code OptionCode) bool {
	i := m.find(code)
	return i >= 0 && !m.Options[i].bad
}

// Innermost is the message that a client or server wrote: m itself, or what
// stands inside all its relay messages, as far as it could be read.
func (m *Message) Innermost() *Message {
	for m.Relayed != nil {
		m = m.Relayed
	}
	return m
}

// find is the index of the first option with the code, or -1.
func (m *Message) find(code OptionCode) int {
	for i := range m.Options {
		if m.Options[i].Code == code {
			return i
		}
	}
	return -1
}

// span is where the value of an option stands.
func (m *Message) span(code OptionCode) wire.Span {
	if i := m.find(code); i >= 0 {
		return m.Options[i].Span
	}
	return wire.Span{}
}

// reset empties m and keeps its lists' memory.
func (m *Message) reset() {
	*m = Message{
		IAs: m.IAs[:0], Addresses: m.Addresses[:0], Prefixes: m.Prefixes[:0],
		DNSServers: m.DNSServers[:0], Domains: m.Domains[:0], Options: m.Options[:0], spare: m.spare,
	}
}

// inner is the empty message to read the relayed one into.
func (m *Message) inner() *Message {
	if m.spare == nil {
		m.spare = new(Message)
	}
	m.Relayed = m.spare
	return m.Relayed
}
