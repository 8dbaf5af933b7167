# shellcheck shell=bash
# As http, over TLS 1.3, with the secrets to decrypt it. The client asks for an
# IPv6 address of the name too, and there is none.
build_network
start_dhcp_server
start_dns
start_web
capture_pcapng client eth0 "$CAPTURES/https.pcapng"
plug_in_client
lease_address
SSLKEYLOGFILE=$RUN/https.keys fetch https://www.google.com/ --cacert "$RUN/ca.pem"
finish_captures
cp "$RUN/https.keys" "$CAPTURES/https.keys"
