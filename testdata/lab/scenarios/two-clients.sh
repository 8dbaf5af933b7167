# shellcheck shell=bash disable=SC2034 # variables for record
# Two clients behind one router fetch pages at the same time, each of names of its own and one that both want; beyond the router both have the same address.
NAMES="mail maps"
KEEP="client client2 home-lan home-wan resolver web"
build_network
start_dhcp_server 3600 "ping-check false;"
start_dns
start_web
capture client2 client2 eth0
capture_everywhere
plug_in port1
plug_in port2
lease_address client
lease_address client2
fetch client2 http://mail.google.com/ -4 &
FETCHING=$!
fetch client http://maps.google.com/ -4
wait "$FETCHING"
fetch client2 http://www.google.com/ -4 &
FETCHING=$!
fetch client http://www.google.com/ -4
wait "$FETCHING"
finish_captures
