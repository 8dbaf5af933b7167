package http3

// Conn follows the messages of one connection in both directions. The zero value is ready.
type Conn struct {
	half [2]half
}

// half is what one side sends: the client's first.
type half struct {
	streams map[uint64]*stream
}

// maxStreams bounds the streams of one side that are followed at the same time. The first is given up for a new one.
const maxStreams = 256

// Part is a run of bytes of one stream.
type Part struct {
	Message *Message // that the bytes belong to; nil when they belong to none
	Begin   bool     // the message's first byte is in this part
	Head    bool     // the message's header fields are known from here on, as far as they can be
	End     bool     // nothing of the message follows; it is whole iff Message.Complete
}

// Data takes the next bytes of a stream, which it does not keep; end says that none follow. The client sent
// them iff fromClient. It does not allocate for bytes that only continue a body.
func (c *Conn) Data(fromClient bool, id uint64, b []byte, end bool, parts []Part) []Part {
	s := c.stream(fromClient, id)
	if s == nil {
		return parts
	}
	for len(b) > 0 && !s.over {
		n, p := s.next(c, b)
		parts = s.tell(parts, p)
		b = b[n:]
	}
	if end {
		parts = c.end(fromClient, s, parts)
	}
	return parts
}

// Reset takes note that the sender broke a stream off.
func (c *Conn) Reset(fromClient bool, id uint64, parts []Part) []Part {
	s := c.half[side(fromClient)].streams[id]
	if s == nil {
		return parts
	}
	if m := s.message; m != nil && !m.Complete {
		m.Reset = true
		parts = s.tell(parts, Part{Message: m, End: true})
	}
	c.close(s)
	return parts
}

func side(fromClient bool) int {
	if fromClient {
		return 0
	}
	return 1
}

// stream finds a stream of one side, or begins it; nil when it was given up.
func (c *Conn) stream(fromClient bool, id uint64) *stream {
	h := &c.half[side(fromClient)]
	if s := h.streams[id]; s != nil {
		return s
	}
	if len(h.streams) == maxStreams && !h.drop(id) {
		return nil
	}
	if h.streams == nil {
		h.streams = make(map[uint64]*stream)
	}
	s := &stream{id: id, fromClient: fromClient, over: id&(unidirectional|serverInitiated) != 0}
	h.streams[id] = s
	return s
}

// drop gives up the first stream of those that are followed, unless the stream id is one before it.
func (h *half) drop(id uint64) bool {
	first := id
	for have := range h.streams {
		first = min(first, have)
	}
	delete(h.streams, first)
	return first != id
}

// end ends s, and with it its message.
func (c *Conn) end(fromClient bool, s *stream, parts []Part) []Part {
	if m := s.message; m != nil && !m.Complete {
		m.Complete = m.HeadComplete && s.headerLen == 0 && s.left == 0
		parts = s.tell(parts, Part{Message: m, End: true})
	}
	s.over = true
	if !fromClient || s.id&unidirectional != 0 {
		c.close(s)
	}
	return parts
}

// close forgets s and, of an exchange whose response is over, the request.
func (c *Conn) close(s *stream) {
	delete(c.half[side(s.fromClient)].streams, s.id)
	if !s.fromClient {
		if r := c.half[0].streams[s.id]; r != nil && r.over {
			delete(c.half[0].streams, s.id)
		}
	}
}
