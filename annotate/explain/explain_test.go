package explain

import (
	"io"
	"testing"

	"github.com/pktjourney/pktjourney/annotate"
	"github.com/pktjourney/pktjourney/decode"
	"github.com/pktjourney/pktjourney/decode/capture"
	"github.com/pktjourney/pktjourney/decode/wire"
	"github.com/pktjourney/pktjourney/rules"
)

func explained(t *testing.T, number int) *Explainer {
	t.Helper()
	src, err := capture.Open("../../testdata/captures/http.pcap")
	if err != nil {
		t.Fatal(err)
	}
	defer src.Close()
	x := New(number, rules.English)
	a := annotate.New(rules.Web(), annotate.Options{}, x)
	var d decode.Decoder
	for {
		f, err := src.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if err := a.Frame(d.Decode(f)); err != nil {
			t.Fatal(err)
		}
	}
	if err := a.Finish(nil); err != nil {
		t.Fatal(err)
	}
	return x
}

// The places are those of Wireshark: tshark -T pdml, pos and size of the fields.
func TestPlacesAreThoseOfWireshark(t *testing.T) {
	for _, c := range []struct {
		frame int
		name  string
		want  wire.Span
		value string
	}{
		{9, "dhcp.message_type", wire.Span{Off: 284, Len: 1}, "offer"},
		{12, "arp.operation", wire.Span{Off: 20, Len: 2}, "request"},
		{12, "arp.target_ip", wire.Span{Off: 38, Len: 4}, "192.168.1.1"},
		{14, "udp.dstport", wire.Span{Off: 36, Len: 2}, "53"},
		{14, "dns.question.name", wire.Span{Off: 54, Len: 16}, "www.google.com"},
		{14, "dns.question.type", wire.Span{Off: 70, Len: 2}, "A"},
		{16, "ip.dst", wire.Span{Off: 30, Len: 4}, "203.0.113.82"},
		{16, "tcp.seq_raw", wire.Span{Off: 38, Len: 4}, "628945191"},
		{16, "tcp.flags", wire.Span{Off: 46, Len: 2}, "0x0002"},
		{19, "tcp.ack_raw", wire.Span{Off: 42, Len: 4}, "2615955031"},
	} {
		found := false
		for _, f := range Fields(&explained(t, c.frame).Label, rules.English) {
			if f.Name == c.name {
				found = true
				if f.Span != c.want || f.Value != c.value || f.InMessage {
					t.Errorf("frame %d: %+v, want %+v %s", c.frame, f, c.want, c.value)
				}
			}
		}
		if !found {
			t.Errorf("frame %d: no %s", c.frame, c.name)
		}
	}
}

func TestChainLeadsFromSYNToQuery(t *testing.T) {
	chain := explained(t, 16).Chain()
	if len(chain) != 2 || chain[0].Frame != 15 || chain[1].Frame != 14 || chain[1].Step != "1.3" {
		t.Errorf("%+v", chain)
	}
}

func TestOthersNameThePoint(t *testing.T) {
	others := Others(rules.Web(), &explained(t, 14).Label)
	if len(others) != 2 || others[0].Rule.Step != "1.5" || others[0].Points[0] != "router" {
		t.Errorf("%+v", others)
	}
}

func TestNoSuchFrame(t *testing.T) {
	if x := explained(t, 99); x.Found || x.Frames != 31 {
		t.Errorf("found %v of %d", x.Found, x.Frames)
	}
}
