package dhcp

import (
	"net/netip"
	"time"
)

// Message is one BOOTP or DHCP message. Its byte slices refer to the bytes that
// it was read from; strings and addresses are its own. A field of an option is
// zero when Has says that the option is absent.
type Message struct {
	Op        Op
	HType     uint8         // hardware type, 1 for Ethernet
	HLen      uint8         // as on the wire, even when more than the field holds
	Hops      uint8         // relay agents passed
	XID       uint32        // pairs the messages of one transaction
	Elapsed   time.Duration // since the client began; whole seconds on the wire
	Broadcast bool          // the client asks for replies by broadcast (RFC 2131 section 4.1)

	ClientIP     netip.Addr // ciaddr: the client's address, when it may use one
	YourIP       netip.Addr // yiaddr: the address that the server gives
	NextServerIP netip.Addr // siaddr: where the boot file is
	RelayIP      netip.Addr // giaddr: the relay agent
	ClientMAC    HardwareAddr
	ServerName   string // sname, or option 66 when there is one
	BootFile     string // file, or option 67 when there is one

	Type MessageType // option 53; BOOTP when absent

	LeaseTime     time.Duration // option 51; Infinite when all bits are set
	RenewalTime   time.Duration // option 58, T1
	RebindingTime time.Duration // option 59, T2

	SubnetMask  netip.Addr
	Routers     []netip.Addr // in order of preference
	DNSServers  []netip.Addr // in order of preference
	NTPServers  []netip.Addr // in order of preference
	Routes      []Route      // option 121: a client that knows it takes Routers for nothing
	ServerID    netip.Addr   // option 54: which server an offer is of, or a request for
	RequestedIP netip.Addr   // option 50

	Domain       string   // option 15
	DomainSearch []string // option 119, in order, without final dots; at most maxSearch
	Hostname     string   // option 12
	Text         string   // option 56: a server's or client's message to people
	VendorClass  string   // option 60

	ClientID       []byte // option 61, its type byte included
	ParameterList  []byte // option 55: the codes that the client asks for
	MaxMessageSize uint16 // option 57
	CircuitID      []byte // option 82: the port of the relay agent that the client is behind
	RemoteID       []byte // option 82: the far end of that circuit

	// Options are all of them, repeated and unknown ones too, in wire order;
	// those that stand in file and sname come last, in this order.
	Options []Option

	seen  [256]uint8 // how often each code occurs, at most 255
	valid [256]bool  // the codes whose value could be read, or has no reader here
}

// Has reports whether option code is there with a value that could be read.
func (m *Message) Has(code OptionCode) bool { return m.valid[code] }

// reset empties m and keeps its lists' memory.
func (m *Message) reset() {
	*m = Message{
		Routers: m.Routers[:0], DNSServers: m.DNSServers[:0], NTPServers: m.NTPServers[:0],
		Routes: m.Routes[:0], DomainSearch: m.DomainSearch[:0], Options: m.Options[:0],
	}
}
