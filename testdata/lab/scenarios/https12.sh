# shellcheck shell=bash
# As http, over TLS 1.2 and HTTP/1.1, with the secrets to decrypt it.
build_network
start_dhcp_server 3600
start_dns
start_web
capture_everywhere
plug_in port1
lease_address client
SSLKEYLOGFILE=$RUN/keylog.txt fetch client https://www.google.com/ -4 --tls-max 1.2 --http1.1
finish_captures
