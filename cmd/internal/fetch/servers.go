package fetch

import (
	"fmt"
	"net/netip"
	"os"
	"strings"
)

// The files that name DNS servers: that of resolv.conf(5), and the one in which systemd-resolved says whom it asks itself.
const (
	resolvConf = "/etc/resolv.conf"
	upstream   = "/run/systemd/resolve/resolv.conf"
)

// Servers are the DNS servers of this machine, and what is to be said of them. Where a cache stands between,
// on the machine itself, they are those that it asks; where it does not say whom, there are none.
func Servers() (servers []netip.Addr, notes []string) { return serversIn(resolvConf, upstream) }

func serversIn(file, behind string) (servers []netip.Addr, notes []string) {
	cached := false
	for _, a := range readServers(file) {
		if a.IsLoopback() {
			cached = true
			continue
		}
		servers = append(servers, a)
	}
	if !cached || len(servers) > 0 {
		return servers, nil
	}
	for _, a := range readServers(behind) {
		if !a.IsLoopback() {
			servers = append(servers, a)
		}
	}
	if len(servers) > 0 {
		return servers, []string{"a cache on this machine answers for it; the servers behind it are asked instead"}
	}
	return nil, []string{fmt.Sprintf("a cache on this machine answers (%s): the question may not be on the wire; --dns ADDR asks a server itself", file)}
}

// readServers are the servers that a file names; none when it can not be read.
func readServers(file string) (list []netip.Addr) {
	b, err := os.ReadFile(file)
	if err != nil {
		return nil
	}
	for line := range strings.Lines(string(b)) {
		if f := strings.Fields(line); len(f) > 1 && f[0] == "nameserver" {
			if a, err := netip.ParseAddr(f[1]); err == nil {
				list = append(list, a)
			}
		}
	}
	return list
}
