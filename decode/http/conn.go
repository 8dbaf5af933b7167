package http

import "github.com/pktjourney/pktjourney/decode/flow"

// Conn follows the messages of one TCP connection in both directions. The zero
// value is ready. What Data, Gap and Close append covers the bytes given to
// them, in order; a part may be empty when a message ends without a byte of its own.
type Conn struct {
	half    [2]half
	waiting requests
	tunnel  bool // HTTP has ended: the connection carries something else
}

// half is one direction.
type half struct {
	state  state
	role   role     // of the last message
	m      *Message // the current message; nil between messages
	left   int64    // bytes of a counted body still to come
	head   *head    // of the current message, when it did not end in its first chunk
	chunks *chunked // made for the first body in chunks
}

// state says where in a message the next byte is.
type state uint8

const (
	between    state = iota // a message begins
	inHead                  // in the head
	counted                 // in a body of known length
	inChunks                // in a body in chunks
	untilClose              // in a body that the end of the connection ends
	adrift                  // in a body in chunks, behind a gap that hid where they begin
	lost                    // nobody knows
)

type role uint8

const (
	unknownRole role = iota
	requestRole
	responseRole
)

// Tunnel reports whether the connection went over to another protocol: after 101
// (RFC 9110 section 7.8) and after a successful CONNECT (section 9.3.6). What it
// carries since belongs to no message.
func (c *Conn) Tunnel() bool { return c.tunnel }

// Between reports whether a message of dir may begin with the next byte, by all that is known.
func (c *Conn) Between(dir flow.Dir) bool {
	h := &c.half[dir]
	return h.state == between || h.state == lost
}

// Data takes the next bytes of dir, which it does not keep. It does not allocate
// for bytes that only continue a body.
func (c *Conn) Data(dir flow.Dir, b []byte, parts []Part) []Part {
	h := &c.half[dir]
	if h.mayRestart() && !c.tunnel && h.resyncs(b) {
		parts = h.breakOff(parts)
		h.state = between
	}
	for len(b) > 0 {
		p := c.next(dir, b)
		parts = append(parts, p)
		b = b[p.Len:]
		if h.state == lost && p.Message != nil && h.resyncs(b) {
			h.state = between
		}
	}
	return parts
}

// Skip takes the next n bytes of dir, if they are inside a body of known length that does not end with them: Data
// would give one Part for them, with nothing but its length and Message. It reports whether
// they are; otherwise it does nothing.
func (c *Conn) Skip(dir flow.Dir, n int) bool {
	h := &c.half[dir]
	if h.state != counted || int64(n) >= h.left || h.m.BodyBytes == 0 {
		return false
	}
	h.count(n)
	return true
}

// Close takes note that dir has ended, and ends the message that lasts until then.
func (c *Conn) Close(dir flow.Dir, parts []Part) []Part {
	h := &c.half[dir]
	if h.state == untilClose {
		h.m.Complete = true
	}
	parts = h.breakOff(parts)
	h.lose()
	return parts
}

// next takes bytes of one message, or of none, from b.
func (c *Conn) next(dir flow.Dir, b []byte) Part {
	h := &c.half[dir]
	switch h.state {
	case between:
		return c.begin(dir, b)
	case inHead:
		return c.continueHead(dir, b)
	case lost:
		return Part{Len: len(b)}
	}
	return h.body(b)
}

// begin begins a message. Empty lines before it belong to none (RFC 9112 section
// 2.2). A direction that was joined within a body must first look like HTTP.
func (c *Conn) begin(dir flow.Dir, b []byte) Part {
	h := &c.half[dir]
	if c.tunnel {
		return Part{Len: len(b)}
	}
	if c.answersSimple(h, b) {
		return c.beginSimple(h, b)
	}
	n := 0
	for n < len(b) && (b[n] == '\r' || b[n] == '\n') {
		n++
	}
	if n > 0 {
		return Part{Len: n}
	}
	var hd head
	m := new(Message)
	n, whole, err := hd.next(b, m)
	if err != nil || h.role == unknownRole && Looks(b) == No {
		c.lose(dir)
		return Part{Len: len(b)}
	}
	if whole == nil {
		kept := hd // a copy, so that hd needs no memory of its own
		h.head = &kept
	}
	*m = Message{Request: !startsResponse(b), ContentLength: -1}
	h.state, h.m = inHead, m
	p := c.headPart(dir, n, whole)
	p.Begin = true
	return p
}

func (c *Conn) continueHead(dir flow.Dir, b []byte) Part {
	h := &c.half[dir]
	n, whole, err := h.head.next(b, new(Message))
	if err != nil {
		m := h.m
		m.HeadErr = err
		c.lose(dir)
		return Part{Message: m, End: true, Head: true}
	}
	return c.headPart(dir, n, whole)
}

// headPart is the part for n more bytes of a head, which end it when whole is given.
func (c *Conn) headPart(dir flow.Dir, n int, whole []byte) Part {
	h := &c.half[dir]
	m := h.m
	if whole == nil {
		m.HeadBytes += n
		m.Request = !startsResponse(h.head.buf)
		return Part{Len: n, Message: m, Head: true}
	}
	m.parse(whole)
	h.head = nil
	h.role = responseRole
	if m.Request {
		h.role = requestRole
	}
	c.frame(dir)
	return Part{Len: n, Message: m, Head: true, End: h.m == nil}
}

// mayRestart reports whether the start of a chunk may begin a message although
// the current one, if any, does not end there by what is known of it. Without the
// request the answer to a HEAD can not be told from others.
func (h *half) mayRestart() bool {
	switch h.state {
	case lost, adrift:
		return true
	case untilClose:
		return h.m.AnswerTo == nil || h.m.unframed
	case inChunks:
		return h.chunks.state == chunkBad
	case counted:
		return h.m.AnswerTo == nil && !h.m.Request && h.m.BodyBytes == 0
	}
	return false
}

// resyncs reports whether b starts a message of the same role as those before.
func (h *half) resyncs(b []byte) bool {
	if Looks(b) != Yes {
		return false
	}
	return h.role == unknownRole || (h.role == responseRole) == startsResponse(b)
}

// breakOff ends the current message without a byte.
func (h *half) breakOff(parts []Part) []Part {
	if m := h.m; m != nil {
		parts = append(parts, Part{Message: m, End: true, Head: h.state == inHead})
		h.m = nil
	}
	return parts
}

// lose forgets the current message.
func (h *half) lose() {
	h.state, h.m = lost, nil
	h.head = nil
}

// lose is for a direction in which messages may be missed from now on, so that
// what answers what is unknown.
func (c *Conn) lose(dir flow.Dir) {
	c.half[dir].lose()
	c.waiting.forget()
}
