# shellcheck shell=bash
# Three ports that do not answer, then one that does: 8080 is closed (reset), 8081 filtered (silence), 8082 refused by a filter (ICMP).
build_network
start_dhcp_server 3600
start_dns
start_web
capture_everywhere
drop web tcp dport 8081 counter drop
drop web tcp dport 8082 counter reject with icmp type admin-prohibited
plug_in port1
lease_address client
unanswered client http://www.google.com:8080/ -4
unanswered client http://www.google.com:8081/ -4 --connect-timeout 4
unanswered client http://www.google.com:8082/ -4 --connect-timeout 4
fetch client http://www.google.com/ -4
finish_captures
