package decode

import (
	"slices"

	"github.com/pktjourney/pktjourney/decode/fact"
	"github.com/pktjourney/pktjourney/decode/flow"
	"github.com/pktjourney/pktjourney/decode/http3"
	"github.com/pktjourney/pktjourney/decode/quic"
	"github.com/pktjourney/pktjourney/decode/tls"
	"github.com/pktjourney/pktjourney/decode/wire"
)

// QUIC is what is known of one QUIC connection (RFC 9000). It may have several
// conversations: a client may move to another address (section 9).
type QUIC struct {
	conn  *quic.Conn
	hello *tls.ClientHello // the last one seen, or nil
	half  [2]quicHalf      // by the side that sends
	paths int              // conversations that are kept
	http3 *http3.Conn      // nil while nothing of it was opened

	// Note is for who reads the frames; decode does not look at it.
	Note any
}

// quicHalf is what one side sends.
type quicHalf struct {
	current  *Message
	building ranges // the frames of the handshake message that is being read
}

// ClientHello is the last one seen, or nil.
func (q *QUIC) ClientHello() *tls.ClientHello { return q.hello }

// path is a conversation that carries QUIC.
type path struct {
	client flow.Dir // the direction of the client's datagrams
	*QUIC           // the newest connection on it
	older  []*QUIC  // those before, on the same addresses and ports; at most maxOlder
}

// maxOlder bounds the connections on the same addresses and ports that are followed beside the newest.
const maxOlder = 4

// pathOf finds the QUIC connection that a datagram belongs to. A connection begins with an Initial
// packet that is authentic, or with a long header that can be believed; a datagram from a new address
// belongs to the connection that chose its connection ID. Most datagrams are none, which must cost next to nothing.
func (d *Decoder) pathOf(r *Frame, fresh bool) *path {
	p, _ := r.Conversation.Decoder.(*path)
	switch {
	case p != nil:
		d.newest(r, p)
		return p
	case quic.Looks(r.Payload):
		p = d.openPath(r)
	case fresh && quic.LooksShort(r.Payload):
		p = d.movedPath(r)
	}
	if p != nil {
		r.Conversation.Decoder = p
	}
	return p
}

// openPath begins the connection of a datagram with a long header.
func (d *Decoder) openPath(r *Frame) *path {
	if c := d.quic.Open(r.Payload); c != nil {
		return newPath(c, r.Dir)
	}
	if p := d.movedPath(r); p != nil {
		return p
	}
	client := r.Dir
	if r.SrcPort < r.DstPort {
		client = r.Dir.Reverse() // the side with the lower port is asked
	}
	if c := d.quic.Join(r.Payload, r.PayloadLen); c != nil {
		return newPath(c, client)
	}
	return nil
}

func newPath(c *quic.Conn, client flow.Dir) *path {
	q := &QUIC{conn: c, paths: 1}
	c.Note = q
	return &path{client: client, QUIC: q}
}

// movedPath finds the connection of a datagram by its connection ID.
func (d *Decoder) movedPath(r *Frame) *path {
	c, from := d.quic.Find(r.Payload)
	if c == nil {
		return nil
	}
	q := c.Note.(*QUIC)
	q.paths++
	client := r.Dir
	if from == quic.Server {
		client = r.Dir.Reverse()
	}
	return &path{client: client, QUIC: q}
}

// newest makes way for another connection on the addresses and ports of p, which an
// Initial packet with new connection IDs begins.
func (d *Decoder) newest(r *Frame, p *path) {
	if p.conn.Belongs(r.Payload) {
		return
	}
	c := d.quic.Open(r.Payload)
	if c == nil {
		return
	}
	if len(p.older) == maxOlder {
		d.leavePath(p.older[0])
		p.older = slices.Delete(p.older, 0, 1)
	}
	p.older = append(p.older, p.QUIC)
	q := &QUIC{conn: c, paths: 1}
	c.Note = q
	p.QUIC, p.client = q, r.Dir
}

// endPath forgets the connections of a conversation that is over.
func (d *Decoder) endPath(p *path) {
	d.leavePath(p.QUIC)
	for _, q := range p.older {
		d.leavePath(q)
	}
}

func (d *Decoder) leavePath(q *QUIC) {
	if q.paths--; q.paths == 0 {
		d.quic.Forget(q.conn)
	}
}

