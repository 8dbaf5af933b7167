# shellcheck shell=bash disable=SC2034 # variables for record
# A second server of google.com fetches the zone, is told of a change and fetches that, while a client makes its journey.
SECONDARY=yes
NS1_OPTIONS="notify explicit; also-notify { $GOOGLE_SERVER2; };"
KEEP="client ns1 ns2"
build_network
start_dhcp_server 3600
start_dns
start_web
capture_everywhere
start_secondary
plug_in port1
lease_address client
fetch client http://www.google.com/ -4
change_zone
finish_captures
