package tls

import (
	"crypto/ed25519"
	"crypto/tls"
	"crypto/x509"
	"io"
	"math/big"
	"net"
	"slices"
	"sync"
	"testing"

	"github.com/pktjourney/pktjourney/decode/flow"
)

// tap is one end of a connection; it notes what it writes.
type tap struct {
	net.Conn
	dir flow.Dir
	log *wireLog
}

type wireLog struct {
	sync.Mutex
	chunks []chunk
}

func (t tap) Write(b []byte) (int, error) {
	t.log.Lock()
	t.log.chunks = append(t.log.chunks, chunk{t.dir, slices.Clone(b), 0})
	t.log.Unlock()
	return t.Conn.Write(b)
}

// handshake has crypto/tls speak with itself: a ping, a pong, an end.
func handshake(t *testing.T, version uint16) []chunk {
	t.Helper()
	key := ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize))
	template := &x509.Certificate{SerialNumber: big.NewInt(1), DNSNames: []string{"www.example.com"}}
	der, err := x509.CreateCertificate(nil, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	log := new(wireLog)
	a, b := net.Pipe()
	server := tls.Server(tap{b, sv, log}, &tls.Config{
		Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}},
		MinVersion:   version, MaxVersion: version, NextProtos: []string{"http/1.1"}, SessionTicketsDisabled: true,
	})
	go func() {
		io.ReadFull(server, make([]byte, 4))
		server.Write([]byte("pong"))
		io.Copy(io.Discard, server)
		server.Close()
	}()
	client := tls.Client(tap{a, cl, log}, &tls.Config{
		ServerName: "www.example.com", InsecureSkipVerify: true, NextProtos: []string{"h2", "http/1.1"}, MaxVersion: version,
	})
	if _, err := client.Write([]byte("ping")); err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadFull(client, make([]byte, 4)); err != nil {
		t.Fatal(err)
	}
	client.Close()
	log.Lock()
	defer log.Unlock()
	return slices.Clone(log.chunks)
}

func TestRealHandshake(t *testing.T) {
	for _, c := range []struct {
		version uint16
		name    string
		alpn    string
		deduced bool
	}{
		{tls.VersionTLS12, "1.2", "http/1.1", false},
		{tls.VersionTLS13, "1.3", "", true},
	} {
		var conn Conn
		var ends [2][]Class
		for _, k := range handshake(t, c.version) {
			for _, p := range conn.Data(k.dir, k.b, nil) {
				if p.Err != nil {
					t.Errorf("TLS %s: %v", c.name, p.Err)
				}
				if p.Class == ApplicationData {
					ends[k.dir] = append(ends[k.dir], p.Class)
					if p.Deduced != c.deduced {
						t.Errorf("TLS %s: deduced %v", c.name, p.Deduced)
					}
				}
			}
		}
		if s := conn.ServerHello(); s == nil || s.Version.String() != c.name || s.ALPN != c.alpn || conn.Resumed() {
			t.Errorf("TLS %s: %+v", c.name, s)
		}
		if h := conn.ClientHello(); h == nil || h.ServerName != "www.example.com" || !slices.Equal(h.ALPN, []string{"h2", "http/1.1"}) {
			t.Errorf("TLS %s: %+v", c.name, h)
		}
		if dir, ok := conn.ClientDir(); dir != cl || !ok {
			t.Errorf("TLS %s: client %v", c.name, dir)
		}
		// Ping and, in TLS 1.3, the alert that ends the connection and looks the same; pong.
		if n := len(ends[cl]); n < 1 || n > 2 || len(ends[sv]) < 1 {
			t.Errorf("TLS %s: application data %v", c.name, ends)
		}
	}
}
