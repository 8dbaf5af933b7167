package dhcp

import (
	"bytes"
	"net/netip"
	"time"

	"github.com/pktjourney/pktjourney/decode/wire"
)

// proto names the protocol in errors.
const proto = "dhcp"

// magic opens the vendor field where it holds options (RFC 2131 section 3).
const magic = 0x63825363

const broadcastFlag = 0x8000

// Parse reads the payload of one UDP datagram (RFC 2131 section 2). The result
// refers to b. On error it holds what was read: an option with a bad value does
// not keep those after it from being read.
func Parse(b []byte) (Message, error) {
	var m Message
	err := m.Parse(b)
	return m, err
}

// Parse reads b into m as the function Parse does, and reuses m's lists.
func (m *Message) Parse(b []byte) error {
	m.reset()
	p := parser{m: m, b: b}
	p.message()
	return p.err
}

// parser holds what reading one message needs. The first error is kept.
type parser struct {
	m   *Message
	b   []byte
	err error

	value wire.Cursor // of the option being read; here so that it is allocated once
}

func (p *parser) note(err error) {
	if p.err == nil {
		p.err = err
	}
}

// message reads the fixed fields and then all options.
func (p *parser) message() {
	c := wire.NewCursor(proto, p.b)
	p.header(&c)
	sname, file := c.Sub("sname", 64), c.Sub("file", 128)
	cookie := c.Uint32("magic cookie")
	if c.Err() != nil {
		p.note(c.Err())
		return
	}
	if cookie == magic {
		p.options(&c, false)
	}
	p.overloaded(sname, file)
	p.values()
}

// header reads the fixed fields before sname (RFC 2131 section 2, figure 1).
func (p *parser) header(c *wire.Cursor) {
	m := p.m
	m.Op = Op(c.Uint8("op"))
	m.HType = c.Uint8("htype")
	m.HLen = c.Uint8("hlen")
	m.Hops = c.Uint8("hops")
	m.XID = c.Uint32("xid")
	m.Elapsed = time.Duration(c.Uint16("secs")) * time.Second
	m.Broadcast = c.Uint16("flags")&broadcastFlag != 0
	m.ClientIP = addr(c, "ciaddr")
	m.YourIP = addr(c, "yiaddr")
	m.NextServerIP = addr(c, "siaddr")
	m.RelayIP = addr(c, "giaddr")
	at := *c // so that a bad hlen does not end the message
	m.ClientMAC = hardwareAddr(&at, m.HLen)
	c.Skip("chaddr", maxHardware)
	p.note(at.Err())
}

// addr reads an IPv4 address; the zero Addr after an error.
func addr(c *wire.Cursor, field string) netip.Addr {
	b := c.Bytes(field, 4)
	if b == nil {
		return netip.Addr{}
	}
	return netip.AddrFrom4([4]byte(b))
}

// overloaded reads sname and file, as text or as the options that option 52
// says they hold (RFC 2132 section 9.3). Options in file come before those in
// sname (RFC 3396 section 5).
func (p *parser) overloaded(sname, file wire.Cursor) {
	where := p.overload()
	if where&overloadFile != 0 {
		p.options(&file, true)
	} else {
		p.m.BootFile = terminated(file.Rest())
	}
	if where&overloadServerName != 0 {
		p.options(&sname, true)
	} else {
		p.m.ServerName = terminated(sname.Rest())
	}
}

// terminated is the text before the first NUL.
func terminated(b []byte) string {
	text, _, _ := bytes.Cut(b, []byte{0})
	return string(text)
}
