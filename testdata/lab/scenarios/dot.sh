# shellcheck shell=bash disable=SC2034 # variables for record
# The client asks the resolver over TLS (DoT): nobody on the way sees the name until the page is asked for.
RESOLVER_OPTIONS="listen-on port 853 tls lab { $RESOLVER; };"
KEEP="client home-wan resolver"
build_network
new_key resolver "/CN=dns.example.com"
start_dhcp_server 3600
start_dns
start_web
capture_everywhere
plug_in port1
lease_address client
ADDRESS=$(on client kdig "@$RESOLVER" +tls +short www.google.com A)
fetch client http://www.google.com/ --resolve "www.google.com:80:$ADDRESS"
finish_captures
