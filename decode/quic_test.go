package decode_test

import (
	"slices"
	"testing"

	"github.com/pktjourney/pktjourney/decode"
	"github.com/pktjourney/pktjourney/decode/capture"
	"github.com/pktjourney/pktjourney/decode/capture/captest/packet"
	"github.com/pktjourney/pktjourney/decode/fact"
)

const (
	quicWay  = "192.168.1.100:50000 > 203.0.113.82:443"
	quicBack = "203.0.113.82:443 > 192.168.1.100:50000"
)

// sayQUIC puts flights into c.
func sayQUIC(c *packet.Capture, flights []packet.Flight) {
	for _, f := range flights {
		way := quicBack
		if f.FromClient {
			way = quicWay
		}
		c.UDP(way, []byte(f.Data))
	}
}

// quicKinds decodes frames and gives a word for each: its packets' kinds, "?" behind what is deduced.
func quicKinds(t *testing.T, d *decode.Decoder, frames []*capture.Frame) []string {
	t.Helper()
	var words []string
	for _, f := range frames {
		r := d.Decode(f)
		checkFrame(t, f, r)
		word := ""
		for i := range r.Parts {
			m := r.Parts[i].Message
			word += map[decode.Kind]string{decode.QUICHandshake: "H", decode.QUICData: "D"}[m.Kind]
			if m.Deduced {
				word += "?"
			}
		}
		if r.QUIC == nil {
			word = r.Protocol
		}
		words = append(words, word)
	}
	return words
}

func TestQUICWithoutKeys(t *testing.T) {
	c, q := packet.New(), packet.QUIC("www.example.com", "h3")
	sayQUIC(c, q.Handshake())
	c.UDP(quicWay, []byte(q.Client.Stream(0, 0, "request", true)))
	c.UDP(quicBack, []byte(q.Server.Stream(0, 0, "response", true)))
	var d decode.Decoder
	got := quicKinds(t, &d, c.Frames())
	if want := []string{"H", "H", "H", "H", "D?", "D?", "D?"}; !slices.Equal(got, want) {
		t.Errorf("kinds %q, want %q", got, want)
	}
	d = decode.Decoder{}
	r := d.Decode(c.Frames()[0])
	if r.Protocol != "quic" || r.Facts.Text(fact.QUICClientServerName) != "www.example.com" || r.Facts.Text(fact.QUICClientNextProtocols) != "h3" ||
		r.Facts.Text(fact.QUICVersion) != "1" || !r.FromClient {
		t.Errorf("first frame: %s %v", r.Protocol, r.Facts)
	}
	r = d.Decode(c.Frames()[1])
	if r.Facts.Text(fact.QUICCipher) == "" || r.Facts.Text(fact.QUICResumed) != "false" || r.FromClient {
		t.Errorf("second frame: %v", r.Facts)
	}
	packets, _ := r.Facts.Get(fact.QUICPackets)
	if n := packets.Len(); n != 2 || packets.Objects()[0].Text(fact.QUICPacketHandshake) != "server_hello" {
		t.Errorf("second frame: %d packets, %v", n, packets.Objects())
	}
}

func TestQUICFollowsAClientThatMoves(t *testing.T) {
	// RFC 9000 section 9: the connection ID tells, not the address.
	c, q := packet.New(), packet.QUIC("www.example.com", "h3")
	sayQUIC(c, q.Handshake())
	c.UDP("198.51.100.7:40000 > 203.0.113.82:443", []byte(q.Client.Stream(0, 0, "request", true)))
	c.UDP("203.0.113.82:443 > 198.51.100.7:40000", []byte(q.Server.Stream(0, 0, "response", true)))
	c.UDP("198.51.100.7:40001 > 203.0.113.82:443", []byte("\x41"+"another connection's packet, of an ID that nobody knows"))
	var d decode.Decoder
	got := quicKinds(t, &d, c.Frames())
	if want := []string{"H", "H", "H", "H", "D?", "D?", "D?", "quic"}; !slices.Equal(got, want) {
		t.Errorf("kinds %q, want %q", got, want)
	}
}

func TestQUICHelloInTwoDatagrams(t *testing.T) {
	c, q := packet.New(), packet.QUIC("www.example.com", "h3")
	first := q.Client.Crypto(0, 100, nil)
	second := q.Client.Crypto(0, 0, nil)
	c.UDP(quicWay, []byte(second)) // the other way round
	c.UDP(quicWay, []byte(first))
	var d decode.Decoder
	r := d.Decode(c.Frames()[0])
	if r.Facts.Text(fact.QUICClientServerName) != "" {
		t.Errorf("frame 1: %v", r.Facts)
	}
	r = d.Decode(c.Frames()[1])
	if r.Facts.Text(fact.QUICClientServerName) != "www.example.com" || !slices.Equal(r.Message, []capture.Range{{First: 1, Last: 2}}) {
		t.Errorf("frame 2: %v, brought by %v", r.Facts, r.Message)
	}
}

func TestAnotherQUICConnectionOnTheSamePorts(t *testing.T) {
	c, q := packet.New(), packet.QUIC("www.example.com", "h3")
	sayQUIC(c, q.Handshake())
	other := packet.QUIC("www.example.org", "h3")
	other.Rename(9)
	sayQUIC(c, other.Handshake()[:2])
	c.UDP(quicWay, []byte(q.Client.Stream(0, 0, "request", true)))
	var d decode.Decoder
	var seen []*decode.QUIC
	for _, f := range c.Frames() {
		seen = append(seen, d.Decode(f).QUIC)
	}
	if seen[0] == seen[5] || seen[5] != seen[6] || seen[7] != seen[0] {
		t.Errorf("connections %p", seen)
	}
}

func TestQUICAllocatesNothingForBulk(t *testing.T) {
	c, q := packet.New(), packet.QUIC("www.example.com", "h3")
	sayQUIC(c, q.Handshake())
	c.UDP(quicBack, []byte(q.Server.Stream(0, 0, string(page(1000)), false)))
	c.UDP(quicWay, []byte(q.Client.Stream(0, 0, "x", false)))
	var d decode.Decoder
	for _, f := range c.Frames() {
		d.Decode(f)
	}
	bulk := c.Frames()[5:]
	if n := testing.AllocsPerRun(100, func() {
		for _, f := range bulk {
			d.Decode(f)
		}
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
