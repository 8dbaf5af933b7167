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
// the target are not allowed, but do occur, as do lines without a target and those
// with white space behind the version. One without a version is a simple request.
func (r *headReader) requestLine(b []byte, off int) bool {
	b = bytes.TrimRight(b, " \t")
	first, version := bytes.IndexByte(b, ' '), versionAt(b)
	if version < 0 {
		return r.simpleLine(b, off)
	}
	if first < 0 || !isToken(b[:first]) || string(b[:first]) == "PRI" { // RFC 9113 section 3.4
		return false
	}
	target := trim(b[first+1:max(first+1, version)], off+first+1)
	r.m.Method, r.m.spans.method = methodName(b[:first]), wire.Span{Off: off, Len: first}
	r.m.Target, r.m.spans.target = string(target.b), target.span
	r.version(b[version:], off+version)
	if bytes.IndexByte(target.b, ' ') >= 0 || bytes.IndexFunc(target.b, notInStartLine) >= 0 || len(target.b) == 0 || b[version-1] != ' ' {
		r.malformed("request_target", target.span.Off, target.span.Len)
	}
	return true
}

// version takes the version b, which stands at off.
func (r *headReader) version(b []byte, off int) {
	r.m.Version, r.m.spans.version = versionName(b), wire.Span{Off: off, Len: len(b)}
	if !isHTTP1(b) {
		r.malformed("version", off, len(b))
	}
}

// versionAt is where the version at the end of a request line starts, or -1. The space
// before it may have been forgotten behind a path.
func versionAt(line []byte) int {
	i := bytes.LastIndex(line, []byte(versionPrefix))
	if i < 1 || !isVersion(line[i:]) || line[i-1] != ' ' && (line[i-1] != '/' || !isHTTP1(line[i:])) {
		return -1
	}
	return i
}

// statusLine reads "version code reason" (RFC 9112 section 4). The space before
// an empty reason is left out by some servers, and there may be more spaces before the code, or
// something else than a space behind it.
func (r *headReader) statusLine(b []byte, off int) bool {
	n := bytes.IndexByte(b, ' ')
	if n < 0 || !isVersion(b[:n]) {
		return false
	}
	rest := bytes.TrimLeft(b[n:], " ")
	at := len(b) - len(rest)
	if len(rest) < codeLen || len(rest) > codeLen && isDigit(rest[codeLen]) {
		return false
	}
	code, ok := decimal(rest[:codeLen])
	if !ok {
		return false
	}
	r.m.StatusCode = int(code)
	r.version(b[:n], off)
	r.m.spans.status = wire.Span{Off: off + at, Len: codeLen}
	if reason := trim(rest[codeLen:], off+at+codeLen); len(reason.b) > 0 {
		r.m.Reason, r.m.spans.reason = string(reason.b), reason.span
	}
	if at != n+1 || len(rest) > codeLen && rest[codeLen] != ' ' {
		r.malformed("status_line", off, len(b))
	}
	return true
}

// codeLen is the length of a status code.
const codeLen = 3

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// isVersion takes for a version what a sender calls so, be it what RFC 9112 section 2.3 allows or
// not: nothing else begins like that.
func isVersion(b []byte) bool {
	if n := len(b) - len(versionPrefix); n < 1 || n > maxVersion || string(b[:len(versionPrefix)]) != versionPrefix {
		return false
	}
	for _, c := range b {
		if c <= ' ' || c > '~' {
			return false
		}
	}
	return true
}

// isHTTP1: "HTTP/" DIGIT "." DIGIT (RFC 9112 section 2.3), of major version 1. More or no digits behind
// the dot do occur.
func isHTTP1(b []byte) bool {
	const major = "HTTP/1."
	if !bytes.HasPrefix(b, []byte(major)) || len(b) > len(major)+maxMinor {
		return false
	}
	for _, c := range b[len(major):] {
		if !isDigit(c) {
			return false
		}
	}
	return true
}

const (
	maxVersion = 8 // characters behind "HTTP/"
	maxMinor   = 3 // digits of a minor version
)
