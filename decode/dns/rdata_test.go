package dns

import (
	"errors"
	"strings"
	"testing"

	"github.com/pktjourney/pktjourney/decode/wire"
)

// text is a character string (RFC 1035 section 3.3).
func text(s string) []byte { return append([]byte{byte(len(s))}, s...) }

// rdataCases have the data of the record of one; its name a.example is at 12.
var rdataCases = []struct {
	ref    string
	kind   Type
	rdata  []byte
	want   string
	target string
}{
	{"RFC 1035 section 3.4.1", TypeA, []byte{192, 0, 2, 1}, "192.0.2.1", ""},
	{"RFC 3596 section 2.2", TypeAAAA, []byte{0x20, 1, 0x0d, 0xb8, 15: 1}, "2001:db8::1", ""},
	{"RFC 1035 section 3.3.1", TypeCNAME, wireName("b.example"), "b.example", "b.example"},
	{"RFC 1035 section 3.3.11", TypeNS, join(text("ns"), pointer(14)), "ns.example", "ns.example"},
	{"RFC 1035 section 3.3.12", TypePTR, wireName("."), ".", "."},
	{"RFC 6672 section 2.1", TypeDNAME, wireName("b.example"), "b.example", "b.example"},
	{"RFC 1035 section 3.3.9", TypeMX, join([]byte{0, 10}, wireName("mx.example")), "10 mx.example", "mx.example"},
	{"RFC 2782", TypeSRV, join([]byte{0, 1, 0, 2, 0x13, 0xc4}, wireName("sip.example")),
		"1 2 5060 sip.example", "sip.example"},
	{"RFC 1035 section 3.3.13", TypeSOA,
		join(wireName("ns.example"), wireName("root.example"),
			[]byte{0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 4, 0, 0, 0, 5}),
		"ns.example root.example 1 2 3 4 5", ""},
	{"RFC 1035 section 3.3.14", TypeTXT, join(text(`say "hi"`), text(""), text("\x1b\\")), `"say \"hi\"" "" "\027\\"`, ""},
	{"RFC 3403 section 4.1", TypeNAPTR,
		join([]byte{0, 100, 0, 10}, text("S"), text("SIP+D2U"), text(""), wireName("_sip._udp.example")),
		`100 10 "S" "SIP+D2U" "" _sip._udp.example`, ""},
	{"RFC 8659 section 4.1.1", TypeCAA, join([]byte{128}, text("Issue"), []byte("ca.example")), `128 issue "ca.example"`, ""},
	{"RFC 9460 section 2.4.2: AliasMode", TypeHTTPS, join([]byte{0, 0}, wireName("svc.example")),
		"0 svc.example", "svc.example"},
	{"RFC 9460 section 7", TypeHTTPS, join([]byte{0, 1, 0},
		[]byte{0, 1, 0, 6}, text("h2"), text("h3"), // alpn
		[]byte{0, 2, 0, 0},                                    // no-default-alpn
		[]byte{0, 3, 0, 2, 0x20, 0xfb},                        // port 8443
		[]byte{0, 4, 0, 8, 192, 0, 2, 1, 192, 0, 2, 2},        // ipv4hint
		[]byte{0, 5, 0, 3, 1, 2, 3},                           // ech
		[]byte{0, 6, 0, 16, 0x20, 1, 0x0d, 0xb8, 15: 0},       // ipv6hint
		[]byte{0, 0, 0, 1},                                    // its last four bytes
		[]byte{0, 7, 0, 3}, []byte("/q{"), []byte{0, 8, 0, 0}, // dohpath, ohttp
		[]byte{2, 0x9b, 0, 2, 'a', ' '}), // key667
		`1 . alpn=h2,h3 no-default-alpn port=8443 ipv4hint=192.0.2.1,192.0.2.2 ech=AQID ipv6hint=2001:db8::1 ` +
			`dohpath=/q{ ohttp key667=a\032`, "."},
	{"RFC 9460 appendix D.2, figure 7: mandatory", TypeSVCB, join([]byte{0, 16}, wireName("foo.example.org"),
		[]byte{0, 0, 0, 4, 0, 1, 0, 4}, []byte{0, 1, 0, 9}, text("h2"), text("h3-19"), []byte{0, 4, 0, 4, 192, 0, 2, 1}),
		"16 foo.example.org mandatory=alpn,ipv4hint alpn=h2,h3-19 ipv4hint=192.0.2.1", "foo.example.org"},
	{"RFC 9460 appendix D.2, figure 10: escapes in alpn", TypeSVCB, join([]byte{0, 16, 0},
		[]byte{0, 1, 0, 12}, text(`f\oo,bar`), text("h2")), `16 . alpn=f\\\\oo\\,bar,h2`, "."},
	{"RFC 4034 section 5.3", TypeDS, []byte{0xec, 0x45, 5, 1, 0x2b, 0xb1, 0x83}, "60485 5 1 2BB183", ""},
	{"RFC 4034 section 2.2", TypeDNSKEY, []byte{1, 0, 3, 5, 1, 2, 3, 4}, "256 3 5 AQIDBA==", ""},
	{"RFC 4034 section 3.2", TypeRRSIG, join([]byte{0, 1, 5, 3, 0, 1, 0x51, 0x80},
		[]byte{0x3e, 0x7c, 0x9d, 0xd7, 0x3e, 0x55, 0x10, 0xd7, 0x0a, 0x52}, wireName("example.com"), []byte{1, 2, 3}),
		"A 5 3 86400 20030322173103 20030220173103 2642 example.com AQID", ""},
	{"RFC 4034 section 4.3", TypeNSEC, join(wireName("host.example.com"),
		[]byte{0, 6, 0x40, 0x01, 0, 0, 0, 0x03}, []byte{4, 27, 26: 0x00}, []byte{0, 0x20}),
		"host.example.com A MX RRSIG NSEC TYPE1234", ""},
	{"RFC 5155 section 3.3", TypeNSEC3, join([]byte{1, 1, 0, 12}, []byte{4, 0xaa, 0xbb, 0xcc, 0xdd},
		[]byte{3, 0, 0, 1}, []byte{0, 1, 0x40}), "1 1 12 AABBCCDD 00002 A", ""},
	{"RFC 5155 section 3.3: no salt", TypeNSEC3, []byte{1, 0, 0, 0, 0, 1, 0xff}, "1 0 0 - VS", ""},
	{"RFC 3597 section 5", 65280, []byte{10, 0, 0, 1}, `\# 4 0A000001`, ""},
	{"RFC 3597 section 5: empty", 65280, nil, `\# 0`, ""},
}

