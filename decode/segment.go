package decode

import (
	"time"

	"github.com/pktjourney/pktjourney/decode/flow"
	"github.com/pktjourney/pktjourney/decode/layers"
	"github.com/pktjourney/pktjourney/decode/stream"
)

// segment reads a TCP segment: its place in the connection, then its bytes.
func (d *Decoder) segment(r *Frame) {
	c := d.connection(r)
	s := &r.Segment
	s.Connection = c
	h := &c.halves[r.Dir]
	d.handshake(r, c, h)
	d.read = reading{frame: r, connection: c, dir: r.Dir}
	base, joined := h.Base(), h.Started()
	d.take(r, h)
	if joined && h.acked > 0 && h.Base() != base {
		h.acked += int64(int32(base - h.Base())) // the stream begins elsewhere than it seemed
	}
	h.follow(r, &d.contents)
	s.Of = h.of(r)
	s.NewWindow = r.Window != h.window
	h.window = r.Window
	if r.Flags&layers.ACK != 0 {
		d.acknowledge(r, c)
	}
	d.ends(r, c, h)
	d.finish(r, c)
}

// take gives r's bytes to the stream, and from there those whose turn it is to who reads them.
func (d *Decoder) take(r *Frame, h *half) {
	switch control := r.Flags&(layers.SYN|layers.FIN|layers.RST) != 0; {
	case control || r.PayloadLen != len(r.Payload):
	case r.PayloadLen == 0:
		if h.Bare(r.Seq) {
			return
		}
	default:
		if off, ok := h.Advance(r.Seq, r.PayloadLen); ok {
			d.chunk(stream.Chunk{Frame: r.Number, Off: off, Data: r.Payload})
			return
		}
	}
	r.Segment.Verdict = h.Add(stream.Segment{
		Frame: r.Number, Time: r.Time, Seq: r.Seq,
		SYN: r.Flags&layers.SYN != 0, FIN: r.Flags&layers.FIN != 0, RST: r.Flags&layers.RST != 0,
		Payload: r.Payload, Len: r.PayloadLen,
	}, &d.budget, d.deliver)
}

// connection finds the connection that r belongs to. A SYN with another
// initial sequence number on known ports begins a new one (RFC 9293 section 3.4.3).
func (d *Decoder) connection(r *Frame) *Connection {
	conv, dir, fresh := d.flows.Observe(flow.TCP, r.Src, r.Dst, r.SrcPort, r.DstPort, r.Time)
	r.Conversation, r.Dir = conv, dir
	c, _ := conv.Decoder.(*Connection)
	if !fresh && c != nil && opens(r) && c.halves[dir].otherSYN(r.Seq) {
		conv = d.flows.Restart(conv, r.Src, r.Dst, r.SrcPort, r.DstPort, r.Time)
		r.Conversation, r.Dir = conv, flow.FromOriginator
		c = nil
	}
	if c == nil {
		c = &Connection{Client: r.Dir}
		c.halves[0].content, c.halves[1].content = &noContent, &noContent
		c.halves[0].acked, c.halves[1].acked = -1, -1
		c.halves[0].fin, c.halves[1].fin = -1, -1
		if r.Flags&layers.SYN == 0 {
			c.halves[0].acked, c.halves[1].acked = 0, 0
		}
		if r.Flags&(layers.SYN|layers.ACK) == layers.SYN|layers.ACK || joinedAtServer(r) {
			c.Client = r.Dir.Reverse()
		}
		conv.Decoder = c
	}
	return c
}

// joinedAtServer guesses who asks in a connection whose beginning is not in the
// capture: the side with the well-known port is asked.
func joinedAtServer(r *Frame) bool {
	const wellKnown = 1024
	return r.Flags&layers.SYN == 0 && r.SrcPort < wellKnown && r.DstPort >= wellKnown
}

func opens(r *Frame) bool { return r.Flags&(layers.SYN|layers.ACK|layers.RST) == layers.SYN }

// otherSYN reports whether a SYN with the sequence number seq can not belong to what h has seen.
func (h *half) otherSYN(seq uint32) bool {
	if h.syn {
		return h.isn != seq
	}
	return h.Started()
}

