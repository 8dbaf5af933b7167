# shellcheck shell=bash
# The four routers' daemons (FRR): OSPF within each autonomous system, BGP between
# them. Timers are short, so that a capture of seconds holds their messages.

start_routing() {
	chmod 755 "$RUN"
	start_router r1 198.51.100.9 as64496 br1
	start_router br1 198.51.100.10 as64496 r1
	start_router br2 203.0.113.5 as64497 r2
	start_router r2 203.0.113.6 as64497 br2
	await_routes
}

# start_router HOST ROUTER_ID AS NEIGHBOUR_IFACE. FRR gives its privileges up and needs a
# directory of its own; without -A its terminals would listen to the network.
start_router() {
	local host=$1 dir=$RUN/frr.$1
	install -d -o frr -g frr "$dir"
	forward "$host"
	ospf_conf "$2" "$3" "$4" >"$dir/ospfd.conf"
	frr "$host" zebra /dev/null
	await "the routing table of $host" test -S "$dir/zserv.api"
	frr "$host" ospfd "$dir/ospfd.conf"
	if [[ $IPV6 == yes ]]; then
		ospf6_conf "$2" "$host" "$4" >"$dir/ospf6d.conf"
		frr "$host" ospf6d "$dir/ospf6d.conf"
	fi
	case $host in
	br1) bgp_conf "$2" 64496 64497 203.0.113.2 2001:db8:ffff::2 198.51.100.0/24 2001:db8:1::/48 >"$dir/bgpd.conf" ;;
	br2) bgp_conf "$2" 64497 64496 203.0.113.1 2001:db8:ffff::1 203.0.113.0/24 2001:db8:2::/48 >"$dir/bgpd.conf" ;;
	*) return ;;
	esac
	frr "$host" bgpd "$dir/bgpd.conf"
}

# frr HOST DAEMON CONFIGURATION
frr() {
	local dir=$RUN/frr.$1
	start "$1" "frr.$1.$2.log" "/usr/lib/frr/$2" -u frr -g frr -A 127.0.0.1 \
		--vty_socket "$dir" -z "$dir/zserv.api" -i "$dir/$2.pid" -f "$3"
}

# ospf_conf ROUTER_ID AS IFACE: border routers lead out of the AS (RFC 2328 section 12.4.4).
# Point to point: no waiting for the election of a designated router.
ospf_conf() {
	local network=198.51.100.0/24
	if [[ $2 == as64497 ]]; then
		network=203.0.113.0/24
	fi
	cat <<-END
		interface $3
		 ip ospf network point-to-point
		 ip ospf hello-interval 2
		 ip ospf dead-interval 8
		router ospf
		 ospf router-id $1
		 passive-interface default
		 no passive-interface $3
		 network $network area 0
	END
	if [[ $3 != br* ]]; then
		echo " default-information originate always"
	fi
}

# ospf6_conf ROUTER_ID HOST IFACE: OSPF for IPv6 (RFC 5340). Links to hosts are redistributed.
ospf6_conf() {
	cat <<-END
		interface $3
		 ipv6 ospf6 area 0
		 ipv6 ospf6 network point-to-point
		 ipv6 ospf6 hello-interval 2
		 ipv6 ospf6 dead-interval 8
		router ospf6
		 ospf6 router-id $1
		 redistribute connected
		 redistribute kernel
	END
	if [[ $2 == br* ]]; then
		echo " default-information originate always"
	fi
}

# bgp_conf ROUTER_ID AS OTHER_AS OTHER OTHER_6 PREFIX PREFIX_6: each AS tells the other
# of the whole of its addresses (RFC 4271, RFC 4760).
bgp_conf() {
	cat <<-END
		router bgp $2
		 bgp router-id $1
		 no bgp ebgp-requires-policy
		 no bgp network import-check
		 timers bgp 3 9
		 neighbor $4 remote-as $3
		 neighbor $4 timers connect 1
		 address-family ipv4 unicast
		  network $6
		  neighbor $4 advertisement-interval 0
		 exit-address-family
	END
	if [[ $IPV6 == yes ]]; then
		cat <<-END
			 neighbor $5 remote-as $3
			 neighbor $5 timers connect 1
			 address-family ipv6 unicast
			  network $7
			  neighbor $5 activate
			  neighbor $5 advertisement-interval 0
			 exit-address-family
		END
	fi
}

await_routes() {
	await_route r1 default
	await_route r2 default
	await_route br1 203.0.113.0/24
	await_route br2 198.51.100.0/24
	await_route br1 198.51.100.0/30
	await_route br2 203.0.113.80/29
	if [[ $IPV6 == yes ]]; then
		await_route r1 default -6
		await_route r2 default -6
		await_route br1 2001:db8:2::/48 -6
		await_route br2 2001:db8:1::/48 -6
		await_route br1 2001:db8:1:53::/64 -6
		await_route br1 2001:db8:1:1::/64 -6
		await_route br2 2001:db8:2:82::/64 -6
	fi
}

# await_route ROUTER DESTINATION [OPTION]
await_route() {
	await "a route to $2 on $1" has_route "$@"
}

has_route() {
	[[ -n $(on "$1" ip ${3:+"$3"} route show "$2") ]]
}

# reset_routing lets the routers tell everything anew: NOTIFICATION, OPEN and UPDATE of BGP,
# database descriptions and link state updates of OSPF.
reset_routing() {
	vty br1 bgpd "clear bgp *"
	vty br1 ospfd "clear ip ospf process"
	if [[ $IPV6 == yes ]]; then
		vty br1 ospf6d "clear ipv6 ospf6 process"
	fi
	sleep 1
	await_routes
}

# vty HOST DAEMON COMMAND
vty() {
	on "$1" vtysh --vty_socket "$RUN/frr.$1" -d "$2" -c "$3" >>"$RUN/vtysh.log" 2>&1
}
