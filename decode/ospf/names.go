package ospf

import (
	"net/netip"
	"strconv"
)

// ID is a router ID, an area ID or a link state ID: 32 bits, written like an IPv4 address.
type ID uint32

// String is the ID as in "192.0.2.1".
func (id ID) String() string {
	return netip.AddrFrom4([4]byte{byte(id >> 24), byte(id >> 16), byte(id >> 8), byte(id)}).String()
}

// Type is the type of a packet (RFC 2328 section A.3.1).
type Type uint8

// The types.
const (
	Hello Type = 1 + iota
	DatabaseDescription
	LinkStateRequest
	LinkStateUpdate
	LinkStateAck
)

var typeNames = [...]string{
	Hello:               "hello",
	DatabaseDescription: "database_description",
	LinkStateRequest:    "link_state_request",
	LinkStateUpdate:     "link_state_update",
	LinkStateAck:        "link_state_acknowledgment",
}

// String is the name in lower case, or the number.
func (t Type) String() string {
	if int(t) < len(typeNames) && typeNames[t] != "" {
		return typeNames[t]
	}
	return strconv.Itoa(int(t))
}

// LSAType is the type of a link state advertisement: 8 bits in version 2, 16 in
// version 3, which none of version 2 looks like.
type LSAType uint16

// The types (RFC 2328 section A.4.1, RFC 3101, RFC 5250; RFC 5340 section A.4.2.1).
const (
	LSARouter          LSAType = 1
	LSANetwork         LSAType = 2
	LSASummary         LSAType = 3
	LSASummaryASBR     LSAType = 4
	LSAExternal        LSAType = 5
	LSANSSA            LSAType = 7
	LSAOpaqueLink      LSAType = 9
	LSAOpaqueArea      LSAType = 10
	LSAOpaqueAS        LSAType = 11
	LSAv3Link          LSAType = 0x0008
	LSAv3Router        LSAType = 0x2001
	LSAv3Network       LSAType = 0x2002
	LSAv3InterPrefix   LSAType = 0x2003
	LSAv3InterRouter   LSAType = 0x2004
	LSAv3NSSA          LSAType = 0x2007
	LSAv3IntraPrefix   LSAType = 0x2009
	LSAv3External      LSAType = 0x4005
	lsaFunctionUnknown         = 0x8000 // the U bit: what who does not know the type does with it
)

var lsaNames = map[LSAType]string{
	LSARouter:        "router",
	LSANetwork:       "network",
	LSASummary:       "summary",
	LSASummaryASBR:   "asbr_summary",
	LSAExternal:      "as_external",
	LSANSSA:          "nssa_external",
	LSAOpaqueLink:    "opaque_link",
	LSAOpaqueArea:    "opaque_area",
	LSAOpaqueAS:      "opaque_as",
	LSAv3Link:        "link",
	LSAv3Router:      "router",
	LSAv3Network:     "network",
	LSAv3InterPrefix: "inter_area_prefix",
	LSAv3InterRouter: "inter_area_router",
	LSAv3NSSA:        "nssa_external",
	LSAv3IntraPrefix: "intra_area_prefix",
	LSAv3External:    "as_external",
}

// String is the name in lower case, or the number.
func (t LSAType) String() string {
	if name, ok := lsaNames[t&^lsaFunctionUnknown]; ok {
		return name
	}
	return "0x" + strconv.FormatUint(uint64(t), 16)
}

// Roles are the bits by which a router says what it is (RFC 2328 section A.4.2).
type Roles uint8

// The roles.
const (
	AreaBorder  Roles = 1 << iota // B: it joins areas, an ABR
	ASBoundary                    // E: it brings routes from outside, an ASBR
	VirtualLink                   // V: the end of a virtual link
)

// Strings are the roles' short names.
func (r Roles) Strings() []string {
	var words []string
	for i, word := range [...]string{"abr", "asbr", "virtual_link"} {
		if r&(1<<i) != 0 {
			words = append(words, word)
		}
	}
	return words
}