// handshake notes the three steps of opening a connection (RFC 9293 section 3.5).
func (d *Decoder) handshake(r *Frame, c *Connection, h *half) {
	s := &r.Segment
	switch r.Flags & (layers.SYN | layers.ACK | layers.RST) {
	case layers.SYN:
		s.Syn, s.SynAgain = true, h.syn
		if c.SYN == 0 {
			c.SYN, c.SYNTime, c.Client = r.Number, r.Time, r.Dir
		}
		h.syn, h.isn = true, r.Seq
	case layers.SYN | layers.ACK:
		s.SynAgain = h.syn
		h.startAnew(r.Seq)
		if c.SYNACK == 0 {
			c.SYNACK, c.Client = r.Number, r.Dir.Reverse()
		}
		h.syn, h.isn = true, r.Seq
	case layers.ACK:
		if c.SYNACK != 0 && c.Established == 0 && r.Dir == c.Client {
			c.Established = r.Number
			s.Completes = true
		}
	}
}

// startAnew forgets what came before a SYN+ACK with another initial sequence number, as
// long as that was no data: an earlier one that the client did not take, or segments
// of somebody else's (RFC 9293 section 3.10.7.3).
func (h *half) startAnew(isn uint32) {
	if h.Started() && h.Next() == 0 && h.hole.IsZero() && (h.fin >= 0 || h.Base() != isn+1) {
		h.Half, h.seen, h.fin, h.acked = stream.Half{}, 0, -1, -1
	}
}

// follow notes holes: when they open, how old they are when bytes come that fill them, and
// whether a packet was doubled on its way.
func (h *half) follow(r *Frame, c *contents) {
	s := &r.Segment
	off := h.Off(r.Seq)
	switch {
	case s.Verdict.Has(stream.OutOfOrder) && !h.hole.IsZero():
		s.HoleAge = r.Time.Sub(h.hole)
	case s.Verdict.Has(stream.Ahead) && h.hole.IsZero():
		c.open(h)
		h.hole = r.Time
	}
	s.Copy = h.copied(r, c)
	h.seen = max(h.seen, off+int64(r.PayloadLen))
	if h.Next() >= h.seen && !h.hole.IsZero() {
		h.hole = time.Time{}
	}
}

// of finds the message that r's bytes belong to when they are not new: bytes that
// were seen before, or that wait for others.
func (h *half) of(r *Frame) *Message {
	off := h.Off(r.Seq)
	if m := at(h.marks, off); m != nil {
		return m
	}
	return h.current
}

// acknowledge notes which of the other side's bytes r acknowledges (RFC 9293 section 3.4).
func (d *Decoder) acknowledge(r *Frame, c *Connection) {
	other := &c.halves[r.Dir.Reverse()]
	if !other.Started() {
		return
	}
	s := &r.Segment
	off := other.Off(r.Ack)
	s.AfterFIN = other.fin >= 0 && off > other.fin
	s.AcksStart = other.syn && off == 0
	if off > other.acked {
		s.AcksNew = true
		s.AcksSYN = other.acked < 0
		s.AcksFIN = s.AfterFIN
		other.acked = off
	}
	if s.AcksNew || r.PayloadLen == 0 && r.Flags&(layers.SYN|layers.FIN|layers.RST) == 0 {
		s.Acks, s.AckedFrame = other.brought(off, s.AfterFIN)
	}
	other.Acked(r.Ack, r.Time, func(ch stream.Chunk) { d.chunkOf(ch, r.Dir.Reverse()) })
}

// brought finds what the last byte before off belongs to and the frame that brought it.
func (h *half) brought(off int64, fin bool) (*Message, int) {
	if fin {
		off--
	}
	message := at(h.marks, off-1)
	if message == nil && off > h.Next() {
		message = h.current // bytes that were not captured, or wait for others
	}
	return message, at(h.recent, off-1)
}

// ends notes FIN and RST (RFC 9293 section 3.6).
func (d *Decoder) ends(r *Frame, c *Connection, h *half) {
	was := c.Closed
	if r.Flags&layers.FIN != 0 && h.fin < 0 {
		h.fin = h.Off(r.Seq) + int64(r.PayloadLen)
	}
	if h.fin >= 0 && h.Next() >= h.fin {
		d.closeReader(r, c, r.Dir)
	}
	if r.Flags&layers.RST != 0 {
		c.Reset, c.Closed = true, true // it completes no message, and what is under way may still come
	}
	if c.halves[0].fin >= 0 && c.halves[1].fin >= 0 {
		c.Closed = true
	}
	if c.Closed && !was {
		d.flows.Close(r.Conversation)
	}
}
