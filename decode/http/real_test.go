package http

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
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
	events []event
}

func (t tap) Write(b []byte) (int, error) {
	t.log.Lock()
	t.log.events = append(t.log.events, event{dir: t.dir, b: string(b)})
	t.log.Unlock()
	return t.Conn.Write(b)
}

// one is a listener that has a single connection.
type one struct {
	net.Listener
	conn chan net.Conn
}

func (o one) Accept() (net.Conn, error) {
	if c, ok := <-o.conn; ok {
		return c, nil
	}
	return nil, io.EOF
}
func (o one) Close() error   { return nil }
func (o one) Addr() net.Addr { return &net.TCPAddr{} }

func handler(w http.ResponseWriter, r *http.Request) {
	switch r.URL.Path {
	case "/chunked":
		for range 3 {
			io.WriteString(w, "some text, ")
			http.NewResponseController(w).Flush()
		}
	case "/old":
		http.Redirect(w, r, "/new", http.StatusFound)
	default:
		n, _ := io.Copy(io.Discard, r.Body)
		fmt.Fprintf(w, "got %d bytes", n)
	}
}

// TestNetHTTP has net/http speak with itself over one connection.
func TestNetHTTP(t *testing.T) {
	log := new(wireLog)
	a, b := net.Pipe()
	conns := make(chan net.Conn, 1)
	conns <- tap{b, sv, log}
	close(conns)
	go http.Serve(one{conn: conns}, http.HandlerFunc(handler))
	client := tap{a, cl, log}
	answers := bufio.NewReader(a)
	for _, q := range []struct{ method, path, body string }{
		{"GET", "/", ""}, {"HEAD", "/", ""}, {"GET", "/chunked", ""}, {"POST", "/form", "a=b"}, {"GET", "/old", ""},
	} {
		r, err := http.NewRequest(q.method, "http://www.example.com"+q.path, strings.NewReader(q.body))
		if err != nil {
			t.Fatal(err)
		}
		if err := r.Write(client); err != nil {
			t.Fatal(err)
		}
		w, err := http.ReadResponse(answers, r)
		if err != nil {
			t.Fatal(err)
		}
		io.Copy(io.Discard, w.Body)
	}
	a.Close()
	log.Lock()
	defer log.Unlock()
	want := []string{
		"GET / www.example.com 0 -> 200 text/plain 11", "HEAD / www.example.com 0 -> 200 text/plain 0",
		"GET /chunked www.example.com 0 -> 200 text/plain 33", "POST /form www.example.com 3 -> 200 text/plain 11",
		"GET /old www.example.com 0 -> 302 text/html 27",
	}
	if got := exchanges(log.events); !slices.Equal(got, want) {
		t.Errorf("got\n%q\nwant\n%q", got, want)
	}
}

// exchanges lists the responses that ended and what they answer.
func exchanges(events []event) (lines []string) {
	var c Conn
	for _, e := range events {
		for _, p := range c.Data(e.dir, []byte(e.b), nil) {
			if m := p.Message; m != nil && p.End && !m.Request {
				q := m.AnswerTo
				lines = append(lines, fmt.Sprintf("%s %s %s %d -> %d %s %d", q.Method, q.Target, q.Domain(), q.BodyBytes, m.StatusCode, m.MIMEType, m.BodyBytes))
			}
		}
	}
	return lines
}
