# shellcheck shell=bash
# The network of the recordings, two autonomous systems and a home:
#
#   client --+                        AS 64496 | AS 64497             +-- root .34
#   client2 -+- home ---- r1 ---- br1 ======== br2 ---- r2 -----------+-- com  .42
#   rogue ---+  lan0 wan0 |      OSPF    eBGP     OSPF                +-- ns1  .50
#                         +-- resolver .53                            +-- web  .82
#                         +-- resolver2 .58
#
# AS 64496 has 198.51.100.0/24 and 2001:db8:1::/48, AS 64497 203.0.113.0/24 and
# 2001:db8:2::/48. home is a router with a switch (the bridge lan0) and NAT for
# IPv4. Addresses are those kept for documentation (RFC 5737, RFC 3849), but for the
# LAN, and so are the AS numbers (RFC 5398). MAC addresses are locally administered
# and the same in every run: 02:00, a link, an end.
# 192.0.2.0/24 is left free: some machines use it for themselves.

readonly CLIENT_MAC=02:00:00:00:01:64 CLIENT2_MAC=02:00:00:00:01:65
readonly HOME_LAN=192.168.1.1 HOME_WAN=198.51.100.2 ROGUE=192.168.1.66
readonly RESOLVER=198.51.100.53 RESOLVER2=198.51.100.58
readonly ROOT_SERVER=203.0.113.34 COM_SERVER=203.0.113.42 GOOGLE_SERVER=203.0.113.50 GOOGLE_SERVER2=203.0.113.58
readonly WEB=203.0.113.82

# shellcheck disable=SC2034 # used by the other files of lib/
readonly LAN6=2001:db8:1:1 RESOLVER_6=2001:db8:1:53::53 \
	ROOT_SERVER_6=2001:db8:2:34::34 COM_SERVER_6=2001:db8:2:42::42 GOOGLE_SERVER_6=2001:db8:2:50::50 \
	WEB_6=2001:db8:2:82::82

build_network() {
	local host
	for host in client client2 rogue home r1 br1 br2 r2 resolver resolver2 root com ns1 web; do
		add_host "$host"
	done
	if [[ $SECONDARY == yes ]]; then
		add_host ns2
	fi
	build_lan
	build_machine client "$CLIENT_MAC" port1 02:00:00:00:01:02
	build_machine client2 "$CLIENT2_MAC" port2 02:00:00:00:01:03
	build_home
	build_core
	build_servers
	start_routing
}

# build_machine HOST MAC PORT PORT_MAC leaves the machine's interface up while the
# switch's port is down: tcpdump refuses an interface that is down, and the cable is
# not plugged in yet.
build_machine() {
	cable "$1" eth0 "$2" home "$3" "$4"
	switch_port "$3"
	on "$1" sysctl -qw net.ipv6.conf.eth0.disable_ipv6=0
	on "$1" ip link set eth0 up
}

# switch_port PORT: a port of a switch has no address of its own, IPv6 ones included.
switch_port() {
	on home sysctl -qw "net.ipv6.conf.$1.disable_ipv6=1"
	on home ip link set "$1" master lan0
}

# plug_in PORT returns when the switch forwards, up to a second later: a
# Discover sent at once would be lost, and repeated after four seconds.
plug_in() {
	on home ip link set "$1" up
	await "the link" forwards "$1"
}

forwards() {
	on home bridge link show dev "$1" | grep -q "state forwarding"
}

# build_lan: without multicast snooping the bridge sends no reports of its own. rogue,
# a second machine that may serve addresses, is plugged in from the start.
build_lan() {
	on home ip link add lan0 address 02:00:00:00:01:01 type bridge mcast_snooping 0
	cable rogue eth0 02:00:00:00:01:66 home port3 02:00:00:00:01:04
	switch_port port3
	on home ip link set port3 up
	address rogue eth0 "$ROGUE/24"
	address home lan0 "$HOME_LAN/24" "$LAN6::1/64"
}

