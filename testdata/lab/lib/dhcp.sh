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
	start home dhcpd.log dhcpd -4 -d --no-pid -cf "$RUN/dhcpd.conf" -lf "$RUN/dhcpd.leases" lan0
	await_line "the DHCP server" "Server starting service" "$RUN/dhcpd.log"
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
	await "the lease of $1" grep -q nameserver "$RUN/$1.resolv.conf"
}

# renewed TIMES: whether dhclient was given its address so often.
renewed() {
	(($(grep -c "^DHCPACK" "$RUN/dhclient.client.log") >= $1))
}
