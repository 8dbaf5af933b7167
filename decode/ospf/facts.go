package ospf

import (
	"strconv"
	"time"

	"github.com/pktjourney/pktjourney/decode/fact"
	"github.com/pktjourney/pktjourney/decode/wire"
)

// Facts is AppendFacts to an empty list.
func (m *Message) Facts() fact.List { return m.AppendFacts(nil) }

// AppendFacts appends what m says. Spans count from the start of the OSPF header.
func (m *Message) AppendFacts(l fact.List) fact.List {
	if !m.header {
		return l
	}
	l = l.Add(fact.OSPFVersion, fact.Int(int64(m.Version)), wire.Span{Off: 0, Len: 1})
	l = l.Add(fact.OSPFMessageType, fact.String(m.Type.String()), wire.Span{Off: 1, Len: 1})
	l = l.Add(fact.OSPFRouterID, fact.String(m.RouterID.String()), wire.Span{Off: 4, Len: 4})
	l = l.Add(fact.OSPFAreaID, fact.String(m.AreaID.String()), wire.Span{Off: 8, Len: 4})
	if m.hello {
		l = m.addHello(l)
	}
	return m.addLSAs(l)
}

func (m *Message) addHello(l fact.List) fact.List {
	l = l.Add(fact.OSPFHelloInterval, fact.Int(int64(m.HelloInterval/time.Second)), wire.Span{})
	l = l.Add(fact.OSPFDesignatedRouter, fact.String(m.Designated.String()), wire.Span{Off: m.byVersion(36, 28), Len: 4})
	l = l.Add(fact.OSPFBackupDesignatedRouter, fact.String(m.Backup.String()), wire.Span{Off: m.byVersion(40, 32), Len: 4})
	if len(m.Neighbours) == 0 {
		return l
	}
	ids := make([]string, len(m.Neighbours))
	for i, id := range m.Neighbours {
		ids[i] = id.String()
	}
	return l.Add(fact.OSPFNeighbors, fact.Strings(ids), wire.Span{Off: m.byVersion(44, 36), Len: 4 * len(ids)})
}

func (m *Message) addLSAs(l fact.List) fact.List {
	if len(m.LSAs) == 0 {
		return l
	}
	objects := make([]fact.List, len(m.LSAs))
	for i := range m.LSAs {
		objects[i] = m.LSAs[i].facts(m.Type != LinkStateRequest)
	}
	return l.Add(fact.OSPFLSAs, fact.Objects(objects), wire.Span{})
}

// facts are what an LSA's header says; whole: it is more than a request's line.
func (a *LSA) facts(whole bool) fact.List {
	l := make(fact.List, 0, 6)
	l = l.Add(fact.OSPFLSAType, fact.String(a.Type.String()), wire.Span{})
	l = l.Add(fact.OSPFLSALinkStateID, fact.String(a.LinkStateID.String()), wire.Span{})
	l = l.Add(fact.OSPFLSAAdvertisingRouter, fact.String(a.Advertising.String()), wire.Span{})
	if whole {
		l = l.Add(fact.OSPFLSAAge, fact.Int(int64(a.Age/time.Second)), wire.Span{})
		l = l.Add(fact.OSPFLSASequence, fact.String("0x"+strconv.FormatUint(uint64(a.Sequence), 16)), wire.Span{})
	}
	if a.Roles != 0 {
		l = l.Add(fact.OSPFLSARoles, fact.Strings(a.Roles.Strings()), wire.Span{})
	}
	return l
}
