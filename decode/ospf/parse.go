package ospf

import (
	"time"

	"github.com/pktjourney/pktjourney/decode/wire"
)

const (
	proto    = "ospf"
	version2 = 2
	version3 = 3
)

// Parse reads one packet: the payload of an IP packet with protocol number 89. What stands
// behind the length of the header, a digest or a block for the link, is passed over
// (RFC 2328 section D.4.3, RFC 5613). An error is a *wire.Error; Message then holds what was read.
func Parse(b []byte) (*Message, error) {
	m := new(Message)
	return m, m.Parse(b)
}

// Parse reads b into m as the function does. Nothing of m refers to b.
func (m *Message) Parse(b []byte) error {
	*m = Message{Neighbours: m.Neighbours[:0], LSAs: m.LSAs[:0]}
	c := wire.NewCursor(proto, b)
	m.Version = c.Uint8("version")
	m.Type = Type(c.Uint8("type"))
	length := int(c.Uint16("packet length"))
	m.RouterID, m.AreaID = ID(c.Uint32("router id")), ID(c.Uint32("area id"))
	c.Skip("checksum", 2)
	switch m.Version {
	case version2:
		c.Skip("authentication", 10)
	case version3:
		c.Skip("instance id", 2)
	default:
		c.Fail("version", 0, wire.ErrMalformed)
	}
	m.header = c.Err() == nil
	m.body(&c, length-c.Off())
	return c.Err()
}

// body reads what follows the header: n bytes by the header, of which some may be missing.
func (m *Message) body(c *wire.Cursor, n int) {
	if c.Err() != nil {
		return
	}
	if n < 0 {
		c.Fail("packet length", 0, wire.ErrMalformed)
		return
	}
	have := min(n, c.Len())
	in := c.Sub("body", have)
	switch m.Type {
	case Hello:
		m.readHello(&in)
	case DatabaseDescription:
		in.Skip("database description", m.byVersion(8, 12))
		m.readHeaders(&in)
	case LinkStateRequest:
		m.readRequests(&in)
	case LinkStateUpdate:
		m.readUpdate(&in)
	case LinkStateAck:
		m.readHeaders(&in)
	}
	if have < n && c.Err() == nil {
		c.Fail("body", n-have, wire.ErrShort)
	}
}

func (m *Message) byVersion(two, three int) int {
	if m.Version == version3 {
		return three
	}
	return two
}

// readHello reads a Hello packet (RFC 2328 section A.3.2, RFC 5340 section A.3.2).
func (m *Message) readHello(c *wire.Cursor) {
	c.Skip("network mask or interface id", 4)
	if m.Version == version2 {
		m.HelloInterval = seconds(uint32(c.Uint16("hello interval")))
		c.Skip("options and priority", 2)
		m.DeadInterval = seconds(c.Uint32("dead interval"))
	} else {
		c.Skip("priority and options", 4)
		m.HelloInterval = seconds(uint32(c.Uint16("hello interval")))
		m.DeadInterval = seconds(uint32(c.Uint16("dead interval")))
	}
	m.Designated = ID(c.Uint32("designated router"))
	m.Backup = ID(c.Uint32("backup designated router"))
	m.hello = c.Err() == nil
	for !c.Empty() {
		if id := ID(c.Uint32("neighbour")); c.Err() == nil && len(m.Neighbours) < maxNeighbours {
			m.Neighbours = append(m.Neighbours, id)
		}
	}
}

func seconds(n uint32) time.Duration { return time.Duration(n) * time.Second }
