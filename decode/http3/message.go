package http3

import "github.com/pktjourney/pktjourney/decode/httpfields"

// Message is one request or response: a field section, then data, then perhaps trailers
// (RFC 9114 section 4.1). An interim response is a message of its own. Text is as received.
type Message struct {
	Stream  uint64
	Request bool

	httpfields.Header

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
