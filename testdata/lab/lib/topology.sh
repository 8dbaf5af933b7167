# shellcheck shell=bash
# The network of the recordings:
#
#   client --- home ------- isp --+-- resolver   198.51.100.53
#    eth0      lan0  wan0         +-- authority  203.0.113.34 .42 .50
#         192.168.1.1 198.51.100.2+-- web        203.0.113.82
#
# home is a router with a switch (the bridge lan0) and NAT. The addresses are
# those kept for documentation (RFC 5737), but for the LAN; MAC addresses are
# locally administered and the same in every run: 02:00, a link, an end.
# 192.0.2.0/24 is left free: some machines use it for themselves.

readonly CLIENT_MAC=02:00:00:00:01:64
readonly HOME_LAN=192.168.1.1 HOME_WAN=198.51.100.2
readonly RESOLVER=198.51.100.53
readonly ROOT_SERVER=203.0.113.34 COM_SERVER=203.0.113.42 GOOGLE_SERVER=203.0.113.50
readonly WEB=203.0.113.82

build_network() {
	local host
	for host in client home isp resolver authority web; do
		add_host "$host"
	done
	build_client
	build_lan
	build_uplink
	build_servers
}

# build_client leaves the client's interface up while the switch's port is down:
# tcpdump refuses an interface that is down, and the cable is not plugged in yet.
build_client() {
	cable client eth0 "$CLIENT_MAC" home port1 02:00:00:00:01:02
	on client sysctl -qw net.ipv6.conf.eth0.disable_ipv6=0
	on client ip link set eth0 up
}

# plug_in_client returns when the switch forwards, up to a second later: a
# Discover sent at once would be lost, and repeated after four seconds.
plug_in_client() {
	on home ip link set port1 up
	await "the link" on home grep -q up /sys/class/net/lan0/operstate
}

# build_lan: without multicast snooping the bridge sends no reports of its own.
build_lan() {
	on home ip link add lan0 address 02:00:00:00:01:01 type bridge mcast_snooping 0
	on home ip link set port1 master lan0
	address home lan0 "$HOME_LAN/24"
}

build_uplink() {
	cable home wan0 02:00:00:00:02:02 isp home0 02:00:00:00:02:01
	address home wan0 "$HOME_WAN/30"
	address isp home0 198.51.100.1/30
	default_route home 198.51.100.1
	forward home
	forward isp
	on home nft -f - <<-'END'
		table ip nat {
			chain postrouting {
				type nat hook postrouting priority srcnat;
				oifname "wan0" masquerade
			}
		}
	END
}

build_servers() {
	cable isp dns0 02:00:00:00:03:01 resolver eth0 02:00:00:00:03:02
	address isp dns0 198.51.100.54/30
	address resolver eth0 "$RESOLVER/30"
	default_route resolver 198.51.100.54

	cable isp auth0 02:00:00:00:04:01 authority eth0 02:00:00:00:04:02
	address isp auth0 203.0.113.33/27
	address authority eth0 "$ROOT_SERVER/27" "$COM_SERVER/27" "$GOOGLE_SERVER/27"
	default_route authority 203.0.113.33

	cable isp web0 02:00:00:00:05:01 web eth0 02:00:00:00:05:02
	address isp web0 203.0.113.81/29
	address web eth0 "$WEB/29"
	default_route web 203.0.113.81
}
