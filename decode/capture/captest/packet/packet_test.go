package packet_test

import (
	"crypto/tls"
	"testing"
	"time"

	"github.com/pktjourney/pktjourney/decode/capture/captest/packet"
	"github.com/pktjourney/pktjourney/decode/dhcp"
	"github.com/pktjourney/pktjourney/decode/layers"
)

// What is built here must be read by the decoders as it was meant.
func TestFramesAreWellFormed(t *testing.T) {
	c := packet.New()
	c.WhoHas("192.168.1.1", "192.168.1.100")
	c.IsAt("192.168.1.1", "192.168.1.100")
	c.Ping("192.168.1.1", "192.168.1.100")
	c.DHCP(packet.DHCP{Type: packet.Offer, XID: 7, Server: "192.168.1.1", Your: "192.168.1.100", Lease: time.Hour})
	c.Query(packet.DNS{Client: "192.168.1.100:40000", Server: "198.51.100.53", Name: "www.example.com"})
	c.UDP("[2001:db8:1::64]:40000 > [2001:db8:2::35]:53", nil)
	c.Connection("192.168.1.100:40000 > 203.0.113.82:80").Open()
	for i, f := range c.Frames() {
		var p layers.Packet
		p.Decode(f.LinkType, f.Data, f.WireLen)
		if p.Err != nil || p.Transport <= layers.TransportOther || f.Number != i+1 {
			t.Errorf("frame %d: transport %d, error %v", f.Number, p.Transport, p.Err)
		}
		if want := packet.Start.Add(time.Duration(i) * packet.Step); !f.Time.Equal(want) {
			t.Errorf("frame %d at %v, want %v", f.Number, f.Time, want)
		}
		var m dhcp.Message
		if p.SrcPort == 67 && (m.Parse(p.Payload) != nil || m.Type != dhcp.Offer || m.LeaseTime != time.Hour) {
			t.Errorf("frame %d: %+v", f.Number, m)
		}
	}
}

func TestSessionCounts(t *testing.T) {
	c := packet.New()
	s := c.Connection("192.168.1.100:40000 > 203.0.113.82:80")
	s.Open()
	s.Client.Send("ask")
	s.Server.SendAll("answer", 4)
	s.Close()
	for i, want := range []struct {
		flags    layers.TCPFlags
		seq, ack uint32
	}{
		{layers.SYN, 1000, 0},
		{layers.SYN | layers.ACK, 90000, 1001},
		{layers.ACK, 1001, 90001},
		{layers.PSH | layers.ACK, 1001, 90001},
		{layers.PSH | layers.ACK, 90001, 1004},
		{layers.PSH | layers.ACK, 90005, 1004},
		{layers.FIN | layers.ACK, 1004, 90007},
		{layers.FIN | layers.ACK, 90007, 1005},
		{layers.ACK, 1005, 90008},
	} {
		var p layers.Packet
		f := c.Frames()[i]
		p.Decode(f.LinkType, f.Data, f.WireLen)
		if p.Flags != want.flags || p.Seq != want.seq || p.Ack != want.ack {
			t.Errorf("frame %d: flags %v, seq %d, ack %d; want %+v", i+1, p.Flags, p.Seq, p.Ack, want)
		}
	}
}

func TestTLSTakesTurns(t *testing.T) {
	for version, want := range map[uint16]string{tls.VersionTLS13: "csccsc", tls.VersionTLS12: "cscscsc"} {
		var turns string
		for _, f := range packet.TLS("www.example.com", version, "ask", "answer") {
			if f.FromClient {
				turns += "c"
			} else {
				turns += "s"
			}
		}
		if turns != want {
			t.Errorf("version %#x: %s, want %s", version, turns, want)
		}
	}
}
