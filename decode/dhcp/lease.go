package dhcp

import (
	"time"

	"github.com/pktjourney/pktjourney/decode/wire"
)

// Infinite is a lease without an end: all 32 bits set (RFC 2131 section 3.3).
const Infinite = 0xffffffff * time.Second

// seconds reads a time of RFC 2132 sections 9.2, 9.11 and 9.12.
func seconds(c *wire.Cursor, field string) time.Duration {
	return time.Duration(c.Uint32(field)) * time.Second
}

func readLeaseTime(m *Message, c *wire.Cursor) { m.LeaseTime = seconds(c, "lease time") }

func readRenewalTime(m *Message, c *wire.Cursor) { m.RenewalTime = seconds(c, "renewal time") }

func readRebindingTime(m *Message, c *wire.Cursor) { m.RebindingTime = seconds(c, "rebinding time") }
