# shellcheck shell=bash
# A browser (Chromium) opens the page over HTTP/3: QUIC takes the place of TCP and TLS (Caddy); with key log.
build_network
start_dhcp_server 3600
start_dns
start_http3_web
capture_everywhere
plug_in port1
lease_address client
browse client https://www.google.com/ --origin-to-force-quic-on=www.google.com:443
finish_captures
