# shellcheck shell=bash disable=SC2034 # variables for record
# The answer is too large for the client's 512 bytes over UDP: it comes truncated (TC), and is asked for again over TCP. The resolver meets the same at the server of google.com.
LONG_NAMES=yes
NS1_OPTIONS="max-udp-size 512;"
RESOLVER_OPTIONS="qname-minimization off;"
build_network
start_dhcp_server 3600
start_dns
start_web
capture_everywhere
plug_in port1
lease_address client
fetch client http://www.google.com/ -4
finish_captures
