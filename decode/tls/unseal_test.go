package tls

import (
	"bytes"
	"crypto/aes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/hex"
	"io"
	"math/big"
	"net"
	"strings"
	"testing"

	"github.com/pktjourney/pktjourney/decode/flow"
	"github.com/pktjourney/pktjourney/decode/secret"
)

func unhex(t *testing.T, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(strings.ReplaceAll(s, " ", ""))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// The traffic keys of the handshake in RFC 8448 section 3.
func TestTrafficKeys(t *testing.T) {
	for _, c := range []struct{ name, secret, key, iv string }{
		{"server, handshake", "b67b7d690cc16c4e75e54213cb2d37b4e9c912bcded9105d42befd59d391ad38", "3fce516009c21727d0f2e4e86ee403bc", "5d313eb2671276ee13000b30"},
		{"client, handshake", "b3eddb126e067f35a780b3abf45e2d8f3b1a950738f52e9600746a0e27a55a21", "dbfaa693d1762c5b666af5d950258d01", "5bd3c71b836e0b76bb73265f"},
		{"server, application", "a11af9f05531f856ad47116b45a950328204b4f44bfb6b3a4b4f1f3fcb631643", "9f02283b6c9c07efc26bb9f2ac92e356", "cf782b88dd83549aadf1e984"},
	} {
		s := unhex(t, c.secret)
		key, iv := expandLabel(sha256.New, s, "key", 16), expandLabel(sha256.New, s, "iv", 12)
		if hex.EncodeToString(key) != c.key || hex.EncodeToString(iv) != c.iv {
			t.Errorf("%s: key %x, iv %x", c.name, key, iv)
		}
	}
}

// The client's Finished in RFC 8448 section 3: record, secret and content.
func TestOpenFinished(t *testing.T) {
	p := protectionOf(0x1301)
	o := newOpener13(&p, unhex(t, "b3eddb126e067f35a780b3abf45e2d8f3b1a950738f52e9600746a0e27a55a21"))
	record := unhex(t, "1703030035 75ec4dc238cce60b298044a71e219c56cc77b0517fe9b93c7a4bfc44d87f38f80338ac98fc46deb384bd1caeacab6867d726c40546")
	plain, typ, err := o.open(nil, [headerLen]byte(record), 0, record[headerLen:])
	want := "14000020a8ec436d677634ae525ac1fcebe11a039ec17694fac6e98527b642f2edd5ce61"
	if err != nil || typ != TypeHandshake || hex.EncodeToString(plain) != want {
		t.Errorf("%x, %v, %v", plain, typ, err)
	}
	if _, _, err := o.open(nil, [headerLen]byte(record), 1, record[headerLen:]); err == nil {
		t.Error("opened with another sequence number")
	}
}

// Example 3 of NIST SP 800-38C, whose nonce has twelve bytes as that of TLS.
func TestCCM(t *testing.T) {
	block, err := aes.NewCipher(unhex(t, "404142434445464748494a4b4c4d4e4f"))
	if err != nil {
		t.Fatal(err)
	}
	c := &ccm{block: block, tag: 8}
	nonce, data := unhex(t, "101112131415161718191a1b"), unhex(t, "000102030405060708090a0b0c0d0e0f10111213")
	sealed := unhex(t, "e3b201a9f5b71a7a9b1ceaeccd97e70b6176aad9a4428aa5484392fbc1b09951")
	plain, err := c.open(nil, nonce, sealed, data)
	if want := "202122232425262728292a2b2c2d2e2f3031323334353637"; err != nil || hex.EncodeToString(plain) != want {
		t.Errorf("%x, %v", plain, err)
	}
	for i := range sealed {
		b := bytes.Clone(sealed)
		b[i] ^= 1
		if _, err := c.open(nil, nonce, b, data); err == nil {
			t.Errorf("opened with byte %d changed", i)
		}
		if _, err := c.open(nil, nonce, sealed[:i], data); err == nil {
			t.Errorf("opened with %d bytes", i)
		}
	}
}

// talk has crypto/tls speak with itself, and gives what was sent and the key log.
func talk(t *testing.T, version, suite uint16) ([]chunk, *secret.Log) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	var keys bytes.Buffer
	log := new(wireLog)
	a, b := net.Pipe()
	config := func() *tls.Config {
		return &tls.Config{MinVersion: version, MaxVersion: version, CipherSuites: []uint16{suite}, InsecureSkipVerify: true, NextProtos: []string{"h2"}}
	}
	server, client := config(), config()
	server.Certificates = []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}
	client.KeyLogWriter = &keys
	s, c := tls.Server(tap{b, sv, log}, server), tls.Client(tap{a, cl, log}, client)
	done := make(chan error, 1)
	go func() {
		_, err := io.ReadFull(s, make([]byte, len(asked)))
		if err == nil {
			_, err = io.WriteString(s, strings.Repeat(told, 1000))
		}
		done <- err
	}()
	if _, err := io.WriteString(c, asked); err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadFull(c, make([]byte, 1000*len(told))); err != nil {
		t.Fatal(err)
	}
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	secrets := new(secret.Log)
	secrets.Add(keys.Bytes())
	return log.chunks, secrets
}

const asked, told = "what is it?", "a long answer. "

// opened is the application data of both directions, by the parts of c.
type opened struct {
	data     [2]bytes.Buffer
	deduced  int
	messages []HandshakeType
}

func (o *opened) take(c *Conn, ch chunk, size int) {
	for b := ch.b; len(b) > 0; {
		n := min(size, len(b))
		for _, p := range c.Data(ch.dir, b[:n], nil) {
			o.data[ch.dir].Write(p.Plain)
			if p.End && p.Deduced {
				o.deduced++
			}
			if p.End {
				o.messages = append(o.messages, p.Record.Handshakes...)
			}
		}
		b = b[n:]
	}
}

