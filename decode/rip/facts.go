package rip

import (
	"github.com/pktjourney/pktjourney/decode/fact"
	"github.com/pktjourney/pktjourney/decode/wire"
)

// Facts is AppendFacts to an empty list.
func (m *Message) Facts() fact.List { return m.AppendFacts(nil) }

// AppendFacts appends what m says. Spans count from the start of the message.
func (m *Message) AppendFacts(l fact.List) fact.List {
	if !m.header {
		return l
	}
	l = l.Add(fact.RIPCommand, fact.String(m.Command.String()), wire.Span{Off: 0, Len: 1})
	l = l.Add(fact.RIPVersion, fact.Int(int64(m.Version)), wire.Span{Off: 1, Len: 1})
	if len(m.Entries) == 0 {
		return l
	}
	objects := make([]fact.List, len(m.Entries))
	for i := range m.Entries {
		objects[i] = m.Entries[i].facts()
	}
	return l.Add(fact.RIPEntries, fact.Objects(objects), wire.Span{})
}

func (e *Entry) facts() fact.List {
	l := make(fact.List, 0, 3)
	if !e.Table {
		l = l.Add(fact.RIPEntryPrefix, fact.String(e.Prefix()), wire.Span{})
	}
	l = l.Add(fact.RIPEntryMetric, fact.Int(int64(e.Metric)), wire.Span{})
	if e.NextHop.IsValid() {
		l = l.Add(fact.RIPEntryNextHop, fact.Addr(e.NextHop), wire.Span{})
	}
	return l
}
