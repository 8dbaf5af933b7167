package packet

import (
	"bytes"
	"context"
	"crypto/tls"
)

// QUICConn is a QUIC connection of version 1 whose TLS handshake is real. Make it with QUIC.
type QUICConn struct {
	Client, Server QUICEnd
	keyLog         bytes.Buffer
}

// QUICEnd is one end: it makes the datagrams that it sends.
type QUICEnd struct {
	client  bool
	tls     *tls.QUICConn
	own     []byte // its connection ID
	peer    []byte // the one that it sends to
	keys    [4]*quicKeys
	number  [4]uint64 // next packet number; 0-RTT and 1-RTT share the last
	written [4]uint64 // CRYPTO bytes sent so far
	pending [4][]byte // CRYPTO bytes to send
	done    bool      // HANDSHAKE_DONE goes with the next CRYPTO bytes
}

// The connection IDs that the ends choose, and the one that the client begins with.
var (
	quicFirstID  = []byte{0x83, 0x94, 0xc8, 0xf0, 0x3e, 0x51, 0x57, 0x08}
	quicClientID = []byte{0xc1, 0xc2, 0xc3, 0xc4}
	quicServerID = []byte{0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57, 0x58}
)

// QUIC begins a connection to serverName that offers the application protocol alpn.
func QUIC(serverName, alpn string) *QUICConn {
	return newQUIC(quicConfigs(serverName, alpn))
}

// ResumedQUIC is the second connection of a client that kept the ticket of its first.
func ResumedQUIC(serverName, alpn string) *QUICConn {
	client, server := quicConfigs(serverName, alpn)
	client.ClientSessionCache = tls.NewLRUClientSessionCache(1)
	newQUIC(client, server).Handshake()
	return newQUIC(client, server)
}

func quicConfigs(serverName, alpn string) (client, server *tls.Config) {
	client, server = configs(serverName, tls.VersionTLS13)
	client.NextProtos, server.NextProtos = []string{alpn}, []string{alpn}
	return client, server
}

func newQUIC(client, server *tls.Config) *QUICConn {
	q := &QUICConn{}
	client.KeyLogWriter = &q.keyLog
	q.Client = QUICEnd{client: true, tls: tls.QUICClient(&tls.QUICConfig{TLSConfig: client}), own: quicClientID, peer: quicFirstID}
	q.Server = QUICEnd{tls: tls.QUICServer(&tls.QUICConfig{TLSConfig: server}), own: quicServerID, peer: quicClientID}
	q.Client.keys[quicInitial], q.Server.keys[quicInitial] = quicInitialKeys(quicFirstID)
	for _, e := range []*QUICEnd{&q.Client, &q.Server} {
		e.tls.SetTransportParameters(nil)
		must(e.tls.Start(context.Background()))
		e.events()
	}
	return q
}

// KeyLog is what a client would write into its SSLKEYLOGFILE.
func (q *QUICConn) KeyLog() string { return q.keyLog.String() }

// Handshake makes the datagrams of a handshake: ClientHello; the server's flight; the client's
// Finished; HANDSHAKE_DONE and a session ticket.
func (q *QUICConn) Handshake() []Flight {
	var all []Flight
	say := func(e *QUICEnd, packets ...string) {
		var b string
		for _, p := range packets {
			b += p
		}
		all = append(all, Flight{e.client, b})
	}
	hello := q.Client.Crypto(quicInitial, 0, &q.Server)
	say(&q.Client, hello)
	q.Client.peer = q.Server.own
	initial := q.Server.Crypto(quicInitial, 0, &q.Client)
	first := q.Server.Crypto(quicHandshake, 200, &q.Client)
	say(&q.Server, initial, first)
	say(&q.Server, q.Server.Crypto(quicHandshake, 0, &q.Client))
	say(&q.Client, q.Client.Crypto(quicHandshake, 0, &q.Server))
	must(q.Server.tls.SendSessionTicket(tls.QUICSessionTicketOptions{}))
	q.Server.events()
	q.Server.done = true
	say(&q.Server, q.Server.Crypto(quicApplication, 0, &q.Client))
	return all
}

// events takes what the TLS of e has to say.
func (e *QUICEnd) events() {
	for {
		switch v := e.tls.NextEvent(); v.Kind {
		case tls.QUICNoEvent:
			return
		case tls.QUICSetWriteSecret:
			e.keys[quicLevel(v.Level)] = newQUICKeys(v.Suite, v.Data)
		case tls.QUICWriteData:
			l := quicLevel(v.Level)
			e.pending[l] = append(e.pending[l], v.Data...)
		case tls.QUICTransportParametersRequired:
			e.tls.SetTransportParameters(nil)
		}
	}
}

// Crypto makes a packet with the CRYPTO bytes that e has to send, most of them at most, 0 for all, and gives
// them to the other end, which may be nil.
func (e *QUICEnd) Crypto(level, most int, to *QUICEnd) string {
	data := e.pending[level]
	if most > 0 {
		data = data[:min(most, len(data))]
	}
	e.pending[level] = e.pending[level][len(data):]
	payload := []byte{0x06}
	payload = quicVarint(payload, e.written[level])
	payload = append(quicVarint(payload, uint64(len(data))), data...)
	e.written[level] += uint64(len(data))
	if e.done {
		payload, e.done = append(payload, 0x1e), false
	}
	if level == quicInitial {
		payload = append(payload, make([]byte, max(0, 1162-len(payload)))...)
	}
	if to != nil && len(data) > 0 {
		must(to.tls.HandleData([...]tls.QUICEncryptionLevel{tls.QUICEncryptionLevelInitial, tls.QUICEncryptionLevelEarly,
			tls.QUICEncryptionLevelHandshake, tls.QUICEncryptionLevelApplication}[level], data))
		to.events()
	}
	return string(e.seal(level, payload))
}

// Packet makes a packet with a short header that has these frames.
func (e *QUICEnd) Packet(frames []byte) string { return string(e.seal(quicApplication, frames)) }

// Stream makes a packet with a STREAM frame (RFC 9000 section 19.8).
func (e *QUICEnd) Stream(id, off uint64, data string, fin bool) string {
	frame := []byte{0x0e}
	if fin {
		frame[0] |= 1
	}
	frame = quicVarint(quicVarint(frame, id), off)
	frame = append(quicVarint(frame, uint64(len(data))), data...)
	return e.Packet(frame)
}

// UpdateKeys changes the keys that e sends with (RFC 9001 section 6).
func (e *QUICEnd) UpdateKeys() { e.keys[quicApplication] = e.keys[quicApplication].update() }

// Rename gives the connection other IDs than every other one has. It must come before the handshake.
func (q *QUICConn) Rename(n byte) {
	first := []byte{n, 2, 3, 4, 5, 6, 7, 8}
	q.Client.own, q.Client.peer = []byte{n, 2, 3, 4}, first
	q.Server.own, q.Server.peer = []byte{n, 3, 3, 4, 5, 6, 7, 8}, q.Client.own
	q.Client.keys[quicInitial], q.Server.keys[quicInitial] = quicInitialKeys(first)
}
