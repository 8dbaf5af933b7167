package explain

import (
	"cmp"
	"io"
	"slices"
	"testing"

	"github.com/pktjourney/pktjourney/annotate"
	"github.com/pktjourney/pktjourney/decode"
	"github.com/pktjourney/pktjourney/decode/capture"
	"github.com/pktjourney/pktjourney/decode/capture/captest/packet"
	"github.com/pktjourney/pktjourney/decode/wire"
	"github.com/pktjourney/pktjourney/rules"
)

func explained(t *testing.T, number int) *Explainer {
	t.Helper()
	return explainedIn(t, "http.pcap", number)
}

// explainedIn explains a frame of a file in testdata/captures.
func explainedIn(t *testing.T, file string, number int) *Explainer {
	t.Helper()
	src, err := capture.Open("../../testdata/captures/" + file)
	if err != nil {
		t.Fatal(err)
	}
	defer src.Close()
	return explainedOf(t, src, number)
}

func explainedOf(t *testing.T, src capture.Source, number int) *Explainer {
	t.Helper()
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
		if err := a.Annotate(&d, f); err != nil {
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
		file  string // "": http.pcap
		frame int
		name  string
		want  wire.Span
		value string
	}{
		{"", 9, "dhcp.message_type", wire.Span{Off: 284, Len: 1}, "offer"},
		{"", 12, "arp.operation", wire.Span{Off: 20, Len: 2}, "request"},
		{"", 12, "arp.target_ip", wire.Span{Off: 38, Len: 4}, "192.168.1.1"},
		{"", 14, "udp.dstport", wire.Span{Off: 36, Len: 2}, "53"},
		{"", 14, "dns.question.name", wire.Span{Off: 54, Len: 16}, "www.google.com"},
		{"", 14, "dns.question.type", wire.Span{Off: 70, Len: 2}, "A"},
		{"", 16, "ip.dst", wire.Span{Off: 30, Len: 4}, "203.0.113.82"},
		{"", 16, "tcp.seq_raw", wire.Span{Off: 38, Len: 4}, "628945191"},
		{"", 16, "tcp.flags", wire.Span{Off: 46, Len: 2}, "0x0002"},
		{"", 19, "tcp.ack_raw", wire.Span{Off: 42, Len: 4}, "2615955031"},
		{"", 19, "http.request.method", wire.Span{Off: 66, Len: 3}, "GET"},
		{"", 19, "url.domain", wire.Span{Off: 88, Len: 14}, "www.google.com"},
		{"https/client.pcap", 18, "tls.client.server_name", wire.Span{Off: 165, Len: 14}, "www.google.com"},
		{"https/client.pcap", 18, "tls.record", wire.Span{Off: 66, Len: 5}, "handshake (client_hello), length 512"},
		{"https/client.pcap", 24, "tls.record", wire.Span{Off: 66, Len: 5}, "application_data, length 81"},
		{"https/client.pcap", 29, "tls.record", wire.Span{Off: 66, Len: 5}, "application_data, length 5139"},
		{"dns-tcp/client.pcap", 16, "dns.question.name", wire.Span{Off: 80, Len: 16}, "www.google.com"},
	} {
		found := false
		for _, f := range explainedIn(t, cmp.Or(c.file, "http.pcap"), c.frame).Fields() {
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

// frames are a source of frames in memory.
type frames []*capture.Frame

func (s *frames) Next() (*capture.Frame, error) {
	if len(*s) == 0 {
		return nil, io.EOF
	}
	f := (*s)[0]
	*s = (*s)[1:]
	return f, nil
}

// A field of a message that came in several segments stands in those that brought it.
func TestPlacesInSeveralSegments(t *testing.T) {
	c := packet.New()
	s := c.Connection("192.168.1.100:50000 > 203.0.113.82:80")
	s.Open()
	s.Client.Send("GET / HTTP/1.1\r\nHost: www.exa")
	s.Client.Send("mple.com\r\n")
	s.Client.Send("\r\n")
	src := frames(c.Frames())
	x := explainedOf(t, &src, 6)
	for name, want := range map[string][]Place{
		"http.request.method": {{4, wire.Span{Off: 54, Len: 3}}},
		"url.domain":          {{4, wire.Span{Off: 76, Len: 7}}, {5, wire.Span{Off: 54, Len: 8}}},
	} {
		i := slices.IndexFunc(x.Fields(), func(f Field) bool { return f.Name == name })
		if i < 0 {
			t.Errorf("no %s", name)
		} else if f := x.Fields()[i]; !f.InMessage || !slices.Equal(f.Places, want) {
			t.Errorf("%s stands in %+v, want %+v", name, f, want)
		}
	}
}

// What comes before and after: of a frame of a journey those of the same journey, of others any.
func TestNear(t *testing.T) {
	numbers := func(list []Link) []int {
		var n []int
		for _, k := range list {
			n = append(n, k.Frame)
		}
		return n
	}
	for frame, want := range map[int][2][]int{
		1:  {nil, {3, 7, 9}},
		14: {{12, 13}, {15, 16, 17}},
		30: {{27, 28, 29}, {31}},
	} {
		x := explained(t, frame)
		if before, after := numbers(x.Before), numbers(x.After); !slices.Equal(before, want[0]) || !slices.Equal(after, want[1]) {
			t.Errorf("frame %d: %v before, %v after, want %v", frame, before, after, want)
		}
	}
}

// The frames of a chain, and those that the connection brought, have the chain.
func TestProofs(t *testing.T) {
	for frame, want := range map[int]int{1: 0, 3: 1, 11: 1, 12: 0, 14: 1, 15: 1, 16: 1, 19: 1, 28: 1} {
		x := explained(t, frame)
		if len(x.Proofs) != want {
			t.Errorf("frame %d: %d chains, want %d", frame, len(x.Proofs), want)
		}
	}
}
