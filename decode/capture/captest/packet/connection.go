package packet

import "net/netip"

// Connection is a TCP connection. Its two ends count sequence numbers and
// acknowledge all that the other has sent, unless a test says otherwise.
type Connection struct{ Client, Server *End }

// End is one end of a connection.
type End struct {
	Window uint16

	capture *Capture
	addr    netip.AddrPort
	peer    *End
	isn     uint32
	next    uint32 // sequence number of the next byte
	blind   uint32 // what of the peer's it has not seen yet
}

// Connection begins a connection; no frame is added yet. way is as in
// "192.168.1.100:40000 > 203.0.113.82:80".
func (c *Capture) Connection(way string) *Connection {
	from, to := parseWay(way)
	client := &End{capture: c, addr: from, isn: 1000, next: 1000, Window: 64240}
	server := &End{capture: c, addr: to, isn: 90000, next: 90000, Window: 65160, peer: client}
	client.peer = server
	return &Connection{client, server}
}

// Open adds the three segments of the handshake (RFC 9293 section 3.5).
func (s *Connection) Open() {
	s.Client.SYN()
	s.Server.SYN()
	s.Client.ACK()
}

// Close adds a FIN of the client, one of the server with the ACK of the first, and the last ACK.
func (s *Connection) Close() {
	s.Client.FIN()
	s.Server.FIN()
	s.Client.ACK()
}

// ISN sets where the end's sequence numbers begin.
func (e *End) ISN(n uint32) { e.isn, e.next = n, n }

// SYN adds the SYN of a client, the SYN+ACK of a server. Again, it is a retransmission.
func (e *End) SYN() int {
	e.next = e.isn + 1
	if e.peer.next == e.peer.isn {
		return e.send("S", e.isn, nil)
	}
	return e.send("SA", e.isn, nil)
}

// ACK adds a segment without data.
func (e *End) ACK() int { return e.send("A", e.next, nil) }

// Send adds a segment with data.
func (e *End) Send(data string) int {
	n := e.send("PA", e.next, []byte(data))
	e.next += uint32(len(data))
	return n
}

// SendAll adds as many segments of size bytes as data needs.
func (e *End) SendAll(data string, size int) {
	for len(data) > size {
		e.Send(data[:size])
		data = data[size:]
	}
	e.Send(data)
}

// At adds a segment with data that stand at off in the stream, without counting
// it: off 0 is the first byte after the SYN.
func (e *End) At(off int, data string) int {
	return e.send("PA", e.isn+1+uint32(off), []byte(data))
}

// Count counts n bytes as sent that were sent by At or are not captured.
func (e *End) Count(n int) { e.next += uint32(n) }

// AckAt adds an ACK of the first off bytes that the other end sent.
func (e *End) AckAt(off int) int {
	return e.capture.tcp(e.addr, e.peer.addr, Segment{Flags: "A", Seq: e.next, Ack: e.peer.isn + 1 + uint32(off), Window: e.Window})
}

// KeepAlive adds a segment one byte before the next, without data (RFC 9293 section 3.8.4).
func (e *End) KeepAlive() int { return e.send("A", e.next-1, nil) }

// FIN adds the end of the stream, with the last data if there are any.
func (e *End) FIN(data ...string) int {
	var b []byte
	for _, d := range data {
		b = append(b, d...)
	}
	n := e.send("FA", e.next, b)
	e.next += uint32(len(b)) + 1
	return n
}

// Crossed makes the end's next segment one that was sent before the peer's
// newest byte or FIN arrived.
func (e *End) Crossed() *End {
	e.blind = 1
	return e
}

// Reset adds a RST.
func (e *End) Reset() int { return e.send("RA", e.next, nil) }

func (e *End) send(flags string, seq uint32, data []byte) int {
	s := Segment{Flags: flags, Seq: seq, Window: e.Window, Data: data}
	if flags != "S" {
		s.Ack = e.peer.next - e.blind
	}
	e.blind = 0
	return e.capture.tcp(e.addr, e.peer.addr, s)
}
