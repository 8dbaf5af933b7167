package packet

import (
	"fmt"
	"net/netip"
	"strings"

	"golang.org/x/net/dns/dnsmessage"
)

// DNS is one DNS message and the way it takes. In Answers each line is a
// resource record: "www.example.com A 192.0.2.1" or "www.example.com CNAME example.com".
type DNS struct {
	Client, Server string // as in "192.168.1.100:40000"; a server without a port has 53
	ID             uint16
	Name           string
	Type           dnsmessage.Type // 0 is A
	OpCode         dnsmessage.OpCode
	RCode          dnsmessage.RCode
	Answers        []string
	Authorities    []string // NS records; with them and no answer it is a referral
	Additionals    []string
	Iterative      bool // RD=0
	Authoritative  bool // AA
	Truncated      bool // TC
	Validated      bool // AD
	EDNS           int  // the UDP size of an OPT record in query and response (RFC 6891); 0: none
}

// Query adds the question of q.
func (c *Capture) Query(q DNS) int { return c.dns(q, false) }

// Answer adds the response to q.
func (c *Capture) Answer(q DNS) int { return c.dns(q, true) }

func (c *Capture) dns(q DNS, response bool) int {
	client, server := q.Client, q.Server
	if a, err := netip.ParseAddr(server); err == nil {
		server = netip.AddrPortFrom(a, 53).String()
	}
	if response {
		client, server = server, client
	}
	return c.UDP(client+" > "+server, q.Pack(response))
}

// Pack is the message itself (RFC 1035 section 4.1).
func (q DNS) Pack(response bool) []byte {
	m := dnsmessage.Message{
		Header:    dnsmessage.Header{ID: q.ID, OpCode: q.OpCode, Response: response, RecursionDesired: !q.Iterative},
		Questions: []dnsmessage.Question{{Name: name(q.Name), Type: max(q.Type, dnsmessage.TypeA), Class: dnsmessage.ClassINET}},
	}
	if response {
		m.RecursionAvailable, m.RCode, m.Authoritative = !q.Iterative, q.RCode, q.Authoritative
		m.Truncated, m.AuthenticData = q.Truncated, q.Validated
		m.Answers, m.Authorities, m.Additionals = records(q.Answers), records(q.Authorities), records(q.Additionals)
	}
	if q.EDNS != 0 {
		m.Additionals = append(m.Additionals, option(q.EDNS))
	}
	b, err := m.Pack()
	if err != nil {
		panic(err)
	}
	return b
}

// option is an OPT record (RFC 6891 section 6.1.2).
func option(size int) dnsmessage.Resource {
	return dnsmessage.Resource{
		Header: dnsmessage.ResourceHeader{Name: dnsmessage.MustNewName("."), Class: dnsmessage.Class(size)},
		Body:   &dnsmessage.OPTResource{},
	}
}

func name(s string) dnsmessage.Name {
	return dnsmessage.MustNewName(strings.TrimSuffix(s, ".") + ".")
}

func records(lines []string) []dnsmessage.Resource {
	var list []dnsmessage.Resource
	for _, line := range lines {
		list = append(list, record(line))
	}
	return list
}

// record reads "owner TYPE data".
func record(line string) dnsmessage.Resource {
	f := strings.Fields(line)
	if len(f) != 3 {
		panic(fmt.Sprintf("packet: %q is no record", line))
	}
	r := dnsmessage.Resource{Header: dnsmessage.ResourceHeader{Name: name(f[0]), Class: dnsmessage.ClassINET, TTL: 300}}
	switch f[1] {
	case "A":
		r.Body = &dnsmessage.AResource{A: netip.MustParseAddr(f[2]).As4()}
	case "AAAA":
		r.Body = &dnsmessage.AAAAResource{AAAA: netip.MustParseAddr(f[2]).As16()}
	case "NS":
		r.Body = &dnsmessage.NSResource{NS: name(f[2])}
	case "CNAME":
		r.Body = &dnsmessage.CNAMEResource{CNAME: name(f[2])}
	default:
		panic(fmt.Sprintf("packet: record type %s", f[1]))
	}
	return r
}
