package dns

import (
	"net/netip"
	"time"

	"github.com/pktjourney/pktjourney/decode/wire"
)

// Message is one DNS message. It owns all that it holds, so it outlives the
// bytes that it was read from; refilling it with Parse reuses its lists.
type Message struct {
	ID                 uint16 // pairs a query with its answer
	Response           bool   // QR
	OpCode             OpCode
	Authoritative      bool  // AA
	Truncated          bool  // TC: the whole answer is to be had over TCP
	RecursionDesired   bool  // RD
	RecursionAvailable bool  // RA
	AuthenticData      bool  // AD (RFC 4035 section 3.2.3)
	CheckingDisabled   bool  // CD (RFC 4035 section 3.2.2)
	RCode              RCode // with the bits of EDNS, when there is an OPT record

	Questions   []Question
	Answers     []Record
	Authorities []Record
	Additionals []Record // the OPT record too

	EDNS EDNS // valid when EDNS.Present
	Size int  // bytes of the whole message

	names names  // lately read, to share their strings
	text  []byte // memory of parser.text, between messages
}

// Question is what a query asks and an answer repeats.
type Question struct {
	Name  string
	Type  Type
	Class Class
	Span  wire.Span
}

// Record is one resource record.
type Record struct {
	Name   string
	Type   Type
	Class  Class
	TTL    time.Duration // whole seconds on the wire; zero for OPT, which has none
	Data   string        // as in a zone file; in the form of RFC 3597 for an unknown type
	Addr   netip.Addr    // of A and AAAA
	Target string        // of CNAME, DNAME, NS, PTR, MX, SRV, SVCB and HTTPS
	Span   wire.Span     // of the whole record
}

// keptRecords is how many records a message keeps room for when it is refilled;
// one huge message shall not hold its memory for ever.
const keptRecords = 128

// keptText is the same for the bytes that text is put together in.
const keptText = 1 << 13

// reset empties m and keeps the memory of its lists, and the names, which the
// answer to a query has in common with it.
func (m *Message) reset(size int) {
	text := m.text[:0]
	if cap(text) > keptText {
		text = nil
	}
	questions := m.Questions[:0]
	if cap(questions) > keptRecords {
		questions = nil
	}
	*m = Message{
		Questions:   questions,
		Answers:     emptied(m.Answers),
		Authorities: emptied(m.Authorities),
		Additionals: emptied(m.Additionals),
		Size:        size,
		names:       m.names,
		text:        text,
	}
}

func emptied(r []Record) []Record {
	if cap(r) > keptRecords {
		return nil
	}
	return r[:0]
}
