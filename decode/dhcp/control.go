package dhcp

import "github.com/pktjourney/pktjourney/decode/wire"

// readMessageType reads what makes a BOOTP message a DHCP one (RFC 2132
// section 9.6).
func readMessageType(m *Message, c *wire.Cursor) { m.Type = MessageType(c.Uint8("message type")) }

// readOverload checks the value that overload has used by now (RFC 2132
// section 9.3).
func readOverload(_ *Message, c *wire.Cursor) {
	const all = overloadFile | overloadServerName
	if v := c.Uint8("overload"); v == 0 || v > all {
		c.Fail("overload", 1, wire.ErrMalformed)
	}
}

// readParameterList reads which options the client asks for (RFC 2132 section 9.8).
func readParameterList(m *Message, c *wire.Cursor) {
	if c.Empty() {
		c.Fail("parameter list", 1, wire.ErrShort)
	}
	m.ParameterList = c.Rest()
}

// readMaxMessageSize reads the longest message that the client accepts, IP and
// UDP headers included (RFC 2132 section 9.10).
func readMaxMessageSize(m *Message, c *wire.Cursor) {
	m.MaxMessageSize = c.Uint16("maximum message size")
}

// readClientID reads what the server shall know the client by; a type byte and
// at least one more (RFC 2132 section 9.14).
func readClientID(m *Message, c *wire.Cursor) {
	if c.Len() < 2 {
		c.Fail("client identifier", 2, wire.ErrShort)
	}
	m.ClientID = c.Rest()
}
