package http2

import (
	"runtime"
	"strings"
	"testing"
)

// A short block that stands for a long list of fields.
func TestFieldListIsBounded(t *testing.T) {
	var c Conn
	long := "\x40\x01a\x7f\xa1\x1e" + strings.Repeat("v", 4000) // a field of 4,033 bytes, now in the table
	bomb := "\x82" + long + strings.Repeat("\xbe", 10000) + "\x44\x02/x"
	m := c.Data(cl, []byte(Preface+frame(TypeHeaders, flagEndHeaders, 1, bomb)), nil)[1].Message
	if m.Method != "GET" || m.Path != "" || m.HeadErr == nil || m.HeadComplete {
		t.Errorf("%+v", m)
	}
	m = c.Data(cl, []byte(frame(TypeHeaders, flagEndHeaders, 3, "\x82\xbe")), nil)[0].Message
	if m.Method != "GET" || m.Path != "/x" || m.HeadErr != nil {
		t.Errorf("the next one: %+v", m)
	}
}

// Field blocks without end.
func TestContinuationIsBounded(t *testing.T) {
	var c Conn
	c.Data(cl, []byte(Preface+frame(TypeHeaders, 0, 1, "\x82")), nil)
	before := heap()
	for _, piece := range []string{"\x00\x01a\x01b", "\x00\x7f\xff\xff\x7f" + strings.Repeat("n", 1000), ""} {
		more := []byte(strings.Repeat(frame(TypeContinuation, 0, 1, piece), 20))
		for range 2000 {
			c.Data(cl, more, nil)
		}
	}
	if grown := heap() - before; int64(grown) > 1<<20 {
		t.Errorf("%d bytes more", grown)
	}
	runtime.KeepAlive(&c)
}

func TestStreamsAreBounded(t *testing.T) {
	var c Conn
	c.Data(cl, []byte(Preface), nil)
	for id := uint32(1); id < 20000; id += 2 {
		c.Data(cl, []byte(get(id, "/")), nil)
	}
	if len(c.streams.open) != maxStreams || len(c.streams.order) > 2*maxStreams {
		t.Errorf("%d streams, %d in order", len(c.streams.open), len(c.streams.order))
	}
	got := strings.Join(run(&c, []event{s2c(ok(19999, true), ok(1, true))}), "\n")
	if got != "19999:200{head} 1:200{head}" {
		t.Error(got)
	}
}

func TestBodiesAreBounded(t *testing.T) {
	var c Conn
	c.Data(cl, []byte(Preface+headers(1, false, ":method: POST", "content-type: application/dns-message")), nil)
	var m *Message
	for range 10 {
		m = c.Data(cl, []byte(data(1, false, strings.Repeat("x", 8000))), nil)[0].Message
	}
	if m.BodyBytes != 80000 || m.Body != nil {
		t.Errorf("%d bytes, %d kept", m.BodyBytes, len(m.Body))
	}
}

// Bytes that only continue a body cost nothing.
func TestDataDoesNotAllocate(t *testing.T) {
	var c Conn
	c.Data(sv, []byte(settings()+ok(1, false)), nil)
	body := []byte(data(1, false, strings.Repeat("x", 5000)))
	var parts []Part
	if n := testing.AllocsPerRun(100, func() {
		parts = c.Data(sv, body[:1400], parts[:0])
		parts = c.Data(sv, body[1400:], parts[:0])
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

func BenchmarkData(b *testing.B) {
	var c Conn
	c.Data(sv, []byte(settings()+ok(1, false)), nil)
	body := []byte(strings.Repeat(data(1, false, strings.Repeat("x", 1400)), 10))
	var parts []Part
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		parts = c.Data(sv, body, parts[:0])
	}
}

// BenchmarkHostile is about the dearest bytes: each three of them push one entry out of a full table.
func BenchmarkHostile(b *testing.B) {
	var c Conn
	c.Data(cl, []byte(Preface), nil)
	c.Data(sv, []byte(settings(settingHeaderTableSize, maxTable)), nil)
	c.Data(cl, []byte(frame(TypeHeaders, flagEndHeaders, 1, "\x3f\xe1\xff\x03")), nil)
	evil := []byte(frame(TypeHeaders, flagEndHeaders|flagEndStream, 1, strings.Repeat("\x40\x00\x00", 5000)))
	var parts []Part
	b.SetBytes(int64(len(evil)))
	for b.Loop() {
		parts = c.Data(cl, evil, parts[:0])
	}
}
