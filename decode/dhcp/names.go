package dhcp

import "strconv"

// Op says who sent the message (RFC 951 section 3).
type Op uint8

// The two values of op.
const (
	BootRequest Op = 1 // client to server
	BootReply   Op = 2 // server to client
)

// MessageType is the value of option 53 (RFC 2132 section 9.6). BOOTP messages
// have none and say zero.
type MessageType uint8

// The message types of RFC 2131.
const (
	BOOTP    MessageType = 0 // no option 53
	Discover MessageType = 1
	Offer    MessageType = 2
	Request  MessageType = 3
	Decline  MessageType = 4
	Ack      MessageType = 5
	Nak      MessageType = 6
	Release  MessageType = 7
	Inform   MessageType = 8
)

var typeNames = [...]string{
	BOOTP:    "bootp",
	Discover: "discover",
	Offer:    "offer",
	Request:  "request",
	Decline:  "decline",
	Ack:      "ack",
	Nak:      "nak",
	Release:  "release",
	Inform:   "inform",
}

// Known reports whether t is one of the eight messages of RFC 2131, which
// excludes BOOTP and later additions such as lease queries (RFC 4388).
func (t MessageType) Known() bool { return t >= Discover && t <= Inform }

// String is the name in lower case, "type 10" for one that RFC 2131 does not have.
func (t MessageType) String() string {
	if int(t) < len(typeNames) {
		return typeNames[t]
	}
	return "type " + strconv.Itoa(int(t))
}

// OptionCode says what an option means.
type OptionCode uint8

// The options that have a field in Message (RFC 2132, RFC 3046, RFC 3397,
// RFC 3442), and the two that are bytes without a length.
const (
	OptionPad            OptionCode = 0
	OptionSubnetMask     OptionCode = 1
	OptionRouter         OptionCode = 3
	OptionDNSServer      OptionCode = 6
	OptionHostname       OptionCode = 12
	OptionDomain         OptionCode = 15
	OptionNTPServer      OptionCode = 42
	OptionRequestedIP    OptionCode = 50
	OptionLeaseTime      OptionCode = 51
	OptionOverload       OptionCode = 52
	OptionMessageType    OptionCode = 53
	OptionServerID       OptionCode = 54
	OptionParameterList  OptionCode = 55
	OptionMessage        OptionCode = 56
	OptionMaxMessageSize OptionCode = 57
	OptionRenewalTime    OptionCode = 58
	OptionRebindingTime  OptionCode = 59
	OptionVendorClass    OptionCode = 60
	OptionClientID       OptionCode = 61
	OptionServerName     OptionCode = 66
	OptionBootFile       OptionCode = 67
	OptionRelayAgent     OptionCode = 82
	OptionDomainSearch   OptionCode = 119
	OptionRoutes         OptionCode = 121
	OptionEnd            OptionCode = 255
)
