# shellcheck shell=bash
# The DHCP server on the home router and the client's lease (ISC dhcpd, dhclient).

readonly LEASE_SECONDS=3600

# start_dhcp_server: dhcpd pings an address before it offers it, as at home. The
# router's kernel asks once, not three times, for the hardware address that the
# ping needs: its second question would come just as the client takes the address,
# and at times tell the client the gateway's hardware address before it asks.
start_dhcp_server() {
	on home sysctl -qw net.ipv4.neigh.lan0.mcast_solicit=1
	cat >"$RUN/dhcpd.conf" <<-END
		authoritative;
		default-lease-time $LEASE_SECONDS;
		max-lease-time $LEASE_SECONDS;
		subnet 192.168.1.0 netmask 255.255.255.0 {
			range 192.168.1.100 192.168.1.199;
			option routers $HOME_LAN;
			option domain-name-servers $RESOLVER;
			option broadcast-address 192.168.1.255;
		}
	END
	: >"$RUN/dhcpd.leases"
	start home dhcpd.log dhcpd -4 -d --no-pid -cf "$RUN/dhcpd.conf" -lf "$RUN/dhcpd.leases" lan0
	await_line "the DHCP server" "Server starting service" "$RUN/dhcpd.log"
}

# lease_address: dhclient asks and stays, to renew; dhclient-script applies what
# it was given. -e passes a variable on to the script.
lease_address() {
	: >"$RUN/resolv.conf"
	start client dhclient.log dhclient -4 -d --no-pid -e "RESOLV_CONF=$RUN/resolv.conf" \
		-sf "$LAB/lib/dhclient-script" -cf "$LAB/lib/dhclient.conf" -lf "$RUN/dhclient.leases" eth0
	await "the client's lease" grep -q nameserver "$RUN/resolv.conf"
}
