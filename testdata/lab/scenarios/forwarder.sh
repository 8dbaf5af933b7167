# shellcheck shell=bash disable=SC2034 # variables for record
# The home router is the DNS server of the house: it passes questions on to the provider's resolver, in its own name.
FORWARDER=yes
NAME_SERVERS=$HOME_LAN
KEEP="client home-lan home-wan resolver"
build_network
start_dhcp_server 3600
start_dns
start_forwarder
start_web
capture_everywhere
plug_in port1
lease_address client
fetch client http://www.google.com/ -4
finish_captures
