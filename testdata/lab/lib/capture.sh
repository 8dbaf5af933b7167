# shellcheck shell=bash
# Capturing, and keeping what the servers said meanwhile.

CAPTURING=()

# capture POINT HOST IFACE: writes POINT.pcap until finish_captures.
capture() {
	start "$2" "tcpdump.$1.log" tcpdump -Z root --immediate-mode -U -n -i "$3" -w "$OUT/$1.pcap"
	CAPTURING+=("$1 $STARTED_PID")
	echo "$1 $2 $3" >>"$OUT/logs/points.txt"
}

# capture_everywhere: at the client, at both sides of the home router, between routers of
# each AS and between the two, and at every server.
capture_everywhere() {
	local host
	capture client client eth0
	capture home-lan home lan0
	capture home-wan home wan0
	capture core r1 br1
	capture bgp br1 br2
	capture as2-core br2 r2
	for host in resolver resolver2 root com ns1 web; do
		capture "$host" "$host" eth0
	done
	if [[ $SECONDARY == yes ]]; then
		capture ns2 ns2 eth0
	fi
	begin
}

# begin returns when all captures run. What the logs hold by now came before.
begin() {
	local entry log
	for entry in "${CAPTURING[@]}"; do
		await_line "tcpdump" "listening on" "$RUN/tcpdump.${entry% *}.log"
	done
	for log in "$RUN"/*.log; do
		wc -l <"$log" >"$log.mark"
	done
}

# finish_captures waits for the last frames.
finish_captures() {
	local entry
	sleep 1.5
	for entry in "${CAPTURING[@]}"; do
		stop INT "${entry#* }"
	done
	CAPTURING=()
	keep_logs
	keep_counters
}

# keep_logs: of each log what was written since begin; all of it when it is newer.
keep_logs() {
	local log mark
	for log in "$RUN"/*.log; do
		mark=0
		if [[ -f $log.mark ]]; then
			mark=$(<"$log.mark")
		fi
		tail -n "+$((mark + 1))" "$log" >"$OUT/logs/${log##*/}"
	done
}

# keep_counters: what the hosts' own filters counted.
keep_counters() {
	local host
	for host in "${HOSTS[@]}"; do
		on "$host" nft -j list table inet lab >"$OUT/logs/nft.$host.json" 2>/dev/null || rm -f "$OUT/logs/nft.$host.json"
	done
}
