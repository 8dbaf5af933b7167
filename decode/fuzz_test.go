package decode_test

import (
	"crypto/tls"
	"testing"

	"github.com/pktjourney/pktjourney/decode"
	"github.com/pktjourney/pktjourney/decode/capture"
	"github.com/pktjourney/pktjourney/decode/capture/captest"
	"github.com/pktjourney/pktjourney/decode/capture/captest/packet"
	"github.com/pktjourney/pktjourney/decode/layers"
)

// checkFrame checks what holds for every frame.
func checkFrame(t *testing.T, f *capture.Frame, r *decode.Frame) {
	t.Helper()
	if r.Number != f.Number || r.Captured != len(f.Data) {
		t.Fatalf("frame %d of %d bytes became frame %d of %d", f.Number, len(f.Data), r.Number, r.Captured)
	}
	for i := range r.Parts {
		p := &r.Parts[i]
		if p.Message == nil || p.Frame > f.Number || p.Message.First > f.Number || p.Message.Bytes < 0 {
			t.Fatalf("frame %d: part %+v", f.Number, p)
		}
	}
	for _, g := range r.Message {
		if g.Last < g.First || g.Last > f.Number {
			t.Fatalf("frame %d: message %v", f.Number, r.Message)
		}
	}
	if s := &r.Segment; s.AckedFrame > f.Number || (s.Connection == nil) != (r.Transport != layers.TransportTCP) {
		t.Fatalf("frame %d: segment %+v", f.Number, s)
	}
	for i := range r.Facts {
		for k := range i {
			if r.Facts[i].Name == r.Facts[k].Name {
				t.Fatalf("frame %d: %v twice", f.Number, r.Facts[i].Name)
			}
		}
	}
}

// FuzzDecode decodes whole captures.
func FuzzDecode(f *testing.F) {
	f.Add(readCapture(f, "http.pcap"))
	f.Add(readCapture(f, "https.pcapng"))
	c := packet.New()
	s := c.Connection(way)
	s.Open()
	s.Server.At(10, page(100)[10:])
	s.Server.At(0, page(100)[:20])
	s.Client.Reset()
	s = c.Connection("192.168.1.100:50001 > 203.0.113.82:443")
	for _, flight := range packet.TLS("www.example.com", tls.VersionTLS12, "ask", "answer") {
		if flight.FromClient {
			s.Client.SendAll(flight.Data, 100)
		} else {
			s.Server.SendAll(flight.Data, 100)
		}
	}
	f.Add(file(c))
	f.Fuzz(func(t *testing.T, b []byte) {
		var d decode.Decoder
		for _, f := range frames(t, b) {
			checkFrame(t, f, d.Decode(f))
		}
	})
}

// FuzzFrame decodes one frame of any link type, twice.
func FuzzFrame(f *testing.F) {
	c := packet.New()
	c.WhoHas("192.168.1.1", "192.168.1.100")
	c.DHCP(packet.DHCP{Type: packet.Discover, XID: 7, Client: 100})
	c.Answer(packet.DNS{Client: "192.168.1.100:40000", Server: "198.51.100.53", Name: "www.example.com", Answers: []string{"www.example.com A 203.0.113.82"}})
	c.Connection(way).Client.Send(getPage)
	c.Connection("[2001:db8:1::64]:50000 > [2001:db8:2::82]:80").Server.Send(page(10))
	for _, frame := range c.Frames() {
		f.Add(uint16(capture.LinkEthernet), 0, frame.Data)
		f.Add(uint16(capture.LinkRaw), 100, frame.Data[14:])
	}
	f.Fuzz(func(t *testing.T, link uint16, more int, b []byte) {
		var d decode.Decoder
		for number := 1; number <= 2; number++ {
			frame := capture.Frame{Number: number, Time: packet.Start, LinkType: capture.LinkType(link), WireLen: len(b) + max(0, more), Data: b}
			checkFrame(t, &frame, d.Decode(&frame))
		}
	})
}

// file is c as a pcap file.
func file(c *packet.Capture) []byte {
	var all []capture.Frame
	for _, f := range c.Frames() {
		all = append(all, *f)
	}
	return captest.Pcap(capture.LinkEthernet, all...)
}

// Every frame of the real captures, cut after each of its first bytes.
func TestCutFrames(t *testing.T) {
	for _, name := range []string{"http.pcap", "https.pcapng"} {
		all := frames(t, readCapture(t, name))
		for snap := range 200 {
			var d decode.Decoder
			for _, f := range all {
				cut := *f
				cut.Data = f.Data[:min(snap, len(f.Data)):min(snap, len(f.Data))]
				checkFrame(t, &cut, d.Decode(&cut))
			}
		}
	}
}
