# shellcheck shell=bash disable=SC2034 # variables for record
# The first query to each resolver is lost: the client asks the first, the second, then the first again. For the second page only the first resolver is deaf, and Unbound, the second, answers.
NAME_SERVERS="$RESOLVER, $RESOLVER2"
build_network
start_dhcp_server 3600
start_dns
start_second_resolver
start_web
capture_everywhere
drop resolver udp dport 53 ip saddr "$HOME_WAN" quota until 70 bytes counter drop
drop resolver2 udp dport 53 ip saddr "$HOME_WAN" quota until 70 bytes counter drop
plug_in port1
lease_address client
echo "options timeout:2" >>"$RUN/client.resolv.conf"
fetch client http://www.google.com/ -4
drop resolver udp dport 53 ip saddr "$HOME_WAN" counter drop
fetch client http://www.google.com/ -4
finish_captures
