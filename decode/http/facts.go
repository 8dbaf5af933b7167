package http

import (
	"strings"

	"github.com/pktjourney/pktjourney/decode/fact"
	"github.com/pktjourney/pktjourney/decode/wire"
)

// AppendFacts adds the facts of m, as far as they are known; spans count from
// the start of its head.
func (m *Message) AppendFacts(l fact.List) fact.List {
	switch {
	case !m.started():
		return l
	case m.Request:
		return m.requestFacts(l)
	}
	return m.responseFacts(l)
}

// started reports whether enough of the start line was read to say what m is.
func (m *Message) started() bool { return m.Method != "" || m.StatusCode != 0 || m.Simple() }

func (m *Message) requestFacts(l fact.List) fact.List {
	if m.Version != "" {
		l = l.Add(fact.HTTPVersion, fact.String(m.Version), m.spans.version)
	}
	l = l.Add(fact.HTTPRequestMethod, fact.String(m.Method), m.spans.method)
	if m.MIMEType != "" {
		l = l.Add(fact.HTTPRequestMIMEType, fact.String(m.MIMEType), m.spans.mimeType)
	}
	if m.BodyBytes > 0 {
		l = l.Add(fact.HTTPRequestBytes, fact.Int(m.BodyBytes), wire.Span{})
	}
	if path := m.path(); path != "" {
		l = l.Add(fact.URLPath, fact.String(path), m.spans.target)
	}
	if domain := m.Domain(); domain != "" {
		l = l.Add(fact.URLDomain, fact.String(domain), m.spans.host)
	}
	return l
}

func (m *Message) responseFacts(l fact.List) fact.List {
	l = l.Add(fact.HTTPVersion, fact.String(m.Version), m.spans.version)
	if !m.Simple() {
		l = l.Add(fact.HTTPResponseStatusCode, fact.Int(int64(m.StatusCode)), m.spans.status)
	}
	if m.Reason != "" {
		l = l.Add(fact.HTTPResponseReason, fact.String(m.Reason), m.spans.reason)
	}
	if m.MIMEType != "" {
		l = l.Add(fact.HTTPResponseMIMEType, fact.String(m.MIMEType), m.spans.mimeType)
	}
	if m.Complete || m.BodyBytes > 0 {
		l = l.Add(fact.HTTPResponseBytes, fact.Int(m.BodyBytes), wire.Span{})
	}
	if m.Location != "" {
		l = l.Add(fact.HTTPResponseLocation, fact.String(m.Location), m.spans.location)
	}
	return l
}

// Domain is the host that a request is for: lower case, without port and final
// dot. An IPv6 address keeps its brackets (RFC 3986 section 3.2.2).
func (m *Message) Domain() string {
	host := m.Host
	if i := strings.LastIndexByte(host, ':'); i > strings.LastIndexByte(host, ']') {
		host = host[:i]
	}
	return strings.ToLower(strings.TrimSuffix(host, "."))
}

// path is the path and query of the target, as sent; "" in authority-form (RFC 9112 section 3.2).
func (m *Message) path() string {
	if m.Method == "CONNECT" {
		return ""
	}
	_, rest, ok := cutScheme(m.Target)
	if !ok {
		return m.Target
	}
	if i := strings.IndexAny(rest, "/?#"); i >= 0 {
		return rest[i:]
	}
	return "/"
}
