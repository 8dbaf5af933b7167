package decode

import (
	"cmp"

	"github.com/pktjourney/pktjourney/decode/bgp"
	"github.com/pktjourney/pktjourney/decode/dns"
	"github.com/pktjourney/pktjourney/decode/flow"
	"github.com/pktjourney/pktjourney/decode/http"
	"github.com/pktjourney/pktjourney/decode/http2"
	"github.com/pktjourney/pktjourney/decode/layers"
	"github.com/pktjourney/pktjourney/decode/stream"
	"github.com/pktjourney/pktjourney/decode/tls"
)

// reader says who reads the bytes of a connection.
type reader uint8

const (
	undecided reader = iota
	readHTTP
	readHTTP2
	readTLS
	readDNS
	readBGP
	readVPN
	readNothing // bytes that are none of ours
)

// reading is the segment whose bytes are being delivered.
type reading struct {
	frame      *Frame
	connection *Connection
	dir        flow.Dir
}

// guess says what bytes tell of who reads them.
type guess uint8

const (
	guessNo guess = iota
	guessMore
	guessYes
)

// maxFirst bounds the first bytes that are kept while they do not tell what they are.
const maxFirst = 64

// chunk takes bytes of the segment that is being read.
func (d *Decoder) chunk(ch stream.Chunk) { d.chunkOf(ch, d.read.dir) }

// chunkOf takes the next bytes of one direction.
func (d *Decoder) chunkOf(ch stream.Chunk, dir flow.Dir) {
	c := d.read.connection
	h := &c.halves[dir]
	if c.goesOn(dir, len(ch.Data)) {
		d.bring(h, h.current, ch, ch.Off+int64(len(ch.Data)), len(ch.Data), false, false)
		return
	}
	d.contents.open(h)
	if c.reader == undecided || c.reader == readNothing {
		if !d.decide(c, h, dir, &ch) {
			return
		}
	}
	d.readChunk(c, h, dir, ch)
}

// goesOn reports whether the next n bytes of dir are more of a message that does not end with them, and in
// which nothing else ends or begins. Then their reader has taken note of them. 0 is a gap, which is another matter.
func (c *Connection) goesOn(dir flow.Dir, n int) bool {
	switch {
	case n == 0:
		return false
	case c.reader == readTLS:
		return c.tls.Skip(dir, n)
	case c.reader == readHTTP:
		return c.http.Skip(dir, n)
	}
	return false
}

// readChunk hands bytes to the reader of their connection.
func (d *Decoder) readChunk(c *Connection, h *half, dir flow.Dir, ch stream.Chunk) {
	switch c.reader {
	case readHTTP:
		d.httpChunk(c, h, dir, ch)
	case readHTTP2:
		d.http2Chunk(c, h, dir, ch)
	case readTLS:
		d.tlsChunk(c, h, dir, ch)
	case readDNS:
		d.dnsChunk(c, h, dir, ch)
	case readBGP:
		d.bgpChunk(c, h, dir, ch)
	case readVPN:
		d.vpnChunk(c, h, dir, ch)
	default:
		d.otherChunk(h, dir, ch)
	}
}

// decide looks at the first bytes of a direction. Where they are too few to
// tell it keeps them and reports false; they are read before the next ones. A
// connection of nobody's is looked at again with each chunk: it may have been joined in the
// middle of a message, or begin with a protocol that makes way for another (SOCKS, STARTTLS).
func (d *Decoder) decide(c *Connection, h *half, dir flow.Dir, ch *stream.Chunk) bool {
	kept := h.first
	h.first = held{}
	look := ch.Data
	if len(kept.data) > 0 {
		look = append(kept.data, ch.Data...)
	}
	guess := d.recognise(c, dir, look, ch)
	if guess == guessMore && len(look) < maxFirst && c.reader == undecided {
		h.first = kept.with(look, ch)
		return false
	}
	if guess != guessYes {
		c.reader = readNothing
	}
	if len(kept.data) > 0 {
		d.readChunk(c, h, dir, stream.Chunk{Frame: kept.frame, Off: kept.off, Data: kept.data})
		if guess != guessYes {
			d.recognise(c, dir, ch.Data, ch)
		}
	}
	return true
}

