package http

import (
	"bytes"

	"github.com/pktjourney/pktjourney/decode/wire"
)

// simpleVersion is that of messages without fields, which do not say it themselves.
const simpleVersion = "0.9"

// Simple reports whether m is a simple request of HTTP/0.9, which is one line, or the
// answer to one, which is the body alone (RFC 1945 section 4.1).
func (m *Message) Simple() bool { return m.simple }

// simpleTarget is what a simple request asks for (RFC 1945 section 5): a path and nothing
// more behind the method, which is GET. b has no line end.
func simpleTarget(method string, b []byte) (target []byte, ok bool) {
	target = bytes.Trim(b, " ")
	return target, method == "GET" && len(target) > 0 && target[0] == '/' && bytes.IndexByte(target, ' ') < 0
}

// simpleLine reads a simple request, which stands at off.
func (r *headReader) simpleLine(line []byte, off int) bool {
	method, rest, _ := bytes.Cut(line, []byte{' '})
	target, ok := simpleTarget(methodName(method), rest)
	if !ok {
		return false
	}
	r.m.Version, r.m.simple = simpleVersion, true
	r.m.Method, r.m.spans.method = "GET", wire.Span{Off: off, Len: len("GET")}
	at := off + bytes.Index(line, target)
	r.m.Target, r.m.spans.target = string(target), wire.Span{Off: at, Len: len(target)}
	return true
}

// beginSimple begins the answer to a simple request: all bytes up to the close.
func (c *Conn) beginSimple(h *half, b []byte) Part {
	h.m = &Message{Version: simpleVersion, simple: true, ContentLength: -1, HeadComplete: true}
	c.pair(h.m)
	h.role, h.state = responseRole, untilClose
	p := h.body(b)
	p.Begin = true
	return p
}

// answersSimple reports whether b, which begins a message of h, answers a simple request. A server
// that does not know those answers with a status line nevertheless.
func (c *Conn) answersSimple(h *half, b []byte) bool {
	return h.role != requestRole && c.waiting.simple() && !startsResponse(b)
}

// simple reports whether the next answer is that to a simple request.
func (r *requests) simple() bool { return len(r.list) > 0 && r.list[0].Simple() }
