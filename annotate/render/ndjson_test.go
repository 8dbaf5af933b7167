package render

import (
	"encoding/json"
	"io"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/pktjourney/pktjourney/annotate"
	"github.com/pktjourney/pktjourney/decode"
	"github.com/pktjourney/pktjourney/decode/fact"
	"github.com/pktjourney/pktjourney/decode/flow"
	"github.com/pktjourney/pktjourney/decode/layers"
)

func TestNDJSONIsJSON(t *testing.T) {
	out := newStory(t).rendered(t, Formats[1], Options{})
	kinds := map[string]int{}
	for line := range strings.Lines(out) {
		var object struct{ Kind string }
		if err := json.Unmarshal([]byte(line), &object); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		kinds[object.Kind]++
	}
	if kinds["frame"] != 14 || kinds["journey"] != 1 || kinds["capture"] != 1 {
		t.Errorf("kinds %v", kinds)
	}
}

func TestFactsNest(t *testing.T) {
	record := fact.List{
		{Name: fact.RecordData, Value: fact.String("203.0.113.82")},
		{Name: fact.RecordName, Value: fact.String("www.google.com")},
		{Name: fact.RecordTTL, Value: fact.Int(300)},
	}
	for _, c := range []struct {
		name string
		list fact.List
		want string
	}{
		{"none", nil, `{}`},
		{"one group", fact.List{{Name: fact.DNSID, Value: fact.Int(4)}}, `{"dns":{"id":4}}`},
		{"out of order", fact.List{
			{Name: fact.URLPath, Value: fact.String("/")},
			{Name: fact.HTTPRequestMethod, Value: fact.String("GET")},
			{Name: fact.HTTPVersion, Value: fact.String("1.1")},
		}, `{"http":{"version":"1.1","request":{"method":"GET"}},"url":{"path":"/"}}`},
		{"a group ends, its parent goes on", fact.List{
			{Name: fact.DNSQuestionName, Value: fact.String("a")},
			{Name: fact.DNSBytes, Value: fact.Int(9)},
			{Name: fact.DNSQuestionType, Value: fact.String("A")},
		}, `{"dns":{"question":{"name":"a","type":"A"},"bytes":9}}`},
		{"kinds", fact.List{
			{Name: fact.DHCPBroadcast, Value: fact.Bool(true)},
			{Name: fact.DHCPAssignedIP, Value: fact.Addr(netip.MustParseAddr("192.0.2.1"))},
			{Name: fact.DHCPRouter, Value: fact.Strings([]string{"a", "b"})},
		}, `{"dhcp":{"assigned_ip":"192.0.2.1","broadcast":true,"router":["a","b"]}}`},
		{"objects", fact.List{{Name: fact.DNSAnswers, Value: fact.Objects([]fact.List{record, record[:1]})}},
			`{"dns":{"answers":[{"name":"www.google.com","ttl":300,"data":"203.0.113.82"},{"data":"203.0.113.82"}]}}`},
		{"an empty list is left out", fact.List{{Name: fact.DNSHeaderFlags, Value: fact.Strings(nil)}}, `{}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := string(appendFacts([]byte("{"), c.list)) + "}"
			if got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

// More facts than are written must do no harm.
func TestManyFacts(t *testing.T) {
	list := make(fact.List, 300)
	for i := range list {
		list[i] = fact.Fact{Name: fact.DNSID, Value: fact.Int(1)}
	}
	if got := string(appendFacts(nil, list)); strings.Count(got, `"id":1`) != maxFacts {
		t.Errorf("%d of them are written", strings.Count(got, `"id":1`))
	}
}

func TestStamp(t *testing.T) {
	var s stamp
	for _, c := range []struct {
		at   time.Time
		want string
	}{
		{time.Date(2026, 11, 20, 9, 0, 1, 123456789, time.UTC), "2026-11-20T09:00:01.123456789Z"},
		{time.Date(2026, 11, 20, 9, 0, 1, 5, time.UTC), "2026-11-20T09:00:01.000000005Z"},
		{time.Date(2026, 11, 20, 18, 0, 2, 0, time.FixedZone("KST", 9*3600)), "2026-11-20T09:00:02.000000000Z"},
		{time.Unix(0, 0), "1970-01-01T00:00:00.000000000Z"},
		{time.Unix(-1, 999999999), "1969-12-31T23:59:59.999999999Z"},
	} {
		if got := string(s.append(nil, c.at)); got != c.want {
			t.Errorf("%v: %s, want %s", c.at, got, c.want)
		}
	}
}

// The examples of the specification (github.com/corelight/community-id-spec, baseline, seed 0).
func TestCommunityID(t *testing.T) {
	for _, c := range []struct {
		transport    layers.Transport
		src, dst     string
		sport, dport uint16
		want         string
	}{
		{layers.TransportTCP, "128.232.110.120", "66.35.250.204", 34855, 80, "1:LQU9qZlK+B5F3KDmev6m5PMibrg="},
		{layers.TransportTCP, "66.35.250.204", "128.232.110.120", 80, 34855, "1:LQU9qZlK+B5F3KDmev6m5PMibrg="},
		{layers.TransportUDP, "192.168.1.52", "8.8.8.8", 54585, 53, "1:d/FP5EW3wiY1vCndhwleRRKHowQ="},
	} {
		f := &decode.Frame{Conversation: &flow.Conversation{ID: 3}}
		f.Packet = layers.Packet{Transport: c.transport, SrcPort: c.sport, DstPort: c.dport,
			Src: netip.MustParseAddr(c.src), Dst: netip.MustParseAddr(c.dst)}
		var e ends
		if got := string(e.of(f).id); got != c.want {
			t.Errorf("%s > %s: %s, want %s", c.src, c.dst, got, c.want)
		}
	}
}

func TestFrameDoesNotAllocate(t *testing.T) {
	s := newStory(t)
	for _, f := range Formats {
		sink := f.New(io.Discard, Options{Journey: s.journey})
		for range maxRows + 1 { // past what a table keeps
			show(sink, &s.frames[6])
		}
		for _, l := range []*annotate.Labelled{&s.frames[0], &s.frames[2], &s.frames[6], &s.frames[12]} {
			if n := testing.AllocsPerRun(200, func() { show(sink, l) }); n != 0 {
				t.Errorf("%s: frame %d costs %v allocations", f.Name, l.Number, n)
			}
		}
	}
}

func BenchmarkFrame(b *testing.B) {
	s := newStory(b)
	for _, f := range Formats {
		b.Run(f.Name, func(b *testing.B) {
			sink := f.New(io.Discard, Options{Journey: s.journey})
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				show(sink, &s.frames[i%len(s.frames)])
			}
		})
	}
}