func TestRData(t *testing.T) {
	for _, c := range rdataCases {
		m, err := Parse(one(c.kind, c.rdata...))
		if err != nil || len(m.Answers) != 1 {
			t.Errorf("%s, %v: %v", c.ref, c.kind, err)
			continue
		}
		if r := m.Answers[0]; r.Data != c.want || r.Target != c.target {
			t.Errorf("%s, %v:\n got %s, target %q\nwant %s, target %q", c.ref, c.kind, r.Data, r.Target, c.want, c.target)
		}
	}
}

// Data that ends early says so, and is kept as it was.
func TestShortRData(t *testing.T) {
	for _, c := range rdataCases {
		for n := range c.rdata {
			m, err := Parse(one(c.kind, c.rdata[:n]...))
			if len(m.Answers) != 1 {
				t.Fatalf("%s, %v, %d bytes: %v", c.ref, c.kind, n, err)
			}
			r := m.Answers[0]
			if err != nil && (!errors.Is(err, wire.ErrMalformed) || !strings.HasPrefix(r.Data, `\# `)) {
				t.Errorf("%s, %v, %d bytes: %q, err %v", c.ref, c.kind, n, r.Data, err)
			}
			if err != nil && (r.Target != "" || r.Addr.IsValid()) {
				t.Errorf("%s, %v, %d bytes: target %q, address %v", c.ref, c.kind, n, r.Target, r.Addr)
			}
		}
	}
}

func TestBadRData(t *testing.T) {
	for _, c := range []struct {
		ref   string
		kind  Type
		rdata []byte
	}{
		{"RFC 1035 section 3.3.1: bytes after the name", TypeCNAME, append(wireName("b"), 0)},
		{"RFC 1035 section 3.3.14: no string", TypeTXT, nil},
		{"RFC 9460 section 2.2: keys do not rise", TypeHTTPS, []byte{0, 1, 0, 0, 8, 0, 0, 0, 2, 0, 0}},
		{"RFC 9460 section 7.1.1: no protocol", TypeHTTPS, []byte{0, 1, 0, 0, 1, 0, 0}},
		{"RFC 9460 section 7.1.1: no-default-alpn has a value", TypeHTTPS, []byte{0, 1, 0, 0, 2, 0, 1, 0}},
		{"RFC 9460 section 7.2: port of three bytes", TypeHTTPS, []byte{0, 1, 0, 0, 3, 0, 3, 1, 2, 3}},
		{"RFC 9460 section 7.3: five bytes of addresses", TypeHTTPS, []byte{0, 1, 0, 0, 4, 0, 5, 1, 2, 3, 4, 5}},
		{"RFC 4034 section 4.1.2: empty window", TypeNSEC, []byte{0, 0, 0}},
		{"RFC 4034 section 4.1.2: windows do not rise", TypeNSEC, []byte{0, 1, 1, 0x40, 0, 1, 0x40}},
		{"RFC 4034 section 4.1.2: window of 33 bytes", TypeNSEC, append([]byte{0, 0, 33}, make([]byte, 33)...)},
	} {
		m, err := Parse(one(c.kind, c.rdata...))
		if !errors.Is(err, wire.ErrMalformed) || !strings.HasPrefix(m.Answers[0].Data, `\# `) {
			t.Errorf("%s: %+v, err %v", c.ref, m.Answers, err)
		}
	}
}

func TestRecordsOfOtherClasses(t *testing.T) {
	for _, c := range []struct {
		ref   string
		class Class
		rdata []byte
		want  string
	}{
		{"RFC 2136 section 2.4.1: name is in use", ClassAny, nil, ""},
		{"RFC 2136 section 2.4.3: no such records", ClassNone, nil, ""},
		{"RFC 2136 section 2.5.4: delete one record", ClassNone, []byte{192, 0, 2, 1}, "192.0.2.1"},
		{"RFC 6762 section 10.2: cache flush", ClassIN | 0x8000, []byte{192, 0, 2, 1}, "192.0.2.1"},
		{"Chaosnet addresses are of another kind", ClassCH, []byte{0, 1, 2}, `\# 3 000102`},
	} {
		b := one(TypeA, c.rdata...)
		at := headerLen + len(wireName("a.example")) + 4 + 2 + 2 // of the record's class
		b[at], b[at+1] = byte(c.class>>8), byte(c.class)
		m, err := Parse(b)
		if err != nil || len(m.Answers) != 1 || m.Answers[0].Data != c.want || m.Answers[0].Class != c.class {
			t.Errorf("%s: %+v, err %v", c.ref, m.Answers, err)
		}
	}
}
