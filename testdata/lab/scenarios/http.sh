# shellcheck shell=bash
# A cable is plugged in, the client leases an address and fetches http://www.google.com/ with cold caches.
build_network
start_dhcp_server 3600
start_dns
start_web
capture_everywhere
plug_in port1
lease_address client
fetch client http://www.google.com/ -4
finish_captures
