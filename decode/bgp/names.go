package bgp

import "strconv"

// Type is the type of a message (RFC 4271 section 4.1, RFC 2918).
type Type uint8

// The types.
const (
	Open         Type = 1
	Update       Type = 2
	Notification Type = 3
	Keepalive    Type = 4
	RouteRefresh Type = 5
)

var typeNames = map[Type]string{Open: "open", Update: "update", Notification: "notification", Keepalive: "keepalive", RouteRefresh: "route_refresh"}

// String is the name, or the number of one that has none.
func (t Type) String() string {
	if name, ok := typeNames[t]; ok {
		return name
	}
	return strconv.Itoa(int(t))
}

// Codes of errors whose data is read (RFC 9003 section 2).
const (
	errorCease    = 6
	ceaseShutdown = 2
	ceaseReset    = 4
)

// errorNames are the codes of RFC 4271 section 4.5 and RFC 7313 section 5.
var errorNames = map[uint8]string{
	1: "message header error", 2: "OPEN message error", 3: "UPDATE message error", 4: "hold timer expired",
	5: "finite state machine error", errorCease: "cease", 7: "ROUTE-REFRESH message error",
}

// suberrorNames are the subcodes of each code: RFC 4271 sections 6.1 to 6.3, RFC 5492 section 5, RFC 6608
// section 3, RFC 4486 section 3, RFC 8538 section 3, RFC 9384 section 3, RFC 7313 section 5, RFC 9234 section 4.2.
var suberrorNames = map[uint8]map[uint8]string{
	1: {1: "connection not synchronized", 2: "bad message length", 3: "bad message type"},
	2: {1: "unsupported version number", 2: "bad peer AS", 3: "bad BGP identifier", 4: "unsupported optional parameter",
		6: "unacceptable hold time", 7: "unsupported capability", 11: "role mismatch"},
	3: {1: "malformed attribute list", 2: "unrecognized well-known attribute", 3: "missing well-known attribute",
		4: "attribute flags error", 5: "attribute length error", 6: "invalid ORIGIN attribute",
		8: "invalid NEXT_HOP attribute", 9: "optional attribute error", 10: "invalid network field", 11: "malformed AS_PATH"},
	5: {1: "unexpected message in OpenSent state", 2: "unexpected message in OpenConfirm state", 3: "unexpected message in Established state"},
	errorCease: {1: "maximum number of prefixes reached", ceaseShutdown: "administrative shutdown", 3: "peer de-configured",
		ceaseReset: "administrative reset", 5: "connection rejected", 6: "other configuration change",
		7: "connection collision resolution", 8: "out of resources", 9: "hard reset", 10: "BFD down"},
	7: {1: "invalid message length"},
}

// errorName names the error, as in "cease: administrative reset".
func errorName(code, sub uint8) string {
	name := errorNames[code]
	if name == "" {
		name = strconv.Itoa(int(code))
	}
	if detail := suberrorNames[code][sub]; detail != "" {
		name += ": " + detail
	}
	return name
}
