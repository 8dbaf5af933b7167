# shellcheck shell=bash
# Another machine of the house was there first: the resolver answers from its cache, and all the routers know each other.
build_network
start_dhcp_server 3600
start_dns
start_web
plug_in port2
lease_address client2
fetch client2 http://www.google.com/ -4
capture_everywhere
plug_in port1
lease_address client
fetch client http://www.google.com/ -4
finish_captures
