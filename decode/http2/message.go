package http2

import "github.com/pktjourney/pktjourney/decode/httpfields"

// Message is one request or response: a field block, then data, then perhaps
// trailers (RFC 9113 section 8.1). An interim response is a message of its own. Text is as
// received. Before the part with Head comes, only Stream and Request are valid, and Request may change.
type Message struct {
	Stream   uint32
	Request  bool
	Promised bool // a request that the server expects, and announces with PUSH_PROMISE

	httpfields.Header

	AnswerTo     *Message // the request that a response answers; nil when that is not known
	HeadComplete bool     // the whole field block was read
	HeadErr      error    // why it was not
	HeadBytes    int      // bytes of the field block, compressed
	BodyBytes    int64    // bytes of data so far, without padding, the missing ones too
	Missing      int64    // bytes of data that were never captured
	Body         []byte   // the data so far, if MIMEType is that of DNS messages
	Reset        bool     // RST_STREAM ended the stream before its time
	Complete     bool     // the last byte has come

	// Note is for who reads the messages; this package does not look at it.
	Note any

	broken bool // Body lacks bytes
}

// dnsMessage is the type of DNS messages in HTTP (RFC 8484 section 6).
const dnsMessage = "application/dns-message"

// maxBody is the longest DNS message, and the longest body that is kept.
const maxBody = 1<<16 - 1

// data takes bytes of the body.
func (m *Message) data(b []byte) {
	m.BodyBytes += int64(len(b))
	if m.MIMEType != dnsMessage || m.broken {
		return
	}
	if len(m.Body)+len(b) > maxBody {
		m.Body, m.broken = nil, true
		return
	}
	m.Body = append(m.Body, b...)
}

// gap takes note of n bytes of the body that were never captured.
func (m *Message) gap(n int) {
	m.BodyBytes += int64(n)
	m.Missing += int64(n)
	m.Body, m.broken = nil, true
}

// interim reports whether another response follows on the same stream (RFC 9110 section 15.2).
func (m *Message) interim() bool { return m.StatusCode/100 == 1 }

// Part is a run of bytes of one frame, of the preface, or of nothing that could be
// told apart.
type Part struct {
	Len     int      // bytes, counting those that Gap was told of
	Message *Message // that the frame belongs to; nil when it belongs to none
	Control TypeSet  // bytes of the preface or of a frame that belongs to no message, and which; 0 when nobody knows
	Begin   bool     // the message's first byte is in this part
	Head    bool     // the message's header fields are known from here on, as far as they can be
	End     bool     // nothing of the message follows; it is whole iff Message.Complete
	Whole   bool     // the frame, or the preface, ends with this part
	Err     error    // why nothing can be told apart from here on
}
