package http

import (
	"bytes"
	"strings"
)

// field takes note of one field. Of those that may come once the first counts.
func (r *headReader) field(name []byte, value piece) {
	m := r.m
	switch {
	case is(name, "content-length"):
		r.contentLength(value)
	case is(name, "transfer-encoding"):
		r.coding, r.codingSpan = append(append(r.coding, ','), value.b...), value.span
	case is(name, "host") && m.Request && !r.hostSeen:
		r.hostSeen = true
		m.Host, m.spans.host = string(value.b), value.span
	case is(name, "content-type") && m.MIMEType == "":
		kind, _, _ := bytes.Cut(value.b, []byte{';'})
		value = trim(kind, value.span.Off)
		m.MIMEType, m.spans.mimeType = string(value.b), value.span
	case is(name, "location") && !m.Request && m.Location == "":
		m.Location, m.spans.location = string(value.b), value.span
	case is(name, "upgrade") && m.Upgrade == "":
		m.Upgrade = string(value.b)
	}
}

// is compares a field name without case (RFC 9110 section 5.1); name is lower case.
func is(b []byte, name string) bool {
	return len(b) == len(name) && strings.EqualFold(string(b), name)
}

// contentLength takes a number, or a list of equal ones, that says no other
// length than an earlier field (RFC 9112 section 6.3 item 5). Of different ones the last
// counts here, as in Wireshark: the sender is wrong, and nothing better tells where the body ends.
func (r *headReader) contentLength(value piece) {
	for item := range bytes.SplitSeq(value.b, []byte{','}) {
		n, ok := decimal(bytes.Trim(item, " \t"))
		if !ok || r.m.ContentLength >= 0 && r.m.ContentLength != n {
			r.malformed("content_length", value.span.Off, value.span.Len)
		}
		if r.m.unframed = r.m.unframed || !ok; r.m.unframed {
			return
		}
		r.m.ContentLength = n
	}
}

// decimal reads 1*DIGIT below 10^18.
func decimal(b []byte) (n int64, ok bool) {
	for _, c := range b {
		if c < '0' || c > '9' || len(b) > 18 {
			return 0, false
		}
		n = n*10 + int64(c-'0')
	}
	return n, len(b) > 0
}

// finish draws the conclusions that need all fields.
func (r *headReader) finish() {
	if r.coding != nil {
		r.transferEncoding()
	}
	if authority := r.m.targetAuthority(); authority != "" {
		r.m.Host = authority // RFC 9112 section 3.2.2
		r.m.spans.host = r.m.spans.target
	}
}

// transferEncoding: the body is in chunks iff that coding is the last (RFC 9112
// section 6.1). In a request another one leaves the length unknown (section 6.3 item 4).
func (r *headReader) transferEncoding() {
	last := r.coding[bytes.LastIndexByte(r.coding, ',')+1:]
	r.m.Chunked = is(bytes.Trim(last, " \t"), "chunked")
	if !r.m.Chunked && r.m.Request {
		r.malformed("transfer_encoding", r.codingSpan.Off, r.codingSpan.Len)
		r.m.unframed = true
		return
	}
	r.m.unframed = false // RFC 9112 section 6.3 item 3: Content-Length does not count
	r.m.ContentLength = -1
}

// targetAuthority is what a target names as the host in absolute-form and
// authority-form (RFC 9112 section 3.2), or "".
func (m *Message) targetAuthority() string {
	if m.Method == "CONNECT" {
		return m.Target
	}
	_, rest, ok := cutScheme(m.Target)
	if !ok {
		return ""
	}
	if end := strings.IndexAny(rest, "/?#"); end >= 0 {
		rest = rest[:end]
	}
	return rest[strings.LastIndexByte(rest, '@')+1:]
}

// cutScheme splits "http://rest".
func cutScheme(target string) (scheme, rest string, ok bool) {
	if strings.HasPrefix(target, "/") {
		return "", "", false
	}
	scheme, rest, ok = strings.Cut(target, "://")
	return scheme, rest, ok && scheme != "" && isToken([]byte(scheme))
}
