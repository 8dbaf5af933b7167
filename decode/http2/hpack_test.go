package http2

import (
	"encoding/hex"
	"fmt"
	"strings"
	"testing"

	"github.com/pktjourney/pktjourney/decode/flow"
)

// unhex reads hexadecimal digits with blanks between.
func unhex(s string) string {
	b, err := hex.DecodeString(strings.ReplaceAll(s, " ", ""))
	if err != nil {
		panic(err)
	}
	return string(b)
}

// The vectors of RFC 7541 appendix C. In C.5 and C.6 the table has 256 bytes, which a size update
// in front of the first block says here (section 6.3).
var (
	requestsPlain = []string{
		"8286 8441 0f77 7777 2e65 7861 6d70 6c65 2e63 6f6d",
		"8286 84be 5808 6e6f 2d63 6163 6865",
		"8287 85bf 400a 6375 7374 6f6d 2d6b 6579 0c63 7573 746f 6d2d 7661 6c75 65",
	}
	requestsHuffman = []string{
		"8286 8441 8cf1 e3c2 e5f2 3a6b a0ab 90f4 ff",
		"8286 84be 5886 a8eb 1064 9cbf",
		"8287 85bf 4088 25a8 49e9 5ba9 7d7f 8925 a849 e95b b8e8 b4bf",
	}
	responsesPlain = []string{
		"3fe101 4803 3330 3258 0770 7269 7661 7465 611d 4d6f 6e2c 2032 3120 4f63 7420 3230 3133 2032 303a 3133 3a32 3120 474d 546e 1768 7474 7073 3a2f 2f77 7777 2e65 7861 6d70 6c65 2e63 6f6d",
		"4803 3330 37c1 c0bf",
		"88c1 611d 4d6f 6e2c 2032 3120 4f63 7420 3230 3133 2032 303a 3133 3a32 3220 474d 54c0 5a04 677a 6970 7738 666f 6f3d 4153 444a 4b48 514b 425a 584f 5157 454f 5049 5541 5851 5745 4f49 553b 206d 6178 2d61 6765 3d33 3630 303b 2076 6572 7369 6f6e 3d31",
	}
	responsesHuffman = []string{
		"3fe101 4882 6402 5885 aec3 771a 4b61 96d0 7abe 9410 54d4 44a8 2005 9504 0b81 66e0 82a6 2d1b ff6e 919d 29ad 1718 63c7 8f0b 97c8 e9ae 82ae 43d3",
		"4883 640e ffc1 c0bf",
		"88c1 6196 d07a be94 1054 d444 a820 0595 040b 8166 e084 a62d 1bff c05a 839b d9ab 77ad 94e7 821d d7f2 e6c7 b335 dfdf cd5b 3960 d5af 2708 7f36 72c1 ab27 0fb5 291f 9587 3160 65c0 03ed 4ee5 b106 3d50 07",
	}
)

// bothTables are the vectors as frames.
func bothTables() (list []string) {
	for _, vectors := range [][]string{requestsPlain, requestsHuffman, responsesPlain, responsesHuffman} {
		for i, v := range vectors {
			list = append(list, frame(TypeHeaders, flagEndHeaders|flagEndStream, uint32(2*i+1), unhex(v)))
		}
	}
	return list
}

