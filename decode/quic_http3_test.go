package decode_test

import (
	"slices"
	"testing"

	"github.com/pktjourney/pktjourney/decode"
	"github.com/pktjourney/pktjourney/decode/capture/captest/packet"
	"github.com/pktjourney/pktjourney/decode/fact"
	"github.com/pktjourney/pktjourney/decode/secret"
)

// A request for / and a response of 200 with five bytes, of the static table alone (RFC 9204 appendix A).
const (
	askHTTP3    = "\x01\x08\x00\x00\xd1\xc1\xd7\x50\x01x" // :method GET, :path /, :scheme https, :authority x
	answerHTTP3 = "\x01\x03\x00\x00\xd9" + "\x00\x05hello"
)

// keyed decodes what c holds with the keys of q, and gives the facts that each frame tells.
func keyed(t *testing.T, c *packet.Capture, q *packet.QUICConn) (facts []fact.List, kinds []string) {
	t.Helper()
	d := decode.Decoder{Secrets: new(secret.Log)}
	d.Secrets.Add([]byte(q.KeyLog()))
	kinds = quicKinds(t, &d, c.Frames())
	d = decode.Decoder{Secrets: d.Secrets}
	for _, f := range c.Frames() {
		facts = append(facts, slices.Clone(d.Decode(f).Facts))
	}
	return facts, kinds
}

func TestHTTP3WithKeys(t *testing.T) {
	c, q := packet.New(), packet.QUIC("www.example.com", "h3")
	sayQUIC(c, q.Handshake())
	c.UDP(quicWay, []byte(q.Client.Stream(0, 0, askHTTP3, true)))
	c.UDP(quicBack, []byte(q.Server.Stream(0, 5, answerHTTP3[5:], true))) // the second half first
	c.UDP(quicBack, []byte(q.Server.Stream(0, 0, answerHTTP3[:5], false)))
	facts, kinds := keyed(t, c, q)
	if want := []string{"H", "H", "H", "H", "H", "D", "D", "D"}; !slices.Equal(kinds, want) {
		t.Errorf("kinds %q, want %q", kinds, want)
	}
	if f := facts[5]; f.Text(fact.HTTPRequestMethod) != "GET" || f.Text(fact.URLPath) != "/" || f.Text(fact.URLDomain) != "x" {
		t.Errorf("request: %v", f)
	}
	if f := facts[6]; f.Text(fact.HTTPResponseStatusCode) != "" {
		t.Errorf("half a response: %v", f)
	}
	if f := facts[7]; f.Text(fact.HTTPResponseStatusCode) != "200" || f.Text(fact.HTTPResponseBytes) != "5" {
		t.Errorf("response: %v", f)
	}
}

func TestQUICKeyUpdate(t *testing.T) {
	// RFC 9001 section 6: a side shows by a bit that it has changed its keys; older packets may come late.
	c, q := packet.New(), packet.QUIC("www.example.com", "h3")
	sayQUIC(c, q.Handshake())
	late := q.Client.Stream(8, 0, askHTTP3, true)
	q.Client.UpdateKeys()
	c.UDP(quicWay, []byte(q.Client.Stream(0, 0, askHTTP3, true)))
	c.UDP(quicWay, []byte(late))
	q.Client.UpdateKeys()
	c.UDP(quicWay, []byte(q.Client.Stream(4, 0, askHTTP3, true)))
	facts, kinds := keyed(t, c, q)
	for i := 5; i < 8; i++ {
		if kinds[i] != "D" || facts[i].Text(fact.HTTPRequestMethod) != "GET" {
			t.Errorf("frame %d: %s %v", i+1, kinds[i], facts[i])
		}
	}
}

func TestQUICWithOtherKeys(t *testing.T) {
	c, q := packet.New(), packet.QUIC("www.example.com", "h3")
	sayQUIC(c, q.Handshake())
	c.UDP(quicWay, []byte(q.Client.Stream(0, 0, askHTTP3, true)))
	other := packet.QUIC("www.example.com", "h3")
	other.Handshake()
	if _, kinds := keyed(t, c, other); kinds[5] != "D?" {
		t.Errorf("kinds %q", kinds)
	}
}
