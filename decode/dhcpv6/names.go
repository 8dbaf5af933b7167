package dhcpv6

import "strconv"

// MessageType is the first byte of a message (RFC 8415 section 7.3).
type MessageType uint8

// The message types of RFC 8415.
const (
	Solicit            MessageType = 1
	Advertise          MessageType = 2
	Request            MessageType = 3
	Confirm            MessageType = 4
	Renew              MessageType = 5
	Rebind             MessageType = 6
	Reply              MessageType = 7
	Release            MessageType = 8
	Decline            MessageType = 9
	Reconfigure        MessageType = 10
	InformationRequest MessageType = 11
	RelayForw          MessageType = 12
	RelayRepl          MessageType = 13
)

var typeNames = [...]string{
	Solicit:            "solicit",
	Advertise:          "advertise",
	Request:            "request",
	Confirm:            "confirm",
	Renew:              "renew",
	Rebind:             "rebind",
	Reply:              "reply",
	Release:            "release",
	Decline:            "decline",
	Reconfigure:        "reconfigure",
	InformationRequest: "information_request",
	RelayForw:          "relay_forw",
	RelayRepl:          "relay_repl",
}

// Known reports whether t is one of the messages of RFC 8415, which excludes
// later additions such as lease queries (RFC 5007).
func (t MessageType) Known() bool { return t >= Solicit && t <= RelayRepl }

// Relay reports whether t is a message between relay agents and servers, whose
// fixed fields differ from those of the others (RFC 8415 section 9).
func (t MessageType) Relay() bool { return t == RelayForw || t == RelayRepl }

// FromServer reports whether servers send t to clients.
func (t MessageType) FromServer() bool { return t == Advertise || t == Reply || t == Reconfigure }

// String is the name in lower case with underscores, "type 14" for one that
// RFC 8415 does not have.
func (t MessageType) String() string {
	if t.Known() {
		return typeNames[t]
	}
	return "type " + strconv.Itoa(int(t))
}

// OptionCode says what an option means.
type OptionCode uint16

// The options that have a field in Message, or stand inside one that has (RFC
// 8415 section 21, RFC 3646).
const (
	OptionClientID     OptionCode = 1
	OptionServerID     OptionCode = 2
	OptionIANA         OptionCode = 3
	OptionIATA         OptionCode = 4
	OptionIAAddr       OptionCode = 5
	OptionRequest      OptionCode = 6
	OptionElapsedTime  OptionCode = 8
	OptionRelayMessage OptionCode = 9
	OptionStatusCode   OptionCode = 13
	OptionRapidCommit  OptionCode = 14
	OptionDNSServers   OptionCode = 23
	OptionDomainList   OptionCode = 24
	OptionIAPD         OptionCode = 25
	OptionIAPrefix     OptionCode = 26
)

// StatusCode says how a request went (RFC 8415 section 21.13).
type StatusCode uint16

// The status codes of RFC 8415.
const (
	Success       StatusCode = 0
	UnspecFail    StatusCode = 1
	NoAddrsAvail  StatusCode = 2
	NoBinding     StatusCode = 3
	NotOnLink     StatusCode = 4
	UseMulticast  StatusCode = 5
	NoPrefixAvail StatusCode = 6
)

var statusNames = [...]string{
	Success:       "Success",
	UnspecFail:    "UnspecFail",
	NoAddrsAvail:  "NoAddrsAvail",
	NoBinding:     "NoBinding",
	NotOnLink:     "NotOnLink",
	UseMulticast:  "UseMulticast",
	NoPrefixAvail: "NoPrefixAvail",
}

// String is the name as the RFC writes it, "status 7" for one that it does not have.
func (s StatusCode) String() string {
	if int(s) < len(statusNames) {
		return statusNames[s]
	}
	return "status " + strconv.Itoa(int(s))
}

// DUIDType says what a DUID is made from (RFC 8415 section 11.1).
type DUIDType uint16

// The types of DUID.
const (
	DUIDLLT  DUIDType = 1 // link-layer address and time
	DUIDEN   DUIDType = 2 // enterprise number
	DUIDLL   DUIDType = 3 // link-layer address
	DUIDUUID DUIDType = 4 // RFC 6355
)
