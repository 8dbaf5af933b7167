package decode

import (
	"github.com/pktjourney/pktjourney/decode/eap"
	"github.com/pktjourney/pktjourney/decode/radius"
)

// overRADIUS is a conversation of an access point with its RADIUS server.
type overRADIUS struct {
	talks map[string]*eapTalk // by who wants in
	asked [256]*eapTalk       // of the newest request with each identifier
}

// eapTalk is the EAP of one host that wants in.
type eapTalk struct {
	carriedTLS
	last [3]eap.Packet // the newest of each code, without data
}

// maxTalks bounds the hosts of one access point that are followed.
const maxTalks = 256

// radiusPorts are those of RFC 2865 section 3, and the ones that were used before.
func radiusPorts(src, dst uint16) bool {
	return src == 1812 || dst == 1812 || src == 1645 || dst == 1645
}

// radiusDatagram reads a datagram of RADIUS and reports whether it is one.
func (d *Decoder) radiusDatagram(r *Frame) bool {
	if !radiusPorts(r.SrcPort, r.DstPort) || !radius.Looks(r.Payload) {
		return false
	}
	r.Protocol = "radius"
	m := &d.radius
	if r.Err = m.Parse(r.Payload); r.Err != nil || len(m.EAP) == 0 {
		return true
	}
	p, err := eap.Parse(m.EAP)
	if r.Err = err; err != nil {
		return true
	}
	over, _ := r.Conversation.Decoder.(*overRADIUS)
	if over == nil {
		over = &overRADIUS{talks: make(map[string]*eapTalk)}
		r.Conversation.Decoder = over
	}
	if talk := over.talk(m); talk != nil && !talk.repeats(&p) {
		d.eapPacket(r, talk, &p)
	}
	return true
}

// talk finds the EAP that m is a part of; nil when its request was not seen.
func (over *overRADIUS) talk(m *radius.Message) *eapTalk {
	if m.Code != radius.AccessRequest {
		return over.asked[m.ID]
	}
	who := string(m.From) + "\x00" + string(m.User)
	talk := over.talks[who]
	if talk == nil {
		if len(over.talks) == maxTalks {
			clear(over.talks)
		}
		talk = new(eapTalk)
		over.talks[who] = talk
	}
	over.asked[m.ID] = talk
	return talk
}

// repeats reports whether p was sent before, and remembers it.
func (t *eapTalk) repeats(p *eap.Packet) bool {
	if int(p.Code) >= len(t.last) {
		return false
	}
	last := &t.last[p.Code]
	again := last.Code == p.Code && last.ID == p.ID && last.Type == p.Type
	*last = eap.Packet{Code: p.Code, ID: p.ID, Type: p.Type}
	return again
}

// eapPacket reads the TLS that p carries, if it does.
func (d *Decoder) eapPacket(r *Frame, t *eapTalk, p *eap.Packet) {
	switch {
	case !p.Type.CarriesTLS():
		return
	case p.Start || t.tls == nil:
		t.carriedTLS = carriedTLS{tls: d.newTLS()}
	}
	if len(p.Data) > 0 {
		d.carry(r, &t.carriedTLS, r.Dir, p.Data, r.Number, p.More)
	}
}
