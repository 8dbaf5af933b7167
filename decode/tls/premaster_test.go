package tls

import (
	"bytes"
	"crypto/rand"
	"crypto/rsa"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"math/big"
	"net"
	"slices"
	"testing"

	"github.com/pktjourney/pktjourney/decode/secret"
)

// withoutExtendedMaster hides the offer of an extended master secret from the server.
type withoutExtendedMaster struct{ tap }

func (w withoutExtendedMaster) Write(b []byte) (int, error) {
	if b[5] == byte(TypeClientHello) {
		b = bytes.Replace(b, []byte{0, extensionExtendedMaster, 0, 0}, []byte{0xfa, 0xfa, 0, 0}, 1)
	}
	return w.tap.Write(b)
}

// sendPreMaster has crypto/tls speak with itself until the client's Finished, and gives what
// was sent and the line of a key log for the pre-master secret.
func sendPreMaster(t *testing.T, version uint16) ([]chunk, string) {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	log := new(wireLog)
	a, b := net.Pipe()
	config := tls.Config{
		MinVersion: version, MaxVersion: version, CipherSuites: []uint16{tls.TLS_RSA_WITH_AES_128_CBC_SHA},
		InsecureSkipVerify: true, Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}},
	}
	done := make(chan error)
	go func() {
		defer b.Close()
		done <- tls.Server(tap{b, sv, log}, &config).Handshake()
	}()
	go tls.Client(withoutExtendedMaster{tap{a, cl, log}}, &config).Handshake()
	if err := <-done; err == nil {
		t.Fatal("the hello was not changed")
	}
	log.Lock()
	defer log.Unlock()
	for _, ch := range log.chunks {
		const at = headerLen + handshakeHeaderLen + encryptedLengthLen
		if ch.dir == cl && ch.b[headerLen] == byte(TypeClientKeyExchange) {
			encrypted := ch.b[at:][:key.Size()]
			//lint:ignore SA1019 the key exchange of RFC 5246 section 7.4.7.1 is of that form
			plain, err := rsa.DecryptPKCS1v15(nil, key, encrypted)
			if err != nil {
				t.Fatal(err)
			}
			return slices.Clone(log.chunks), fmt.Sprintf("RSA %x %x", encrypted[:secret.PreMasterIDLen], plain)
		}
	}
	t.Fatal("no ClientKeyExchange")
	return nil, ""
}

func TestOpensWithThePreMasterSecret(t *testing.T) {
	for _, version := range []uint16{tls.VersionTLS10, tls.VersionTLS11, tls.VersionTLS12} {
		t.Run(tls.VersionName(version), func(t *testing.T) {
			chunks, line := sendPreMaster(t, version)
			for _, text := range []string{line, ""} {
				var secrets secret.Log
				secrets.Add([]byte(text))
				var o opened
				c := Conn{Secrets: secrets.Find}
				for _, ch := range joined(chunks) {
					o.take(&c, ch, 100)
				}
				if got := slices.Contains(o.messages, TypeFinished); got != (text != "") {
					t.Errorf("with %q: messages %v", text, o.messages)
				}
			}
		})
	}
}
