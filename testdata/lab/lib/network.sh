# shellcheck shell=bash
# Hosts and cables: network namespaces and veth pairs. Knows no particular
# network; that is topology.sh.

HOSTS=()

# namespace HOST: the name of its namespace, which no other run uses.
namespace() {
	echo "pktjourney-$$-$1"
}

# add_host HOST: a machine with a loopback interface and no IPv6. The client
# alone turns IPv6 on again, as a machine of today would.
add_host() {
	ip netns add "$(namespace "$1")"
	HOSTS+=("$1")
	on "$1" sysctl -qw net.ipv6.conf.all.disable_ipv6=1 net.ipv6.conf.default.disable_ipv6=1
	on "$1" ip link set lo up
}

# on HOST COMMAND...: runs COMMAND there.
on() {
	local host=$1
	shift
	ip netns exec "$(namespace "$host")" "$@"
}

# cable HOST IFACE MAC HOST IFACE MAC: both ends stay down.
cable() {
	ip link add "$2" netns "$(namespace "$1")" address "$3" type veth \
		peer name "$5" netns "$(namespace "$4")" address "$6"
	no_offload "$1" "$2"
	no_offload "$4" "$5"
}

# no_offload HOST IFACE: without this veth leaves checksums unfinished and hands
# over segments larger than the link's MTU, neither of which a cable carries.
no_offload() {
	on "$1" ethtool -K "$2" tx off rx off sg off tso off gso off gro off >/dev/null
}

# address HOST IFACE ADDRESS/LENGTH...: gives addresses and raises the interface.
address() {
	local host=$1 iface=$2 a
	shift 2
	for a in "$@"; do
		on "$host" ip address add "$a" dev "$iface"
	done
	on "$host" ip link set "$iface" up
}

# forward HOST: makes it a router.
forward() {
	on "$1" sysctl -qw net.ipv4.ip_forward=1
}

# default_route HOST GATEWAY
default_route() {
	on "$1" ip route add default via "$2"
}

remove_network() {
	local host
	for host in "${HOSTS[@]}"; do
		ip netns delete "$(namespace "$host")" || true
	done
	HOSTS=()
}
