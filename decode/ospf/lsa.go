package ospf

import "github.com/pktjourney/pktjourney/decode/wire"

const lsaHeaderLen = 20

// doNotAge is the bit of advertisements that do not age (RFC 1793 section 2.2).
const doNotAge = 0x8000

// keep adds a to the list, up to its bound.
func (m *Message) keep(a LSA) {
	if len(m.LSAs) < maxLSAs {
		m.LSAs = append(m.LSAs, a)
	}
}

// readHeaders reads LSA headers up to the end (RFC 2328 sections A.3.3 and A.3.6).
func (m *Message) readHeaders(c *wire.Cursor) {
	for !c.Empty() {
		if a, _ := m.readHeader(c); c.Err() == nil {
			m.keep(a)
		}
	}
}

// readHeader reads the header of an LSA and how long the LSA is, header included.
func (m *Message) readHeader(c *wire.Cursor) (a LSA, length int) {
	a.Age = seconds(uint32(c.Uint16("lsa age") &^ doNotAge))
	if m.Version == version2 {
		c.Skip("lsa options", 1)
		a.Type = LSAType(c.Uint8("lsa type"))
	} else {
		a.Type = LSAType(c.Uint16("lsa type"))
	}
	a.LinkStateID, a.Advertising = ID(c.Uint32("link state id")), ID(c.Uint32("advertising router"))
	a.Sequence = c.Uint32("lsa sequence number")
	c.Skip("lsa checksum", 2)
	return a, int(c.Uint16("lsa length"))
}

// readRequests reads what a Link State Request names (RFC 2328 section A.3.4).
func (m *Message) readRequests(c *wire.Cursor) {
	for !c.Empty() {
		a := LSA{Type: LSAType(c.Uint32("lsa type"))}
		a.LinkStateID, a.Advertising = ID(c.Uint32("link state id")), ID(c.Uint32("advertising router"))
		if c.Err() == nil {
			m.keep(a)
		}
	}
}

// readUpdate reads whole LSAs (RFC 2328 section A.3.5). A router LSA begins with what the
// router is (section A.4.2, RFC 5340 section A.4.3).
func (m *Message) readUpdate(c *wire.Cursor) {
	for count := c.Uint32("lsa count"); count > 0 && c.Err() == nil; count-- {
		a, length := m.readHeader(c)
		if c.Err() == nil && length < lsaHeaderLen {
			c.Fail("lsa length", 0, wire.ErrMalformed)
		}
		body := c.Sub("lsa body", length-lsaHeaderLen)
		if a.Type == LSARouter || a.Type == LSAv3Router {
			a.Roles = Roles(body.Uint8("router bits")) & (AreaBorder | ASBoundary | VirtualLink)
		}
		if c.Err() == nil {
			m.keep(a)
		}
	}
}