// joined are the chunks with those of one direction that follow each other in one.
func joined(chunks []chunk) (list []chunk) {
	for _, ch := range chunks {
		if n := len(list); n > 0 && list[n-1].dir == ch.dir {
			list[n-1].b = append(list[n-1].b, ch.b...)
		} else {
			list = append(list, chunk{ch.dir, bytes.Clone(ch.b), 0})
		}
	}
	return list
}

func TestOpensWhatWasSent(t *testing.T) {
	for _, suite := range append(tls.CipherSuites(), tls.InsecureCipherSuites()...) {
		if strings.Contains(suite.Name, "TLS_RSA") || strings.Contains(suite.Name, "ECDHE_RSA") {
			continue // nothing that we open, or no certificate for it here
		}
		for _, version := range suite.SupportedVersions {
			if version < tls.VersionTLS12 && !strings.Contains(suite.Name, "CBC_SHA") && !strings.Contains(suite.Name, "RC4") {
				continue
			}
			t.Run(suite.Name+" "+tls.VersionName(version), func(t *testing.T) {
				chunks, secrets := talk(t, version, suite.ID)
				for _, size := range []int{1, 100, 1 << 16} {
					var o opened
					c := Conn{Secrets: secrets.Find}
					for _, ch := range joined(chunks) {
						o.take(&c, ch, size)
					}
					if got := o.data[cl].String(); got != asked {
						t.Errorf("%d bytes at a time: the client asks %q", size, got)
					}
					if got := o.data[sv].String(); got != strings.Repeat(told, 1000) {
						t.Errorf("%d bytes at a time: %d bytes of the answer", size, len(got))
					}
					if o.deduced > 0 || c.NextProtocol() != "h2" {
						t.Errorf("%d records are guessed, protocol %q, messages %v", o.deduced, c.NextProtocol(), o.messages)
					}
				}
			})
		}
	}
}

// After a hole the records behind it are opened again.
func TestOpensBehindAHole(t *testing.T) {
	for _, version := range []uint16{tls.VersionTLS12, tls.VersionTLS13} {
		chunks, secrets := talk(t, version, tls.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256)
		chunks = joined(chunks)
		last := len(chunks) - 1
		if chunks[last].dir != sv {
			t.Fatal("the last chunk is not the server's")
		}
		whole, rest := chunks[last].b, 0
		for off := 0; off < len(whole); off += headerLen + int(whole[off+3])<<8 + int(whole[off+4]) {
			rest = off // where the last record begins
		}
		if rest == 0 {
			t.Fatal("the answer came in one record")
		}
		var o opened
		c := Conn{Secrets: secrets.Find}
		for _, ch := range chunks[:last] {
			o.take(&c, ch, 1<<16)
		}
		before := o.data[sv].Len()
		c.Gap(sv, rest, nil)
		o.take(&c, chunk{sv, whole[rest:], 0}, 1<<16)
		if o.data[sv].Len() == before {
			t.Errorf("%s: nothing opened behind the hole", tls.VersionName(version))
		}
	}
}

// Secrets of another connection open nothing and change nothing.
func TestForeignSecrets(t *testing.T) {
	chunks, _ := talk(t, tls.VersionTLS13, 0)
	var with, without opened
	wrong := Conn{Secrets: func(string, []byte) []byte { return make([]byte, 32) }}
	var none Conn
	for _, ch := range chunks {
		with.take(&wrong, ch, 100)
		without.take(&none, ch, 100)
	}
	if with.data[cl].Len() > 0 || with.data[sv].Len() > 0 || with.deduced != without.deduced {
		t.Errorf("%d and %d bytes, %d records guessed, %d without secrets", with.data[cl].Len(), with.data[sv].Len(), with.deduced, without.deduced)
	}
}

// Records that no secret opens are not tried for ever.
func TestGivesUpAfterRecordsThatDoNotOpen(t *testing.T) {
	chunks, _ := talk(t, tls.VersionTLS13, 0)
	asked := 0
	c := Conn{Secrets: func(string, []byte) []byte { asked++; return make([]byte, 32) }}
	for _, ch := range chunks {
		c.Data(ch.dir, ch.b, nil)
	}
	record := append([]byte{23, 3, 3, 0, 50}, make([]byte, 50)...)
	for range 2 * maxFailed {
		c.Data(sv, record, nil)
	}
	before := asked
	for range 100 {
		c.Data(sv, record, nil)
	}
	if asked != before {
		t.Errorf("%d secrets are looked up for 100 records after the direction was given up", asked-before)
	}
}

func FuzzUnseal(f *testing.F) {
	f.Add(clearStream, []byte{5, 1, 200, 7}, true)
	f.Add(rec(TypeHandshake, clientHello(nil, client13, early)...), []byte{255}, false)
	f.Fuzz(func(t *testing.T, stream, sizes []byte, short bool) {
		c := Conn{Secrets: func(string, []byte) []byte { return make([]byte, map[bool]int{false: 48, true: 32}[short]) }}
		for i := 0; len(stream) > 0; i++ {
			size := 64
			if len(sizes) > 0 {
				size = int(sizes[i%len(sizes)]) + 1
			}
			n := min(size, len(stream))
			var parts []Part
			if size%7 == 0 {
				parts = c.Gap(flow.Dir(i&1), n, nil)
			} else {
				parts = c.Data(flow.Dir(i&1), stream[:n], nil)
			}
			sum := 0
			for _, p := range parts {
				sum += p.Len
			}
			if sum != n {
				t.Fatalf("parts cover %d of %d bytes: %+v", sum, n, parts)
			}
			stream = stream[n:]
		}
	})
}
