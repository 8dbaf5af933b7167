# shellcheck shell=bash disable=SC2034 # variables for record
# As http, over IPv6 alone: router advertisement, DHCPv6, an AAAA query to an IPv6 address, and the page.
IPV6=yes
build_network
start_dhcp6_server
start_dns
start_web
capture_everywhere
plug_in port1
await_route client default -6
await "the client's link-local address" has_link_local client
lease_address client -6
fetch client http://www.google.com/ -6
finish_captures