// recognise gives the connection the reader that the bytes b ask for, if they do. They
// are those of ch, with what was kept before them.
func (d *Decoder) recognise(c *Connection, dir flow.Dir, b []byte, ch *stream.Chunk) guess {
	if ch.Gap > 0 {
		return guessNo
	}
	isTLS, isHTTP, isHTTP2 := tls.Looks(b), http.Looks(b), http2.Looks(b)
	isBGP := bgp.Looks(b)
	isDNS := dns.LooksStream(b, d.read.frame.SrcPort == portDNS || d.read.frame.DstPort == portDNS)
	switch {
	case isTLS == tls.Yes:
		c.reader, c.tls = readTLS, d.newTLS()
	case isHTTP == http.Yes:
		c.reader, c.http = readHTTP, new(http.Conn)
	case d.opensVPN(c, dir, b):
	case isBGP == bgp.Yes:
		c.reader, c.bgp = readBGP, new(bgp.Conn)
	case isDNS == dns.Yes:
		c.reader, c.dns = readDNS, new(dns.Conn)
	case isHTTP2 >= http2.Yes:
		d.beginHTTP2(c, dir, ch.Off, isHTTP2)
	case isTLS == tls.NeedMore || isHTTP == http.NeedMore || isHTTP2 == http2.NeedMore || isDNS == dns.NeedMore || isBGP == bgp.NeedMore:
		return guessMore
	default:
		return guessNo
	}
	return guessYes
}

// with is what is kept once all of look, the bytes of ch last, is too little to tell.
func (k held) with(look []byte, ch *stream.Chunk) held {
	if len(k.data) == 0 {
		return held{data: append([]byte(nil), look...), off: ch.Off, frame: ch.Frame}
	}
	k.data = look
	return k
}

// otherChunk takes bytes that no decoder of ours reads.
func (d *Decoder) otherChunk(h *half, dir flow.Dir, ch stream.Chunk) {
	if h.current == nil || h.current.Kind != Unknown {
		h.current = &Message{Kind: Unknown, Dir: dir, First: ch.Frame}
	}
	n := len(ch.Data) + ch.Gap
	d.bring(h, h.current, ch, ch.Off+int64(n), n, false, false)
}

// bring notes that the chunk's frame brought n bytes of m, up to the stream offset end.
func (d *Decoder) bring(h *half, m *Message, ch stream.Chunk, end int64, n int, begin, last bool) {
	if begin {
		h.building = h.building[:0]
	}
	if ch.Gap > 0 {
		h.bring(m, end, 0)
		return
	}
	if begin && m.Segments == 0 {
		m.Seq, m.Placed = h.Base()+uint32(end-int64(n)), true
	}
	m.Bytes += n
	h.building = h.building.add(ch.Frame)
	h.bring(m, end, ch.Frame)
	r := d.read.frame
	if k := len(r.Parts); k > 0 && r.Parts[k-1].Message == m && r.Parts[k-1].Frame == ch.Frame {
		r.Parts[k-1].End = r.Parts[k-1].End || last
		return
	}
	m.Segments++
	r.Parts = append(r.Parts, Part{Frame: ch.Frame, Message: m, Begin: begin, End: last})
}

// completed notes the frames of the message or record that just ended.
func (d *Decoder) completed(h *half) {
	for _, g := range h.building {
		if n := len(d.read.frame.Message); n > 0 && d.read.frame.Message[n-1].Last >= g.Last {
			continue
		}
		d.read.frame.Message = append(d.read.frame.Message, g)
	}
}

// closeReader tells the reader that a direction has ended: a body that lasts
// until the close is complete then (RFC 9112 section 6.3).
func (d *Decoder) closeReader(r *Frame, c *Connection, dir flow.Dir) {
	if c.reader != readHTTP {
		return
	}
	h := &c.halves[dir]
	d.httpParts = c.http.Close(dir, d.httpParts[:0])
	for i := range d.httpParts {
		if p := &d.httpParts[i]; p.End && h.current != nil && h.current.HTTP == p.Message {
			h.current.Complete = p.Message.Complete
			r.endPart(h.current)
			if p.Message.Complete {
				d.completeHTTP(h, p.Message)
			}
		}
	}
}

// endPart notes that r ends m, be it without a byte of it.
func (r *Frame) endPart(m *Message) {
	for i := range r.Parts {
		if r.Parts[i].Message == m && r.Parts[i].Frame == r.Number {
			r.Parts[i].End = true
			return
		}
	}
	r.Parts = append(r.Parts, Part{Frame: r.Number, Message: m, End: true})
}

// finish gives the frame its protocol and the facts of the records that ended in it.
func (d *Decoder) finish(r *Frame, c *Connection) {
	if len(d.records) > 0 {
		r.Protocol = cmp.Or(d.inside, "tls")
		d.inside = ""
		d.tellRecords(r, c.tls)
	}
	d.tell(r)
	r.dropOwn()
	if r.Protocol == "" {
		r.Protocol = "tcp"
		if c.reader == readNothing && len(r.Payload) > 0 {
			if name := layers.PortName(layers.TransportTCP, r.SrcPort, r.DstPort); name != "" {
				r.Protocol = name
			}
		}
	}
}

// dropOwn forgets that r itself brought its messages, where no other frame did.
func (r *Frame) dropOwn() {
	if len(r.Message) == 1 && r.Message[0].First == r.Number && r.Message[0].Last == r.Number {
		r.Message = r.Message[:0]
	}
}
