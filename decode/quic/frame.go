package quic

import "github.com/pktjourney/pktjourney/decode/wire"

// frames reads the frames of an opened packet (RFC 9000 section 12.4). What follows
// a frame of a type that is not known can not be read.
func (c *Conn) frames(from Side, p *Packet) error {
	cur := wire.NewCursor("quic", p.payload)
	for !cur.Empty() {
		c.frame(&cur, from, p)
	}
	p.Repeats = p.Crypto && !p.fresh
	return cur.Err()
}

func (c *Conn) frame(cur *wire.Cursor, from Side, p *Packet) {
	switch typ := varint(cur, "frame.type"); {
	case typ == framePadding, typ == framePing, typ == frameHandshakeDone:
	case typ == frameCrypto, typ == googleCrypto && p.Type == Initial:
		c.readCrypto(cur, from, p)
	case typ >= frameStream && typ < frameMaxData:
		p.Data = true
		c.readStream(cur, typ, from, p)
	case typ == frameResetStream:
		c.readReset(cur, from, p)
	case typ == frameNewConnectionID:
		c.readNewID(cur, from)
	case typ == frameConnectionClose, typ == frameApplicationClose:
		readClose(cur, typ, p)
	default:
		p.Data = p.Data || typ == frameDatagram || typ == frameDatagramLength
		skipFrame(cur, typ)
	}
}

// readCrypto is RFC 9000 section 19.6.
func (c *Conn) readCrypto(cur *wire.Cursor, from Side, p *Packet) {
	off := varint(cur, "crypto.offset")
	data := cur.Bytes("crypto.data", length(cur, "crypto.length"))
	if cur.Err() != nil {
		return
	}
	p.Crypto = true
	s := &c.half[from].crypto[levelOf(p.Type)]
	if *s == nil {
		*s = new(cryptoStream)
	}
	fresh := (*s).add(off, data, maxCryptoHeld, &c.table.budget, func(b []byte) { p.Messages = (*s).read(b, p.Messages) })
	p.fresh = p.fresh || fresh
}

// readNewID is RFC 9000 section 19.15.
func (c *Conn) readNewID(cur *wire.Cursor, from Side) {
	varint(cur, "new_connection_id.sequence_number")
	varint(cur, "new_connection_id.retire_prior_to")
	id := cur.Sub8("new_connection_id.connection_id")
	cur.Skip("new_connection_id.stateless_reset_token", 16)
	if cur.Err() == nil {
		c.table.add(c, from, id.Rest())
	}
}

// readClose is RFC 9000 section 19.19.
func readClose(cur *wire.Cursor, typ uint64, p *Packet) {
	closed := Close{Application: typ == frameApplicationClose, Code: varint(cur, "connection_close.error_code")}
	if !closed.Application {
		varint(cur, "connection_close.frame_type")
	}
	closed.Reason = string(cur.Bytes("connection_close.reason_phrase", length(cur, "connection_close.reason_phrase_length")))
	if cur.Err() == nil {
		p.Close = &closed
	}
}

// fields says how many integers the frames have that hold nothing else (RFC 9000 section 19).
var fields = map[uint64]int{
	frameStopSending: 2, frameMaxData: 1, frameMaxStreamData: 2, frameMaxStreamsBidi: 1, frameMaxStreamsUni: 1,
	frameDataBlocked: 1, frameStreamDataBlocked: 2, frameStreamsBlockedBidi: 1, frameStreamsBlockedUni: 1,
	frameRetireConnectionID: 1, frameAckFrequency: 4, frameTimestamp: 1,
}

// skipFrame passes over a frame that is not looked at.
func skipFrame(cur *wire.Cursor, typ uint64) {
	switch typ {
	case frameAck, frameAckECN:
		skipAck(cur, typ)
		return
	case frameNewToken:
		cur.Skip("new_token.token", length(cur, "new_token.token_length"))
		return
	case framePathChallenge, framePathResponse:
		cur.Skip("path.data", 8)
		return
	case frameDatagram:
		cur.Rest()
		return
	case frameDatagramLength:
		cur.Skip("datagram.data", length(cur, "datagram.length"))
		return
	}
	n, known := fields[typ]
	if !known && cur.Err() == nil {
		cur.Fail("frame.type", 1, wire.ErrMalformed)
	}
	skipVarints(cur, n)
}

// skipAck is RFC 9000 section 19.3.
func skipAck(cur *wire.Cursor, typ uint64) {
	skipVarints(cur, 2)
	ranges := varint(cur, "ack.ack_range_count")
	varint(cur, "ack.first_ack_range")
	for ; ranges > 0 && cur.Err() == nil; ranges-- {
		skipVarints(cur, 2)
	}
	if typ == frameAckECN {
		skipVarints(cur, 3)
	}
}

func skipVarints(cur *wire.Cursor, n int) {
	for range n {
		varint(cur, "frame.field")
	}
}
