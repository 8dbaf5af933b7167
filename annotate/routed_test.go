package annotate_test

import (
	"encoding/binary"
	"fmt"
	"net/netip"
	"strings"
	"testing"

	"github.com/pktjourney/pktjourney/annotate"
	"github.com/pktjourney/pktjourney/decode/capture/captest/packet"
	"github.com/pktjourney/pktjourney/rules"
)

// bgpMessage puts the header before a body (RFC 4271 section 4.1).
func bgpMessage(kind byte, body string) string {
	b := []byte(strings.Repeat("\xff", 16) + "\x00\x00" + string(kind) + body)
	binary.BigEndian.PutUint16(b[16:], uint16(len(b)))
	return string(b)
}

func bgpOpen(as uint16, router string) string {
	return bgpMessage(1, "\x04"+two(as)+"\x00\xb4"+router+"\x00")
}

// bgpUpdate takes prefixes back and announces others over a path of ASes.
func bgpUpdate(gone, prefixes string, path ...uint16) string {
	attributes := ""
	if prefixes != "" {
		ases := ""
		for _, as := range path {
			ases += two(as)
		}
		attributes = "\x40\x01\x01\x00\x40\x02" + string(rune(len(ases)+2)) + "\x02" + string(rune(len(path))) + ases + "\x40\x03\x04\xcb\x00\x71\x02"
	}
	return bgpMessage(2, two(uint16(len(gone)))+gone+two(uint16(len(attributes)))+attributes+prefixes)
}

func two(n uint16) string { return string([]byte{byte(n >> 8), byte(n)}) }

const (
	prefix24 = "\x18\xcb\x00\x71"     // 203.0.113.0/24
	prefix25 = "\x19\xcb\x00\x71\x00" // 203.0.113.0/25
	prefix0  = "\x00"
)

// The way to a server is the one that held when the journey went there.
func TestRoutes(t *testing.T) {
	const none = ""
	for _, c := range []struct {
		reason        string
		before, after func(s *packet.Connection)
		want          string
	}{
		{"nothing was told", func(*packet.Connection) {}, nil, none},
		{"the only route", func(s *packet.Connection) { s.Server.Send(bgpUpdate("", prefix24, 64497, 64499)) }, nil, "203.0.113.0/24 64497 64499"},
		{"the longest prefix counts", func(s *packet.Connection) {
			s.Server.Send(bgpUpdate("", prefix24, 64497) + bgpUpdate("", prefix25, 64497, 64498) + bgpUpdate("", prefix0, 64500))
		}, nil, "203.0.113.0/25 64497 64498"},
		{"of two with it the shorter path", func(s *packet.Connection) {
			s.Client.Send(bgpUpdate("", prefix24, 64496, 64501))
			s.Server.Send(bgpUpdate("", prefix24, 64497))
		}, nil, "203.0.113.0/24 64497"},
		{"a new one takes the place of the old", func(s *packet.Connection) {
			s.Server.Send(bgpUpdate("", prefix24, 64497))
			s.Server.Send(bgpUpdate("", prefix24, 64497, 64498, 64499))
		}, nil, "203.0.113.0/24 64497 64498 64499"},
		{"one that was taken back is none", func(s *packet.Connection) {
			s.Server.Send(bgpUpdate("", prefix24+prefix25, 64497))
			s.Server.Send(bgpUpdate(prefix25, "", 0))
		}, nil, "203.0.113.0/24 64497"},
		{"each side takes back its own", func(s *packet.Connection) {
			s.Server.Send(bgpUpdate("", prefix24, 64497))
			s.Client.Send(bgpUpdate(prefix24, "", 0))
		}, nil, "203.0.113.0/24 64497"},
		{"what comes later is better than nothing", func(*packet.Connection) {}, func(s *packet.Connection) { s.Server.Send(bgpUpdate("", prefix24, 64497)) }, "203.0.113.0/24 64497"},
		{"what came by then stays", func(s *packet.Connection) { s.Server.Send(bgpUpdate("", prefix24, 64497)) }, func(s *packet.Connection) {
			s.Server.Send(bgpUpdate(prefix24, "", 0))
		}, "203.0.113.0/24 64497"},
		{"a session that ended takes its routes along", func(s *packet.Connection) {
			s.Server.Send(bgpUpdate("", prefix24, 64497))
			s.Server.Send(bgpMessage(3, "\x06\x02"))
		}, nil, none},
		{"also by a RST", func(s *packet.Connection) {
			s.Server.Send(bgpUpdate("", prefix24, 64497))
			s.Server.Reset()
		}, nil, none},
		{"another prefix", func(s *packet.Connection) { s.Server.Send(bgpUpdate("", "\x18\xc6\x33\x64", 64497)) }, nil, none},
	} {
		c2 := packet.New()
		s := c2.Connection("203.0.113.1:40000 > 203.0.113.2:179")
		s.Open()
		c.before(s)
		web := c2.Connection("192.0.2.10:50000 > 203.0.113.82:80")
		web.Open()
		web.Client.Send("GET / HTTP/1.1\r\nHost: www.google.com\r\n\r\n")
		if c.after != nil {
			c.after(s)
		}
		r := annotated(t, c2.Frames(), annotate.Options{})
		got := none
		if routing := r.journeys[0].Routing; routing != nil {
			for _, route := range routing.Routes {
				if route.Step == "4.3" {
					got += fmt.Sprint(route.Prefix, " ", route.ASPath)
				}
			}
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.reason, got, c.want)
		}
	}
}

