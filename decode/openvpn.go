package decode

import (
	"github.com/pktjourney/pktjourney/decode/flow"
	"github.com/pktjourney/pktjourney/decode/openvpn"
	"github.com/pktjourney/pktjourney/decode/stream"
)

// overVPN is a conversation of OpenVPN.
type overVPN struct {
	conn    *openvpn.Conn
	opener  flow.Dir          // the side that spoke first
	streams [2]openvpn.Stream // over TCP
	keys    [8]*carriedTLS    // a TLS connection for each number of keys that are agreed on
}

// vpnDatagram reads a datagram of OpenVPN and reports whether it is one. A client's first packet tells a
// conversation; its name counts once the server has answered.
func (d *Decoder) vpnDatagram(r *Frame) bool {
	v, _ := r.Conversation.Decoder.(*overVPN)
	if v == nil {
		hmac, ok := openvpn.Opening(r.Payload)
		if !ok || r.Conversation.Decoder != nil {
			return false
		}
		v = &overVPN{conn: openvpn.New(hmac), opener: r.Dir}
		r.Conversation.Decoder = v
	}
	d.vpnPacket(r, v, r.Dir, r.Payload, r.Number)
	if !v.conn.Begun(v.opener.Reverse()) {
		r.Err = nil
		return false
	}
	r.Protocol = "openvpn"
	return true
}

// vpnPacket reads one packet that ended in the given frame.
func (d *Decoder) vpnPacket(r *Frame, v *overVPN, dir flow.Dir, packet []byte, frame int) {
	pieces, err := v.conn.Packet(dir, packet, frame, d.vpnPieces[:0])
	d.vpnPieces = pieces
	if err != nil && r.Err == nil {
		r.Err = err
	}
	for i := range pieces {
		p := &pieces[i]
		k := v.keys[p.Key]
		if k == nil || p.Fresh && k.began[dir] {
			k = &carriedTLS{tls: d.newTLS()}
			v.keys[p.Key] = k
		}
		k.began[dir] = true
		d.carry(r, k, dir, p.Data, p.From, p.More)
	}
}

// vpnChunk takes bytes of OpenVPN over TCP.
func (d *Decoder) vpnChunk(c *Connection, h *half, dir flow.Dir, ch stream.Chunk) {
	d.otherChunk(h, dir, ch)
	r := d.read.frame
	r.Protocol = "openvpn"
	if ch.Gap > 0 {
		c.vpn.streams[dir].Gap(ch.Gap)
		return
	}
	c.vpn.streams[dir].Data(ch.Data, func(packet []byte) { d.vpnPacket(r, c.vpn, dir, packet, ch.Frame) })
}

// opensVPN makes OpenVPN the reader of a connection that begins like it.
func (d *Decoder) opensVPN(c *Connection, dir flow.Dir, b []byte) bool {
	hmac, ok := openvpn.OpeningOverTCP(b)
	if ok {
		c.reader, c.vpn = readVPN, &overVPN{conn: openvpn.New(hmac), opener: dir}
		c.Client = dir
	}
	return ok
}