func TestRFC7541AppendixC(t *testing.T) {
	requests := []string{"GET http / www.example.com", "GET http / www.example.com", "GET https /index.html www.example.com"}
	responses := []string{"302 https://www.example.com", "307 https://www.example.com", "200 https://www.example.com"}
	for _, c := range []struct {
		ref     string
		dir     flow.Dir
		vectors []string
		want    []string
	}{
		{"RFC 7541 appendix C.3", cl, requestsPlain, requests},
		{"RFC 7541 appendix C.4", cl, requestsHuffman, requests},
		{"RFC 7541 appendix C.5", sv, responsesPlain, responses},
		{"RFC 7541 appendix C.6", sv, responsesHuffman, responses},
	} {
		var conn Conn
		for i, v := range c.vectors {
			parts := conn.Data(c.dir, []byte(frame(TypeHeaders, flagEndHeaders|flagEndStream, uint32(2*i+1), unhex(v))), nil)
			m := parts[0].Message
			got := fmt.Sprint(m.Method, " ", m.Scheme, " ", m.Path, " ", m.Authority)
			if c.dir == sv {
				got = fmt.Sprint(m.StatusCode, " ", m.Location)
			}
			if got != c.want[i] || !m.HeadComplete || m.Unknown != 0 {
				t.Errorf("%s, block %d: got %q of %+v, want %q", c.ref, i+1, got, m, c.want[i])
			}
		}
	}
}

// The second block of appendix C.3 alone: what it takes from the table is unknown, what is in
// the static table is told, and what it adds is known later.
func TestTheTableIsUnknown(t *testing.T) {
	for _, c := range []struct {
		reason string
		before func(c *Conn)
	}{
		{"joined later", func(c *Conn) { c.Join() }},
		{"behind a hole", func(c *Conn) { c.Data(cl, []byte(Preface), nil); c.Gap(cl, 30, nil) }},
		{"behind a hole in the block before", func(c *Conn) {
			c.Data(cl, []byte(Preface+frame(TypeHeaders, flagEndHeaders, 1, unhex(requestsPlain[0]))[:20]), nil)
			c.Gap(cl, 9, nil)
		}},
		{"behind a block that can not be read", func(c *Conn) {
			c.Data(cl, []byte(Preface+frame(TypeHeaders, flagEndHeaders, 1, "\x82\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x00")), nil)
		}},
	} {
		var conn Conn
		c.before(&conn)
		second := conn.Data(cl, []byte(frame(TypeHeaders, flagEndHeaders|flagEndStream, 3, unhex(requestsPlain[1]))+ping), nil)[0].Message
		third := conn.Data(cl, []byte(frame(TypeHeaders, flagEndHeaders|flagEndStream, 5, unhex("8286 84bf be")+unhex("4108 6e65 772e 6e61 6d65"))), nil)[0].Message
		fourth := conn.Data(cl, []byte(frame(TypeHeaders, flagEndHeaders|flagEndStream, 7, unhex("8286 84be"))), nil)[0].Message
		if second == nil || second.Method != "GET" || second.Path != "/" || second.Authority != "" || second.Unknown != 1 || !second.HeadComplete {
			t.Errorf("%s: %+v", c.reason, second)
		}
		if third.Authority != "new.name" || third.Unknown != 1 {
			t.Errorf("%s: then %+v", c.reason, third)
		}
		if fourth.Authority != "new.name" || fourth.Unknown != 0 {
			t.Errorf("%s: at last %+v", c.reason, fourth)
		}
	}
}

// An encoder may use a table as large as SETTINGS allow (RFC 7541 section 4.2), and no larger.
func TestSettingsBoundTheTable(t *testing.T) {
	const to8192 = "\x3f\xe1\x3f"
	for _, c := range []struct {
		reason string
		before []event
		ok     bool
	}{
		{"by default", nil, false},
		{"with SETTINGS of the server", []event{s2c(settings(settingHeaderTableSize, 8192))}, true},
		{"with SETTINGS of the client", []event{c2s(settings(settingHeaderTableSize, 8192))}, false},
		{"allowed, then not any more", []event{s2c(settings(settingHeaderTableSize, 8192, settingHeaderTableSize, 0))}, true},
	} {
		var conn Conn
		run(&conn, c.before)
		m := conn.Data(cl, []byte(frame(TypeHeaders, flagEndHeaders, 1, to8192+"\x82")), nil)[0].Message
		if m.HeadComplete != c.ok {
			t.Errorf("%s: %v", c.reason, m.HeadErr)
		}
	}
}
