package annotate_test

import (
	"strings"
	"testing"

	"github.com/pktjourney/pktjourney/annotate"
	"github.com/pktjourney/pktjourney/decode/capture/captest/packet"
)

// A BGP message says who speaks and which way leads where (RFC 4271).
func TestBGPDetail(t *testing.T) {
	marker := strings.Repeat("\xff", 16)
	open := marker + "\x00\x1d\x01" + "\x04\xfd\xe9\x00\xb4\x0a\x00\x00\x01\x00"
	path := "\x40\x01\x01\x00" + "\x40\x02\x06\x02\x02\xfd\xe9\xfd\xea" + "\x40\x03\x04\xcb\x00\x71\x01"
	update := marker + "\x00\x2f\x02" + "\x00\x00\x00\x14" + path + "\x18\xc6\x33\x64"
	c := packet.New()
	s := c.Connection("203.0.113.1:40000 > 203.0.113.2:179")
	s.Open()
	s.Client.Send(open)
	s.Client.Send(update)
	r := annotated(t, c.Frames(), annotate.Options{})
	for frame, want := range map[int]string{4: "BGP open: AS 65001, router 10.0.0.1", 5: "BGP update: 198.51.100.0/24 over AS 65001 65002"} {
		if l := r.frames[frame]; l.Detail != want || l.Step != "1.5" {
			t.Errorf("frame %d: step %s, %q, want %q", frame, l.Step, l.Detail, want)
		}
	}
}