// quicDatagram reads the packets of a datagram (RFC 9000 section 12.2).
func (d *Decoder) quicDatagram(r *Frame, p *path) {
	q := p.QUIC
	if len(p.older) > 0 {
		if c, _ := d.quic.Find(r.Payload); c != nil {
			q = c.Note.(*QUIC)
		}
	}
	r.QUIC, r.FromClient, r.Protocol = q, r.Dir == p.client, "quic"
	side := quic.Server
	if r.FromClient {
		side = quic.Client
	}
	var packets []fact.List
	for off := 0; off < len(r.Payload) && (off == 0 || quic.Follows(r.Payload[off:])); {
		n, err := q.conn.Next(side, r.Payload[off:], r.PayloadLen-off, &d.packet)
		if err != nil && r.Err == nil {
			r.Err = err
		}
		q.take(r, side, &d.packet, n)
		if len(d.packet.Messages) > 0 || d.packet.Type != quic.OneRTT {
			packets = append(packets, d.packet.AppendFacts(nil))
		}
		d.unlock(q)
		d.insideQUIC(r, q, side, &d.packet)
		off += n
	}
	if len(packets) > 0 {
		r.Facts = r.Facts.Add(fact.QUICVersion, fact.String(q.conn.Version().String()), wire.Span{Off: 1, Len: 4})
		r.Facts = r.Facts.Add(fact.QUICPackets, fact.Objects(packets), wire.Span{})
	}
	d.tell(r)
}

// take turns a packet of n bytes into a part of r.
func (q *QUIC) take(r *Frame, side quic.Side, p *quic.Packet, n int) {
	h := &q.half[side]
	kind, deduced := quicKind(p)
	if h.current == nil || h.current.Kind != kind || h.current.Deduced != deduced || h.current.Dir != r.Dir {
		h.current = &Message{Kind: kind, Dir: r.Dir, First: r.Number, Deduced: deduced}
	}
	m := h.current
	m.Bytes += n
	if k := len(r.Parts); k == 0 || r.Parts[k-1].Message != m {
		m.Segments++
		r.Parts = append(r.Parts, Part{Frame: r.Number, Message: m, Begin: m.First == r.Number, End: true})
	}
	if p.Crypto && !p.Repeats {
		h.building = h.building.add(r.Number)
	}
	for i := range p.Messages {
		q.handshake(r, &p.Messages[i])
	}
	if len(p.Messages) > 0 {
		if len(h.building) > 1 || len(h.building) == 1 && h.building[0].First != r.Number {
			r.Message = append(r.Message[:0], h.building...)
		}
		h.building = h.building[:0]
	}
}

// quicKind says what a packet carries. Without keys a packet with a short header is taken for data.
func quicKind(p *quic.Packet) (k Kind, deduced bool) {
	switch {
	case p.Type != quic.OneRTT && p.Type != quic.ZeroRTT:
		return QUICHandshake, false
	case p.Opened && p.Crypto && !p.Data:
		return QUICHandshake, false // a session ticket
	}
	return QUICData, !p.Opened
}

// handshake reads a TLS handshake message that a packet of r completes.
func (q *QUIC) handshake(r *Frame, m *quic.Message) {
	var err error
	switch tls.HandshakeType(m.Type) {
	case tls.TypeClientHello:
		var hello tls.ClientHello
		hello, err = tls.ParseClientHello(m.Body)
		q.hello = &hello
		r.Facts = appendQUICClient(r.Facts, &hello)
	case tls.TypeServerHello:
		var hello tls.ServerHello
		hello, err = tls.ParseServerHello(m.Body)
		if !hello.HelloRetry {
			q.conn.SetSuite(uint16(hello.CipherSuite))
		}
		r.Facts = appendQUICServer(r.Facts, &hello)
	}
	if err != nil && r.Err == nil {
		r.Err = err
	}
}

// appendQUICClient adds the facts of a ClientHello. Spans count from its handshake header.
func appendQUICClient(l fact.List, h *tls.ClientHello) fact.List {
	if h.ServerName != "" {
		l = addOnce(l, fact.QUICClientServerName, fact.String(h.ServerName))
	}
	if len(h.ALPN) > 0 {
		l = addOnce(l, fact.QUICClientNextProtocols, fact.Strings(h.ALPN))
	}
	return l
}

// appendQUICServer adds the facts of a ServerHello.
func appendQUICServer(l fact.List, h *tls.ServerHello) fact.List {
	l = addOnce(l, fact.QUICCipher, fact.String(h.CipherSuite.String()))
	if !h.HelloRetry {
		l = addOnce(l, fact.QUICResumed, fact.Bool(h.PSK))
	}
	return l
}

func addOnce(l fact.List, n fact.Name, v fact.Value) fact.List {
	if _, there := l.Get(n); there {
		return l
	}
	return l.Add(n, v, wire.Span{})
}
