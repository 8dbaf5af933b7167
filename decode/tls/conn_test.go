package tls

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/pktjourney/pktjourney/decode/flow"
)

const (
	cl = flow.FromOriginator
	sv = flow.FromResponder
)

// chunk is what a test feeds: bytes, or a gap when b is nil.
type chunk struct {
	dir flow.Dir
	b   []byte
	gap int
}

func feed(c *Conn, chunks []chunk) (lines []string) {
	for _, k := range chunks {
		if k.gap > 0 {
			lines = append(lines, show(c.Gap(k.dir, k.gap, nil)))
		} else {
			lines = append(lines, show(c.Data(k.dir, k.b, nil)))
		}
	}
	return lines
}

func TestConn(t *testing.T) {
	hello := clientHello(nil, serverName)
	record := rec(TypeHandshake, hello...)
	n := len(record)
	for _, c := range []struct {
		reason, ref string
		chunks      []chunk
		want        []string
	}{
		{"one message in one record", "RFC 8446 section 5.1", []chunk{{cl, record, 0}},
			[]string{fmt.Sprintf("handshake %d[client_hello]", n)}},
		{"a record over three chunks, the first within its header", "RFC 8446 section 5.1",
			[]chunk{{cl, record[:3], 0}, {cl, record[3:40], 0}, {cl, record[40:], 0}},
			[]string{"handshake 3...", "handshake +37...", fmt.Sprintf("handshake +%d[client_hello]", n-40)}},
		{"a message over two records", "RFC 8446 section 5.1",
			[]chunk{{cl, join(rec(TypeHandshake, hello[:2]...), rec(TypeHandshake, hello[2:]...)), 0}},
			[]string{fmt.Sprintf("handshake 7 handshake %d[client_hello]", n-2)}},
		{"several messages in a record", "RFC 5246 section 6.2.1",
			[]chunk{{sv, rec(TypeHandshake, join(serverHello(nil, 47), message(TypeCertificate, 1, 2, 3), message(TypeServerHelloDone))...), 0}},
			[]string{"handshake 58[server_hello certificate server_hello_done]"}},
		{"encrypted after ChangeCipherSpec", "RFC 5246 section 7.1",
			[]chunk{{cl, join(rec(TypeChangeCipherSpec, 1), recN(TypeHandshake, 40), recN(TypeAlert, 26), recN(TypeApplicationData, 0)), 0}},
			[]string{"change_cipher_spec 6 handshake 45[encrypted_handshake_message] alert 31 application_data? 5"}},
		{"heartbeat", "RFC 6520 section 3", []chunk{{cl, recN(TypeHeartbeat, 19), 0}}, []string{"heartbeat 24"}},
		{"a gap inside a record", "RFC 8446 section 5.1",
			[]chunk{{cl, recN(TypeApplicationData, 100)[:20], 0}, {cl, nil, 80}, {cl, nil, 5}, {cl, recN(TypeApplicationData, 9)[:10], 0}},
			[]string{"application_data? 20...", "application_data? +80...", "application_data? +5", "application_data? 10..."}},
		{"a gap beyond a record, then a record", "RFC 8446 section 5.1",
			[]chunk{{cl, recN(TypeApplicationData, 100)[:20], 0}, {cl, nil, 90}, {cl, []byte("junk"), 0}, {cl, recN(TypeAlert, 9), 0}},
			[]string{"application_data? 20...", "application_data? +85 unknown 5", "unknown 4", "alert 14"}},
		{"a gap inside a header", "RFC 8446 section 5.1",
			[]chunk{{cl, []byte{23, 3}, 0}, {cl, nil, 1}, {cl, []byte{1, 2, 3}, 0}, {cl, record, 0}},
			[]string{"application_data 2...", "unknown 1", "unknown 3", fmt.Sprintf("handshake %d[client_hello]", n)}},
		{"a gap inside a message hides it, but not the next", "RFC 8446 section 5.1",
			[]chunk{{cl, record[:20], 0}, {cl, nil, n - 30}, {cl, record[n-10:], 0}, {cl, record, 0}},
			[]string{"handshake 20...", fmt.Sprintf("handshake +%d...", n-30), "handshake +10", fmt.Sprintf("handshake %d[client_hello]", n)}},
		{"no record is that long", "RFC 5246 section 6.2.3",
			[]chunk{{cl, []byte{23, 3, 3, 0x48, 1, 0, 0}, 0}, {cl, record, 0}},
			[]string{"unknown 7", fmt.Sprintf("handshake %d[client_hello]", n)}},
		{"after a record comes none", "RFC 8446 section 5.1",
			[]chunk{{cl, append(rec(TypeAlert, 2, 40), "HTTP/1.1 400"...), 0}}, []string{"alert 7 unknown 12"}},
		{"a message that does not exist", "RFC 8446 section 4",
			[]chunk{{cl, rec(TypeHandshake, 99, 0, 0, 1, 1), 0}, {cl, record, 0}},
			[]string{"handshake 10", fmt.Sprintf("handshake %d[client_hello]", n)}},
		{"an SSL 2.0 ClientHello, then TLS", "RFC 5246 appendix E.2",
			[]chunk{{cl, oldClientHello, 0}, {cl, rec(TypeAlert, 1, 0), 0}}, []string{"handshake 11[client_hello]", "alert 7"}},
	} {
		var conn Conn
		got := feed(&conn, c.chunks)
		if strings.Join(got, "\n") != strings.Join(c.want, "\n") {
			t.Errorf("%s (%s): got\n%q\nwant\n%q", c.reason, c.ref, got, c.want)
		}
	}
}

