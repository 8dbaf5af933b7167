# shellcheck shell=bash
# A browser (Chromium) opens the page over HTTPS: HTTPS records are asked for too, and the page pulls in what it shows.
build_network
start_dhcp_server 3600
start_dns
start_web
capture_everywhere
plug_in port1
lease_address client
browse client https://www.google.com/
finish_captures
