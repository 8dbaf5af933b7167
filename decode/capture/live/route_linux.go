//go:build cgo

package live

import (
	"os"
	"strconv"
	"strings"

	"github.com/pktjourney/pktjourney/decode/capture"
)

// defaultRoutes are the devices of the kernel's default routes, for IPv4 and for
// IPv6 that with the lowest metric.
func defaultRoutes([]capture.Device) map[string]bool {
	leads := map[string]bool{}
	for file, read := range map[string]func([]string) (route, bool){
		"/proc/self/net/route":      readRoute,
		"/proc/self/net/ipv6_route": readRoute6,
	} {
		text, err := os.ReadFile(file)
		if err != nil {
			continue
		}
		if device := bestRoute(string(text), read); device != "" {
			leads[device] = true
		}
	}
	return leads
}

// route is a default route.
type route struct {
	device string
	metric uint64
}

// bestRoute is the device of the default route with the lowest metric; "" when there is none.
func bestRoute(text string, read func(fields []string) (route, bool)) string {
	var best route
	for line := range strings.Lines(text) {
		if r, ok := read(strings.Fields(line)); ok && (best.device == "" || r.metric < best.metric) {
			best = r
		}
	}
	return best.device
}

// readRoute reads a line of /proc/net/route: device, destination, gateway,
// flags, two counters, metric, mask; numbers are hexadecimal but the metric.
func readRoute(f []string) (route, bool) {
	if len(f) < 8 || f[1] != "00000000" || f[7] != "00000000" {
		return route{}, false
	}
	metric, err := strconv.ParseUint(f[6], 10, 32)
	return route{f[0], metric}, err == nil
}

// readRoute6 reads a line of /proc/net/ipv6_route: destination and its prefix
// length, source and its, next hop, metric, two counters, flags, device. The kernel
// lists a default route over the loopback device where there is none.
func readRoute6(f []string) (route, bool) {
	if len(f) < 10 || strings.Trim(f[0], "0") != "" || f[1] != "00" || f[9] == "lo" {
		return route{}, false
	}
	metric, err := strconv.ParseUint(f[5], 16, 32)
	return route{f[9], metric}, err == nil
}
