package httpfields

import (
	"github.com/pktjourney/pktjourney/decode/fact"
	"github.com/pktjourney/pktjourney/decode/wire"
)

// Body is what is known of a message beside its header.
type Body struct {
	Request  bool
	Complete bool  // the last byte has come
	Bytes    int64 // of data so far
}

// AppendFacts adds the facts of a message of that version of HTTP, as far as they are known: what its header
// says when head is set, and how long its body was when the message is complete. No fact has a span, since
// the compression of headers leaves none.
func (h *Header) AppendFacts(l fact.List, version string, head bool, b Body) fact.List {
	l = l.Add(fact.HTTPVersion, fact.String(version), wire.Span{})
	if b.Request {
		return h.requestFacts(l, head, b)
	}
	return h.responseFacts(l, head, b)
}

func (h *Header) requestFacts(l fact.List, head bool, b Body) fact.List {
	if head {
		l = addText(l, fact.HTTPRequestMethod, h.Method)
		l = addText(l, fact.HTTPRequestMIMEType, h.MIMEType)
		l = addText(l, fact.URLPath, h.Path)
		l = addText(l, fact.URLDomain, h.Domain())
	}
	if b.Complete && b.Bytes > 0 {
		l = l.Add(fact.HTTPRequestBytes, fact.Int(b.Bytes), wire.Span{})
	}
	return l
}

func (h *Header) responseFacts(l fact.List, head bool, b Body) fact.List {
	if head {
		if h.StatusCode != 0 {
			l = l.Add(fact.HTTPResponseStatusCode, fact.Int(int64(h.StatusCode)), wire.Span{})
		}
		l = addText(l, fact.HTTPResponseMIMEType, h.MIMEType)
		l = addText(l, fact.HTTPResponseLocation, h.Location)
	}
	if b.Complete {
		l = l.Add(fact.HTTPResponseBytes, fact.Int(b.Bytes), wire.Span{})
	}
	return l
}

func addText(l fact.List, n fact.Name, text string) fact.List {
	if text == "" {
		return l
	}
	return l.Add(n, fact.String(text), wire.Span{})
}
