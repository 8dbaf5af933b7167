// Package httpfields reads the fields of a message's header as HTTP/2 and HTTP/3 know them:
// pseudo-header fields and lower-case names (RFC 9113 section 8.3, RFC 9114 section 4.3).
package httpfields

import (
	"strconv"
	"strings"
)

// Header is what the fields of a message say. Make it with New.
type Header struct {
	Method    string // of a request
	Scheme    string // of a request
	Authority string // of a request: :authority, or the host field instead of it
	Path      string // of a request; empty for CONNECT
	Protocol  string // of an extended CONNECT (RFC 8441, RFC 9220)

	StatusCode int // of a response

	MIMEType      string // content-type without parameters
	ContentLength int64  // -1 when not given
	Location      string // where a redirect leads
	Unknown       int    // fields that stand in a part of the dynamic table which is not known
}

// New is a header without fields.
func New() Header { return Header{ContentLength: -1} }

// Take takes note of one field. Of those that may come once the first counts.
func (h *Header) Take(name, value string) {
	switch name {
	case ":method":
		first(&h.Method, value)
	case ":scheme":
		first(&h.Scheme, value)
	case ":authority", "host":
		first(&h.Authority, value)
	case ":path":
		first(&h.Path, value)
	case ":protocol":
		first(&h.Protocol, value)
	case ":status":
		if code, err := strconv.ParseUint(value, 10, 16); err == nil && len(value) == 3 && h.StatusCode == 0 {
			h.StatusCode = int(code)
		}
	case "content-type":
		kind, _, _ := strings.Cut(value, ";")
		first(&h.MIMEType, strings.TrimSpace(kind))
	case "content-length":
		if n, err := strconv.ParseInt(value, 10, 64); err == nil && n >= 0 && h.ContentLength < 0 {
			h.ContentLength = n
		}
	case "location":
		first(&h.Location, value)
	}
}

func first(field *string, value string) {
	if *field == "" {
		*field = value
	}
}

// Domain is the host that a request is for: lower case, without port and final
// dot. An IPv6 address keeps its brackets (RFC 3986 section 3.2.2).
func (h *Header) Domain() string {
	host := h.Authority
	if i := strings.LastIndexByte(host, ':'); i > strings.LastIndexByte(host, ']') {
		host = host[:i]
	}
	return strings.ToLower(strings.TrimSuffix(host, "."))
}
