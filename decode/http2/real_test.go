package http2

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
)

// tap is one end of a connection; it notes what it writes.
type tap struct {
	net.Conn
	fromClient bool
	log        *wireLog
}

type wireLog struct {
	sync.Mutex
	events []event
}

func (t tap) Write(b []byte) (int, error) {
	t.log.Lock()
	e := s2c(string(b))
	if t.fromClient {
		e = c2s(string(b))
	}
	t.log.events = append(t.log.events, e)
	t.log.Unlock()
	return t.Conn.Write(b)
}

// one is a listener that has a single connection.
type one struct{ conn chan net.Conn }

func (o one) Accept() (net.Conn, error) {
	if c, ok := <-o.conn; ok {
		return c, nil
	}
	return nil, io.EOF
}
func (o one) Close() error   { return nil }
func (o one) Addr() net.Addr { return &net.TCPAddr{} }

func handler(w http.ResponseWriter, r *http.Request) {
	n, _ := io.Copy(io.Discard, r.Body)
	switch r.URL.Path {
	case "/early":
		w.WriteHeader(http.StatusEarlyHints)
		fmt.Fprint(w, "late")
	case "/old":
		http.Redirect(w, r, "/new", http.StatusFound)
	case "/trailer":
		w.Header().Set("Trailer", "X-Sum")
		fmt.Fprint(w, "body")
		w.Header().Set("X-Sum", "1")
	case "/long":
		io.WriteString(w, strings.Repeat("long ", 20000))
	default:
		fmt.Fprintf(w, "got %d bytes", n)
	}
}

// TestNetHTTP has net/http speak HTTP/2 with itself, in clear text, over one connection.
func TestNetHTTP(t *testing.T) {
	log := new(wireLog)
	a, b := net.Pipe()
	conns := make(chan net.Conn, 1)
	conns <- tap{b, false, log}
	var p http.Protocols
	p.SetUnencryptedHTTP2(true)
	server := &http.Server{Handler: http.HandlerFunc(handler), Protocols: &p}
	go server.Serve(one{conns})
	client := &http.Client{
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport:     &http.Transport{Protocols: &p, DialContext: func(context.Context, string, string) (net.Conn, error) { return tap{a, true, log}, nil }},
	}
	for _, q := range []struct{ method, path, body string }{
		{"GET", "/", ""}, {"HEAD", "/", ""}, {"POST", "/form", "a=b"}, {"GET", "/old", ""}, {"GET", "/early", ""}, {"GET", "/trailer", ""}, {"GET", "/long", ""},
	} {
		r, err := http.NewRequest(q.method, "http://www.example.com"+q.path, strings.NewReader(q.body))
		if err != nil {
			t.Fatal(err)
		}
		w, err := client.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		io.Copy(io.Discard, w.Body)
		w.Body.Close()
	}
	a.Close()
	log.Lock()
	defer log.Unlock()
	want := []string{
		"GET / www.example.com 0 -> 200 text/plain 11", "HEAD / www.example.com 0 -> 200 text/plain 0",
		"POST /form www.example.com 3 -> 200 text/plain 11", "GET /old www.example.com 0 -> 302 text/html 27",
		"GET /early www.example.com 0 -> 103  0", "GET /early www.example.com 0 -> 200 text/plain 4",
		"GET /trailer www.example.com 0 -> 200 text/plain 4", "GET /long www.example.com 0 -> 200 text/plain 100000",
	}
	if got := exchanges(t, log.events); !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// exchanges lists the responses that ended and what they answer.
func exchanges(t *testing.T, events []event) (lines []string) {
	var c Conn
	for _, e := range events {
		parts := c.Data(e.dir, []byte(e.b), nil)
		checkParts(t, parts, len(e.b))
		for _, p := range parts {
			if m := p.Message; m != nil && p.End && !m.Request {
				q := m.AnswerTo
				lines = append(lines, fmt.Sprintf("%s %s %s %d -> %d %s %d", q.Method, q.Path, q.Domain(), q.BodyBytes, m.StatusCode, m.MIMEType, m.BodyBytes))
			}
		}
	}
	return lines
}
