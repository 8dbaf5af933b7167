package decode_test

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pktjourney/pktjourney/decode"
	"github.com/pktjourney/pktjourney/decode/capture"
	"github.com/pktjourney/pktjourney/decode/fact"
)

var update = flag.Bool("update", false, "write the golden files anew")

const captures = "../testdata/captures/"

// frames reads a whole capture into memory, up to damage if there is any.
func frames(tb testing.TB, file []byte) []*capture.Frame {
	src, err := capture.OpenReader("test", bytes.NewReader(file))
	if err != nil {
		return nil
	}
	defer src.Close()
	var all []*capture.Frame
	for {
		f, err := src.Next()
		var damage *capture.DamageError
		if err == io.EOF || errors.As(err, &damage) {
			return all
		}
		if err != nil {
			tb.Fatal(err)
		}
		own := *f
		own.Data = bytes.Clone(f.Data)
		all = append(all, &own)
	}
}

// readCapture reads one of the project's own captures.
func readCapture(tb testing.TB, name string) []byte {
	b, err := os.ReadFile(captures + name)
	if err != nil {
		tb.Fatal(err)
	}
	return b
}

// What each frame of a real capture says. After a change, read the difference
// that -update makes beside "tshark -r".
func TestGolden(t *testing.T) {
	for _, name := range []string{"http.pcap", "https.pcapng"} {
		t.Run(name, func(t *testing.T) {
			var got strings.Builder
			var d decode.Decoder
			for _, f := range frames(t, readCapture(t, name)) {
				fmt.Fprintln(&got, line(d.Decode(f)))
			}
			golden := filepath.Join("testdata", name+".txt")
			if *update {
				if err := os.WriteFile(golden, []byte(got.String()), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			compareLines(t, got.String(), string(want))
		})
	}
}

func compareLines(t *testing.T, got, want string) {
	t.Helper()
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	if len(g) != len(w) {
		t.Errorf("%d lines, want %d", len(g), len(w))
	}
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			t.Errorf("\n got %s\nwant %s", g[i], w[i])
		}
	}
}

// line is all that is known of a frame: number, protocol, what it does in its
// connection, parts, the frames of its messages, facts.
func line(f *decode.Frame) string {
	fields := []string{fmt.Sprintf("%d %s", f.Number, f.Protocol)}
	if f.Segment.Connection != nil {
		fields = append(fields, segmentText(f))
	}
	for i := range f.Parts {
		fields = append(fields, partText(&f.Parts[i]))
	}
	if len(f.Message) > 0 {
		fields = append(fields, "message "+rangesText(f.Message))
	}
	if f.Err != nil {
		fields = append(fields, "error "+f.Err.Error())
	}
	if len(f.Facts) > 0 {
		fields = append(fields, factsText(f.Facts))
	}
	return strings.Join(fields, " | ")
}

var kindNames = map[decode.Kind]string{
	decode.Unknown: "unknown", decode.DHCP: "dhcp", decode.DNS: "dns",
	decode.HTTPRequest: "request", decode.HTTPResponse: "response", decode.HTTPControl: "control",
	decode.TLSHandshake: "handshake", decode.TLSChangeCipherSpec: "change-cipher-spec",
	decode.TLSAlert: "alert", decode.TLSData: "data",
}

// partText is as in "handshake of 5 begin end", and "from 4" when another frame brought it.
func partText(p *decode.Part) string {
	s := fmt.Sprintf("%s of %d", kindNames[p.Message.Kind], p.Message.First)
	for _, mark := range []struct {
		text string
		set  bool
	}{{" deduced", p.Message.Deduced}, {" begin", p.Begin}, {" end", p.End}, {" complete", p.Message.Complete}} {
		if mark.set {
			s += mark.text
		}
	}
	return s
}

// segmentText says what a segment does, as in "tcp 0 client syn".
func segmentText(f *decode.Frame) string {
	s := &f.Segment
	side := "server"
	if f.Dir == s.Connection.Client {
		side = "client"
	}
	text := fmt.Sprintf("tcp %d %s", f.Conversation.ID, side)
	for _, mark := range []struct {
		text string
		set  bool
	}{
		{" syn", s.Syn}, {" again", s.SynAgain}, {" completes", s.Completes},
		{" acks-syn", s.AcksSYN}, {" acks-fin", s.AcksFIN}, {" closed", s.Connection.Closed},
	} {
		if mark.set {
			text += mark.text
		}
	}
	if s.Verdict != 0 {
		text += fmt.Sprintf(" verdict %d", s.Verdict)
	}
	if s.Acks != nil {
		text += fmt.Sprintf(" acks %s of %d by %d", kindNames[s.Acks.Kind], s.Acks.First, s.AckedFrame)
	}
	return text
}

func rangesText(r []capture.Range) string {
	var words []string
	for _, g := range r {
		if g.First == g.Last {
			words = append(words, fmt.Sprint(g.First))
		} else {
			words = append(words, fmt.Sprintf("%d-%d", g.First, g.Last))
		}
	}
	return strings.Join(words, " ")
}

func factsText(l fact.List) string {
	var words []string
	for _, f := range l {
		words = append(words, f.Name.String()+"="+valueText(f.Value))
	}
	return strings.Join(words, " ")
}

func valueText(v fact.Value) string {
	switch v.Kind() {
	case fact.KindString:
		return fmt.Sprintf("%q", v.Str())
	case fact.KindStrings:
		return fmt.Sprintf("%q", v.Strings())
	case fact.KindObjects:
		var objects []string
		for _, o := range v.Objects() {
			objects = append(objects, "{"+factsText(o)+"}")
		}
		return "[" + strings.Join(objects, " ") + "]"
	}
	return v.String()
}
