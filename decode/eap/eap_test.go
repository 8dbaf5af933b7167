package eap

import (
	"errors"
	"fmt"
	"testing"

	"github.com/pktjourney/pktjourney/decode/wire"
	"github.com/pktjourney/pktjourney/decode/wire/wiretest"
)

func TestParse(t *testing.T) {
	for _, c := range []struct {
		name, ref, packet string
		want              string
	}{
		{"identity", "RFC 3748 section 5.1", "\x02\x01\x00\x09\x01user", `{Code:2 ID:1 Type:1 Start:false More:false Data:}`},
		{"success", "RFC 3748 section 4.2", "\x03\x01\x00\x04", `{Code:3 ID:1 Type:0 Start:false More:false Data:}`},
		{"start", "RFC 5216 section 3.1", "\x01\x02\x00\x06\x0d\x20", `{Code:1 ID:2 Type:13 Start:true More:false Data:}`},
		{"first piece", "RFC 5216 section 2.1.5", "\x02\x02\x00\x0d\x19\xc0\x00\x00\x10\x00abc", `{Code:2 ID:2 Type:25 Start:false More:true Data:abc}`},
		{"last piece, and padding", "RFC 3748 section 4.1", "\x02\x03\x00\x08\x15\x00zz##", `{Code:2 ID:3 Type:21 Start:false More:false Data:zz}`},
		{"acknowledges a piece", "RFC 5216 section 2.1.5", "\x01\x03\x00\x06\x0d\x00", `{Code:1 ID:3 Type:13 Start:false More:false Data:}`},
		{"MD5 challenge", "RFC 3748 section 5.4", "\x01\x03\x00\x07\x04\x20z", `{Code:1 ID:3 Type:4 Start:false More:false Data:}`},
	} {
		p, err := Parse([]byte(c.packet))
		got := fmt.Sprintf("{Code:%d ID:%d Type:%d Start:%v More:%v Data:%s}", p.Code, p.ID, p.Type, p.Start, p.More, p.Data)
		if err != nil || got != c.want {
			t.Errorf("%s (%s): %s, %v; want %s", c.name, c.ref, got, err, c.want)
		}
	}
}

func TestParsePrefixes(t *testing.T) {
	wiretest.Prefixes(t, []byte("\x02\x02\x00\x0d\x19\xc0\x00\x00\x10\x00abc"), func(b []byte) error { _, err := Parse(b); return err }, nil)
}

func TestParseRefuses(t *testing.T) {
	if _, err := Parse([]byte("\x01\x02\x00\x03\x0d")); !errors.Is(err, wire.ErrMalformed) {
		t.Errorf("a length shorter than its header: %v", err)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte("\x02\x02\x00\x0d\x19\xc0\x00\x00\x10\x00abc"))
	f.Add([]byte("\x01\x02\x00\x06\x0d\x20"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if p, _ := Parse(b); len(p.Data) > len(b) {
			t.Fatal("more data than bytes")
		}
	})
}
