# shellcheck shell=bash
# Other DHCP programs, BusyBox's: the server tries the address by ARP before it offers it; the client wants the answers by broadcast.
build_network
start_udhcpd
start_dns
start_web
capture_everywhere
plug_in port1
lease_with_udhcpc client -B
fetch client http://www.google.com/ -4
finish_captures
