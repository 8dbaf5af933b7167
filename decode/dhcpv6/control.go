package dhcpv6

import (
	"time"

	"github.com/pktjourney/pktjourney/decode/wire"
)

// readElapsedTime reads how long the client has been at it (RFC 8415 section 21.9).
func readElapsedTime(m *Message, c *wire.Cursor) {
	m.Elapsed = time.Duration(c.Uint16("elapsed time")) * 10 * time.Millisecond
}

// readRapidCommit reads an option without a value (RFC 8415 section 21.14).
func readRapidCommit(m *Message, c *wire.Cursor) { m.RapidCommit = c.Empty() }
