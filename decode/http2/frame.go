package http2

import "github.com/pktjourney/pktjourney/decode/wire"

const (
	headerLen       = 9         // of a frame's header
	defaultMaxFrame = 16 << 10  // until SETTINGS_MAX_FRAME_SIZE says otherwise (RFC 9113 section 4.2)
	anyFrame        = 1<<24 - 1 // the largest that the length has room for
)

// header is that of a frame (RFC 9113 section 4.1).
type header struct {
	length   int
	kind     FrameType
	flags    uint8
	reserved bool // the bit in front of the stream is set
	stream   uint32
}

// parseHeader reads the header that b, of headerLen bytes, is.
func parseHeader(b []byte) header {
	c := wire.NewCursor("http2", b)
	h := header{length: int(c.Uint24("length")), kind: FrameType(c.Uint8("type")), flags: c.Uint8("flags")}
	stream := c.Uint32("stream")
	h.reserved, h.stream = stream>>31 != 0, stream&(1<<31-1)
	return h
}

func (h *header) has(flag uint8) bool { return h.flags&flag != 0 }

// prefixLen is the length of what stands in front of the content: how much padding
// there is, the priority, the stream that is promised (RFC 9113 sections 6.1, 6.2 and 6.6).
func (h *header) prefixLen() int {
	n := 0
	switch h.kind {
	case TypeData, TypeHeaders, TypePushPromise:
		if h.has(flagPadded) {
			n++
		}
	}
	switch {
	case h.kind == TypeHeaders && h.has(flagPriority):
		n += 5
	case h.kind == TypePushPromise:
		n += 4
	}
	return n
}

// padded reports whether the first byte of the prefix is the length of the padding.
func (h *header) padded() bool {
	return h.has(flagPadded) && (h.kind == TypeData || h.kind == TypeHeaders || h.kind == TypePushPromise)
}

// legal reports whether the frame has a stream where its type wants one, and the
// length that its type has; all else is a connection error (RFC 9113 sections 4.2 and 6).
func (h *header) legal() bool {
	onStream := h.stream != 0
	switch h.kind {
	case TypeData, TypeHeaders, TypePushPromise, TypeContinuation:
		return onStream && h.length >= h.prefixLen()
	case TypePriority:
		return onStream && h.length == 5
	case TypeRSTStream:
		return onStream && h.length == 4
	case TypeSettings:
		return !onStream && h.length%6 == 0 && (h.length == 0 || !h.has(flagAck))
	case TypePing:
		return !onStream && h.length == 8
	case TypeGoAway:
		return !onStream && h.length >= 8
	case TypeWindowUpdate:
		return h.length == 4
	}
	return true
}

// block reports whether the frame carries a piece of a field block (RFC 9113 section 4.3).
func (h *header) block() bool {
	return h.kind == TypeHeaders || h.kind == TypePushPromise || h.kind == TypeContinuation
}

func malformed(field string, off, n int) error {
	return &wire.Error{Proto: "http2", Field: field, Span: wire.Span{Off: off, Len: n}, Err: wire.ErrMalformed}
}
