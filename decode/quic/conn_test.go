package quic

import (
	"bytes"
	"testing"

	"github.com/pktjourney/pktjourney/decode/wire/wiretest"
)

// next reads the one packet of a datagram.
func next(t *testing.T, c *Conn, from Side, b []byte, p *Packet) {
	t.Helper()
	n, err := c.Next(from, b, len(b), p)
	if err != nil || n != len(b) {
		t.Fatalf("packet of %d bytes: took %d, %v", len(b), n, err)
	}
}

func TestInitialPackets(t *testing.T) {
	for _, v := range []Version{Version1, Version2} {
		packet := clientInitial(t, v)
		tag := map[Version]string{Version1: "e221af44860018ab0856972e194cd934", Version2: "a18b2faa745b6fe189cf772a9f84cbfc"}[v]
		if !bytes.HasSuffix(packet, unhex(t, tag)) || len(packet) != 1200 {
			t.Fatalf("appendix A.2 of version %v: made %d bytes that end with %x", v, len(packet), packet[len(packet)-16:])
		}
		var table Table
		c := table.Open(packet)
		if c == nil || !Looks(packet) {
			t.Fatalf("version %v: not recognised", v)
		}
		var p Packet
		next(t, c, Client, packet, &p)
		if p.Type != Initial || !p.Opened || p.Number != 2 || !p.Crypto || p.Repeats {
			t.Errorf("appendix A.2 of version %v: %+v", v, p)
		}
		if len(p.Messages) != 1 || p.Messages[0].Type != clientHello || !bytes.Equal(p.Messages[0].Body, initialHello(t)[4:4+0xf1]) {
			t.Errorf("appendix A.2 of version %v: messages %x", v, p.Messages)
		}
		next(t, c, Client, packet, &p)
		if !p.Repeats || len(p.Messages) != 0 {
			t.Errorf("version %v: sent again: %+v", v, p)
		}
		next(t, c, Server, serverInitial(t, v), &p)
		if p.Type != Initial || !p.Opened || p.Number != 1 || len(p.Messages) != 1 || p.Messages[0].Type != serverHello {
			t.Errorf("appendix A.3 of version %v: %+v", v, p)
		}
		if got := c.Version(); got != v {
			t.Errorf("version %v, want %v", got, v)
		}
	}
}

func TestRetryGivesNewKeys(t *testing.T) {
	// RFC 9001 section 5.2: the keys follow the connection ID that the Retry packet gives.
	var table Table
	c := table.Open(clientInitial(t, Version1))
	var p Packet
	next(t, c, Client, clientInitial(t, Version1), &p)
	next(t, c, Server, retryOf(t, Version1), &p)
	if p.Type != Retry || string(p.Token) != "token" {
		t.Errorf("retry: %+v", p.Header)
	}
	again := sealInitial(t, Version1, unhex(t, "f067a5502a4262b5"), "token", initialHello(t), 3)
	next(t, c, Client, again, &p)
	if !p.Opened || len(p.Messages) != 1 {
		t.Errorf("after the retry: %+v", p)
	}
	// The same without the Retry packet in the capture.
	table = Table{}
	c = table.Open(clientInitial(t, Version1))
	next(t, c, Client, clientInitial(t, Version1), &p)
	next(t, c, Client, again, &p)
	if !p.Opened || len(p.Messages) != 1 {
		t.Errorf("after a retry that was not captured: %+v", p)
	}
}

// sealInitial makes an Initial packet of the client.
func sealInitial(t testing.TB, v Version, dcid []byte, token string, payload []byte, number int64) []byte {
	k, err := initialKeys(v.family(), dcid, Client)
	if err != nil {
		t.Fatal(err)
	}
	header := []byte{0xc3, 0, 0, 0, 1}
	header = append(append(header, byte(len(dcid))), dcid...)
	header = append(append(header, 0, byte(len(token))), token...)
	n := 4 + len(payload) + tagLen
	header = append(header, 0x40|byte(n>>8), byte(n), 0, 0, 0, byte(number))
	return k.seal(header, payload, number)
}

func TestVersionNegotiation(t *testing.T) {
	// RFC 9000 section 17.2.1
	b := unhex(t, "80"+"00000000"+"00"+"088394c8f03e515708"+"00000001"+"6b3343cf"+"0a1a2a3a")
	h, err := parseHeader(b, len(b), 0)
	if err != nil || h.Type != VersionNegotiation || len(h.Versions) != 3 || h.Versions[1] != uint32(Version2) {
		t.Errorf("%+v, %v", h, err)
	}
	var table Table
	if table.Join(b, len(b)) == nil || !Looks(b) {
		t.Error("not recognised")
	}
}

func TestEveryPrefixOfAHeader(t *testing.T) {
	for _, b := range [][]byte{clientInitial(t, Version1)[:22], serverInitial(t, Version2)[:18]} {
		whole := len(b)
		wiretest.Prefixes(t, b, func(b []byte) error {
			_, err := parseHeader(b, 1200, 0)
			return err
		}, func(n int) bool { return n >= whole-4 }) // the packet number is behind what parseHeader reads
	}
}

func TestNoFalseAlarm(t *testing.T) {
	changed := clientInitial(t, Version1)
	changed[400] ^= 1
	var table Table
	for name, b := range map[string][]byte{
		"a changed byte":     changed,
		"another version":    append([]byte{0xc3, 0, 0, 0, 7}, clientInitial(t, Version1)[5:]...),
		"a DNS query":        unhex(t, "00000001000100000000000003777777076578616d706c6503636f6d0000010001"),
		"a long way of ones": bytes.Repeat([]byte{0xff}, 1200),
		"nothing":            nil,
	} {
		if table.Open(b) != nil {
			t.Errorf("%s: taken for an Initial packet", name)
		}
	}
}
