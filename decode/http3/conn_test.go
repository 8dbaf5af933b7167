package http3

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/quic-go/qpack"

	"github.com/pktjourney/pktjourney/decode/fact"
)

// frame is a frame with its type and length in front (RFC 9114 section 7.1).
func frame(typ byte, payload []byte) []byte {
	n := len(payload)
	return append([]byte{typ, 0x40 | byte(n>>8), byte(n)}, payload...)
}

// headers is a HEADERS frame with fields given as name, value, name, value.
func headers(fields ...string) []byte {
	var b bytes.Buffer
	e := qpack.NewEncoder(&b)
	for i := 0; i < len(fields); i += 2 {
		if err := e.WriteField(qpack.HeaderField{Name: fields[i], Value: fields[i+1]}); err != nil {
			panic(err)
		}
	}
	e.Close()
	return frame(frameHeaders, b.Bytes())
}

func joined(list ...[]byte) []byte { return bytes.Join(list, nil) }

var (
	get  = headers(":method", "GET", ":scheme", "https", ":authority", "www.Example.com:443", ":path", "/a?b", "x-own", "1")
	okay = joined(headers(":status", "103", "link", "</style>"), frame(0x21, []byte("grease")),
		headers(":status", "200", "content-type", "text/html; charset=utf-8", "content-length", "5"),
		frame(frameData, []byte("he")), frame(frameData, []byte("llo")), headers("trailer", "1"))
)

// told is what the parts of both directions say, one word for each end of a head or message.
func told(c *Conn, fromClient bool, id uint64, b []byte, size int) (words []string) {
	say := func(parts []Part) {
		for _, p := range parts {
			if p.Head {
				words = append(words, fmt.Sprintf("%s%s %s", p.Message.Method, code(p.Message), p.Message.Path))
			}
			if p.End {
				words = append(words, fmt.Sprintf("end %v %d", p.Message.Complete, p.Message.BodyBytes))
			}
		}
	}
	for len(b) > 0 {
		n := min(size, len(b))
		say(c.Data(fromClient, id, b[:n], n == len(b), nil))
		b = b[n:]
	}
	return words
}

func code(m *Message) string {
	if m.Request {
		return ""
	}
	return fmt.Sprint(m.StatusCode)
}

func TestMessages(t *testing.T) {
	for size := 1; size < 300; size++ {
		var c Conn
		got := fmt.Sprintf("%q", append(told(&c, true, 0, get, size), told(&c, false, 0, okay, size)...))
		want := `["GET /a?b" "end true 0" "103 " "end true 0" "200 " "end true 5"]`
		if got != want {
			t.Fatalf("%d bytes at a time: %s", size, got)
		}
		if n := len(c.half[0].streams) + len(c.half[1].streams); n != 0 {
			t.Fatalf("%d streams are kept", n)
		}
	}
}

func TestFacts(t *testing.T) {
	var c Conn
	request := c.Data(true, 4, get, true, nil)[0].Message
	response := c.Data(false, 4, okay, true, nil)
	last := response[len(response)-1].Message
	l := request.AppendFacts(nil, true)
	for name, want := range map[fact.Name]string{fact.HTTPVersion: "3", fact.HTTPRequestMethod: "GET", fact.URLPath: "/a?b", fact.URLDomain: "www.example.com"} {
		if got := l.Text(name); got != want {
			t.Errorf("request: %s is %q, want %q", name, got, want)
		}
	}
	l = last.AppendFacts(nil, true)
	for name, want := range map[fact.Name]string{fact.HTTPResponseStatusCode: "200", fact.HTTPResponseMIMEType: "text/html", fact.HTTPResponseBytes: "5"} {
		if got := l.Text(name); got != want {
			t.Errorf("response: %s is %q, want %q", name, got, want)
		}
	}
	if last.AnswerTo != request {
		t.Error("the response does not know its request")
	}
}

// Fields in the dynamic table are counted, those beside them are read (RFC 9204 section 4.5).
func TestDynamicTable(t *testing.T) {
	section := []byte{2, 0, 0x80, 0xd1, 0x10} // indexed dynamic, :method GET of the static table, indexed behind the base
	var c Conn
	m := c.Data(true, 0, frame(frameHeaders, section), true, nil)[0].Message
	if m.Unknown != 2 || m.Method != "GET" || m.HeadErr != nil {
		t.Errorf("%d unknown, method %q, %v", m.Unknown, m.Method, m.HeadErr)
	}
}

func TestBrokenSections(t *testing.T) {
	for _, section := range [][]byte{{}, {0}, {0, 0, 0x50}, {0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}, {0, 0, 0x27, 0xff}} {
		var c Conn
		if parts := c.Data(true, 0, frame(frameHeaders, section), true, nil); len(parts) == 0 || parts[0].Message.HeadErr == nil {
			t.Errorf("% x is taken for a field section", section)
		}
	}
}

func TestBounds(t *testing.T) {
	var c Conn
	for id := uint64(0); id < 8000; id += 4 {
		c.Data(true, id, get, false, nil)
	}
	if n := len(c.half[0].streams); n != maxStreams {
		t.Errorf("%d streams are followed", n)
	}
	if parts := c.Data(true, 8000, get, true, nil); len(parts) != 1 || parts[0].Message.Method != "GET" {
		t.Errorf("after many streams without an answer: %+v", parts)
	}
	huge := append([]byte{frameHeaders, 0xc0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff}, make([]byte, 1<<20)...)
	c = Conn{}
	c.Data(true, 0, huge, false, nil)
	if n := cap(c.half[0].streams[0].section); n > maxSection {
		t.Errorf("%d bytes of a field section are kept", n)
	}
	long := append([]byte{frameHeaders, 0x80, 1, 0, 1}, make([]byte, maxSection-len(get)+3)...) // 64 KiB and one
	parts := (&Conn{}).Data(true, 0, append(long, get[2:]...), true, nil)
	if m := parts[0].Message; !m.HeadComplete || m.HeadErr == nil || m.Method != "" {
		t.Errorf("of a field section that is too long: %+v", m)
	}
}

// A stream that is broken off ends its message without completing it (RFC 9114 section 4.1.1).
func TestReset(t *testing.T) {
	var c Conn
	c.Data(false, 0, okay[:len(okay)-20], false, nil)
	parts := c.Reset(false, 0, nil)
	if len(parts) != 1 || !parts[0].End || parts[0].Message.Complete || !parts[0].Message.Reset {
		t.Errorf("%+v", parts)
	}
}

func FuzzConn(f *testing.F) {
	f.Add(get, okay, uint8(7))
	f.Add([]byte{frameHeaders, 3, 2, 0, 0x80}, []byte{0x40, 0x42, 1, 9}, uint8(1))
	f.Fuzz(func(t *testing.T, request, response []byte, size uint8) {
		var whole, cut Conn
		one := fmt.Sprint(told(&whole, true, 0, request, 1<<20), told(&whole, false, 0, response, 1<<20))
		if other := fmt.Sprint(told(&cut, true, 0, request, int(size)+1), told(&cut, false, 0, response, int(size)+1)); one != other {
			t.Errorf("whole %s, in pieces %s", one, other)
		}
	})
}
