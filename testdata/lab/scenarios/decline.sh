# shellcheck shell=bash
# The first address is in use by another machine: the client finds it out by ARP and declines; it takes the next one. BusyBox's udhcpc.
build_network
start_dhcp_server 3600 "ping-check false;"
on rogue ip address add 192.168.1.100/24 dev eth0
start_dns
start_web
capture rogue rogue eth0
capture_everywhere
plug_in port1
lease_with_udhcpc client -a -A 2
fetch client http://www.google.com/ -4
finish_captures
