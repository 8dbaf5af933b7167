//go:build cgo && !windows

package live

import (
	"fmt"
	"net"
	"net/netip"
	"slices"

	"github.com/google/gopacket/pcap"

	"github.com/pktjourney/pktjourney/decode/capture"
)

// Flags of pcap_if_t (pcap.h); gopacket hands them over as they are.
const (
	pcapLoopback = 1
	pcapUp       = 2
)

// Devices are the network interfaces of this machine that libpcap can capture
// on: first the one that the default route uses, then the others in libpcap's
// order. It needs no rights. Devices that carry no network packets (USB,
// Bluetooth, D-Bus) are left out.
func Devices() ([]capture.Device, error) {
	found, err := pcap.FindAllDevs()
	if err != nil {
		return nil, fmt.Errorf("libpcap lists no interfaces: %w", err)
	}
	var list []capture.Device
	for _, f := range found {
		if d, ok := device(f); ok {
			list = append(list, d)
		}
	}
	markDefaultRoute(list)
	slices.SortStableFunc(list, func(a, b capture.Device) int { return order(a) - order(b) })
	return list, nil
}

func order(d capture.Device) int {
	if d.DefaultRoute {
		return 0
	}
	return 1
}

// device describes what libpcap found; false when it is no network interface.
func device(f pcap.Interface) (capture.Device, bool) {
	d := capture.Device{Name: f.Name, Description: f.Description, Up: f.Flags&pcapUp != 0, Loopback: f.Flags&pcapLoopback != 0}
	if f.Name == Any {
		d.LinkType, d.HasLinkType = capture.LinkLinuxSLL, true
		return d, true
	}
	if _, err := net.InterfaceByName(f.Name); err != nil {
		return d, false
	}
	for _, a := range f.Addresses {
		if p, ok := prefix(a); ok {
			d.Addresses = append(d.Addresses, p)
		}
	}
	d.LinkType, d.HasLinkType = linkTypeOf(f.Name)
	return d, true
}

// prefix is an address with the length of its net mask, where there is one.
func prefix(a pcap.InterfaceAddress) (netip.Prefix, bool) {
	addr, ok := netip.AddrFromSlice(a.IP)
	if !ok {
		return netip.Prefix{}, false
	}
	addr = addr.Unmap()
	bits, size := a.Netmask.Size()
	if size != addr.BitLen() {
		bits = addr.BitLen()
	}
	return netip.PrefixFrom(addr, bits), true
}

// markDefaultRoute marks the devices through which packets to the internet leave.
func markDefaultRoute(list []capture.Device) {
	leads := defaultRoutes(list)
	for i := range list {
		list[i].DefaultRoute = leads[list[i].Name]
	}
}
