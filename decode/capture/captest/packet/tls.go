package packet

import (
	"bytes"
	"crypto/ed25519"
	"crypto/tls"
	"crypto/x509"
	"io"
	"math/big"
	"net"
	"sync"
	"time"
)

// Flight is what one side of a TLS connection writes at a time.
type Flight struct {
	FromClient bool
	Data       string
}

// TLS makes a real TLS handshake for serverName in the given version, then sends
// request and response inside it and ends with the client's close_notify. The
// bytes differ from run to run, the lengths of the records do not.
func TLS(serverName string, version uint16, request, response string) []Flight {
	client, server := configs(serverName, version)
	server.SessionTicketsDisabled = true
	return talk(client, server, request, response)
}

// ResumedTLS is the second connection of a client that kept the ticket of its first
// (RFC 8446 section 2.2, RFC 5077).
func ResumedTLS(serverName string, version uint16, request, response string) []Flight {
	client, server := configs(serverName, version)
	client.ClientSessionCache = tls.NewLRUClientSessionCache(1)
	talk(client, server, request, response)
	return talk(client, server, request, response)
}

// RetriedTLS is a connection of TLS 1.3 whose client sends a key share of a group that the server
// does not take, so that it is asked for another (RFC 8446 section 4.1.4).
func RetriedTLS(serverName string, request, response string) []Flight {
	client, server := configs(serverName, tls.VersionTLS13)
	server.SessionTicketsDisabled = true
	client.CurvePreferences = []tls.CurveID{tls.X25519, tls.CurveP256}
	server.CurvePreferences = []tls.CurveID{tls.CurveP256}
	return talk(client, server, request, response)
}

func configs(serverName string, version uint16) (client, server *tls.Config) {
	client = &tls.Config{
		ServerName: serverName, InsecureSkipVerify: true,
		MinVersion: version, MaxVersion: version, CurvePreferences: []tls.CurveID{tls.X25519},
	}
	return client, &tls.Config{Certificates: []tls.Certificate{certificate()}, MinVersion: version}
}

// talk is one connection between two ends.
func talk(clientConfig, serverConfig *tls.Config, request, response string) []Flight {
	rec := &recorder{}
	rec.cond = sync.NewCond(&rec.mu)
	client := tls.Client(&end{rec: rec, client: true}, clientConfig)
	server := tls.Server(&end{rec: rec}, serverConfig)
	done := make(chan error, 1)
	rec.busy = [2]bool{true, true}
	go func() { done <- rec.handshake(server, 1) }()
	must(rec.handshake(client, 0))
	must(<-done)
	exchange(client, server, request)
	exchange(server, client, response)
	must(client.Close())
	return rec.flights
}

func exchange(from, to *tls.Conn, data string) {
	if _, err := io.WriteString(from, data); err != nil {
		panic(err)
	}
	_, err := io.ReadFull(to, make([]byte, len(data)))
	must(err)
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

// recorder holds what both ends have written. The ends take turns, so that the flights come in the same order each
// time: one gets what the other wrote once the other has nothing more to write.
type recorder struct {
	mu      sync.Mutex
	cond    *sync.Cond
	flights []Flight
	pending [2]bytes.Buffer // to the server, to the client
	busy    [2]bool         // the client, the server is in its handshake
	reading [2]bool         // and waits for bytes there
}

// handshake makes the handshake of one side: 0 the client, 1 the server.
func (r *recorder) handshake(c *tls.Conn, side int) error {
	err := c.Handshake()
	r.mu.Lock()
	defer r.mu.Unlock()
	r.busy[side] = false
	r.cond.Broadcast()
	return err
}

// end is one end of a connection in memory.
type end struct {
	rec    *recorder
	client bool
}

func (e *end) Write(b []byte) (int, error) {
	r := e.rec
	r.mu.Lock()
	defer r.mu.Unlock()
	r.flights = append(r.flights, Flight{e.client, string(b)})
	r.pending[e.outbound()].Write(b)
	r.cond.Broadcast()
	return len(b), nil
}

func (e *end) Read(b []byte) (int, error) {
	r := e.rec
	r.mu.Lock()
	defer r.mu.Unlock()
	own, other := e.outbound(), 1-e.outbound()
	in := &r.pending[other]
	r.reading[own] = true
	r.cond.Broadcast()
	for in.Len() == 0 || r.busy[other] && !r.reading[other] {
		r.cond.Wait()
	}
	r.reading[own] = false
	return in.Read(b)
}

func (e *end) outbound() int {
	if e.client {
		return 0
	}
	return 1
}

func (e *end) Close() error                     { return nil }
func (e *end) LocalAddr() net.Addr              { return &net.TCPAddr{} }
func (e *end) RemoteAddr() net.Addr             { return &net.TCPAddr{} }
func (e *end) SetDeadline(time.Time) error      { return nil }
func (e *end) SetReadDeadline(time.Time) error  { return nil }
func (e *end) SetWriteDeadline(time.Time) error { return nil }

// certificate is the same each time: its key is made of zeros.
func certificate() tls.Certificate {
	key := ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize))
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: Start, NotAfter: Start.AddDate(10, 0, 0)}
	der, err := x509.CreateCertificate(nil, template, template, key.Public(), key)
	must(err)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}
