package http2

import (
	"github.com/pktjourney/pktjourney/decode/flow"
	"github.com/pktjourney/pktjourney/decode/httpfields"
)

// maxStreams bounds the streams that are followed at the same time. The oldest is given up for a new one.
const maxStreams = 1024

// stream is one exchange (RFC 9113 section 5).
type stream struct {
	message [2]*Message // the newest of each direction
	over    [2]bool     // END_STREAM came
}

// streams are those that are open.
type streams struct {
	open  map[uint32]*stream
	order []uint32 // identifiers in the order in which they were opened, some of them closed since
}

// at finds a stream, or opens it.
func (s *streams) at(id uint32) *stream {
	if st := s.open[id]; st != nil {
		return st
	}
	if s.open == nil {
		s.open = make(map[uint32]*stream)
	}
	if len(s.open) >= maxStreams {
		s.giveUpOldest()
	}
	if len(s.order) >= 2*maxStreams {
		s.tidy()
	}
	st := new(stream)
	s.open[id] = st
	s.order = append(s.order, id)
	return st
}

func (s *streams) close(id uint32) { delete(s.open, id) }

func (s *streams) giveUpOldest() {
	for i, id := range s.order {
		if s.open[id] != nil {
			s.close(id)
			s.order = s.order[:copy(s.order, s.order[i+1:])]
			return
		}
	}
}

// tidy drops the identifiers of closed streams from the order. One that was closed and opened
// again stands in it once.
func (s *streams) tidy() {
	kept := s.order[:0]
	seen := make(map[uint32]bool, len(s.open))
	for _, id := range s.order {
		if s.open[id] != nil && !seen[id] {
			seen[id] = true
			kept = append(kept, id)
		}
	}
	s.order = kept
}

// begin begins a message of dir on st.
func (c *Conn) begin(st *stream, dir flow.Dir, id uint32) *Message {
	m := &Message{Stream: id, Request: dir == c.client, Header: httpfields.New()}
	if !m.Request {
		m.AnswerTo = st.message[dir.Reverse()]
	}
	st.message[dir], st.over[dir] = m, false
	return m
}

// goesOn is the message of dir on st that is not over; nil when there is none.
func (st *stream) goesOn(dir flow.Dir) *Message {
	if m := st.message[dir]; m != nil && !m.Complete && !st.over[dir] {
		return m
	}
	return nil
}

// end ends the message of dir on stream id: its last byte has come.
func (c *Conn) end(dir flow.Dir, id uint32, m *Message) {
	m.Complete = true
	st := c.streams.at(id)
	if st.over[dir] = true; st.over[dir.Reverse()] {
		c.streams.close(id)
	}
}

// reset ends stream id for both sides (RFC 9113 section 6.4).
func (c *Conn) reset(id uint32) {
	st := c.streams.open[id]
	if st == nil {
		return
	}
	for dir := range st.message {
		if m := st.message[dir]; m != nil && !m.Complete {
			m.Reset = true
		}
	}
	c.streams.close(id)
}
