package main

import (
	"crypto/tls"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/pktjourney/pktjourney/decode/capture/captest/packet"
)

const resolver = "198.51.100.53"

func client(n int) string { return fmt.Sprintf("192.168.1.%d", n%250+2) }

func server(r *rand.Rand) string { return fmt.Sprintf("203.0.%d.%d", 64+r.IntN(190), r.IntN(254)+1) }

func name(r *rand.Rand) string { return fmt.Sprintf("www%d.example.com", r.IntN(5000)) }

// ask is a question and its answer.
func ask(c *packet.Capture, r *rand.Rand, n int, name, address string) {
	q := packet.DNS{Client: fmt.Sprintf("%s:%d", client(n), 1024+n%60000), Server: resolver, ID: uint16(r.IntN(1 << 16)), Name: name}
	c.Query(q)
	q.Answers = []string{name + " A " + address}
	c.Answer(q)
}

func question(r *rand.Rand, n int) *packet.Capture {
	c := packet.New()
	ask(c, r, n, fmt.Sprintf("n%d.example.com", n), server(r))
	return c
}

// office is two pages for each conversation that has nothing to do with them.
func office(r *rand.Rand, n int) *packet.Capture {
	if n%3 == 2 {
		return background[r.IntN(len(background))](r, n)
	}
	return page(r, n)
}

// page is a name, a connection and pages of some tens of kilobytes; every third client is given its address before.
func page(r *rand.Rand, n int) *packet.Capture {
	c := packet.New()
	if r.IntN(3) == 0 {
		lease(c, r, n)
	}
	name, address := name(r), server(r)
	ask(c, r, n, name, address)
	if r.IntN(2) == 0 {
		s := c.Connection(fmt.Sprintf("%s:%d > %s:80", client(n), 1024+n%60000, address))
		s.Open()
		for range 1 + r.IntN(3) {
			size := pageSize(r)
			s.Client.Send("GET / HTTP/1.1\r\nHost: " + name + "\r\n\r\n")
			s.Server.ACK()
			bulk(s, fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n", size)+strings.Repeat("x", size))
		}
		s.Close()
		return c
	}
	size := pageSize(r) + pageSize(r)
	s := c.Connection(fmt.Sprintf("%s:%d > %s:443", client(n), 1024+n%60000, address))
	s.Open()
	for i, f := range handshake {
		data := strings.ReplaceAll(f.Data, placeholder, name[:len(placeholder)])
		if i < len(handshake)-2 || f.FromClient {
			end(s, f.FromClient).SendAll(data, 1400)
		}
	}
	var records strings.Builder
	for size > 0 {
		n := min(size, 16000)
		records.Write(binary.BigEndian.AppendUint16([]byte{23, 3, 3}, uint16(n)))
		records.WriteString(strings.Repeat("\xa5", n))
		size -= n
	}
	bulk(s, records.String())
	s.Close()
	return c
}

// pageSize is mostly some kilobytes, now and then some hundred.
func pageSize(r *rand.Rand) int {
	if r.IntN(8) == 0 {
		return 200000 + r.IntN(200000)
	}
	return 2000 + r.IntN(40000)
}

// lease is how a client gets its address, and asks for the MAC address of its gateway.
func lease(c *packet.Capture, r *rand.Rand, n int) {
	m := packet.DHCP{Type: packet.Discover, XID: r.Uint32(), Client: byte(n%250 + 2)}
	c.DHCP(m)
	m.Type, m.Server, m.Your, m.Router, m.DNS, m.Lease = packet.Offer, packet.Gateway, client(n), packet.Gateway, []string{resolver}, time.Hour
	c.DHCP(m)
	c.DHCP(packet.DHCP{Type: packet.Request, XID: m.XID, Client: m.Client, Server: m.Server, Requested: m.Your})
	m.Type = packet.Ack
	c.DHCP(m)
	c.WhoHas(packet.Gateway, client(n))
	c.IsAt(packet.Gateway, client(n))
}

// background are the conversations beside the web.
var background = []func(*rand.Rand, int) *packet.Capture{call, shell, pings, clock}

// call is one direction of speech: a datagram each 20 ms.
func call(r *rand.Rand, n int) *packet.Capture {
	c := packet.New()
	way := fmt.Sprintf("%s:%d > %s:%d", client(n), 20000+r.IntN(9000), server(r), 40000+r.IntN(9000))
	speech := append([]byte{0x80, 0}, make([]byte, 170)...)
	for range 60 + r.IntN(100) {
		c.UDP(way, speech)
		c.Wait(20 * time.Millisecond)
	}
	return c
}

// shell is somebody typing, over SSH.
func shell(r *rand.Rand, n int) *packet.Capture {
	c := packet.New()
	s := c.Connection(fmt.Sprintf("%s:%d > %s:22", client(n), 1024+n%60000, server(r)))
	s.Open()
	s.Server.Send("SSH-2.0-OpenSSH_9.2\r\n")
	s.Client.Send("SSH-2.0-OpenSSH_9.2\r\n")
	for range 20 + r.IntN(60) {
		from := end(s, r.IntN(2) == 0)
		from.Send(strings.Repeat("\x5a", 36+8*r.IntN(20)))
		if from == s.Client {
			s.Server.ACK()
		} else {
			s.Client.ACK()
		}
		c.Wait(30 * time.Millisecond)
	}
	s.Close()
	return c
}

func pings(r *rand.Rand, n int) *packet.Capture {
	c := packet.New()
	address := server(r)
	for range 10 {
		c.Ping(client(n), address)
		c.Pong(address, client(n))
		c.Wait(time.Second)
	}
	return c
}

// clock is a host that asks for the time (RFC 5905).
func clock(r *rand.Rand, n int) *packet.Capture {
	c := packet.New()
	address := server(r)
	c.UDP(fmt.Sprintf("%s:123 > %s:123", client(n), address), append([]byte{0x23}, make([]byte, 47)...))
	c.UDP(fmt.Sprintf("%s:123 > %s:123", address, client(n)), append([]byte{0x24, 2}, make([]byte, 46)...))
	return c
}

const placeholder = "www0.exa"

// handshake is one for all: making each anew takes longer than what is measured.
var handshake = packet.TLS(placeholder+"mple.com", tls.VersionTLS13, "GET / HTTP/1.1\r\n\r\n", "ok")

func end(s *packet.Connection, client bool) *packet.End {
	if client {
		return s.Client
	}
	return s.Server
}

// bulk sends data of the server, every second segment acknowledged.
func bulk(s *packet.Connection, data string) {
	for i := 0; len(data) > 0; i++ {
		n := min(len(data), 1448)
		s.Server.Send(data[:n])
		if data = data[n:]; i%2 == 1 {
			s.Client.ACK()
		}
	}
}

// visit is a connection of a few frames.
func visit(r *rand.Rand, n int) *packet.Capture {
	c := packet.New()
	c.Wait(time.Duration(r.IntN(60)) * time.Second)
	s := c.Connection(fmt.Sprintf("10.%d.%d.%d:%d > %s:80", n>>16&255, n>>8&255, n&255, 1024+n%60000, server(r)))
	s.Open()
	s.Client.Send("GET / HTTP/1.1\r\nHost: " + name(r) + "\r\n\r\n")
	s.Server.Send("HTTP/1.1 204 No Content\r\n\r\n")
	s.Close()
	return c
}
