package http2

import "github.com/pktjourney/pktjourney/decode/flow"

// Conn follows the messages of one connection in both directions. The zero value is ready. What Data, Gap and
// Close append covers the bytes given to them, in order.
type Conn struct {
	half    [2]half
	streams streams
	client  flow.Dir
	sure    bool // the preface or a field told client
}

// half is one direction.
type half struct {
	started bool  // a byte was seen
	lost    bool  // no frame boundary is known
	inFrame bool  // the header of a frame is complete
	preface uint8 // bytes of the preface still to come

	header    [headerLen]byte
	headerLen uint8 // bytes of header that are there
	frame     header
	left      int // bytes of the frame's payload still to come

	prefix    [6]byte // what stands in front of the content
	prefixLen uint8   // bytes of prefix still to come
	prefixGot uint8   // bytes of prefix that are there
	content   int     // bytes of the content still to come; padding follows

	m       *Message // of the frame
	begins  bool     // its first byte is in the frame, and was not told yet
	blockOf uint32   // the stream of a field block that goes on in CONTINUATION; 0: none
	ends    bool     // that block has END_STREAM
	fields  bool     // that block is the message's header, not its trailers
	promise uint32   // the stream that the newest PUSH_PROMISE names

	table    *table // nil until a field block comes
	limit    uint32 // how large SETTINGS allow the table to be; 0: as by default
	maxFrame int    // how large they allow a frame to be; 0: as by default
	setting  [6]byte
}

// Client says which direction is the client's; it is a guess that the bytes may correct.
func (c *Conn) Client(dir flow.Dir) {
	if !c.sure {
		c.client = dir
	}
}

// ClientDir is the direction of the client; ok is false while nothing but a guess tells it.
func (c *Conn) ClientDir() (dir flow.Dir, ok bool) { return c.client, c.sure }

// Join says that the beginning of the connection was not captured: nobody knows
// what the tables hold, nor what the settings are.
func (c *Conn) Join() {
	for dir := range c.half {
		h := &c.half[dir]
		h.started = true
		h.relax()
		h.forget()
	}
}

// Upgrade says that HTTP/1.1 went over to HTTP/2 (RFC 7540 section 3.2): what the client asked
// before is answered on stream 1. Its settings stood in that request.
func (c *Conn) Upgrade(client flow.Dir) {
	c.client, c.sure = client, true
	c.streams.at(1).over[client] = true
	c.half[client.Reverse()].relax()
}

// Data takes the next bytes of dir, which it does not keep. It does not allocate for bytes that only continue a
// body.
func (c *Conn) Data(dir flow.Dir, b []byte, parts []Part) []Part {
	h := &c.half[dir]
	if h.lost && goesOn(b) {
		h.lost = false
	}
	for len(b) > 0 {
		p := c.next(dir, b)
		parts = append(parts, p)
		b = b[p.Len:]
	}
	return parts
}

// Close takes note that dir has ended. No message ends by that.
func (c *Conn) Close(dir flow.Dir, parts []Part) []Part {
	c.half[dir].lost = true
	return parts
}

// next takes bytes of one frame from b.
func (c *Conn) next(dir flow.Dir, b []byte) Part {
	h := &c.half[dir]
	if !h.started {
		h.start(b)
	}
	switch {
	case h.lost:
		return Part{Len: len(b)}
	case h.preface > 0:
		return c.takePreface(dir, b)
	}
	n := 0
	if !h.inFrame {
		n = copy(h.header[h.headerLen:], b)
		if h.headerLen += uint8(n); h.headerLen < headerLen {
			return h.early(n)
		}
		if err := c.open(dir); err != nil {
			c.lose(dir)
			return Part{Len: len(b), Err: err}
		}
	}
	m := min(h.left, len(b)-n)
	if err := c.payload(dir, b[n:n+m]); err != nil {
		c.lose(dir)
		return Part{Len: len(b), Err: err}
	}
	return c.advance(dir, n+m, m)
}

// early is the part for n bytes of a frame's header, which do not tell yet what the frame is: most
// likely more of the same.
func (h *half) early(n int) Part {
	if h.m != nil && !h.m.Complete {
		return Part{Len: n, Message: h.m}
	}
	return Part{Len: n, Control: setUntold}
}

// advance is the part for n bytes of the current frame, m of them payload.
func (c *Conn) advance(dir flow.Dir, n, m int) Part {
	h := &c.half[dir]
	h.left -= m
	p := Part{Len: n, Message: h.m, Begin: h.begins}
	h.begins = false
	if h.m == nil {
		p.Control = setOf(h.frame.kind)
	}
	if h.left == 0 {
		p.Whole = true
		h.inFrame, h.headerLen = false, 0
		c.closeFrame(dir, &p)
	}
	return p
}

// start looks at the first byte of a direction: a frame can not begin as the preface does, since it would be too long.
func (h *half) start(b []byte) {
	h.started = true
	if b[0] == Preface[0] {
		h.preface = uint8(len(Preface))
	}
}

// takePreface takes bytes of the preface (RFC 9113 section 3.4), which only a client sends.
func (c *Conn) takePreface(dir flow.Dir, b []byte) Part {
	h := &c.half[dir]
	rest := Preface[len(Preface)-int(h.preface):]
	n := min(len(rest), len(b))
	if string(b[:n]) != rest[:n] {
		c.lose(dir)
		return Part{Len: len(b), Err: malformed("preface", len(Preface)-len(rest), n)}
	}
	h.preface -= uint8(n)
	if h.preface == 0 {
		c.client, c.sure = dir, true
	}
	return Part{Len: n, Control: setPreface, Whole: h.preface == 0}
}

// lose marks that the next frame boundary of dir is unknown, and with it the settings and the field blocks that are missed.
func (c *Conn) lose(dir flow.Dir) {
	h := &c.half[dir]
	h.lost, h.inFrame, h.headerLen, h.left, h.preface = true, false, 0, 0, 0
	h.m, h.begins, h.blockOf = nil, false, 0
	h.forget()
	c.half[dir.Reverse()].relax()
}

// forget makes the table unknown.
func (h *half) forget() {
	if h.table == nil {
		h.table = newTable(maxTable)
	}
	h.table.forget()
}

// relax allows what settings that were not seen may allow.
func (h *half) relax() {
	h.maxFrame = anyFrame
	h.allow(maxTable)
}

// allow takes note of how large the table may be.
func (h *half) allow(limit uint32) {
	if h.limit = max(h.limit, limit); h.table != nil {
		h.table.allow(max(h.limit, defaultTable))
	}
}
