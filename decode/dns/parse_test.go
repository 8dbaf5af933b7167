package dns

import (
	"bytes"
	"errors"
	"net/netip"
	"testing"
	"time"

	"github.com/pktjourney/pktjourney/decode/wire"
	"github.com/pktjourney/pktjourney/decode/wire/wiretest"
)

func TestParseQuery(t *testing.T) {
	m, err := Parse(googleQuery())
	if err != nil {
		t.Fatal(err)
	}
	q := Question{Name: "www.google.com", Type: TypeA, Class: ClassIN, Span: wire.Span{Off: 12, Len: 20}}
	if m.ID != 0x1234 || m.Response || !m.RecursionDesired || len(m.Questions) != 1 || m.Questions[0] != q {
		t.Errorf("RFC 1035 section 4.1: %+v", m)
	}
	if want := (EDNS{Present: true, Size: 1232, DO: true}); m.EDNS != want {
		t.Errorf("RFC 6891 section 6.1.3: %+v, want %+v", m.EDNS, want)
	}
	if m.Size != 43 {
		t.Errorf("size %d", m.Size)
	}
}

func TestParseAnswer(t *testing.T) {
	m, err := Parse(googleAnswer())
	if err != nil {
		t.Fatal(err)
	}
	a := netip.MustParseAddr
	want := []Record{
		{Name: "www.google.com", Type: TypeCNAME, Class: ClassIN, TTL: 5 * time.Minute,
			Data: "www.l.google.com", Target: "www.l.google.com", Span: wire.Span{Off: 32, Len: 20}},
		{Name: "www.l.google.com", Type: TypeA, Class: ClassIN, TTL: 5 * time.Minute,
			Data: "203.0.113.82", Addr: a("203.0.113.82"), Span: wire.Span{Off: 52, Len: 16}},
		{Name: "www.l.google.com", Type: TypeA, Class: ClassIN, TTL: 5 * time.Minute,
			Data: "203.0.113.83", Addr: a("203.0.113.83"), Span: wire.Span{Off: 68, Len: 16}},
	}
	if len(m.Answers) != len(want) {
		t.Fatalf("%d answers", len(m.Answers))
	}
	for i := range want {
		if m.Answers[i] != want[i] {
			t.Errorf("RFC 1035 section 4.1.4: answer %d = %+v, want %+v", i, m.Answers[i], want[i])
		}
	}
	if len(m.Authorities) != 1 || m.Authorities[0].Name != "google.com" || m.Authorities[0].Data != "ns1.google.com" {
		t.Errorf("authorities = %+v", m.Authorities)
	}
	if len(m.Additionals) != 1 || m.Additionals[0].Type != TypeOPT || m.Additionals[0].TTL != 0 {
		t.Errorf("additionals = %+v", m.Additionals)
	}
}

func TestParseEveryPrefix(t *testing.T) {
	for _, good := range [][]byte{googleQuery(), googleAnswer()} {
		wiretest.Prefixes(t, good, func(b []byte) error {
			_, err := Parse(b)
			return err
		}, nil)
	}
}

func TestParseFlags(t *testing.T) {
	for _, c := range []struct {
		ref   string
		flags int
		got   func(*Message) bool
	}{
		{"RFC 1035 section 4.1.1", bitQR, func(m *Message) bool { return m.Response }},
		{"RFC 1035 section 4.1.1", bitAA, func(m *Message) bool { return m.Authoritative }},
		{"RFC 1035 section 4.1.1", bitTC, func(m *Message) bool { return m.Truncated }},
		{"RFC 1035 section 4.1.1", bitRD, func(m *Message) bool { return m.RecursionDesired }},
		{"RFC 1035 section 4.1.1", bitRA, func(m *Message) bool { return m.RecursionAvailable }},
		{"RFC 4035 section 3.2.3", bitAD, func(m *Message) bool { return m.AuthenticData }},
		{"RFC 4035 section 3.2.2", bitCD, func(m *Message) bool { return m.CheckingDisabled }},
		{"RFC 1996 section 3.3", 4 << opShift, func(m *Message) bool { return m.OpCode == OpNotify }},
		{"RFC 1035 section 4.1.1", 3, func(m *Message) bool { return m.RCode == NXDomain }},
	} {
		with, _ := Parse(header(c.flags))
		without, _ := Parse(header(0xffff &^ c.flags))
		if !c.got(&with) || c.got(&without) {
			t.Errorf("%s: flags %#x", c.ref, c.flags)
		}
	}
}

func TestParseExtendedRCode(t *testing.T) {
	m, err := Parse(join(header(bitQR|7, 0, 0, 0, 1), opt(1)))
	if err != nil || m.RCode != 23 {
		t.Errorf("RFC 6891 section 6.1.3: rcode %d, err %v", m.RCode, err)
	}
}

