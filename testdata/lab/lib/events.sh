# shellcheck shell=bash
# What the servers say happened, from their own logs: a second witness beside the
# frames, for tests that check what was made of the frames.

write_events() {
	echo "# Written from the servers' logs while $NAME was recorded; the frames were not consulted."
	dhcp_events
	dns_events
	web_events
}

dhcp_events() {
	grep '^DHCP' "$RUN/dhcpd.log" | sed 's/^/dhcp /'
}

# dns_events: the questions the resolver was asked. Left out: time and the
# number of the client object.
dns_events() {
	sed -E 's/^.*client @0x[0-9a-f]+ ([0-9.]+)#([0-9]+) [^:]*: query: /dns \1:\2 /' "$RUN/resolver.queries.log"
}

web_events() {
	sed 's/^/web /' "$RUN/nginx.access.log"
}
