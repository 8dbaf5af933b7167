package capture

import (
	"net/netip"
	"time"
)

// Device is an interface of this machine that can be captured on. Its name is
// what Interface.Name of a live capture is.
type Device struct {
	Name         string
	Description  string // "" when the system has none
	Addresses    []netip.Prefix
	LinkType     LinkType // of what a capture on it gives; valid iff HasLinkType
	HasLinkType  bool     // it is known without opening the device
	Up           bool
	Loopback     bool
	DefaultRoute bool // packets to the internet leave through it
}

// Counts are the frames of a live capture since it began.
type Counts struct {
	At               time.Time
	Received         uint64 // that passed the filter, with those dropped
	Dropped          uint64 // by the kernel: its buffer was full
	InterfaceDropped uint64 // by the device or its driver
}
