package decode_test

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pktjourney/pktjourney/decode"
	"github.com/pktjourney/pktjourney/decode/capture"
	"github.com/pktjourney/pktjourney/decode/fact"
	"github.com/pktjourney/pktjourney/decode/flow"
	"github.com/pktjourney/pktjourney/decode/layers"
)

// streamSeed is how much of a stream's beginning becomes a seed.
const streamSeed = 4096

// The fuzz targets of the decoders start from messages of real clients and servers, those of
// testdata/captures: they stand in testdata/fuzz of each package, where "go test -fuzz" looks.
// -update writes them anew.
func TestSeeds(t *testing.T) {
	files, err := filepath.Glob(captures + "*/*.pcap*")
	if err != nil || len(files) < 10 {
		t.Fatalf("%d captures: %v", len(files), err)
	}
	s := make(seeds)
	for _, file := range files {
		s.addCapture(t, file)
	}
	if *update {
		s.write(t)
	}
	s.compare(t)
	for target, least := range map[string]int{
		"dhcp/FuzzParse": 4, "dhcpv6/FuzzParse": 4, "dns/FuzzParse": 5, "dns/FuzzConn": 2,
		"http/FuzzConn": 4, "tls/FuzzConn": 4, "tls/FuzzParse": 4, "layers/FuzzDecode": 5, "./FuzzFrame": 5,
	} {
		if n := s.count(target); n < least {
			t.Errorf("%d seeds for %s, want %d", n, target, least)
		}
	}
}

// seeds are the corpora: file name to what go test -fuzz reads there.
type seeds map[string]string

// add keeps the arguments of a fuzz target, once for each name.
func (s seeds) add(dir, target, name string, args ...any) {
	file := filepath.Join(dir, "testdata", "fuzz", target, "real-"+portable(name))
	if _, old := s[file]; old {
		return
	}
	lines := []string{"go test fuzz v1"}
	for _, arg := range args {
		switch arg := arg.(type) {
		case []byte:
			lines = append(lines, fmt.Sprintf("[]byte(%q)", arg))
		default:
			lines = append(lines, fmt.Sprintf("%T(%v)", arg, arg))
		}
	}
	s[file] = strings.Join(lines, "\n") + "\n"
}

// portable is a name that a file may have everywhere.
func portable(name string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-._", r) {
			return r
		}
		return '_'
	}, name[:min(len(name), 100)])
}

