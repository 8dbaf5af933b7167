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

// contentLength takes a number, or a list of equal ones (RFC 9112 section 6.3 item 5). Where fields
// disagree the last one that is a number counts, as in Wireshark: the sender is wrong, and nothing
// better tells where the body ends.
func (r *headReader) contentLength(value piece) {
	n, ok := lengthOf(value.b)
	if !ok || r.m.ContentLength >= 0 && r.m.ContentLength != n || bytes.IndexByte(value.b, '+') >= 0 {
		r.malformed("content_length", value.span.Off, value.span.Len)
	}
	if !ok {
		r.noLength = true
		return
	}
	r.m.ContentLength = n
}

// lengthOf reads one length, which may stand more than once. A sign is not allowed, and does no harm.
func lengthOf(value []byte) (length int64, ok bool) {
	length = -1
	for item := range bytes.SplitSeq(value, []byte{','}) {
		n, ok := decimal(bytes.TrimPrefix(bytes.Trim(item, " \t"), []byte{'+'}))
		if !ok || length >= 0 && length != n {
			return 0, false
		}
		length = n
	}
	return length, true
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
	r.m.unframed = r.noLength && r.m.ContentLength < 0
	if last := lastCoding(r.coding); len(last) > 0 {
		r.transferEncoding(last)
	}
	if authority := r.m.targetAuthority(); authority != "" {
		r.m.Host = authority // RFC 9112 section 3.2.2
		r.m.spans.host = r.m.spans.target
	}
}

// lastCoding is the last element of a list of codings, or empty. Elements may be empty (RFC 9110 section
// 5.6.1.2), and identity once was the name of no coding (RFC 2616 section 3.6).
func lastCoding(list []byte) []byte {
	for {
		list = bytes.TrimRight(list, " \t,")
		comma := bytes.LastIndexByte(list, ',')
		last := bytes.TrimLeft(list[comma+1:], " \t")
		if !is(last, "identity") {
			return last
		}
		list = list[:comma+1]
	}
}

// transferEncoding: the body is in chunks iff that coding is the last (RFC 9112
// section 6.1). In a request another one leaves the length unknown (section 6.3 item 4).
func (r *headReader) transferEncoding(last []byte) {
	r.m.Chunked = is(last, "chunked")
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
