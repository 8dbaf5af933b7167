package http3

// Frame types (RFC 9114 section 7.2).
const (
	frameData        = 0x00
	frameHeaders     = 0x01
	frameSettings    = 0x04
	framePushPromise = 0x05
)

// The lowest bits of a stream's ID (RFC 9000 section 2.1).
const (
	serverInitiated = 0x01
	unidirectional  = 0x02
)

// Version is what the facts call this version of HTTP.
const Version = "3"
