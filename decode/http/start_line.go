package http

import (
	"bytes"

	"github.com/pktjourney/pktjourney/decode/wire"
)

// startLine reads the request line or the status line (RFC 9112 section 2.1).
func (r *headReader) startLine() {
	b, off := r.line("start_line")
	if r.c.Err() != nil {
		r.cutLine()
		return
	}
	ok := false
	if r.m.Request = !bytes.HasPrefix(b, []byte(versionPrefix)); r.m.Request {
		ok = r.requestLine(b, off)
	} else {
		ok = r.statusLine(b, off)
	}
	if !ok {
		r.c.Fail("start_line", 0, wire.ErrMalformed)
	}
}

// cutLine reads what it can of a start line whose end was not captured: the
// method or the status code.
func (r *headReader) cutLine() {
	r.m.Request = !startsResponse(r.b)
	if !r.m.Request {
		r.statusLine(r.b[:min(len(r.b), statusLen)], 0)
		return
	}
	if method, _, ok := bytes.Cut(r.b, []byte{' '}); ok && isToken(method) {
		r.m.Method, r.m.spans.method = methodName(method), wire.Span{Off: 0, Len: len(method)}
	}
}

// statusLen is the length of a status line up to its code.
const statusLen = len("HTTP/1.1 200")

// requestLine reads "method target version" (RFC 9112 section 3). Spaces inside
// the target are not allowed, but do occur.
func (r *headReader) requestLine(b []byte, off int) bool {
	first, last := bytes.IndexByte(b, ' '), bytes.LastIndexByte(b, ' ')
	if first < 0 || first == last || !isToken(b[:first]) || !isVersion(b[last+1:]) {
		return false
	}
	target := trim(b[first+1:last], off+first+1)
	r.m.Method, r.m.spans.method = methodName(b[:first]), wire.Span{Off: off, Len: first}
	r.m.Target, r.m.spans.target = string(target.b), target.span
	r.m.Version, r.m.spans.version = versionName(b[last+1:]), wire.Span{Off: off + last + 1, Len: len(b) - last - 1}
	if bytes.IndexByte(target.b, ' ') >= 0 || len(target.b) == 0 {
		r.malformed("request_target", target.span.Off, target.span.Len)
	}
	return true
}

// statusLine reads "version code reason" (RFC 9112 section 4). The space before
// an empty reason is left out by some servers.
func (r *headReader) statusLine(b []byte, off int) bool {
	const versionLen = len("HTTP/1.1")
	if len(b) < statusLen || !isVersion(b[:versionLen]) || b[versionLen] != ' ' || len(b) > statusLen && b[statusLen] != ' ' {
		return false
	}
	code, ok := decimal(b[versionLen+1 : statusLen])
	if !ok {
		return false
	}
	r.m.StatusCode = int(code)
	r.m.Version, r.m.spans.version = versionName(b[:versionLen]), wire.Span{Off: off, Len: versionLen}
	r.m.spans.status = wire.Span{Off: off + versionLen + 1, Len: 3}
	if len(b) > statusLen {
		reason := trim(b[statusLen+1:], off+statusLen+1)
		r.m.Reason, r.m.spans.reason = string(reason.b), reason.span
	}
	return true
}

// isVersion: "HTTP/" DIGIT "." DIGIT (RFC 9112 section 2.3), of major version 1:
// another one has another syntax.
func isVersion(b []byte) bool {
	return len(b) == len("HTTP/1.1") && string(b[:7]) == "HTTP/1." && b[7] >= '0' && b[7] <= '9'
}
