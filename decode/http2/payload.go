package http2

import (
	"encoding/binary"

	"github.com/pktjourney/pktjourney/decode/flow"
	"github.com/pktjourney/pktjourney/decode/httpfields"
)

// open begins the frame whose header is complete.
func (c *Conn) open(dir flow.Dir) error {
	h := &c.half[dir]
	f := parseHeader(h.header[:])
	if f.length > max(h.maxFrame, defaultMaxFrame) || !f.legal() {
		return malformed("frame", 0, f.length)
	}
	if inBlock := f.kind == TypeContinuation; inBlock != (h.blockOf != 0) || inBlock && f.stream != h.blockOf {
		return malformed("continuation", 0, f.length)
	}
	h.frame, h.left, h.inFrame = f, f.length, true
	n := f.prefixLen()
	h.prefix, h.prefixLen, h.prefixGot, h.content = [6]byte{}, uint8(n), 0, f.length-n
	switch f.kind {
	case TypeHeaders:
		c.openHeaders(dir)
	case TypePushPromise:
		h.m = &Message{Stream: f.stream, Request: true, Promised: true, Header: httpfields.New()}
		h.begins = true
		h.openBlock(true)
	case TypeData:
		c.openData(dir)
	case TypeContinuation: // of the same message
	default:
		h.m = nil
	}
	return nil
}

// openHeaders finds the message of HEADERS: they begin one, or are the trailers of one that goes on (RFC 9113 section 8.1).
func (c *Conn) openHeaders(dir flow.Dir) {
	h := &c.half[dir]
	st := c.streams.at(h.frame.stream)
	trailers := true
	if h.m = st.goesOn(dir); h.m == nil {
		h.m, h.begins, trailers = c.begin(st, dir, h.frame.stream), true, false
	}
	h.ends = h.frame.has(flagEndStream)
	h.openBlock(!trailers)
}

// openBlock begins a field block: the header of the current message, or its trailers.
func (h *half) openBlock(fields bool) {
	if h.table == nil {
		h.table = newTable(max(h.limit, defaultTable))
	}
	if h.fields = fields; fields {
		h.table.begin(h.m)
	} else {
		h.table.begin(nil)
	}
	h.ends = h.ends && h.frame.kind == TypeHeaders
	h.blockOf = h.frame.stream
}

// openData finds the message of DATA. One without a header had it before the capture, or in a hole.
func (c *Conn) openData(dir flow.Dir) {
	h := &c.half[dir]
	st := c.streams.at(h.frame.stream)
	if h.m = st.goesOn(dir); h.m == nil {
		h.m, h.begins = c.begin(st, dir, h.frame.stream), true
	}
}

// payload takes bytes of the current frame.
func (c *Conn) payload(dir flow.Dir, b []byte) error {
	h := &c.half[dir]
	if h.prefixLen > 0 {
		n := copy(h.prefix[h.prefixGot:][:h.prefixLen], b)
		h.prefixLen -= uint8(n)
		h.prefixGot += uint8(n)
		b = b[n:]
		if h.prefixLen > 0 {
			return nil
		}
		if err := h.takePadding(); err != nil {
			return err
		}
	}
	if n := min(h.content, len(b)); n > 0 {
		c.take(dir, b[:n])
		h.content -= n
	}
	return nil
}

// takePadding takes the padding from the content, now that its length is known.
func (h *half) takePadding() error {
	if !h.frame.padded() {
		return nil
	}
	padding := int(h.prefix[0])
	if padding > h.content {
		return malformed("padding", headerLen, padding)
	}
	h.content -= padding
	return nil
}

// take takes bytes of the content.
func (c *Conn) take(dir flow.Dir, b []byte) {
	h := &c.half[dir]
	switch {
	case h.frame.kind == TypeData:
		h.m.data(b)
	case h.frame.kind == TypeSettings:
		c.settings(dir, b)
	case h.frame.block():
		h.table.write(b)
	}
}

// settings takes bytes of SETTINGS (RFC 9113 section 6.5.1), which tell the other side what it may send.
func (c *Conn) settings(dir flow.Dir, b []byte) {
	h := &c.half[dir]
	for i, v := range b {
		at := (h.frame.length - h.content + i) % len(h.setting)
		if h.setting[at] = v; at == len(h.setting)-1 {
			id, value := binary.BigEndian.Uint16(h.setting[:]), binary.BigEndian.Uint32(h.setting[2:])
			c.half[dir.Reverse()].set(id, value)
		}
	}
}

// set takes note of what the other side's settings allow this one.
func (h *half) set(id uint16, value uint32) {
	switch id {
	case settingHeaderTableSize:
		h.allow(value)
	case settingMaxFrameSize:
		h.maxFrame = max(h.maxFrame, int(min(value, anyFrame)))
	}
}

// closeFrame ends the current frame, whose last byte is in p.
func (c *Conn) closeFrame(dir flow.Dir, p *Part) {
	h := &c.half[dir]
	switch {
	case h.frame.block():
		if h.frame.kind == TypePushPromise {
			h.promise = binary.BigEndian.Uint32(h.prefix[h.prefixGot-4:]) & (1<<31 - 1)
		}
		if h.frame.has(flagEndHeaders) {
			c.closeBlock(dir, p)
		}
	case h.frame.kind == TypeData && h.frame.has(flagEndStream):
		c.end(dir, h.frame.stream, h.m)
		p.End = true
	case h.frame.kind == TypeRSTStream:
		c.reset(h.frame.stream)
	}
}

// closeBlock ends a field block.
func (c *Conn) closeBlock(dir flow.Dir, p *Part) {
	h, m := &c.half[dir], c.half[dir].m
	h.blockOf = 0
	err := h.table.end()
	if h.fields {
		if m.HeadBytes = h.table.bytes; err != nil {
			m.HeadErr = err
		}
		m.HeadComplete = m.HeadErr == nil
		p.Head = true
		c.tellsRole(dir, m)
	}
	switch {
	case m.Promised:
		c.promise(dir, m)
		p.End = true
	case h.ends:
		c.end(dir, h.frame.stream, m)
		p.End = true
	case h.fields && m.interim():
		m.Complete, p.End = true, true
	}
}

// tellsRole corrects a guess about who is the client: only requests have a method (RFC 9113 section 8.3).
func (c *Conn) tellsRole(dir flow.Dir, m *Message) {
	if c.sure || m.Promised || (m.Method == "") == (m.StatusCode == 0) {
		return
	}
	c.client, c.sure = dir, true
	if m.StatusCode != 0 {
		c.client = dir.Reverse()
	}
	if m.Request = dir == c.client; m.Request {
		m.AnswerTo = nil
	}
}

// promise opens the stream on which the promised request m will be answered (RFC 9113 section 8.4).
func (c *Conn) promise(dir flow.Dir, m *Message) {
	m.Complete = true
	if c.half[dir].promise == 0 {
		return // not captured
	}
	m.Stream = c.half[dir].promise
	st := c.streams.at(m.Stream)
	st.message[dir.Reverse()], st.over[dir.Reverse()] = m, true
}
