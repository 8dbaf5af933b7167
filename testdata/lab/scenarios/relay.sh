# shellcheck shell=bash disable=SC2034 # variables for record
# The DHCP server (Kea) stands with the provider; the home router relays, with option 82.
KEEP="client home-wan"
build_network
start_relayed_dhcp_server
start_dns
start_web
capture_everywhere
plug_in port1
lease_address client
fetch client http://www.google.com/ -4
finish_captures
