package dns

import (
	"slices"
	"testing"

	"github.com/pktjourney/pktjourney/decode/fact"
	"github.com/pktjourney/pktjourney/decode/wire"
)

type wantFact struct {
	name fact.Name
	text string
	span wire.Span
}

func checkFacts(t *testing.T, l fact.List, want []wantFact) {
	t.Helper()
	for _, w := range want {
		i := slices.IndexFunc(l, func(f fact.Fact) bool { return f.Name == w.name })
		switch {
		case i < 0:
			t.Errorf("no %s", w.name)
		case l[i].Value.String() != w.text || l[i].Span != w.span:
			t.Errorf("%s = %q at %v, want %q at %v", w.name, l[i].Value, l[i].Span, w.text, w.span)
		}
	}
	if len(l) != len(want) {
		t.Errorf("%d facts, want %d: %v", len(l), len(want), l)
	}
}

func TestQueryFacts(t *testing.T) {
	m, _ := Parse(googleQuery())
	checkFacts(t, m.Facts(), []wantFact{
		{fact.DNSID, "4660", wire.Span{Off: 0, Len: 2}},
		{fact.DNSType, "query", wire.Span{Off: 2, Len: 1}},
		{fact.DNSOpCode, "QUERY", wire.Span{Off: 2, Len: 1}},
		{fact.DNSHeaderFlags, "RD", wire.Span{Off: 2, Len: 2}},
		{fact.DNSQuestionName, "www.google.com", wire.Span{Off: 12, Len: 16}},
		{fact.DNSQuestionType, "A", wire.Span{Off: 28, Len: 2}},
		{fact.DNSQuestionClass, "IN", wire.Span{Off: 30, Len: 2}},
		{fact.DNSEDNSSize, "1232", wire.Span{Off: 32, Len: 11}},
		{fact.DNSBytes, "43", wire.Span{}},
	})
}

func TestAnswerFacts(t *testing.T) {
	m, _ := Parse(googleAnswer())
	l := m.Facts()
	checkFacts(t, l, []wantFact{
		{fact.DNSID, "4660", wire.Span{Off: 0, Len: 2}},
		{fact.DNSType, "answer", wire.Span{Off: 2, Len: 1}},
		{fact.DNSOpCode, "QUERY", wire.Span{Off: 2, Len: 1}},
		{fact.DNSResponseCode, "NOERROR", wire.Span{Off: 3, Len: 1}},
		{fact.DNSHeaderFlags, "RD, RA", wire.Span{Off: 2, Len: 2}},
		{fact.DNSQuestionName, "www.google.com", wire.Span{Off: 12, Len: 16}},
		{fact.DNSQuestionType, "A", wire.Span{Off: 28, Len: 2}},
		{fact.DNSQuestionClass, "IN", wire.Span{Off: 30, Len: 2}},
		{fact.DNSAnswers, "3", wire.Span{Off: 32, Len: 52}},
		{fact.DNSAuthorities, "1", wire.Span{Off: 84, Len: 18}},
		{fact.DNSResolvedIP, "203.0.113.82, 203.0.113.83", wire.Span{Off: 32, Len: 52}},
		{fact.DNSEDNSSize, "1232", wire.Span{Off: 102, Len: 11}},
		{fact.DNSBytes, "113", wire.Span{}},
	})
	v, _ := l.Get(fact.DNSAnswers)
	record := wire.Span{Off: 32, Len: 20}
	checkFacts(t, v.Objects()[0], []wantFact{
		{fact.RecordName, "www.google.com", record},
		{fact.RecordType, "CNAME", record},
		{fact.RecordTTL, "300", record},
		{fact.RecordData, "www.l.google.com", record},
	})
}

func TestCutMessageHasOnlyTheFactsThatWereRead(t *testing.T) {
	whole := googleAnswer()
	for n := range whole {
		m, _ := Parse(whole[:n])
		for _, f := range m.Facts() {
			if f.Span.End() > n {
				t.Errorf("%d bytes: %s from %v", n, f.Name, f.Span)
			}
		}
	}
}

func TestFlagsInWireOrder(t *testing.T) {
	m, _ := Parse(header(bitAA | bitTC | bitRD | bitRA | bitAD | bitCD))
	if got := m.Facts().Text(fact.DNSHeaderFlags); got != "AA, TC, RD, RA, AD, CD" {
		t.Errorf("%s", got)
	}
}

func TestNames(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{TypeA.String(), "A"},
		{TypeAAAA.String(), "AAAA"},
		{TypeHTTPS.String(), "HTTPS"},
		{TypeANY.String(), "ANY"},
		{Type(65280).String(), "TYPE65280"},
		{ClassIN.String(), "IN"},
		{ClassCH.String(), "CH"},
		{ClassHS.String(), "HS"},
		{ClassNone.String(), "NONE"},
		{ClassAny.String(), "ANY"},
		{Class(32769).String(), "CLASS32769"},
		{OpQuery.String(), "QUERY"},
		{OpNotify.String(), "NOTIFY"},
		{OpCode(15).String(), "15"},
		{NXDomain.String(), "NXDOMAIN"},
		{NotAuth.String(), "NOTAUTH"},
		{RCode(7).String(), "7"},
		{RCode(23).String(), "23"},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
}

func BenchmarkFacts(b *testing.B) {
	m, _ := Parse(googleAnswer())
	var l fact.List
	b.ReportAllocs()
	for b.Loop() {
		l = m.AppendFacts(l[:0])
	}
}
