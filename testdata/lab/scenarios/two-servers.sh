# shellcheck shell=bash
# Two DHCP servers answer, ISC dhcpd on the router and dnsmasq on another machine. The client waits for both, takes one offer, then fetches the page.
build_network
start_dhcp_server 3600 "ping-check false;"
start_second_dhcp_server
start_dns
start_web
capture rogue rogue eth0
capture_everywhere
plug_in port1
DHCLIENT_CONF=$RUN/dhclient.conf
{
	cat "$LAB/lib/dhclient.conf"
	echo "select-timeout 2;"
} >"$DHCLIENT_CONF"
lease_address client
fetch client http://www.google.com/ -4
finish_captures
