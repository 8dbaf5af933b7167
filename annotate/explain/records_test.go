package explain

import (
	"crypto/tls"
	"slices"
	"testing"

	"github.com/pktjourney/pktjourney/decode/capture"
	"github.com/pktjourney/pktjourney/decode/capture/captest/packet"
	"github.com/pktjourney/pktjourney/decode/wire"
)

// records of a frame, as they are told.
func recordsOf(x *Explainer) (list []Field) {
	for _, f := range x.Fields() {
		if f.Name == "tls.record" {
			list = append(list, f)
		}
	}
	return list
}

// A flight of TLS 1.3 is several records; each of them decides what the frame does. The places
// are those of Wireshark, tls.record in tshark -T pdml.
func TestRecordsOfAFlight(t *testing.T) {
	want := []string{"handshake (server_hello), length 122", "change_cipher_spec, length 1", "application_data, length 36",
		"application_data, length 463", "application_data, length 96", "application_data, length 69"}
	at := []int{66, 193, 199, 240, 708, 809}
	list := recordsOf(explainedIn(t, "https/client.pcap", 20))
	if len(list) != len(want) {
		t.Fatalf("%d records", len(list))
	}
	for i, f := range list {
		if f.Value != want[i] || f.Span.Off != at[i] {
			t.Errorf("record %d: %+v", i, f)
		}
	}
}

// Frames in the middle of a record rest on its header, which came before.
func TestHeaderInAnEarlierFrame(t *testing.T) {
	for _, frame := range []int{30, 31, 32} {
		list := recordsOf(explainedIn(t, "https/client.pcap", frame))
		if len(list) != 1 || !list[0].Elsewhere || list[0].Places[0] != (Place{29, wire.Span{Off: 66, Len: 5}}) {
			t.Errorf("frame %d: %+v", frame, list)
		}
	}
}

// Segments that are lost or come again and late do not move the headers.
func TestHeadersOfSegmentsOutOfOrder(t *testing.T) {
	b := packet.New()
	s := b.Connection("192.168.1.100:50000 > 203.0.113.82:443")
	s.Open()
	for _, f := range packet.TLS("www.example.com", tls.VersionTLS13, "GET / HTTP/1.1\r\nHost: www.example.com\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 3000\r\n\r\n"+string(make([]byte, 3000))) {
		end := s.Server
		if f.FromClient {
			end = s.Client
		}
		end.SendAll(f.Data, 1000)
	}
	inOrder := b.Frames()
	n := len(inOrder)
	swapped := slices.Clone(inOrder)
	swapped[n-1], swapped[n-2] = swapped[n-2], swapped[n-1]
	for _, k := range []int{n - 2, n - 1} {
		want := recordsOf(explainedOf(t, ordered(inOrder), inOrder[k].Number))
		got := recordsOf(explainedOf(t, ordered(swapped), inOrder[k].Number))
		if len(want) == 0 || len(got) != len(want) || got[0].Value != want[0].Value {
			t.Errorf("frame %d: %+v, want %+v", inOrder[k].Number, got, want)
		}
	}
}

func ordered(list []*capture.Frame) capture.Source { f := frames(list); return &f }