func TestConnRefusesHugeMessages(t *testing.T) {
	var c Conn
	parts := c.Data(sv, rec(TypeHandshake, 11, 4, 0, 1, 9, 9), nil)
	if parts[0].Err == nil || parts[0].Handshakes != nil {
		t.Errorf("a certificate beyond 256 KiB: %+v", parts)
	}
	for _, m := range []struct {
		typ  HandshakeType
		kept int
	}{{TypeServerKeyExchange, maxIdle}, {TypeCertificate, maxCertificate + maxCertificate/2}} {
		var c Conn
		for range 1000 { // what the record claims is not kept
			parts = c.Data(sv, rec(TypeHandshake, append([]byte{byte(m.typ), 4, 0, 0}, make([]byte, 1<<14)...)...), parts[:0])
		}
		if n := cap(c.half[sv].messages.buf); n > m.kept {
			t.Errorf("keeps %d bytes of %v", n, m.typ)
		}
	}
}

func TestConnKeepsAPartOfAHello(t *testing.T) {
	var c Conn
	hello := append([]byte{1, 3, 0, 0}, make([]byte, 1<<14-4)...)
	parts := c.Data(cl, rec(TypeHandshake, hello...), nil)
	for range 100 {
		parts = c.Data(cl, recN(TypeHandshake, 1<<14), parts[:0])
	}
	if n := cap(c.half[cl].messages.buf); n > maxMessage {
		t.Errorf("keeps %d bytes", n)
	}
}

func TestCloseForgets(t *testing.T) {
	var c Conn
	c.Data(cl, rec(TypeHandshake, clientHello(nil)...)[:30], nil)
	if parts := c.Close(cl, nil); len(parts) != 0 || c.half[cl].messages != nil {
		t.Errorf("parts %v", parts)
	}
}

func TestResumed(t *testing.T) {
	done := message(TypeServerHelloDone)
	ccs := rec(TypeChangeCipherSpec, 1)
	id := []byte("id")
	for _, c := range []struct {
		reason, ref    string
		client, server []byte
		want           bool
	}{
		{"the identifier comes back", "RFC 5246 section 7.3", clientHello(id), join(rec(TypeHandshake, serverHello(id, 47)...), ccs), true},
		{"another identifier", "RFC 5246 section 7.3", clientHello(id), join(rec(TypeHandshake, serverHello([]byte("new"), 47)...), rec(TypeHandshake, done...)), false},
		{"an accepted ticket", "RFC 5077 section 3.1", clientHello(nil, ticket), join(rec(TypeHandshake, serverHello(nil, 47)...), ccs), true},
		{"a refused ticket", "RFC 5077 section 3.1", clientHello(nil, ticket), join(rec(TypeHandshake, join(serverHello(nil, 47), done)...), ccs), false},
		{"TLS 1.3 echoes the identifier always", "RFC 8446 section 4.1.3", clientHello(id, client13), join(rec(TypeHandshake, serverHello(id, 0x1301, server13)...), ccs), false},
		{"a pre-shared key", "RFC 8446 section 2.2", clientHello(id, client13, clientPSK), rec(TypeHandshake, serverHello(id, 0x1301, server13, serverPSK)...), true},
	} {
		var conn Conn
		conn.Data(cl, rec(TypeHandshake, c.client...), nil)
		conn.Data(sv, c.server, nil)
		if conn.Resumed() != c.want {
			t.Errorf("%s (%s): resumed %v", c.reason, c.ref, conn.Resumed())
		}
	}
}

// place is where a record or a message ended in a direction's bytes.
type place struct {
	end  int
	what string
}

// places feeds stream in chunks of the sizes that cut gives and lists what ended where.
func places(stream []byte, cut func(i int) int) (list []place) {
	var c Conn
	off := 0
	for i := 0; len(stream) > 0; i++ {
		n := min(max(cut(i), 1), len(stream))
		for _, p := range c.Data(cl, stream[:n], nil) {
			off += p.Len
			if p.End {
				list = append(list, place{off, fmt.Sprint(p.Class, p.Deduced, p.Record)})
			}
		}
		stream = stream[n:]
	}
	return list
}

