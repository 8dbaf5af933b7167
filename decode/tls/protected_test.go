package tls

import (
	"strings"
	"testing"

	"github.com/pktjourney/pktjourney/decode/flow"
)

// Lengths of protected records, by the message alone inside (RFC 8446 section 5.2).
const (
	finished256 = 4 + 32 + 1 + 16
	finished384 = 4 + 48 + 1 + 16
	endOfEarly  = 4 + 1 + 16
	noCert      = 4 + 4 + 1 + 16
	alertInside = 2 + 1 + 16
)

func data(dir flow.Dir, n int) chunk     { return chunk{dir, recN(TypeApplicationData, n), 0} }
func plain(dir flow.Dir, b []byte) chunk { return chunk{dir, rec(TypeHandshake, b...), 0} }
func change(dir flow.Dir) chunk          { return chunk{dir, rec(TypeChangeCipherSpec, 1), 0} }

// letters shows the class of each chunk by a letter: H handshake, A application
// data, C ChangeCipherSpec, L alert, U unknown; lower case when it was deduced.
func letters(chunks []chunk) string {
	var c Conn
	var b strings.Builder
	for _, k := range chunks {
		var parts []Part
		if k.gap > 0 {
			parts = c.Gap(k.dir, k.gap, nil)
		} else {
			parts = c.Data(k.dir, k.b, nil)
		}
		letter := string("UHCLAB"[parts[0].Class])
		if parts[0].Deduced {
			letter = strings.ToLower(letter)
		}
		b.WriteString(letter)
	}
	return b.String()
}

