# shellcheck shell=bash
# The DHCP servers and the clients' leases (ISC dhcpd and dhclient; dnsmasq).

# start_dhcp_server LEASE_SECONDS OPTION...: dhcpd on the home router. It pings an
# address before it offers it, as at home. The router's kernel asks once, not three
# times, for the hardware address that the ping needs: its second question would come
# just as the client takes the address, and at times tell the client the gateway's
# hardware address before it asks. An OPTION is a line of dhcpd.conf(5).
start_dhcp_server() {
	on home sysctl -qw net.ipv4.neigh.lan0.mcast_solicit=1
	{
		cat <<-END
			authoritative;
			default-lease-time $1;
			max-lease-time $1;
			subnet 192.168.1.0 netmask 255.255.255.0 {
				range 192.168.1.100 192.168.1.199;
				option routers $HOME_LAN;
				option broadcast-address 192.168.1.255;
			}
			option domain-name-servers $NAME_SERVERS;
		END
		printf '%s\n' "${@:2}"
	} >"$RUN/dhcpd.conf"
	: >"$RUN/dhcpd.leases"
	run_dhcp_server
}

# run_dhcp_server: with the configuration and the leases that there are. Its pid is left in DHCP_PID.
run_dhcp_server() {
	start home dhcpd.log dhcpd -4 -d --no-pid -cf "$RUN/dhcpd.conf" -lf "$RUN/dhcpd.leases" lan0
	# shellcheck disable=SC2034 # used by scenarios
	DHCP_PID=$STARTED_PID
	await_line "the DHCP server" "Server starting service" "$RUN/dhcpd.log"
}

# start_udhcpd: BusyBox's server on the home router instead of ISC's. It tries an address by
# ARP before it offers it. Its log goes nowhere else.
start_udhcpd() {
	cat >"$RUN/udhcpd.conf" <<-END
		interface lan0
		start 192.168.1.100
		end 192.168.1.199
		lease_file $RUN/udhcpd.leases
		pidfile $RUN/udhcpd.pid
		option subnet 255.255.255.0
		option router $HOME_LAN
		option broadcast 192.168.1.255
		option dns $NAME_SERVERS
		option lease 3600
	END
	: >"$RUN/udhcpd.leases"
	start home udhcpd.log udhcpd -f "$RUN/udhcpd.conf"
	await_line "udhcpd" "started" "$RUN/udhcpd.log"
}

# start_relayed_dhcp_server: Kea beside the resolver, for the LAN behind the home router, which
# relays with option 82 (RFC 3046). Kea answers to the router's address in the LAN.
start_relayed_dhcp_server() {
	on r1 ip route add 192.168.1.0/24 via "$HOME_WAN"
	cat >"$RUN/kea.json" <<-END
		{"Dhcp4": {
			"interfaces-config": {"interfaces": ["eth0"], "dhcp-socket-type": "udp"},
			"lease-database": {"type": "memfile", "persist": false},
			"valid-lifetime": 3600,
			"subnet4": [{"subnet": "192.168.1.0/24", "pools": [{"pool": "192.168.1.100 - 192.168.1.199"}],
				"option-data": [{"name": "routers", "data": "$HOME_LAN"}, {"name": "domain-name-servers", "data": "$NAME_SERVERS"},
					{"name": "broadcast-address", "data": "192.168.1.255"}]}],
			"loggers": [{"name": "kea-dhcp4", "severity": "DEBUG", "debuglevel": 40, "output_options": [{"output": "stdout"}]}]
		}}
	END
	KEA_PIDFILE_DIR=$RUN KEA_LOCKFILE_DIR=none start resolver kea.log kea-dhcp4 -c "$RUN/kea.json"
	await_line "Kea" "DHCP4_STARTED" "$RUN/kea.log"
	start home dhcrelay.log dhcrelay -4 -d --no-pid -a -id lan0 -iu wan0 "$RESOLVER"
	await_line "the relay" "Sending on" "$RUN/dhcrelay.log"
}

# start_second_dhcp_server: dnsmasq on another machine of the LAN, which nobody asked for.
start_second_dhcp_server() {
	start_dnsmasq rogue --interface=eth0 --no-ping \
		--dhcp-range=192.168.1.200,192.168.1.220,1h \
		--dhcp-option=option:router,"$HOME_LAN" --dhcp-option=option:dns-server,"$RESOLVER"
}

# start_dhcp6_server: dnsmasq on the home router, which also sends router advertisements
# that lead clients to DHCPv6 (the M flag, RFC 4861 section 4.2).
start_dhcp6_server() {
	start_dnsmasq home --interface=lan0 --enable-ra --ra-param=lan0,10 \
		--dhcp-range="$LAN6::100,$LAN6::1ff,64,1h" --dhcp-option=option6:dns-server,"[$RESOLVER_6]"
}

# start_dnsmasq HOST OPTION...
start_dnsmasq() {
	local host=$1
	shift
	start "$host" dnsmasq.log dnsmasq --no-daemon --conf-file=/dev/null --user=root --port=0 --bind-interfaces \
		--log-dhcp --dhcp-leasefile="$RUN/dnsmasq.leases" "$@"
	await_line "dnsmasq" "DHCP" "$RUN/dnsmasq.log"
}

# lease_address HOST [OPTION]: dhclient asks and stays, to renew; dhclient-script applies
# what it was given. -e passes a variable on to the script. OPTION -6 asks by DHCPv6.
lease_address() {
	: >"$RUN/$1.resolv.conf"
	start "$1" "dhclient.$1.log" dhclient "${2:--4}" -d --no-pid -e "RESOLV_CONF=$RUN/$1.resolv.conf" \
		-sf "$LAB/lib/dhclient-script" -cf "${DHCLIENT_CONF:-$LAB/lib/dhclient.conf}" -lf "$RUN/dhclient.$1.leases" eth0
	DHCLIENT_PID=$STARTED_PID
	await "the lease of $1" grep -q nameserver "$RUN/$1.resolv.conf"
}

# stop_client: the machine is switched off. dhclient does not give its lease back.
stop_client() {
	stop TERM "$DHCLIENT_PID"
	on client ip -4 address flush dev eth0
}

# release_address: the client gives its lease back (dhclient -r).
release_address() {
	stop TERM "$DHCLIENT_PID"
	on client "${UNCONFINED[@]}" dhclient -4 -r -d --no-pid -e "RESOLV_CONF=$RUN/client.resolv.conf" -sf "$LAB/lib/dhclient-script" \
		-cf "$LAB/lib/dhclient.conf" -lf "$RUN/dhclient.client.leases" eth0 >>"$RUN/dhclient.client.log" 2>&1
}

# lease_with_udhcpc HOST OPTION...: BusyBox's client instead of ISC's.
lease_with_udhcpc() {
	local host=$1
	: >"$RUN/$host.resolv.conf"
	RESOLV_CONF=$RUN/$host.resolv.conf start "$host" "udhcpc.$host.log" udhcpc -f -i eth0 -s "$LAB/lib/udhcpc-script" "${@:2}"
	await "the lease of $host" grep -q nameserver "$RUN/$host.resolv.conf"
}

# renewed TIMES: whether dhclient was given its address so often.
renewed() {
	(($(grep -c "^DHCPACK" "$RUN/dhclient.client.log") >= $1))
}

# rebinding: whether dhclient has asked everybody once more.
rebinding() {
	(($(grep -c "^DHCPREQUEST .* to 255.255.255.255" "$RUN/dhclient.client.log") >= 2))
}