var clearStream = join(
	rec(TypeHandshake, fullClientHello[:1]...), rec(TypeHandshake, fullClientHello[1:60]...), rec(TypeHandshake, fullClientHello[60:]...),
	rec(TypeHandshake, join(serverHello(nil, 47), message(TypeCertificate, make([]byte, 300)...), message(TypeServerHelloDone))...),
	rec(TypeAlert, 1, 112), rec(TypeChangeCipherSpec, 1), recN(TypeHandshake, 40), recN(TypeApplicationData, 0), recN(TypeApplicationData, 500))

func TestAnySplitGivesTheSameRecords(t *testing.T) {
	want := places(clearStream, func(int) int { return len(clearStream) })
	if len(want) != 9 {
		t.Fatalf("%d records", len(want))
	}
	for size := 1; size < 70; size++ {
		if got := places(clearStream, func(int) int { return size }); fmt.Sprint(got) != fmt.Sprint(want) {
			t.Fatalf("chunks of %d: got\n%v\nwant\n%v", size, got, want)
		}
	}
	for first := range clearStream {
		cut := func(i int) int { return []int{first, len(clearStream)}[min(i, 1)] }
		if got := places(clearStream, cut); fmt.Sprint(got) != fmt.Sprint(want) {
			t.Fatalf("cut at %d: got\n%v\nwant\n%v", first, got, want)
		}
	}
}

// skips gives b to c, by Skip if that takes it, which it must only where Data gives the one part that it says.
func skips(t *testing.T, c *Conn, dir flow.Dir, b []byte, parts []Part) (taken bool) {
	t.Helper()
	if !c.Skip(dir, len(b)) {
		if got := c.Data(dir, b, nil); fmt.Sprint(got) != fmt.Sprint(parts) {
			t.Fatalf("%v, want %v", got, parts)
		}
		return false
	}
	if p := parts[0]; len(parts) != 1 || p.Len != len(b) || p.Begin || p.End || !(p.Class == ApplicationData) {
		t.Fatalf("%d bytes were taken for more of one message; they are %+v", len(b), parts)
	}
	return true
}

func TestSkipIsData(t *testing.T) {
	taken := 0
	for size := 1; size < 70; size++ {
		var c, skipping Conn
		for stream := clearStream; len(stream) > 0; {
			n := min(size, len(stream))
			if skips(t, &skipping, sv, stream[:n], c.Data(sv, stream[:n], nil)) {
				taken++
			}
			stream = stream[n:]
		}
	}
	if taken == 0 {
		t.Error("nothing was taken")
	}
}

func FuzzConn(f *testing.F) {
	f.Add(clearStream, []byte{5, 1, 200, 7})
	f.Add(append(bytes.Clone(oldClientHello), rec(TypeAlert, 1, 0)...), []byte{1, 1, 1})
	f.Add(rec(TypeHandshake, clientHello(nil, client13, early)...), []byte{255})
	f.Fuzz(func(t *testing.T, stream, sizes []byte) {
		var c, skipping Conn
		for i := 0; len(stream) > 0; i++ {
			size := 64
			if len(sizes) > 0 {
				size = int(sizes[i%len(sizes)]) + 1
			}
			n := min(size, len(stream))
			dir := flow.Dir(i & 1)
			var parts []Part
			if size%7 == 0 {
				parts = c.Gap(dir, n, nil)
				skipping.Gap(dir, n, nil)
			} else {
				parts = c.Data(dir, stream[:n], nil)
				skips(t, &skipping, dir, stream[:n], parts)
			}
			sum := 0
			for _, p := range parts {
				sum += p.Len
			}
			if sum != n {
				t.Fatalf("parts cover %d of %d bytes: %+v", sum, n, parts)
			}
			stream = stream[n:]
		}
	})
}

func TestApplicationDataDoesNotAllocate(t *testing.T) {
	var c Conn
	parts := make([]Part, 0, 8)
	record := recN(TypeApplicationData, 1300)
	if n := testing.AllocsPerRun(100, func() { parts = c.Data(sv, record, parts[:0]) }); n != 0 {
		t.Errorf("%v allocations a chunk", n)
	}
}

func BenchmarkApplicationData(b *testing.B) {
	var c Conn
	parts := make([]Part, 0, 8)
	record := recN(TypeApplicationData, 1455)
	b.SetBytes(int64(len(record)))
	b.ReportAllocs()
	for b.Loop() {
		parts = c.Data(sv, record, parts[:0])
	}
}
