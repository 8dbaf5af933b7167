//go:build cgo

package live

import (
	"golang.org/x/sys/unix"

	"github.com/pktjourney/pktjourney/decode/capture"
)

// linkTypeOf is what libpcap will give for a device, by the hardware type that
// the kernel tells (ioctl SIOCGIFHWADDR, which needs no rights).
func linkTypeOf(name string) (capture.LinkType, bool) {
	fd, err := unix.Socket(unix.AF_INET, unix.SOCK_DGRAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return 0, false
	}
	defer unix.Close(fd)
	ifr, err := unix.NewIfreq(name)
	if err != nil {
		return 0, false
	}
	if unix.IoctlIfreq(fd, unix.SIOCGIFHWADDR, ifr) != nil {
		return 0, false
	}
	link, ok := linkTypes[ifr.Uint16()] // the family of the address is the hardware type
	return link, ok
}

// linkTypes maps the hardware types of Linux as libpcap does.
var linkTypes = map[uint16]capture.LinkType{
	unix.ARPHRD_ETHER:              capture.LinkEthernet,
	unix.ARPHRD_LOOPBACK:           capture.LinkEthernet,
	unix.ARPHRD_IEEE80211:          capture.LinkWLAN,
	unix.ARPHRD_IEEE80211_PRISM:    capture.LinkPrism,
	unix.ARPHRD_IEEE80211_RADIOTAP: capture.LinkRadiotap,
	unix.ARPHRD_FDDI:               capture.LinkFDDI,
	unix.ARPHRD_ARCNET:             capture.LinkARCnet,
	unix.ARPHRD_NONE:               capture.LinkRaw,
	unix.ARPHRD_TUNNEL:             capture.LinkRaw,
	unix.ARPHRD_TUNNEL6:            capture.LinkRaw,
	unix.ARPHRD_SIT:                capture.LinkRaw,
	unix.ARPHRD_IPGRE:              capture.LinkRaw,
}
