package dns

import "github.com/pktjourney/pktjourney/decode/wire"

// Most that a message of a journey's kind has in a section, and the fewest
// bytes that a record takes (RFC 1035 section 4.1.3).
const (
	looksRecords = 256
	minRecord    = 11
)

// Looks reports whether b is like a DNS message, whatever its ports are: one
// question in words that make sense, and counts and flags that fit a query or
// an answer. It refuses some real messages rather than take another protocol's.
func Looks(b []byte) bool {
	c := wire.NewCursor(proto, b)
	c.Skip("id", 2)
	flags := c.Uint16("flags")
	qd := c.Uint16("qdcount")
	an, ns, ar := int(c.Uint16("ancount")), int(c.Uint16("nscount")), int(c.Uint16("arcount"))
	if c.Err() != nil || qd != 1 || flags&bitZ != 0 || !looksOp(flags) {
		return false
	}
	if flags&bitQR == 0 && !looksQuery(flags, an, ns, ar) {
		return false
	}
	if an > looksRecords || ns > looksRecords || ar > looksRecords || !looksQuestion(&c, b) {
		return false
	}
	records := an + ns + ar
	return c.Len() >= records*minRecord && (records > 0 || c.Empty())
}

func looksOp(flags uint16) bool {
	op := OpCode(flags >> opShift & low4)
	return op == OpQuery || op == OpNotify || op == OpUpdate
}

// looksQuery: a query has no answers, save the SOA of NOTIFY (RFC 1996 section
// 3.7), and of additional records only OPT and a signature. An update has many.
func looksQuery(flags uint16, an, ns, ar int) bool {
	if OpCode(flags>>opShift&low4) == OpUpdate {
		return flags&low4 == 0
	}
	return flags&(bitAA|bitTC|bitRA|low4) == 0 && an == 0 && ns <= 1 && ar <= 2 ||
		OpCode(flags>>opShift&low4) == OpNotify && an <= 1 && ns == 0 && ar <= 2
}

// looksQuestion reads the question, whose name has nothing to point back to.
func looksQuestion(c *wire.Cursor, b []byte) bool {
	l := labels{msg: b, at: *c, start: c.Off()}
	for l.next() != nil {
	}
	if l.err != nil || l.jumps > 0 {
		return false
	}
	c.Skip("name", l.own()-c.Off())
	kind := Type(c.Uint16("type"))
	class := Class(c.Uint16("class"))
	known := class == ClassIN || class == ClassCH || class == ClassHS || class == ClassAny
	return c.Err() == nil && kind != 0 && known
}