// A journey names the ASes that speak, and who told whom of its way, by the numbers of the OPENs.
func TestRoutingOfAJourney(t *testing.T) {
	c := packet.New()
	s := c.Connection("203.0.113.1:40000 > 203.0.113.2:179")
	s.Open()
	s.Client.Send(bgpOpen(64496, "\x0a\x00\x00\x01"))
	s.Server.Send(bgpOpen(64497, "\x0a\x00\x00\x02"))
	s.Server.Send(bgpUpdate("", prefix24, 64497, 64499))
	web := c.Connection("192.0.2.10:50000 > 203.0.113.82:80")
	web.Open()
	web.Client.Send("GET / HTTP/1.1\r\nHost: www.google.com\r\n\r\n")
	for lang, want := range map[rules.Lang][2]string{
		rules.English: {"Between ASes these routers speak BGP: AS 64496 (10.0.0.1), AS 64497 (10.0.0.2).",
			"203.0.113.82 is in 203.0.113.0/24, over AS 64497 64499, next hop 203.0.113.2, as AS 64496 was told in frame 6."},
		rules.Korean: {"AS 사이에서 BGP로 경로를 알리는 라우터: AS 64496 (10.0.0.1), AS 64497 (10.0.0.2).",
			"203.0.113.82 주소가 속한 프리픽스: 203.0.113.0/24, AS 경로: 64497 64499, 다음 홉: 203.0.113.2, 이 경로를 받은 AS: 64496 (6번 프레임)."},
	} {
		notes := annotated(t, c.Frames(), annotate.Options{Lang: lang}).journeys[0].Routing.Notes
		if len(notes) != 2 || notes[0].Text != want[0] || notes[1].Text != want[1] || notes[0].Step != "1.5" || notes[1].Step != "4.3" {
			t.Errorf("notes %+v", notes)
		}
	}
}

// However much routers tell, no more than a limit of it is kept, and ended sessions make room.
func TestRoutesAreBounded(t *testing.T) {
	c := packet.New()
	last := netip.MustParseAddr("10.0.0.0")
	for session := range 3 {
		s := c.Connection(fmt.Sprintf("203.0.113.1:%d > 203.0.113.2:179", 40000+session))
		s.Open()
		for range 160 {
			list := ""
			for range 256 {
				b := last.As4()
				list += "\x20" + string(b[:])
				last = last.Next()
			}
			s.Server.Send(bgpUpdate("", list, 64497))
		}
		if session < 2 {
			s.Server.Send(bgpMessage(3, "\x06\x02"))
		}
	}
	to := netip.AddrPortFrom(last.Prev(), 80)
	web := c.Connection("192.0.2.10:50000 > " + to.String())
	web.Open()
	web.Client.Send("GET / HTTP/1.1\r\nHost: www.google.com\r\n\r\n")
	r := annotated(t, c.Frames(), annotate.Options{})
	if r.journeys[0].Routing == nil {
		t.Error("ended sessions leave no room for new routes")
	}
}
