# shellcheck shell=bash
# A cable is plugged in, the client leases an address and fetches
# http://www.google.com/. Captured at the client.
build_network
start_dhcp_server
start_dns
start_web
capture_pcap client eth0 "$CAPTURES/http.pcap"
plug_in_client
lease_address
fetch http://www.google.com/ -4
finish_captures
