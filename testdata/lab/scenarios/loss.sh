# shellcheck shell=bash disable=SC2034 # variables for record
# A long page over a bad line: cable.py loses, reorders and doubles packets between the home and its provider.
SPLICE=yes
build_network
start_dhcp_server 3600
start_dns
start_web
capture_everywhere
start_splice near far "$WEB"
plug_in port1
lease_address client
fetch client http://www.google.com/long.html -4
finish_captures
