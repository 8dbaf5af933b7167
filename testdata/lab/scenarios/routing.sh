# shellcheck shell=bash disable=SC2034 # variables for record
# BGP and OSPF begin anew while the capture runs; then a cold journey past their routers.
IPV6=yes
KEEP="core bgp"
build_network
start_dhcp_server 3600
start_dns
start_web
capture_everywhere
reset_routing
plug_in port1
lease_address client
fetch client http://www.google.com/ -4
finish_captures
