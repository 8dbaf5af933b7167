package dns

import (
	"time"

	"github.com/pktjourney/pktjourney/decode/fact"
	"github.com/pktjourney/pktjourney/decode/wire"
)

// Where the fields of the header stand (RFC 1035 section 4.1.1).
var (
	spanID     = wire.Span{Off: 0, Len: 2}
	spanFlags  = wire.Span{Off: 2, Len: 2}
	spanUpper  = wire.Span{Off: 2, Len: 1} // QR and opcode are in it
	spanLower  = wire.Span{Off: 3, Len: 1} // rcode is in it
	flagsEnd   = spanFlags.End()
	flagCombos = makeFlagCombos()
)

// Facts is AppendFacts to an empty list.
func (m *Message) Facts() fact.List { return m.AppendFacts(nil) }

// AppendFacts appends what m says. Of several questions it gives the first;
// OPT records are no data and stand in no list.
func (m *Message) AppendFacts(l fact.List) fact.List {
	if m.Size < flagsEnd {
		return l
	}
	l = m.headerFacts(l)
	if len(m.Questions) > 0 {
		l = m.Questions[0].appendFacts(l)
	}
	l = addRecords(l, fact.DNSAnswers, m.Answers)
	l = addRecords(l, fact.DNSAuthorities, m.Authorities)
	l = addRecords(l, fact.DNSAdditionals, m.Additionals)
	l = m.resolved(l)
	if m.EDNS.Present {
		l = l.Add(fact.DNSEDNSSize, fact.Int(int64(m.EDNS.Size)), m.spanEDNS())
	}
	return l.Add(fact.DNSBytes, fact.Int(int64(m.Size)), wire.Span{})
}

func (m *Message) headerFacts(l fact.List) fact.List {
	l = l.Add(fact.DNSID, fact.Int(int64(m.ID)), spanID)
	kind := "query"
	if m.Response {
		kind = "answer"
	}
	l = l.Add(fact.DNSType, fact.String(kind), spanUpper)
	l = l.Add(fact.DNSOpCode, fact.String(m.OpCode.String()), spanUpper)
	if m.Response {
		l = l.Add(fact.DNSResponseCode, fact.String(m.RCode.String()), spanLower)
	}
	if flags := flagCombos[m.flagBits()]; flags.Len() > 0 {
		l = l.Add(fact.DNSHeaderFlags, flags, spanFlags)
	}
	return l
}

// flagNames are the flags in the order of their bits on the wire.
var flagNames = [...]string{"AA", "TC", "RD", "RA", "AD", "CD"}

// makeFlagCombos makes the list of every combination once, so that no message
// pays for its own.
func makeFlagCombos() (all [1 << len(flagNames)]fact.Value) {
	for bits := range all {
		var set []string
		for i, name := range flagNames {
			if bits&(1<<i) != 0 {
				set = append(set, name)
			}
		}
		all[bits] = fact.Strings(set)
	}
	return all
}

// flagBits has bit i set for flagNames[i].
func (m *Message) flagBits() (bits int) {
	set := [len(flagNames)]bool{
		m.Authoritative, m.Truncated, m.RecursionDesired, m.RecursionAvailable, m.AuthenticData, m.CheckingDisabled,
	}
	for i, v := range set {
		if v {
			bits |= 1 << i
		}
	}
	return bits
}

// appendFacts gives each fact its own bytes: type and class are the last four.
func (q *Question) appendFacts(l fact.List) fact.List {
	end := q.Span.End()
	l = l.Add(fact.DNSQuestionName, fact.String(q.Name), wire.Span{Off: q.Span.Off, Len: q.Span.Len - 4})
	l = l.Add(fact.DNSQuestionType, fact.String(q.Type.String()), wire.Span{Off: end - 4, Len: 2})
	return l.Add(fact.DNSQuestionClass, fact.String(q.Class.String()), wire.Span{Off: end - 2, Len: 2})
}

// factsPerRecord is the size of the object that addRecords makes of a record.
const factsPerRecord = 4

// addRecords adds a section as a list of objects. Those share one slice; each
// is cut off from its neighbour.
func addRecords(l fact.List, n fact.Name, records []Record) fact.List {
	count := 0
	for i := range records {
		if records[i].Type != TypeOPT {
			count++
		}
	}
	if count == 0 {
		return l
	}
	all := make(fact.List, 0, count*factsPerRecord)
	objects := make([]fact.List, 0, count)
	for i := range records {
		if r := &records[i]; r.Type != TypeOPT {
			from := len(all)
			all = r.appendFacts(all)
			objects = append(objects, all[from:len(all):len(all)])
		}
	}
	return l.Add(n, fact.Objects(objects), sectionSpan(records))
}

func (r *Record) appendFacts(l fact.List) fact.List {
	l = l.Add(fact.RecordName, fact.String(r.Name), r.Span)
	l = l.Add(fact.RecordType, fact.String(r.Type.String()), r.Span)
	l = l.Add(fact.RecordTTL, fact.Int(int64(r.TTL/time.Second)), r.Span)
	return l.Add(fact.RecordData, fact.String(r.Data), r.Span)
}

func sectionSpan(records []Record) wire.Span {
	first := records[0].Span
	return wire.Span{Off: first.Off, Len: records[len(records)-1].Span.End() - first.Off}
}

// resolved adds the addresses among the answers.
func (m *Message) resolved(l fact.List) fact.List {
	var addrs []string
	for i := range m.Answers {
		if r := &m.Answers[i]; r.Addr.IsValid() {
			addrs = append(addrs, r.Data)
		}
	}
	if addrs == nil {
		return l
	}
	return l.Add(fact.DNSResolvedIP, fact.Strings(addrs), sectionSpan(m.Answers))
}

func (m *Message) spanEDNS() wire.Span {
	for i := range m.Additionals {
		if m.Additionals[i].Type == TypeOPT {
			return m.Additionals[i].Span
		}
	}
	return wire.Span{}
}
