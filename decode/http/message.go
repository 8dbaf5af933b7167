package http

import "github.com/pktjourney/pktjourney/decode/wire"

// Message is one request or response. Strings are as received. While the head is
// coming in only Request is valid, and may change as long as not even "HTTP/"
// would have fit. A message that ends without HeadComplete holds what was read.
type Message struct {
	Request bool
	Version string // "1.1"; "0.9" of messages without fields (see Simple)

	Method string // of a request
	Target string // of a request, as sent
	Host   string // of a request: the Host field, or what the target says instead; with its port

	StatusCode int    // of a response; 0 of a simple one
	Reason     string // of a response; may be empty

	MIMEType      string // Content-Type without parameters
	ContentLength int64  // -1 when not given
	Chunked       bool   // the body is in chunks; ContentLength is -1 then
	Location      string // where a redirect leads
	Upgrade       string // other protocols, as in the Upgrade field

	AnswerTo     *Message // the request that a response answers; nil when that is not known
	HeadComplete bool     // the head has ended and its start line was read
	HeadErr      error    // what is wrong with the head; with HeadComplete it could be read nevertheless
	BodyErr      error    // what is wrong with the chunks of the body
	HeadBytes    int      // bytes of the head so far
	BodyBytes    int64    // bytes of the body so far, without the framing of chunks, the missing ones too
	Missing      int64    // bytes of the body that were never captured
	Complete     bool     // the last byte has come

	simple   bool // see Simple
	unframed bool // how long the body is can not be told
	spans    spans
}

// spans are the places of the fields in the head.
type spans struct {
	method, target, version, host      wire.Span
	status, reason, mimeType, location wire.Span
}

// Part is a run of bytes that belong to one message, or to none.
type Part struct {
	Len     int      // bytes, counting those that Gap was told of
	Message *Message // nil: bytes of no message that could be found
	Begin   bool     // the message's first byte is in this part
	End     bool     // nothing of the message follows; it is whole iff Message.Complete
	Head    bool     // the bytes are of the message's head
}
