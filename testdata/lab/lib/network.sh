# shellcheck shell=bash
# Hosts and cables: network namespaces and veth pairs. Knows no particular
# network; that is topology.sh.

HOSTS=()

# namespace HOST: the name of its namespace, which no other run uses.
namespace() {
	echo "pktjourney-$$-$1"
}

# add_host HOST: a machine with a loopback interface. It has IPv6 when the
# scenario says IPV6=yes; the clients have it always, as machines of today do.
add_host() {
	ip netns add "$(namespace "$1")"
	HOSTS+=("$1")
	if [[ $IPV6 != yes ]]; then
		on "$1" sysctl -qw net.ipv6.conf.all.disable_ipv6=1 net.ipv6.conf.default.disable_ipv6=1
	fi
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
# IPv6 addresses are left out of an IPv4 lab. They are known to be unique: no
# duplicate address detection.
address() {
	local host=$1 iface=$2 a
	shift 2
	on "$host" ip link set "$iface" up
	for a in "$@"; do
		if [[ $a != *:* ]]; then
			on "$host" ip address add "$a" dev "$iface"
		elif [[ $IPV6 == yes ]]; then
			on "$host" ip address add "$a" dev "$iface" nodad
		fi
	done
}

# forward HOST: makes it a router.
forward() {
	on "$1" sysctl -qw net.ipv4.ip_forward=1
	if [[ $IPV6 == yes ]]; then
		on "$1" sysctl -qw net.ipv6.conf.all.forwarding=1
	fi
}

# has_link_local HOST: whether the address of its link is known to be unique (RFC 4862 section 5.4).
has_link_local() {
	[[ -n $(on "$1" ip -6 address show dev eth0 scope link -tentative) ]]
}

# default_route HOST GATEWAY...
default_route() {
	local host=$1 gateway
	shift
	for gateway in "$@"; do
		if [[ $gateway != *:* || $IPV6 == yes ]]; then
			on "$host" ip route add default via "$gateway"
		fi
	done
}

# drop HOST RULE...: an nftables rule on what arrives there, after it was captured.
# Its counter is one of the witnesses.
drop() {
	local host=$1
	shift
	on "$host" nft add table inet lab
	on "$host" nft add chain inet lab arriving '{ type filter hook input priority 0; }'
	on "$host" nft add rule inet lab arriving "$@"
}

# start_splice IFACE IFACE ADDRESS: cable.py between the two, troubling what comes from and
# goes to ADDRESS. The kernels of some machines have no netem(8).
start_splice() {
	start splice splice.log python3 -u "$LAB/lib/cable.py" "$@"
	await_line "the cable" "ready" "$RUN/splice.log"
}

remove_network() {
	local host
	for host in "${HOSTS[@]}"; do
		ip netns delete "$(namespace "$host")" || true
	done
	HOSTS=()
}
