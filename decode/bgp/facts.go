package bgp

import (
	"github.com/pktjourney/pktjourney/decode/fact"
	"github.com/pktjourney/pktjourney/decode/wire"
)

// AppendFacts appends what m says.
func (m *Message) AppendFacts(l fact.List) fact.List {
	l = l.Add(fact.BGPMessageType, fact.String(m.Type.String()), wire.Span{Off: headerLen - 1, Len: 1})
	switch m.Type {
	case Open:
		l = l.Add(fact.BGPAS, fact.Int(int64(m.AS)), wire.Span{})
		l = l.Add(fact.BGPHoldTime, fact.Int(int64(m.HoldTime)), wire.Span{Off: headerLen + 3, Len: 2})
		if m.RouterID.IsValid() {
			l = l.Add(fact.BGPRouterID, fact.Addr(m.RouterID), wire.Span{Off: headerLen + 5, Len: 4})
		}
	case Update:
		l = addPrefixes(l, fact.BGPPrefixes, m.Prefixes)
		l = addPrefixes(l, fact.BGPWithdrawn, m.Withdrawn)
		l = addText(l, fact.BGPASPath, string(AppendPath(nil, m.Path)))
		l = addText(l, fact.BGPOrigin, m.Origin)
		if m.NextHop.IsValid() {
			l = l.Add(fact.BGPNextHop, fact.Addr(m.NextHop), wire.Span{})
		}
	case Notification:
		l = addText(l, fact.BGPError, m.Error)
		l = addText(l, fact.BGPShutdown, m.Shutdown)
	}
	return l
}

func addPrefixes(l fact.List, n fact.Name, list []Route) fact.List {
	if len(list) == 0 {
		return l
	}
	words := make([]string, len(list))
	for i, r := range list {
		words[i] = r.Prefix.String()
	}
	return l.Add(n, fact.Strings(words), wire.Span{})
}

func addText(l fact.List, n fact.Name, text string) fact.List {
	if text == "" {
		return l
	}
	return l.Add(n, fact.String(text), wire.Span{})
}
