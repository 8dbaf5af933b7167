package http2

import (
	"github.com/pktjourney/pktjourney/decode/fact"
	"github.com/pktjourney/pktjourney/decode/httpfields"
)

// Version is what the facts call this version of HTTP.
const Version = "2"

// AppendFacts adds the facts of m, as far as they are known; see httpfields.Header.AppendFacts.
func (m *Message) AppendFacts(l fact.List, head bool) fact.List {
	return m.Header.AppendFacts(l, Version, head, httpfields.Body{Request: m.Request, Complete: m.Complete, Bytes: m.BodyBytes})
}
