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
// the target are not allowed, but do occur, as do lines without a target. One without a
// version is a simple request.
func (r *headReader) requestLine(b []byte, off int) bool {
	first, version := bytes.IndexByte(b, ' '), versionAt(b)
	if version < 0 {
		return r.simpleLine(b, off)
	}
	if first < 0 || !isToken(b[:first]) {
		return false
	}
	target := trim(b[first+1:max(first+1, version)], off+first+1)
	r.m.Method, r.m.spans.method = methodName(b[:first]), wire.Span{Off: off, Len: first}
	r.m.Target, r.m.spans.target = string(target.b), target.span
	r.m.Version, r.m.spans.version = versionName(b[version:]), wire.Span{Off: off + version, Len: len(b) - version}
	if bytes.IndexByte(target.b, ' ') >= 0 || len(target.b) == 0 || b[version-1] != ' ' {
		r.malformed("request_target", target.span.Off, target.span.Len)
	}
	return true
}

// versionAt is where the version at the end of a request line starts, or -1. The space
// before it may have been forgotten behind a path.
func versionAt(line []byte) int {
	i := bytes.LastIndex(line, []byte(versionPrefix))
	if i < 1 || !isVersion(line[i:]) || line[i-1] != ' ' && line[i-1] != '/' {
		return -1
	}
	return i
}

// statusLine reads "version code reason" (RFC 9112 section 4). The space before
// an empty reason is left out by some servers.
func (r *headReader) statusLine(b []byte, off int) bool {
	n := bytes.IndexByte(b, ' ')
	if n < 0 || !isVersion(b[:n]) {
		return false
	}
	end := n + len(" 200")
	if len(b) < end || len(b) > end && b[end] != ' ' {
		return false
	}
	code, ok := decimal(b[n+1 : end])
	if !ok {
		return false
	}
	r.m.StatusCode = int(code)
	r.m.Version, r.m.spans.version = versionName(b[:n]), wire.Span{Off: off, Len: n}
	r.m.spans.status = wire.Span{Off: off + n + 1, Len: 3}
	if len(b) > end {
		reason := trim(b[end+1:], off+end+1)
		r.m.Reason, r.m.spans.reason = string(reason.b), reason.span
	}
	return true
}

// isVersion: "HTTP/" DIGIT "." DIGIT (RFC 9112 section 2.3), of major version 1:
// another one has another syntax. More or no digits behind the dot do occur.
func isVersion(b []byte) bool {
	const major = "HTTP/1."
	if !bytes.HasPrefix(b, []byte(major)) || len(b) > len(major)+maxMinor {
		return false
	}
	for _, c := range b[len(major):] {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}

// maxMinor is how many digits a minor version may have.
const maxMinor = 3
