package http3

import (
	"strconv"
	"strings"
)

// Message is one request or response: a field section, then data, then perhaps trailers
// (RFC 9114 section 4.1). An interim response is a message of its own. Text is as received.
type Message struct {
	Stream  uint64
	Request bool

	Method    string // of a request
	Scheme    string // of a request
	Authority string // of a request: :authority, or the host field instead of it
	Path      string // of a request; empty for CONNECT
	Protocol  string // of an extended CONNECT (RFC 9220)

	StatusCode int // of a response

	MIMEType      string // content-type without parameters
	ContentLength int64  // -1 when not given
	Location      string // where a redirect leads
	Unknown       int    // fields that stand in the dynamic table

	AnswerTo     *Message // the request that a response answers; nil when that is not known
	HeadComplete bool     // the whole field section has come
	HeadErr      error    // what of it could not be read
	HeadBytes    int      // bytes of the field section, compressed
	BodyBytes    int64    // bytes of data so far
	Reset        bool     // the stream was broken off before its end
	Complete     bool     // the last byte has come

	// Note is for who reads the messages; this package does not look at it.
	Note any
}

// interim reports whether another response follows on the same stream (RFC 9110 section 15.2).
func (m *Message) interim() bool { return m.StatusCode/100 == 1 }

// field takes note of one field (RFC 9114 section 4.3). Of those that may come once the first counts.
func (m *Message) field(name, value string) {
	switch name {
	case ":method":
		first(&m.Method, value)
	case ":scheme":
		first(&m.Scheme, value)
	case ":authority", "host":
		first(&m.Authority, value)
	case ":path":
		first(&m.Path, value)
	case ":protocol":
		first(&m.Protocol, value)
	case ":status":
		if code, err := strconv.ParseUint(value, 10, 16); err == nil && len(value) == 3 && m.StatusCode == 0 {
			m.StatusCode = int(code)
		}
	case "content-type":
		kind, _, _ := strings.Cut(value, ";")
		first(&m.MIMEType, strings.TrimSpace(kind))
	case "content-length":
		if n, err := strconv.ParseInt(value, 10, 64); err == nil && n >= 0 && m.ContentLength < 0 {
			m.ContentLength = n
		}
	case "location":
		first(&m.Location, value)
	}
}

func first(field *string, value string) {
	if *field == "" {
		*field = value
	}
}