func TestParseKeepsWhatItReadOfABadMessage(t *testing.T) {
	for _, c := range []struct {
		ref     string
		b       []byte
		want    error
		text    string
		answers int
	}{
		{"RFC 1035 section 3.4.1: three bytes of address, and a good record after it",
			join(header(answer, 0, 2), record(wireName("."), TypeA, 1, 2, 3), record(wireName("."), TypeA, 1, 2, 3, 4)),
			wire.ErrMalformed, "dns: answer[0].address: 4 bytes at offset 23: malformed", 2},
		{"RFC 1035 section 3.4.1: five bytes of address",
			one(TypeA, 1, 2, 3, 4, 5),
			wire.ErrMalformed, "dns: answer[0].rdata: 1 bytes at offset 43: malformed", 1},
		{"RFC 1035 section 4.1.1: half a header", header(answer, 1, 1)[:9],
			wire.ErrShort, "dns: nscount: 2 bytes at offset 8: message ends", 0},
		{"RFC 1035 section 4.1.1: more records counted than sent",
			join(header(answer, 0, 2), record(wireName("."), TypeA, 1, 2, 3, 4)),
			wire.ErrShort, "dns: answer[1].name: 1 bytes at offset 27: message ends", 1},
		{"RFC 1035 section 4.1.3: data longer than the message",
			join(header(answer, 0, 1), record(wireName("."), TypeA, 1, 2, 3, 4)[:13]),
			wire.ErrShort, "dns: answer[0].rdata: 4 bytes at offset 23: message ends", 0},
	} {
		m, err := Parse(c.b)
		if !errors.Is(err, c.want) || err.Error() != c.text {
			t.Errorf("%s: error %v", c.ref, err)
		}
		if m.ID != 0x1234 || len(m.Answers) != c.answers {
			t.Errorf("%s: id %#x, %d answers", c.ref, m.ID, len(m.Answers))
		}
	}
}

func TestParseAgainForgets(t *testing.T) {
	var m Message
	if err := m.Parse(googleAnswer()); err != nil {
		t.Fatal(err)
	}
	if err := m.Parse(header(0)); err != nil {
		t.Fatal(err)
	}
	if m.Response || m.EDNS.Present || len(m.Questions)+len(m.Answers)+len(m.Authorities)+len(m.Additionals) != 0 {
		t.Errorf("left over: %+v", m)
	}
}

// A header may count what its message can not hold.
func TestCountsDoNotSizeAnything(t *testing.T) {
	b := header(answer, 65535, 65535, 65535, 65535)
	if n := testing.AllocsPerRun(10, func() { Parse(b) }); n > 10 {
		t.Errorf("%v allocations", n)
	}
}

// Compression lets each of thousands of records have a long name of escapes.
func TestTextOfOneMessageIsBounded(t *testing.T) {
	label := append([]byte{63}, bytes.Repeat([]byte{1}, 63)...)
	b := join(header(answer, 1, 65535), label, label, label, []byte{61}, make([]byte, 61), []byte{0, 0, 1, 0, 1})
	for i := 0; len(b) < 60000; i++ {
		short := []byte{2, byte('a' + i%26), byte('a' + i/26%26)}
		b = append(b, record(append(short, pointer(headerLen+64)...), TypeTXT, 1, byte(i))...)
	}
	m, err := Parse(b)
	if !errors.Is(err, wire.ErrMalformed) {
		t.Errorf("error %v", err)
	}
	total := 0
	for _, r := range m.Answers {
		total += len(r.Name) + len(r.Data)
	}
	if total == 0 || total > maxText+1024 {
		t.Errorf("%d bytes of text", total)
	}
	if err := m.Parse(header(0)); err != nil || cap(m.Answers) > keptRecords || cap(m.text) > keptText {
		t.Errorf("room for %d records and %d bytes is kept", cap(m.Answers), cap(m.text))
	}
}

func FuzzParse(f *testing.F) {
	f.Add(googleQuery())
	f.Add(googleAnswer())
	for _, c := range rdataCases {
		f.Add(one(c.kind, c.rdata...))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		Looks(b)
		m, err := Parse(b)
		var e *wire.Error
		if err != nil && (!errors.As(err, &e) || e.Span.Off < 0 || e.Span.Off > len(b)) {
			t.Errorf("error %v", err)
		}
		for _, fact := range m.Facts() {
			if fact.Span.Off < 0 || fact.Span.Len < 0 || fact.Span.End() > len(b) {
				t.Errorf("%s at %v of %d bytes", fact.Name, fact.Span, len(b))
			}
		}
		if len(m.Questions) > 0 {
			m.Resolve(m.Questions[0].Name)
		}
	})
}

func benchmarkParse(b *testing.B, data []byte) {
	var m Message
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if err := m.Parse(data); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkParseQuery(b *testing.B)  { benchmarkParse(b, googleQuery()) }
func BenchmarkParseAnswer(b *testing.B) { benchmarkParse(b, googleAnswer()) }

func TestParseAllocations(t *testing.T) {
	for _, c := range []struct {
		name string
		b    []byte
		most float64
	}{
		{"query", googleQuery(), 2},
		{"answer with four records", googleAnswer(), 6},
	} {
		var m Message
		n := testing.AllocsPerRun(100, func() {
			m.names = names{} // every name is new
			if err := m.Parse(c.b); err != nil {
				t.Fatal(err)
			}
		})
		if n > c.most {
			t.Errorf("%s: %v allocations, want at most %v", c.name, n, c.most)
		}
	}
}
