# shellcheck shell=bash
# The DHCP server goes away: the client asks it in vain from T1 on, and everybody from T2 on (rebind), until the server is back. It fetches the page meanwhile.
build_network
start_dhcp_server 60 "option dhcp-renewal-time 4;" "option dhcp-rebinding-time 8;"
start_dns
start_web
capture_everywhere
plug_in port1
lease_address client
stop TERM "$DHCP_PID"
fetch client http://www.google.com/ -4
await "the rebinding" rebinding
run_dhcp_server
await "the new lease" renewed 2
finish_captures
