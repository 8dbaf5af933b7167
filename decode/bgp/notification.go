package bgp

import (
	"fmt"
	"strings"

	"github.com/pktjourney/pktjourney/decode/wire"
)

// notification is RFC 4271 section 4.5.
func (m *Message) notification(c *wire.Cursor) {
	code, sub := c.Uint8("notification.code"), c.Uint8("notification.subcode")
	if c.Err() != nil {
		return
	}
	m.Error = fmt.Sprintf("%s (%d/%d)", errorName(code, sub), code, sub)
	if code == errorCease && (sub == ceaseShutdown || sub == ceaseReset) && !c.Empty() {
		said := c.Sub8("notification.shutdown_communication")
		m.Shutdown = strings.ToValidUTF8(string(said.Rest()), "\uFFFD")
	}
}
