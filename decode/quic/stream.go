package quic

import "github.com/pktjourney/pktjourney/decode/wire"

// Chunk is bytes of a stream that are in order.
type Chunk struct {
	Stream uint64 // its ID; the lowest bits say who began it and whether it goes one way only (RFC 9000 section 2.1)
	Data   []byte // valid until the next packet is read
	End    bool   // nothing follows
	Reset  bool   // the sender broke the stream off (RFC 9000 section 19.4)
}

// streams are those that one side sends on.
type streams struct {
	open  map[uint64]*assembler
	floor [4]uint64 // by the ID's lowest bits: streams before this one that are not in open are over
}

const (
	maxStreams    = 256       // of one side that are remembered; those that are over go first, then further ones are ignored
	maxStreamHeld = 256 << 10 // bytes of one stream that may wait
)

// readStream is RFC 9000 section 19.8.
func (c *Conn) readStream(cur *wire.Cursor, typ uint64, from Side, p *Packet) {
	id := varint(cur, "stream.stream_id")
	var off uint64
	if typ&streamOffset != 0 {
		off = varint(cur, "stream.offset")
	}
	n := cur.Len()
	if typ&streamLength != 0 {
		n = length(cur, "stream.length")
	}
	data := cur.Bytes("stream.stream_data", n)
	if cur.Err() != nil {
		return
	}
	s := c.half[from].streams.get(id)
	if s == nil {
		return
	}
	if typ&streamFin != 0 {
		s.final, s.ends = off+uint64(len(data)), true
	}
	before := len(p.Chunks)
	s.add(off, data, maxStreamHeld, &c.table.budget, func(b []byte) { p.Chunks = append(p.Chunks, Chunk{Stream: id, Data: b}) })
	if s.ends && s.next >= s.final && !s.done {
		s.done = true
		if len(p.Chunks) == before {
			p.Chunks = append(p.Chunks, Chunk{Stream: id})
		}
		p.Chunks[len(p.Chunks)-1].End = true
	}
}

// readReset is RFC 9000 section 19.4.
func (c *Conn) readReset(cur *wire.Cursor, from Side, p *Packet) {
	id := varint(cur, "reset_stream.stream_id")
	skipVarints(cur, 2)
	if s := c.half[from].streams.get(id); cur.Err() == nil && s != nil && !s.done {
		s.giveUp(&c.table.budget)
		s.done = true
		p.Chunks = append(p.Chunks, Chunk{Stream: id, Reset: true})
	}
}

// get finds the stream id, or begins it; nil when it is over or there are too many.
func (s *streams) get(id uint64) *assembler {
	if a := s.open[id]; a != nil {
		return a
	}
	if id < s.floor[id&3] || len(s.open) == maxStreams && !s.drop() {
		return nil
	}
	if s.open == nil {
		s.open = make(map[uint64]*assembler)
	}
	a := new(assembler)
	s.open[id] = a
	return a
}

// drop forgets the first stream that is over.
func (s *streams) drop() bool {
	first, found := uint64(0), false
	for id, a := range s.open {
		if a.done && (!found || id < first) {
			first, found = id, true
		}
	}
	if found {
		delete(s.open, first)
		s.floor[first&3] = max(s.floor[first&3], first+4)
	}
	return found
}

func (s *streams) release(budget *budget) {
	for _, a := range s.open {
		a.giveUp(budget)
	}
	s.open = nil
}
