# shellcheck shell=bash
# A lease of 20 seconds, renewed twice at half its time (T1) while the client fetches the page in between.
build_network
start_dhcp_server 20 "option dhcp-renewal-time 8;" "option dhcp-rebinding-time 16;"
start_dns
start_web
capture_everywhere
plug_in port1
lease_address client
fetch client http://www.google.com/ -4
await "the second renewal" renewed 3
finish_captures
