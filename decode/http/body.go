package http

import "github.com/pktjourney/pktjourney/decode/flow"

// frame finds out how the body of the message is delimited whose head has just
// ended (RFC 9112 section 6.3), and ends the message if there is none.
func (c *Conn) frame(dir flow.Dir) {
	h := &c.half[dir]
	m := h.m
	c.pair(m)
	c.tunnel = c.tunnel || m.opensTunnel()
	switch {
	case m.withoutBody():
		h.finish()
	case m.opensChannel():
		h.finish()
		h.state = lost
	case m.unframed && m.Request:
		c.lose(dir)
	case m.unframed:
		h.state = untilClose // as browsers read it; RFC 9112 section 6.3 item 5 calls it an error
	case m.Chunked:
		if h.chunks == nil {
			h.chunks = new(chunked)
		}
		h.state, *h.chunks = inChunks, chunked{}
	case m.ContentLength > 0:
		h.state, h.left = counted, m.ContentLength
	case m.ContentLength == 0 || m.Request:
		h.finish()
	default:
		h.state = untilClose
	}
}

// pair lets a request wait for its answer, or finds the request of a response.
func (c *Conn) pair(m *Message) {
	if m.Request {
		c.waiting.add(m)
	} else {
		m.AnswerTo = c.waiting.answer(m.StatusCode)
	}
}

// withoutBody reports whether m has no body whatever its fields say.
func (m *Message) withoutBody() bool {
	if m.Request {
		return false
	}
	return m.AnswerTo != nil && m.AnswerTo.Method == "HEAD" || m.opensTunnel() ||
		m.StatusCode/100 == 1 || m.StatusCode == 204 || m.StatusCode == 304
}

// opensTunnel reports whether HTTP ends behind m.
func (m *Message) opensTunnel() bool {
	return m.StatusCode == 101 || m.AnswerTo != nil && m.AnswerTo.Method == "CONNECT" && m.StatusCode/100 == 2
}

// opensChannel reports whether the body of m is a channel of RPC over HTTP: its
// length is what may be sent before another channel replaces it, and its bytes
// are of use as they come (MS-RPCH section 2.1.2.1). The message is all there is with its head.
func (m *Message) opensChannel() bool {
	return m.Request && (m.Method == "RPC_IN_DATA" || m.Method == "RPC_OUT_DATA")
}

// finish ends the current message: its last byte has come.
func (h *half) finish() {
	h.m.Complete = true
	h.state, h.m = between, nil
}

// body takes bytes of the current body from b.
func (h *half) body(b []byte) Part {
	m := h.m
	p := Part{Len: len(b), Message: m}
	switch h.state {
	case counted:
		p.Len = int(min(h.left, int64(len(b))))
		h.count(p.Len)
	case inChunks:
		n, content, done, err := h.chunks.next(b)
		m.BodyBytes += content
		switch {
		case err != nil:
			p.Len = h.breakChunks(b, n, err)
		case done:
			p.Len = n
			h.finish()
		}
	case adrift:
		m.BodyBytes += int64(len(b))
		if endsChunks(b) {
			h.finish()
		}
	case untilClose:
		m.BodyBytes += int64(len(b))
	}
	p.End = h.m == nil
	return p
}

// breakChunks takes note that the body can not be followed behind the first n bytes of b,
// and says how many of b still belong to it. Where the message ends nobody knows
// then, unless b ends like one: all that can be said of it is known here.
func (h *half) breakChunks(b []byte, n int, err error) int {
	h.m.BodyErr = err
	if endsChunks(b) {
		h.m.BodyBytes += int64(len(b) - n)
		h.finish()
		return len(b)
	}
	h.lose()
	return n
}

// count takes note of n bytes of a counted body.
func (h *half) count(n int) {
	h.m.BodyBytes += int64(n)
	if h.left -= int64(n); h.left == 0 {
		h.finish()
	}
}

// endsChunks reports whether b ends like a body in chunks without trailer fields.
func endsChunks(b []byte) bool {
	const last = "0\r\n\r\n"
	n := len(b) - len(last)
	return n >= 0 && string(b[n:]) == last && (n == 0 || b[n-1] == '\n')
}
