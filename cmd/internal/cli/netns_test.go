//go:build linux

package cli

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"testing"
	"time"

	"golang.org/x/net/dns/dnsmessage"
)

func init() { programs["testhost"], programs["testclient"] = testHost, testClient }

const (
	hostAddr    = "10.9.0.2"
	hostVisited = "www.pktjourney.test"
)

// link is two network namespaces with a cable between them: the client's, whose end is called
// "client", and that of a host that is DNS server and web server.
type link struct {
	t            *testing.T
	client, host string
}

// newLink makes a link that ends with the test. It needs root.
func newLink(t *testing.T) *link {
	t.Helper()
	if os.Getuid() != 0 {
		t.Skip("makes network namespaces: needs root")
	}
	if _, err := exec.LookPath("ip"); err != nil {
		t.Skip("makes network namespaces: needs ip of iproute2")
	}
	l := &link{t, fmt.Sprintf("pjt%dc", os.Getpid()), fmt.Sprintf("pjt%dh", os.Getpid())}
	for _, ns := range []string{l.client, l.host} {
		l.ip("netns", "add", ns)
		t.Cleanup(func() { exec.Command("ip", "netns", "del", ns).Run() })
		l.quiet(ns)
		l.ip("-n", ns, "link", "set", "lo", "up")
	}
	l.ip("link", "add", "client", "netns", l.client, "type", "veth", "peer", "name", "host", "netns", l.host)
	l.ip("-n", l.client, "addr", "add", "10.9.0.1/24", "dev", "client")
	l.ip("-n", l.host, "addr", "add", hostAddr+"/24", "dev", "host")
	l.ip("-n", l.client, "link", "set", "client", "up")
	l.ip("-n", l.host, "link", "set", "host", "up")
	return l
}

func (l *link) ip(args ...string) {
	l.t.Helper()
	if out, err := exec.Command("ip", args...).CombinedOutput(); err != nil {
		l.t.Skipf("may not make network namespaces here: ip %v: %v: %s", args, err, out)
	}
}

// quiet keeps IPv6 from talking in ns, so that nothing passes but what the test sends.
func (l *link) quiet(ns string) {
	exec.Command("ip", "netns", "exec", ns, "sh", "-c", "echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6").Run()
}

// in is a command that runs in a namespace.
func (l *link) in(ns, name string, args ...string) *exec.Cmd {
	return exec.Command("ip", append([]string{"netns", "exec", ns, name}, args...)...)
}

// serve starts the host, and ends it with the test.
func (l *link) serve() {
	l.t.Helper()
	cmd := l.in(l.host, "testhost")
	out, err := cmd.StdoutPipe()
	if err != nil {
		l.t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		l.t.Fatal(err)
	}
	l.t.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
	if _, err := io.ReadFull(out, make([]byte, 1)); err != nil { // it is ready
		l.t.Fatalf("the host does not start: %v", err)
	}
}

// visit makes the client ask for the name and fetch the page.
func (l *link) visit() {
	l.t.Helper()
	if out, err := l.in(l.client, "testclient").CombinedOutput(); err != nil {
		l.t.Fatalf("client: %v: %s", err, out)
	}
}

// testHost is the program of the host.
func testHost() {
	conn, err := net.ListenPacket("udp", hostAddr+":53")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	go answer(conn)
	web, err := net.Listen("tcp", hostAddr+":80")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	secure, err := net.Listen("tcp", hostAddr+":443")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	page := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "<p>the page</p>") })
	overTLS := httptest.NewUnstartedServer(page)
	overTLS.Listener.Close()
	overTLS.Listener = secure
	overTLS.EnableHTTP2 = true
	overTLS.StartTLS()
	os.Stdout.WriteString(".")
	http.Serve(web, page)
}

// answer answers every question with the host's address.
func answer(conn net.PacketConn) {
	b := make([]byte, 1500)
	for {
		n, from, err := conn.ReadFrom(b)
		if err != nil {
			return
		}
		var m dnsmessage.Message
		if m.Unpack(b[:n]) != nil || len(m.Questions) == 0 {
			continue
		}
		q := m.Questions[0]
		m.Response, m.RecursionAvailable, m.Additionals = true, true, nil
		if q.Type == dnsmessage.TypeA {
			m.Answers = []dnsmessage.Resource{{
				Header: dnsmessage.ResourceHeader{Name: q.Name, Type: q.Type, Class: q.Class, TTL: 60},
				Body:   &dnsmessage.AResource{A: [4]byte(net.ParseIP(hostAddr).To4())},
			}}
		}
		if packed, err := m.Pack(); err == nil {
			conn.WriteTo(packed, from)
		}
	}
}

// testClient is the program of the client.
func testClient() {
	resolver := &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, network, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, network, hostAddr+":53")
	}}
	dialer := &net.Dialer{Resolver: resolver, Timeout: 10 * time.Second}
	client := http.Client{Transport: &http.Transport{DialContext: dialer.DialContext}}
	r, err := client.Get("http://" + hostVisited + "/")
	if err == nil {
		_, err = io.Copy(io.Discard, r.Body)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