func (s seeds) write(t *testing.T) {
	for file, text := range s {
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func (s seeds) compare(t *testing.T) {
	for file, text := range s {
		stored, err := os.ReadFile(file)
		if err != nil || string(stored) != text {
			t.Errorf("%s is not what the captures hold; -update writes it (%v)", file, err)
		}
	}
}

// count is of the seeds for a target as in "dns/FuzzParse".
func (s seeds) count(target string) int {
	dir, name := filepath.Split(target)
	n := 0
	for file := range s {
		if filepath.Dir(file) == filepath.Join(dir, "testdata", "fuzz", name) {
			n++
		}
	}
	return n
}

func (s seeds) addCapture(t *testing.T, file string) {
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var d decode.Decoder
	streams := make([]*dialogue, 0, 8) // by their numbers
	for _, f := range frames(t, b) {
		r := d.Decode(f)
		s.addFrame(f, r)
		s.addDatagram(r)
		if c := r.Conversation; c != nil && r.Transport == layers.TransportTCP {
			if c.ID == len(streams) {
				streams = append(streams, new(dialogue))
			}
			streams[c.ID].add(r)
		}
	}
	for _, v := range streams {
		s.addDialogue(v)
	}
}

// addFrame keeps one frame for each stack of headers.
func (s seeds) addFrame(f *capture.Frame, r *decode.Frame) {
	name := r.Name()
	if r.Transport == layers.TransportTCP || r.Transport == layers.TransportUDP {
		name = fmt.Sprintf("%s-ipv%d", name, r.IPVersion)
	}
	s.add("layers", "FuzzDecode", name, uint16(f.LinkType), f.Data, 0)
	s.add(".", "FuzzFrame", name, uint16(f.LinkType), 0, f.Data)
}

// addDatagram keeps one message for each type of DHCP message, and for each name, type and
// outcome of a DNS query.
func (s seeds) addDatagram(r *decode.Frame) {
	if r.Transport != layers.TransportUDP {
		return
	}
	text := func(names ...fact.Name) string {
		var words []string
		for _, n := range names {
			if w := r.Facts.Text(n); w != "" {
				words = append(words, w)
			}
		}
		return strings.ToLower(strings.ReplaceAll(strings.Join(words, "-"), ", ", "-"))
	}
	switch r.Protocol {
	case "dhcp":
		s.add("dhcp", "FuzzParse", text(fact.DHCPMessageType), r.Payload)
	case "dhcpv6":
		s.add("dhcpv6", "FuzzParse", text(fact.DHCPv6MessageType), r.Payload)
	case "dns":
		s.add("dns", "FuzzParse", text(fact.DNSType, fact.DNSQuestionName, fact.DNSQuestionType, fact.DNSResponseCode, fact.DNSHeaderFlags), r.Payload)
	}
}

// dialogue is the beginning of what each side of a connection sent, put in order.
type dialogue struct {
	protocol string
	client   flow.Dir
	sides    [2]side
}

type side struct {
	begun bool
	first uint32 // sequence number of bytes[0]
	bytes []byte
}

func (v *dialogue) add(r *decode.Frame) {
	v.client = r.Segment.Connection.Client
	if r.Protocol != "tcp" {
		v.protocol = cmp.Or(v.protocol, r.Protocol)
	}
	h := &v.sides[r.Dir]
	if !h.begun {
		h.begun = true
		h.first = r.Seq
		if r.Flags.Has(layers.SYN) {
			h.first++
		}
	}
	if at := int(int32(r.Seq - h.first)); at >= 0 && at+len(r.Payload) <= streamSeed {
		if missing := at + len(r.Payload) - len(h.bytes); missing > 0 {
			h.bytes = append(h.bytes, make([]byte, missing)...)
		}
		copy(h.bytes[at:], r.Payload)
	}
}

// addDialogue keeps a connection for the targets that read streams; of those whose sides
// have the same lengths, which differ in times and little else, the first.
func (s seeds) addDialogue(v *dialogue) {
	client, server := v.sides[v.client].bytes, v.sides[v.client.Reverse()].bytes
	name := fmt.Sprintf("%d-%d", len(client), len(server))
	if len(client) == 0 || len(server) == 0 {
		return
	}
	// The sizes are those of the chunks that the target makes of the stream.
	sizes := []byte{199, 98, 1, 254}
	switch v.protocol {
	case "http":
		s.add("http", "FuzzConn", name+"-request", client, sizes)
		s.add("http", "FuzzConn", name+"-response", server, sizes)
		s.add("http", "FuzzParse", name+"-request", client)
		s.add("http", "FuzzParse", name+"-response", server)
	case "tls":
		s.add("tls", "FuzzConn", name+"-client", client, sizes)
		s.add("tls", "FuzzConn", name+"-server", server, sizes)
		s.addHello(name+"-client", client)
		s.addHello(name+"-server", server)
	case "dns":
		s.add("dns", "FuzzConn", name+"-query", client, uint16(2), uint16(1))
		s.add("dns", "FuzzConn", name+"-response", server, uint16(len(server)/2), uint16(40))
	}
}

// addHello keeps the message in a stream's first record (RFC 8446 section 5.1).
func (s seeds) addHello(name string, b []byte) {
	const header = 5
	if len(b) < header || b[0] != 22 {
		return
	}
	if end := header + int(binary.BigEndian.Uint16(b[3:])); end <= len(b) {
		s.add("tls", "FuzzParse", name, b[header:end])
	}
}
