# shellcheck shell=bash
# As http, over TLS 1.3 and HTTP/2, with the secrets to decrypt it. The client asks for an IPv6 address too, and there is none.
build_network
start_dhcp_server 3600
start_dns
start_web
capture_everywhere
plug_in port1
lease_address client
SSLKEYLOGFILE=$RUN/keylog.txt fetch client https://www.google.com/ --tlsv1.3
finish_captures
