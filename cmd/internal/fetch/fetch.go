// Package fetch asks for a name and fetches pages so that all of it is on the wire: the question goes to the DNS
// server itself, and each page has a connection of its own.
package fetch

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"
)

// Target is what is to be fetched.
type Target struct {
	Host string   // name or address
	URLs []string // in their order
}

// Parse understands a name or a URL of http or https.
func Parse(arg string) (*Target, error) {
	if strings.Contains(arg, "://") {
		u, err := url.Parse(arg)
		if err != nil {
			return nil, err
		}
		if u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" {
			return nil, fmt.Errorf("%q is no page of http or https", arg)
		}
		u.User = nil
		return &Target{Host: u.Hostname(), URLs: []string{u.String()}}, nil
	}
	host := strings.TrimSuffix(arg, ".")
	u, err := url.Parse("http://" + host + "/")
	if _, isAddr := netip.ParseAddr(host); isAddr == nil && strings.Contains(host, ":") {
		host = "[" + host + "]"
		u, err = url.Parse("http://" + host + "/")
	}
	if err != nil || u.Hostname() == "" || u.Path != "/" || u.RawQuery != "" || u.User != nil || strings.HasPrefix(host, "-") {
		return nil, fmt.Errorf("%q is no name of a host", arg)
	}
	return &Target{Host: u.Hostname(), URLs: []string{"http://" + u.Host + "/", "https://" + u.Host + "/"}}, nil
}

// Client fetches pages.
type Client struct {
	http    *http.Client
	timeout time.Duration
}

// New makes a client that asks servers for names, the resolver of the machine when there are none, and writes the TLS
// secrets of its connections to keys. insecure accepts any certificate. A page must have come within timeout.
func New(servers []netip.Addr, keys io.Writer, insecure bool, timeout time.Duration) *Client {
	dialer := &net.Dialer{Timeout: timeout, Resolver: resolver(servers)}
	return &Client{timeout: timeout, http: &http.Client{
		Transport: &http.Transport{
			DialContext:       dialer.DialContext,
			TLSClientConfig:   &tls.Config{KeyLogWriter: keys, InsecureSkipVerify: insecure},
			ForceAttemptHTTP2: true,
			DisableKeepAlives: true,
		},
		Timeout: timeout,
	}}
}

// resolver asks servers in turn, by Go's own client: it has no cache.
func resolver(servers []netip.Addr) *net.Resolver {
	if len(servers) == 0 {
		return &net.Resolver{PreferGo: true}
	}
	asked := 0
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, network, _ string) (net.Conn, error) {
		server := servers[asked%len(servers)]
		conn, err := new(net.Dialer).DialContext(ctx, network, netip.AddrPortFrom(server, 53).String())
		if err != nil {
			asked++
		}
		return conn, err
	}}
}

// maxPage bounds what is read of a page.
const maxPage = 64 << 20

// Get fetches a page, and those that it leads to, and says what came.
func (c *Client) Get(address string) (string, error) {
	response, err := c.http.Get(address)
	if err != nil {
		return "", plain(err)
	}
	defer c.http.CloseIdleConnections()
	defer response.Body.Close()
	n, err := io.Copy(io.Discard, io.LimitReader(response.Body, maxPage))
	if err != nil {
		return "", plain(err)
	}
	said := fmt.Sprintf("%s %s, %d bytes", response.Proto, response.Status, n)
	if at := response.Request.URL.String(); at != address {
		said += ", from " + at
	}
	return said, nil
}

// plain leaves out the method and the address, which the reader knows.
func plain(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err
	}
	return err
}

// LocalAddr is the address that this machine sends from to reach addr; not valid when it does not know a way. No
// packet is sent.
func LocalAddr(addr netip.Addr) netip.Addr {
	conn, err := net.DialUDP("udp", nil, net.UDPAddrFromAddrPort(netip.AddrPortFrom(addr, 9)))
	if err != nil {
		return netip.Addr{}
	}
	defer conn.Close()
	local, ok := conn.LocalAddr().(*net.UDPAddr)
	if !ok {
		return netip.Addr{}
	}
	return local.AddrPort().Addr().Unmap()
}
