package http3

import (
	"strings"

	"github.com/pktjourney/pktjourney/decode/fact"
	"github.com/pktjourney/pktjourney/decode/wire"
)

// AppendFacts adds the facts of m, as far as they are known: what its header says when head is set, and how
// long its body was when the message is complete. No fact has a span, since QPACK leaves none.
func (m *Message) AppendFacts(l fact.List, head bool) fact.List {
	l = l.Add(fact.HTTPVersion, fact.String(Version), wire.Span{})
	if m.Request {
		return m.requestFacts(l, head)
	}
	return m.responseFacts(l, head)
}

func (m *Message) requestFacts(l fact.List, head bool) fact.List {
	if head {
		l = addText(l, fact.HTTPRequestMethod, m.Method)
		l = addText(l, fact.HTTPRequestMIMEType, m.MIMEType)
		l = addText(l, fact.URLPath, m.Path)
		l = addText(l, fact.URLDomain, m.Domain())
	}
	if m.Complete && m.BodyBytes > 0 {
		l = l.Add(fact.HTTPRequestBytes, fact.Int(m.BodyBytes), wire.Span{})
	}
	return l
}

func (m *Message) responseFacts(l fact.List, head bool) fact.List {
	if head {
		if m.StatusCode != 0 {
			l = l.Add(fact.HTTPResponseStatusCode, fact.Int(int64(m.StatusCode)), wire.Span{})
		}
		l = addText(l, fact.HTTPResponseMIMEType, m.MIMEType)
		l = addText(l, fact.HTTPResponseLocation, m.Location)
	}
	if m.Complete {
		l = l.Add(fact.HTTPResponseBytes, fact.Int(m.BodyBytes), wire.Span{})
	}
	return l
}

func addText(l fact.List, n fact.Name, text string) fact.List {
	if text == "" {
		return l
	}
	return l.Add(n, fact.String(text), wire.Span{})
}

// Domain is the host that a request is for: lower case, without port and final
// dot. An IPv6 address keeps its brackets (RFC 3986 section 3.2.2).
func (m *Message) Domain() string {
	host := m.Authority
	if i := strings.LastIndexByte(host, ':'); i > strings.LastIndexByte(host, ']') {
		host = host[:i]
	}
	return strings.ToLower(strings.TrimSuffix(host, "."))
}
