package decode_test

import (
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/pktjourney/pktjourney/decode"
	"github.com/pktjourney/pktjourney/decode/capture/captest/packet"
	"github.com/pktjourney/pktjourney/decode/fact"
)

// vpn makes packets of OpenVPN's control channel.
type vpn struct {
	hmac int
	next [2]uint32
}

func (v *vpn) packet(opcode byte, side int, payload string) []byte {
	b := binary.BigEndian.AppendUint64([]byte{opcode << 3}, uint64(side+1))
	if v.hmac > 0 {
		b = append(b, strings.Repeat("\xa5", v.hmac+8)...)
	}
	b = append(b, 0)
	b = binary.BigEndian.AppendUint32(b, v.next[side])
	v.next[side]++
	return append(b, payload...)
}

// flights are the packets of a TLS handshake, cut as OpenVPN cuts it; say puts them on the wire.
func (v *vpn) flights(say func(side int, packet []byte)) {
	say(0, v.packet(7, 0, ""))
	say(1, v.packet(8, 1, ""))
	for _, f := range packet.TLS("vpn.example.com", 0x0303, "push", "pull") {
		side := 1
		if f.FromClient {
			side = 0
		}
		for piece := range slices.Chunk([]byte(f.Data), 100) {
			say(side, v.packet(4, side, string(piece)))
		}
	}
	say(0, append([]byte{6 << 3}, "sealed"...))
}

// recordsTold are the frames of c with TLS: number, protocol, what records, how many frames brought them.
func recordsTold(c *packet.Capture) []string {
	var d decode.Decoder
	var all []string
	for _, f := range c.Frames() {
		r := d.Decode(f)
		n := 0
		for _, g := range r.Message {
			n += g.Last - g.First + 1
		}
		records, ok := r.Facts.Get(fact.TLSRecords)
		if !ok {
			continue
		}
		var types []string
		for _, o := range records.Objects() {
			types = append(types, o.Text(fact.TLSRecordType))
		}
		all = append(all, strings.TrimSpace(fmt.Sprint(r.Protocol, " ", strings.Join(types, "+"), " of ", n, " ", r.Facts.Text(fact.TLSClientServerName))))
	}
	return all
}

func TestTLSInOpenVPN(t *testing.T) {
	const there, back = "192.168.1.100:40000 > 198.51.100.9:443", "198.51.100.9:443 > 192.168.1.100:40000"
	udp := func(hmac int) *packet.Capture {
		c := packet.New()
		v := vpn{hmac: hmac}
		v.flights(func(side int, b []byte) { c.UDP([]string{there, back}[side], b) })
		return c
	}
	tcp := packet.New()
	s := tcp.Connection(there)
	s.Open()
	new(vpn).flights(func(side int, b []byte) {
		b = append(binary.BigEndian.AppendUint16(nil, uint16(len(b))), b...)
		[]*packet.End{s.Client, s.Server}[side].Send(string(b))
	})
	want := recordsTold(udp(0))
	if len(want) < 4 || !strings.HasSuffix(want[0], " vpn.example.com") || !strings.HasPrefix(want[0], "openvpn handshake of ") {
		t.Fatalf("over UDP: %q", want)
	}
	for name, c := range map[string]*packet.Capture{"with tls-auth": udp(20), "over TCP": tcp} {
		if got := recordsTold(c); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

// A datagram that begins like OpenVPN counts for nothing until the other side speaks it.
func TestOpenVPNNeedsAnAnswer(t *testing.T) {
	c := packet.New()
	c.UDP("192.168.1.100:40000 > 198.51.100.9:4000", new(vpn).packet(7, 0, ""))
	c.UDP("198.51.100.9:4000 > 192.168.1.100:40000", []byte{1})
	var d decode.Decoder
	for _, f := range c.Frames() {
		if r := d.Decode(f); r.Protocol != "udp" || r.Err != nil {
			t.Errorf("frame %d: %s, %v", f.Number, r.Protocol, r.Err)
		}
	}
}

// eapOver makes a RADIUS message that carries an EAP packet.
func eapOver(code, id byte, who string, eap string) []byte {
	b := append([]byte{code, id, 0, 0}, make([]byte, 16)...)
	if who != "" {
		b = append(append(b, 1, byte(len(who)+2)), who...)
	}
	for piece := range slices.Chunk([]byte(eap), 253) {
		b = append(append(b, 79, byte(len(piece)+2)), piece...)
	}
	binary.BigEndian.PutUint16(b[2:], uint16(len(b)))
	return b
}

// eapTLS makes an EAP packet of PEAP.
func eapTLS(code, id, flags byte, data string) string {
	return string([]byte{code, id, 0, byte(6 + len(data)), 25, flags}) + data
}

// The talks of two hosts with one server, whose messages come in turn and in pieces.
func TestTLSInRADIUS(t *testing.T) {
	const there, back = "192.168.1.1:50000 > 198.51.100.7:1812", "198.51.100.7:1812 > 192.168.1.1:50000"
	c := packet.New()
	hosts := []string{"joe", "ann"}
	flights := map[string][]packet.Flight{}
	for i, who := range hosts {
		flights[who] = packet.TLS(who+".example.com", 0x0303, "", "")
		c.UDP(there, eapOver(1, byte(i), who, "\x02\x00\x00\x08\x01"+who))
		c.UDP(back, eapOver(11, byte(i), "", eapTLS(1, 1, 0x20, "")))
	}
	for n, f := range flights["joe"] {
		for i, who := range hosts {
			pieces := slices.Collect(slices.Chunk([]byte(flights[who][n].Data), 200))
			for k, piece := range pieces {
				flags, id := byte(0), byte(10*n+k+2)
				if k < len(pieces)-1 {
					flags = 0x40
				}
				if f.FromClient {
					b := eapOver(1, byte(i), who, eapTLS(2, id, flags, string(piece)))
					c.UDP(there, b)
					c.UDP(there, b) // sent again
				} else {
					c.UDP(back, eapOver(11, byte(i), "", eapTLS(1, id, flags, string(piece))))
				}
			}
		}
	}
	got := recordsTold(c)
	if len(got) < 6 || !strings.HasSuffix(got[0], "joe.example.com") || !strings.HasSuffix(got[1], "ann.example.com") {
		t.Fatalf("%q", got)
	}
	for i := 0; i+1 < len(got); i += 2 {
		joe, ann := strings.TrimSuffix(got[i], " joe.example.com"), strings.TrimSuffix(got[i+1], " ann.example.com")
		if joe != ann || !strings.HasPrefix(joe, "radius ") {
			t.Errorf("%q beside %q", joe, ann)
		}
	}
}
