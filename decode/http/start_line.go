package http

import (
	"bytes"

	"github.com/pktjourney/pktjourney/decode/wire"
)

// startLine reads the request line or the status line (RFC 9112 section 2.1).
func (r *headReader) startLine() {
	b, off := r.line("start_line")
	if r.c.Err() != nil {
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
	const codeEnd = versionLen + len(" 200")
	if len(b) < codeEnd || !isVersion(b[:versionLen]) || b[versionLen] != ' ' || len(b) > codeEnd && b[codeEnd] != ' ' {
		return false
	}
	for _, c := range b[versionLen+1 : codeEnd] {
		if c < '0' || c > '9' {
			return false
		}
		r.m.StatusCode = r.m.StatusCode*10 + int(c-'0')
	}
	r.m.Version, r.m.spans.version = versionName(b[:versionLen]), wire.Span{Off: off, Len: versionLen}
	r.m.spans.status = wire.Span{Off: off + versionLen + 1, Len: 3}
	if len(b) > codeEnd {
		reason := trim(b[codeEnd+1:], off+codeEnd+1)
		r.m.Reason, r.m.spans.reason = string(reason.b), reason.span
	}
	return true
}

// isVersion: "HTTP/" DIGIT "." DIGIT (RFC 9112 section 2.3), of major version 1:
// another one has another syntax.
func isVersion(b []byte) bool {
	return len(b) == len("HTTP/1.1") && string(b[:7]) == "HTTP/1." && b[7] >= '0' && b[7] <= '9'
}
