package decode

import (
	"github.com/pktjourney/pktjourney/decode/bgp"
	"github.com/pktjourney/pktjourney/decode/capture"
	"github.com/pktjourney/pktjourney/decode/dhcp"
	"github.com/pktjourney/pktjourney/decode/dhcpv6"
	"github.com/pktjourney/pktjourney/decode/dns"
	"github.com/pktjourney/pktjourney/decode/flow"
	"github.com/pktjourney/pktjourney/decode/http"
	"github.com/pktjourney/pktjourney/decode/http2"
	"github.com/pktjourney/pktjourney/decode/http3"
	"github.com/pktjourney/pktjourney/decode/layers"
	"github.com/pktjourney/pktjourney/decode/openvpn"
	"github.com/pktjourney/pktjourney/decode/ospf"
	"github.com/pktjourney/pktjourney/decode/quic"
	"github.com/pktjourney/pktjourney/decode/radius"
	"github.com/pktjourney/pktjourney/decode/rip"
	"github.com/pktjourney/pktjourney/decode/secret"
	"github.com/pktjourney/pktjourney/decode/stream"
	"github.com/pktjourney/pktjourney/decode/tls"
)

// Decoder reads the frames of one capture, in order. The zero value is ready.
type Decoder struct {
	// Secrets open what is encrypted, as far as they are for it. More may be added to them
	// while frames are read. Nil: there are none.
	Secrets *secret.Log
	// Limits bound what is kept. They are not changed once a frame was decoded.
	Limits Limits

	frame  Frame  // of Decode
	into   *Frame // that is being filled
	flows  flow.Table
	budget stream.Budget
	parts  layers.Fragments
	dhcp   dhcp.Message
	dhcpv6 dhcpv6.Message
	dns    dns.Message
	ospf   ospf.Message
	rip    rip.Message
	radius radius.Message
	single Message // the message of a datagram, refilled
	quic   quic.Table
	packet quic.Packet // refilled

	contents   contents           // for TCP streams
	known      tls.Known          // facts of TLS records
	read       reading            // the segment whose bytes are being delivered
	deliver    func(stream.Chunk) // chunk and giveUp, kept so that no frame allocates them
	expired    func(*flow.Conversation)
	httpParts  []http.Part     // reused
	http2Parts []http2.Part    // reused
	http3Parts []http3.Part    // reused
	tlsParts   []tls.Part      // reused
	dnsParts   []dns.Part      // reused
	bgpParts   []bgp.Part      // reused
	vpnPieces  []openvpn.Piece // reused
	records    []tls.Record    // that ended in the frame
	told       []teller        // the messages that end in the frame
	inside     string          // the protocol inside its TLS records; "" when none was opened
}

// Decode reads f. The result is valid until the next call and refers to f's data.
func (d *Decoder) Decode(f *capture.Frame) *Frame {
	d.DecodeInto(&d.frame, f)
	return &d.frame
}

// DecodeInto is Decode into r, whose memory is used again: what r held is overwritten. What r refers to beyond
// f's data is r's own, but for what the messages of Parts point to, which is valid until the next call.
func (d *Decoder) DecodeInto(r *Frame, f *capture.Frame) {
	d.into = r
	if d.deliver == nil {
		d.deliver, d.expired = d.chunk, d.giveUp
		d.limit()
	}
	r.Frame = *f
	r.Captured = len(f.Data)
	r.Packet.Decode(f.LinkType, f.Data, f.WireLen)
	r.Quotes = nil
	r.Conversation, r.Segment, r.QUIC, r.Err, r.Protocol = nil, Segment{}, nil, nil, ""
	r.Parts, r.Facts, r.Message = r.Parts[:0], r.Facts[:0], r.Message[:0]
	r.Ended, r.Fragments = r.Ended[:0], nil
	if r.Frag.Any() && !r.Frag.Cut {
		d.fragment(r)
	}
	d.flows.Expire(f.Time, d.expired)
	switch r.Transport {
	case layers.TransportTCP:
		d.segment(r)
	case layers.TransportUDP:
		d.datagram(r)
	default:
		r.Protocol = r.Packet.Name()
		r.Facts = r.Packet.AppendFacts(r.Facts)
		d.routing(r)
		d.quoted(r)
	}
}

