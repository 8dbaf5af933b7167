package ospf

import "time"

// Message is one OSPF packet. On an error it holds what was read.
type Message struct {
	Version  uint8
	Type     Type
	RouterID ID // who sent it
	AreaID   ID // 0 is the backbone

	// Of a Hello packet (RFC 2328 section A.3.2, RFC 5340 section A.3.2). Routers of version 2
	// are named by their address on the link here, those of version 3 by their router ID.
	HelloInterval, DeadInterval time.Duration
	Designated, Backup          ID   // 0.0.0.0 when there is none
	Neighbours                  []ID // the routers heard of lately, at most maxNeighbours

	// LSAs are those that a Database Description or an acknowledgment lists, a request
	// asks for or an update brings, at most maxLSAs.
	LSAs []LSA

	header bool // the header was read
	hello  bool // the packet is a Hello that was read up to Backup
}

// LSA is the header of a link state advertisement (RFC 2328 section A.4.1, RFC 5340
// section A.4.2). A request names only type, link state ID and advertising router.
type LSA struct {
	Type        LSAType
	LinkStateID ID
	Advertising ID            // the router that made it
	Age         time.Duration // whole seconds
	Sequence    uint32
	Roles       Roles // of the advertising router; valid in router LSAs of an update
}

const (
	maxNeighbours = 256
	maxLSAs       = 512
)
