package decode

import (
	"github.com/pktjourney/pktjourney/decode/flow"
	"github.com/pktjourney/pktjourney/decode/http"
	"github.com/pktjourney/pktjourney/decode/stream"
)

func (d *Decoder) httpChunk(c *Connection, h *half, dir flow.Dir, ch stream.Chunk) {
	if goesOver(c, dir, ch) {
		d.http2Chunk(c, h, dir, ch)
		return
	}
	if ch.Gap > 0 {
		d.httpParts = c.http.Gap(dir, ch.Gap, d.httpParts[:0])
	} else {
		d.httpParts = c.http.Data(dir, ch.Data, d.httpParts[:0])
	}
	rest := d.upgraded(c, dir, &ch)
	if c.reader == readHTTP && d.connects() {
		rest = d.tunnelled(c, &ch)
	}
	d.takeHTTP(c, h, dir, ch)
	if len(rest.Data) > 0 {
		d.chunkOf(rest, dir)
	}
}

// connects reports whether one of the parts ends a successful answer to CONNECT, behind
// which anything may come (RFC 9110 section 9.3.6). Behind a 101 comes what it names.
func (d *Decoder) connects() bool {
	for i := range d.httpParts {
		m := d.httpParts[i].Message
		if m != nil && d.httpParts[i].End && m.AnswerTo != nil && m.AnswerTo.Method == "CONNECT" && m.StatusCode/100 == 2 {
			return true
		}
	}
	return false
}

// tunnelled lets the bytes of a connection tell anew what they are. Those behind the last
// message are taken away from ch.
func (d *Decoder) tunnelled(c *Connection, ch *stream.Chunk) (rest stream.Chunk) {
	c.reader = undecided
	last := len(d.httpParts) - 1
	if last < 0 || d.httpParts[last].Message != nil || ch.Gap > 0 {
		return rest
	}
	n := len(ch.Data) - d.httpParts[last].Len
	rest = stream.Chunk{Frame: ch.Frame, Off: ch.Off + int64(n), Data: ch.Data[n:], Late: ch.Late}
	ch.Data, d.httpParts = ch.Data[:n], d.httpParts[:last]
	return rest
}

// takeHTTP turns the parts of a chunk into messages.
func (d *Decoder) takeHTTP(c *Connection, h *half, dir flow.Dir, ch stream.Chunk) {
	off := ch.Off
	for i := range d.httpParts {
		p := &d.httpParts[i]
		off += int64(p.Len)
		if p.Begin || h.current == nil || h.current.HTTP != p.Message && !h.current.goesOn(p) {
			h.current = newHTTP(p.Message, dir, ch.Frame)
			if p.Message != nil && p.Message.Request {
				c.Client = dir
			}
		}
		d.bring(h, h.current, ch, off, p.Len, p.Begin, p.End)
		d.cutHTTP(h, p, ch)
		if p.End && p.Message != nil {
			h.current.Complete = p.Message.Complete
			if m := p.Message; m.Complete || m.BodyErr != nil || p.Head {
				d.completeHTTP(h, m) // else another message has begun before its end
			}
		}
	}
}

// cutHTTP lets a message tell what it says as soon as the frame that ends its head turns out
// to be cut: as in Wireshark, which does not put together what lacks bytes.
func (d *Decoder) cutHTTP(h *half, p *http.Part, ch stream.Chunk) {
	switch {
	case p.Head && p.Message != nil && p.Message.HeadComplete:
		h.headEnd = ch.Frame
	case ch.Gap > 0 && ch.Frame != 0 && ch.Frame == h.headEnd && p.Message != nil && !p.End:
		d.completeHTTP(h, p.Message)
		h.told = p.Message
	}
}

// goesOn reports whether bytes of no message that could be found still belong to m:
// the head that would tell more has a hole.
func (m *Message) goesOn(p *http.Part) bool {
	return p.Message == nil && m.HTTP != nil && !m.Complete
}

func newHTTP(m *http.Message, dir flow.Dir, frame int) *Message {
	kind := Unknown
	if m != nil {
		kind = HTTPResponse
		if m.Request {
			kind = HTTPRequest
		}
	}
	return &Message{Kind: kind, Dir: dir, First: frame, HTTP: m}
}

// completeHTTP notes that a message is complete in the current frame, unless it has told before what it says.
func (d *Decoder) completeHTTP(h *half, m *http.Message) {
	if h.told == m {
		return
	}
	d.read.frame.Protocol = "http"
	d.tells(m)
	d.completed(h)
}