# build_home: the uplink, and NAT. With SPLICE=yes the uplink is cut and cable.py
# joins its ends.
build_home() {
	if [[ $SPLICE == yes ]]; then
		add_host splice
		cable home wan0 02:00:00:00:02:02 splice near 02:00:00:00:02:03
		cable splice far 02:00:00:00:02:04 r1 home0 02:00:00:00:02:01
		on splice ip link set near up
		on splice ip link set far up
	else
		cable home wan0 02:00:00:00:02:02 r1 home0 02:00:00:00:02:01
	fi
	address home wan0 "$HOME_WAN/30" 2001:db8:1:2::2/64
	address r1 home0 198.51.100.1/30 2001:db8:1:2::1/64
	default_route home 198.51.100.1 2001:db8:1:2::1
	if [[ $IPV6 == yes ]]; then
		on r1 ip route add "$LAN6::/64" via 2001:db8:1:2::2
	fi
	forward home
	on home nft -f - <<-'END'
		table ip nat {
			chain postrouting {
				type nat hook postrouting priority srcnat;
				oifname "wan0" masquerade
			}
		}
	END
}

build_core() {
	cable r1 br1 02:00:00:00:0a:01 br1 r1 02:00:00:00:0a:02
	address r1 br1 198.51.100.9/30 2001:db8:1:9::1/64
	address br1 r1 198.51.100.10/30 2001:db8:1:9::2/64
	cable br1 br2 02:00:00:00:0b:01 br2 br1 02:00:00:00:0b:02
	address br1 br2 203.0.113.1/30 2001:db8:ffff::1/64
	address br2 br1 203.0.113.2/30 2001:db8:ffff::2/64
	cable br2 r2 02:00:00:00:0c:01 r2 br2 02:00:00:00:0c:02
	address br2 r2 203.0.113.5/30 2001:db8:2:9::1/64
	address r2 br2 203.0.113.6/30 2001:db8:2:9::2/64
}

build_servers() {
	build_server resolver r1 03 "$RESOLVER/30" 198.51.100.54 2001:db8:1:53::
	build_server resolver2 r1 04 "$RESOLVER2/30" 198.51.100.57 2001:db8:1:58::
	build_server root r2 05 "$ROOT_SERVER/29" 203.0.113.33 2001:db8:2:34::
	build_server com r2 06 "$COM_SERVER/29" 203.0.113.41 2001:db8:2:42::
	build_server ns1 r2 07 "$GOOGLE_SERVER/29" 203.0.113.49 2001:db8:2:50::
	if [[ $SECONDARY == yes ]]; then
		build_server ns2 r2 09 "$GOOGLE_SERVER2/29" 203.0.113.57 2001:db8:2:58::
	fi
	build_server web r2 08 "$WEB/29" 203.0.113.81 2001:db8:2:82::
}

# build_server HOST ROUTER LINK ADDRESS/LENGTH GATEWAY PREFIX: the last part of its
# IPv6 address is the last part of the IPv4 one.
build_server() {
	local host=$1 router=$2 link=$3 address=$4 gateway=$5 prefix=$6 last
	last=${address%/*}
	last=${last##*.}
	cable "$router" "$host" "02:00:00:00:$link:01" "$host" eth0 "02:00:00:00:$link:02"
	address "$router" "$host" "$gateway/${address#*/}" "${prefix}1/64"
	address "$host" eth0 "$address" "$prefix$last/64"
	default_route "$host" "$gateway" "${prefix}1"
}

# list_hosts: who has which address, for truth/.
list_hosts() {
	cat <<-END
		gateway $HOME_LAN $LAN6::1
		home-wan $HOME_WAN 2001:db8:1:2::2
		rogue $ROGUE
		resolver $RESOLVER $RESOLVER_6
		resolver2 $RESOLVER2
		root $ROOT_SERVER $ROOT_SERVER_6
		tld $COM_SERVER $COM_SERVER_6
		auth $GOOGLE_SERVER $GOOGLE_SERVER_6
		auth2 $GOOGLE_SERVER2
		web $WEB $WEB_6
	END
	if [[ $FORWARDER == yes ]]; then
		echo forwarder
	fi
}
