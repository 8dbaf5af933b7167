package dhcp

import (
	"bytes"

	"github.com/pktjourney/pktjourney/decode/wire"
)

// text reads the rest as text of at least one byte, without the NULs that
// some senders end it with (RFC 2132 section 2).
func text(c *wire.Cursor, field string) string {
	if c.Empty() {
		c.Fail(field, 1, wire.ErrShort)
	}
	return string(bytes.TrimRight(c.Rest(), "\x00"))
}

func readHostname(m *Message, c *wire.Cursor) { m.Hostname = text(c, "host name") }

func readDomain(m *Message, c *wire.Cursor) { m.Domain = text(c, "domain name") }

func readText(m *Message, c *wire.Cursor) { m.Text = text(c, "message") }

func readVendorClass(m *Message, c *wire.Cursor) { m.VendorClass = text(c, "vendor class") }

// readServerName stands in for sname where that holds options (RFC 2132
// section 9.4), and counts for more than sname where it does not.
func readServerName(m *Message, c *wire.Cursor) { m.ServerName = text(c, "server name") }

// readBootFile stands in for file (RFC 2132 section 9.5).
func readBootFile(m *Message, c *wire.Cursor) { m.BootFile = text(c, "boot file") }
