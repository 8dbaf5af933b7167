package packet

import (
	"bytes"
	"encoding/binary"
	"strings"

	"golang.org/x/net/http2/hpack"
)

// HTTP2Preface is what a client of HTTP/2 sends first (RFC 9113 section 3.4).
const HTTP2Preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"

// HTTP2Frame is one frame of HTTP/2 (RFC 9113 section 4.1).
func HTTP2Frame(kind, flags uint8, stream uint32, payload string) string {
	n := len(payload)
	head := []byte{byte(n >> 16), byte(n >> 8), byte(n), kind, flags}
	return string(binary.BigEndian.AppendUint32(head, stream)) + payload
}

// HTTP2Settings is a SETTINGS frame with pairs of identifier and value.
func HTTP2Settings(pairs ...uint32) string {
	var b []byte
	for i := 0; i < len(pairs); i += 2 {
		b = binary.BigEndian.AppendUint16(b, uint16(pairs[i]))
		b = binary.BigEndian.AppendUint32(b, pairs[i+1])
	}
	return HTTP2Frame(4, 0, 0, string(b))
}

// HTTP2Headers is a HEADERS frame, the last frame of its message if end is set. Fields are as in ":path: /".
func HTTP2Headers(stream uint32, end bool, fields ...string) string {
	return HTTP2Frame(1, 4|endStream(end), stream, HTTP2Fields(fields...))
}

// HTTP2Data is a DATA frame.
func HTTP2Data(stream uint32, end bool, data string) string {
	return HTTP2Frame(0, endStream(end), stream, data)
}

// HTTP2Fields is a field block that puts nothing into the dynamic table (RFC 7541 section 6.2.3).
func HTTP2Fields(fields ...string) string {
	var b bytes.Buffer
	e := hpack.NewEncoder(&b)
	for _, f := range fields {
		i := strings.Index(f[1:], ": ") + 1
		e.WriteField(hpack.HeaderField{Name: f[:i], Value: f[i+2:], Sensitive: true})
	}
	return b.String()
}

func endStream(end bool) uint8 {
	if end {
		return 1
	}
	return 0
}