func TestProtectedRecords(t *testing.T) {
	hello := plain(cl, clientHello(nil, client13))
	answer := plain(sv, serverHello(nil, 0x1301, server13))
	answer384 := plain(sv, serverHello(nil, 0x1302, server13))
	answerCCM8 := plain(sv, serverHello(nil, 0x1305, server13))
	earlyHello := plain(cl, clientHello(nil, client13, early, clientPSK))
	pskAnswer := plain(sv, serverHello(nil, 0x1301, server13, serverPSK))
	answer12 := plain(sv, serverHello(nil, 0xc02f))
	flight := []chunk{data(sv, 23), data(sv, 900), data(sv, 281)}
	with := func(first []chunk, rest ...chunk) []chunk { return append(first[:len(first):len(first)], rest...) }
	for _, c := range []struct {
		reason, ref string
		chunks      []chunk
		want        string
	}{
		{"a full handshake", "RFC 8446 section 2",
			with([]chunk{hello, answer, change(sv), flight[0], flight[1], data(sv, finished256), change(cl)}, data(cl, finished256), data(cl, 80), data(sv, 250), data(cl, alertInside)),
			"HHChhhChaaa"},
		{"SHA-384", "RFC 8446 section 4.4.4", []chunk{hello, answer384, data(sv, 2000), data(cl, finished384), data(cl, finished384)}, "HHhha"},
		{"a short tag", "RFC 6655 section 4", []chunk{hello, answerCCM8, data(sv, 2000), data(cl, 4+32+1+8), data(cl, 80)}, "HHhha"},
		{"a client's certificate", "RFC 8446 section 4.4.2", []chunk{hello, answer, data(sv, 2000), data(cl, 1200), data(cl, 281), data(cl, finished256), data(cl, 80), data(sv, 80)}, "HHhhhhaa"},
		{"a client without a certificate", "RFC 8446 section 4.4.2", []chunk{hello, answer, data(sv, 2000), data(cl, noCert), data(cl, finished256), data(cl, 80)}, "HHhhha"},
		{"the client's flight in one record", "RFC 8446 section 5.1", []chunk{hello, answer, data(sv, 2000), data(cl, 1500), data(sv, 250), data(cl, 80)}, "HHhhaa"},
		{"a padded Finished", "RFC 8446 section 5.4", []chunk{hello, answer, data(sv, 2000), data(cl, 512+16), data(cl, 80)}, "HHhha"},
		{"the client refuses the certificate", "RFC 8446 section 6.2", []chunk{hello, answer, data(sv, 2000), data(cl, alertInside)}, "HHhl"},
		{"the server sends before the client's Finished", "RFC 8446 section 2", []chunk{hello, answer, data(sv, 2000), data(sv, 700), data(cl, finished256), data(sv, 700)}, "HHhhha"},
		{"early data", "RFC 8446 section 2.3", []chunk{earlyHello, change(cl), data(cl, 120), pskAnswer, data(sv, 160), data(cl, 700), data(cl, endOfEarly), data(cl, finished256), data(cl, 80), data(sv, 99)}, "HCaHhahhaa"},
		{"early data that the server refuses", "RFC 8446 section 4.2.10", []chunk{earlyHello, change(cl), data(cl, 120), answer, data(sv, 160), data(cl, finished256), data(cl, 120)}, "HCaHhha"},
		{"a second ClientHello after ChangeCipherSpec is in clear", "RFC 8446 section 4.1.4",
			[]chunk{hello, plain(sv, helloRetry()), change(cl), hello, answer, data(sv, 800), data(cl, finished256), data(cl, 1)}, "HHCHHhha"},
		{"the server's answer is lost", "RFC 8446 section 2", []chunk{hello, {sv, nil, 130}, data(sv, 800), change(cl), data(cl, finished384), data(cl, 80), data(sv, 80)}, "HUhChaa"},
		{"the server was not captured", "RFC 8446 section 2", []chunk{hello, change(cl), data(cl, finished384), data(cl, 80)}, "HCha"},
		{"the client was not captured", "RFC 8446 section 2", []chunk{answer, data(sv, 800), data(sv, finished256), data(sv, 250)}, "Hhha"},
		{"the client's Finished was not captured", "RFC 8446 section 2", []chunk{hello, answer, data(sv, 800), {cl, nil, 64}, data(cl, 80), data(sv, 80)}, "HHhUaa"},
		{"joined late", "RFC 8446 section 5.1", []chunk{data(cl, 53), data(sv, 80)}, "aa"},
		{"TLS 1.2 says it all", "RFC 5246 section 7.3",
			[]chunk{hello, answer12, change(cl), {cl, recN(TypeHandshake, 40), 0}, change(sv), {sv, recN(TypeHandshake, 40), 0}, data(cl, 53), data(sv, 80), {sv, recN(TypeAlert, 26), 0}}, "HHCHCHAAL"},
		{"TLS 1.2, and its answer is lost", "RFC 5246 section 7.3",
			[]chunk{hello, {sv, nil, 90}, change(cl), {cl, recN(TypeHandshake, 40), 0}, data(cl, 53), data(sv, 80)}, "HUCHaa"},
	} {
		if got := letters(c.chunks); got != c.want {
			t.Errorf("%s (%s): %s, want %s", c.reason, c.ref, got, c.want)
		}
	}
}

// A client whose Finished is never recognised must not make all its data handshake.
func TestFlightIsBounded(t *testing.T) {
	for _, first := range []ext{noTicket, early} {
		chunks := []chunk{plain(cl, clientHello(nil, client13, first)), plain(sv, serverHello(nil, 0x1301, server13))}
		for range 2 * maxFlight {
			chunks = append(chunks, data(cl, 70))
		}
		chunks = append(chunks, data(sv, 70))
		if got := letters(chunks); !strings.HasSuffix(got, strings.Repeat("a", maxFlight+1)) {
			t.Errorf("%s", got)
		}
	}
}

func TestHeaderInTwoChunksIsGuessed(t *testing.T) {
	record := recN(TypeApplicationData, finished256)
	hello, answer := plain(cl, clientHello(nil, client13)), plain(sv, serverHello(nil, 0x1301, server13))
	got := letters([]chunk{hello, answer, {cl, record[:2], 0}, {cl, record[2:], 0}, {cl, record[:4], 0}, {cl, record[4:], 0}})
	if got != "HHhhaa" {
		t.Errorf("got %s", got)
	}
}
