package http2

import (
	"fmt"
	"strings"

	"github.com/pktjourney/pktjourney/decode/capture/captest/packet"
	"github.com/pktjourney/pktjourney/decode/flow"
)

const (
	cl = flow.FromOriginator
	sv = flow.FromResponder
)

// event is what a test does to a connection: give bytes, tell of a gap, or end a direction.
type event struct {
	dir   flow.Dir
	b     string
	gap   int
	close bool
}

func c2s(b ...string) event { return event{dir: cl, b: strings.Join(b, "")} }
func s2c(b ...string) event { return event{dir: sv, b: strings.Join(b, "")} }

func frame(kind FrameType, flags uint8, stream uint32, payload string) string {
	return packet.HTTP2Frame(uint8(kind), flags, stream, payload)
}

var (
	headers  = packet.HTTP2Headers
	data     = packet.HTTP2Data
	settings = packet.HTTP2Settings
	block    = packet.HTTP2Fields
)

func get(stream uint32, path string) string {
	return headers(stream, true, ":method: GET", ":scheme: http", ":path: "+path, ":authority: www.example.com:80")
}

func ok(stream uint32, end bool) string {
	return headers(stream, end, ":status: 200", "content-type: text/html; charset=utf-8")
}

var ping = frame(TypePing, 0, 0, "12345678")

func run(c *Conn, events []event) []string {
	var lines []string
	for _, e := range events {
		var parts []Part
		switch {
		case e.close:
			parts = c.Close(e.dir, nil)
		case e.gap > 0:
			parts = c.Gap(e.dir, e.gap, nil)
		default:
			parts = c.Data(e.dir, []byte(e.b), nil)
		}
		lines = append(lines, show(parts))
	}
	return lines
}

// show writes parts like "1:GET{head}": the stream, then the method or the status code, "{" where the
// message begins, "head" where its header is known, its bytes of data so far, "}" where it ends. Control frames stand in
// brackets, "-" is nothing that could be told apart, with its length.
func show(parts []Part) string {
	var words []string
	for _, p := range parts {
		w := ""
		switch m := p.Message; {
		case m == nil && p.Control == 0:
			w = fmt.Sprintf("- %d", p.Len)
		case m == nil:
			w = "[" + p.Control.String() + "]"
		default:
			w = fmt.Sprintf("%d:%s", m.Stream, what(m))
			if p.Begin {
				w += "{"
			}
			if p.Head {
				w += "head"
			}
			if m.BodyBytes > 0 {
				w += fmt.Sprint(" ", m.BodyBytes)
			}
			if p.End {
				w += "}"
			}
		}
		if p.Err != nil {
			w += " " + p.Err.Error()
		}
		words = append(words, w)
	}
	return strings.Join(words, " ")
}

func what(m *Message) string {
	switch {
	case m.Method != "":
		return m.Method
	case m.StatusCode != 0:
		return fmt.Sprint(m.StatusCode)
	case m.Request:
		return "request"
	}
	return "response"
}