// routing reads what routers tell each other directly over IP. Fragments that are not
// put together have no payload.
func (d *Decoder) routing(r *Frame) {
	if r.Transport != layers.TransportOther || r.IPProto != layers.IPProtoOSPF || r.PayloadLen == 0 || len(r.Payload) == 0 {
		return
	}
	r.Err = d.ospf.Parse(r.Payload)
	r.Facts = d.ospf.AppendFacts(r.Facts)
}

// ripMessage reads what routers tell each other over UDP.
func (d *Decoder) ripMessage(r *Frame, kind Kind) {
	if kind == RIPng {
		r.Err = d.rip.ParseNG(r.Payload)
		r.Protocol = "ripng"
	} else {
		r.Err = d.rip.Parse(r.Payload)
		r.Protocol = "rip"
	}
	r.Facts = d.rip.AppendFacts(r.Facts)
}

// quoted finds the conversation of the packet that an ICMP error quotes.
func (d *Decoder) quoted(r *Frame) {
	if q, ok := r.Quoted(); ok {
		r.Quotes, r.QuotesDir = d.flows.Find(flow.Proto(q.Proto), q.Src, q.Dst)
	}
}

// fragment puts a packet together that came in fragments. The frame that completes it
// stands for the whole packet; the others have no ports and no message.
func (d *Decoder) fragment(r *Frame) {
	whole, frames := d.parts.Add(&r.Packet, r.Data, r.Number, r.Time)
	if whole == nil {
		r.Transport, r.SrcPort, r.DstPort, r.Payload = layers.TransportOther, 0, 0, nil
		return
	}
	r.Packet.DecodeReassembled(whole)
	r.Fragments = frames
	for _, number := range frames {
		r.Message = ranges(r.Message).add(number)
	}
}

// giveUp forgets a conversation that the table no longer holds. Bytes that waited
// in it for a hole to close are forgotten with it.
func (d *Decoder) giveUp(conv *flow.Conversation) {
	switch c := conv.Decoder.(type) {
	case *Connection:
		for i := range c.halves {
			c.halves[i].Flush(func(stream.Chunk) {})
			d.contents.take(&c.halves[i])
		}
	case *path:
		d.endPath(c)
	}
	d.into.Ended = append(d.into.Ended, conv)
}

// datagram reads a UDP datagram.
func (d *Decoder) datagram(r *Frame) {
	var fresh bool
	r.Conversation, r.Dir, fresh = d.flows.Observe(flow.UDP, r.Src, r.Dst, r.SrcPort, r.DstPort, r.Time)
	if p := d.pathOf(r, fresh); p != nil {
		d.quicDatagram(r, p)
		return
	}
	if d.radiusDatagram(r) || d.vpnDatagram(r) {
		return
	}
	kind := datagramKind(r.SrcPort, r.DstPort, r.Payload)
	m := &d.single
	*m = Message{Kind: kind, Dir: r.Dir, First: r.Number, Segments: 1, Bytes: r.PayloadLen, Complete: true}
	switch kind {
	case DHCP:
		r.Err = d.dhcp.Parse(r.Payload)
		m.DHCP = &d.dhcp
		r.Facts = d.dhcp.AppendFacts(r.Facts)
		r.Protocol = "dhcp"
	case DHCPv6:
		r.Err = d.dhcpv6.Parse(r.Payload)
		m.DHCPv6 = &d.dhcpv6
		r.Facts = d.dhcpv6.AppendFacts(r.Facts)
		r.Protocol = "dhcpv6"
	case DNS:
		r.Err = d.dns.Parse(r.Payload)
		m.DNS = &d.dns
		r.Facts = d.dns.AppendFacts(r.Facts)
		r.Protocol = dnsName(r.SrcPort, r.DstPort)
		if d.dns.Response && r.Dir != flow.FromOriginator {
			d.flows.Close(r.Conversation)
		}
	case RIP, RIPng:
		d.ripMessage(r, kind)
	default:
		r.Protocol = layers.PortName(layers.TransportUDP, r.SrcPort, r.DstPort)
		if r.Protocol == "" || r.Protocol == "quic" && !quic.LooksShort(r.Payload) {
			r.Protocol = "udp"
		}
		return
	}
	r.Parts = append(r.Parts, Part{Frame: r.Number, Message: m, Begin: true, End: true})
}
