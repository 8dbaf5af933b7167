package tls

import "testing"

func TestLooks(t *testing.T) {
	hello := rec(TypeHandshake, clientHello(nil)...)
	for _, c := range []struct {
		reason, ref string
		b           []byte
		want        Guess
	}{
		{"nothing yet", "", nil, NeedMore},
		{"a part of a header", "RFC 8446 section 5.1", hello[:4], NeedMore},
		{"a handshake record without its message", "RFC 8446 section 5.1", hello[:5], NeedMore},
		{"a ClientHello begins", "RFC 8446 section 4", hello[:6], Yes},
		{"a ClientHello", "RFC 8446 section 4", hello, Yes},
		{"an alert", "RFC 8446 section 6", rec(TypeAlert, 2, 40), Yes},
		{"application data, joined late", "RFC 8446 section 5.2", recN(TypeApplicationData, 600)[:100], Yes},
		{"an encrypted handshake message, then more", "RFC 5246 section 7.4", append(recN(TypeHandshake, 40), rec(TypeAlert, 1, 0)...), Yes},
		{"an encrypted handshake message alone", "RFC 5246 section 7.4", recN(TypeHandshake, 40), No},
		{"a record, then no record", "RFC 8446 section 5.1", append(rec(TypeAlert, 2, 40), 'x'), No},
		{"too long", "RFC 5246 section 6.2.3", []byte{23, 3, 3, 0xff, 0xff}, No},
		{"an unknown version", "RFC 8446 section 5.1", []byte{22, 3, 9, 0, 40, 1}, No},
		{"a later version than there is", "RFC 8446 section 5.1", []byte{22, 4}, No},
		{"an unknown type", "RFC 8446 section 5.1", []byte{25}, No},
		{"HTTP", "RFC 9112 section 3", []byte("GET / HTTP/1.1\r\n"), No},
		{"an SSL 2.0 ClientHello", "RFC 5246 appendix E.2", oldClientHello, Yes},
		{"a part of one", "RFC 5246 appendix E.2", oldClientHello[:3], NeedMore},
		{"another SSL 2.0 message", "RFC 5246 appendix E.2", []byte{0x80, 9, 4, 3, 1}, No},
	} {
		if got := Looks(c.b); got != c.want {
			t.Errorf("%s (%s): %d, want %d", c.reason, c.ref, got, c.want)
		}
	}
}

// A guess that was made stays, whatever comes behind it in the same record.
func TestLooksIsStable(t *testing.T) {
	for n := range clearStream {
		if got := Looks(clearStream[:n]); n < 6 && got != NeedMore || n >= 6 && got != Yes {
			t.Fatalf("%d bytes: %d", n, got)
		}
	}
}

func FuzzLooks(f *testing.F) {
	f.Add(clearStream)
	f.Add(oldClientHello)
	f.Fuzz(func(t *testing.T, b []byte) {
		if len(b) >= headerLen+1 && len(b) < 2*headerLen && Looks(b) == NeedMore {
			n := headerLen + int(b[3])<<8 + int(b[4])
			if n >= len(b) {
				t.Errorf("%x needs more", b)
			}
		}
	})
}
