package secret

import (
	"bytes"
	"strings"
	"testing"
)

const random = "00112233445566778899aabbccddeeff00112233445566778899AABBCCDDEEFF"

func bytesOf() []byte {
	return bytes.Repeat([]byte{0, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88, 0x99, 0xaa, 0xbb, 0xcc, 0xdd, 0xee, 0xff}, 2)
}

func TestAdd(t *testing.T) {
	for _, c := range []struct {
		name, line string
		label      string
		want       string
	}{
		{"TLS 1.2", "CLIENT_RANDOM " + random + " 0102\n", Master, "\x01\x02"},
		{"TLS 1.3", "CLIENT_HANDSHAKE_TRAFFIC_SECRET " + random + " ff\r\n", ClientHandshake, "\xff"},
		{"a pre-master secret", "RSA 0011223344556677 0303", PreMaster, "\x03\x03"},
		{"a pre-master secret with a random", "RSA " + random + " 0303", PreMaster, ""},
		{"a random of the wrong length", "CLIENT_RANDOM 0011223344556677 0303", Master, ""},
		{"without the end of the line", "SERVER_TRAFFIC_SECRET_0 " + random + " 00", ServerTraffic, "\x00"},
		{"a comment", "# SERVER_TRAFFIC_SECRET_0 " + random + " 00", ServerTraffic, ""},
		{"a label of no use", "EXPORTER_SECRET " + random + " 00", "EXPORTER_SECRET", ""},
		{"a short random", "CLIENT_RANDOM 0011 00", Master, ""},
		{"no hexadecimal digits", "CLIENT_RANDOM " + random + " 0g", Master, ""},
		{"half a digit", "CLIENT_RANDOM " + random + " 012", Master, ""},
		{"a long secret", "CLIENT_RANDOM " + random + " " + strings.Repeat("00", 65), Master, ""},
		{"too few fields", "CLIENT_RANDOM " + random, Master, ""},
		{"nothing", "", Master, ""},
	} {
		var l Log
		n := l.Add([]byte(c.line))
		if got := string(l.Find(c.label, bytesOf()[:idLen(c.label)])); got != c.want || (n == 1) != (c.want != "") || l.Empty() != (c.want == "") {
			t.Errorf("%s: %q, %d secrets", c.name, got, n)
		}
	}
}

func TestFindInNoLog(t *testing.T) {
	var l *Log
	if l.Find(Master, bytesOf()) != nil || !l.Empty() {
		t.Error("no log has secrets")
	}
}

func FuzzAdd(f *testing.F) {
	f.Add([]byte("CLIENT_RANDOM " + random + " 0102\n# comment\n\nSERVER_TRAFFIC_SECRET_0 " + random + " 00"))
	f.Fuzz(func(t *testing.T, text []byte) {
		var l Log
		if n := l.Add(text); (n > 0) == l.Empty() {
			t.Errorf("%d secrets, empty: %v", n, l.Empty())
		}
	})
}
