# shellcheck shell=bash
# Capturing on an interface. A capture runs from start_* until finish_captures.

CAPTURING=()

# capture_pcap HOST IFACE FILE: classic pcap, microseconds.
capture_pcap() {
	start "$1" tcpdump.log tcpdump -Z root --immediate-mode -U -n -i "$2" -w "$RUN/raw.pcap"
	CAPTURING+=("$STARTED_PID pcap $RUN/raw.pcap $3")
	await_line "tcpdump" "listening on" "$RUN/tcpdump.log"
}

# capture_pcapng HOST IFACE FILE: pcapng, nanoseconds, with the interface's name.
capture_pcapng() {
	start "$1" dumpcap.log dumpcap -n -i "$2" -w "$RUN/raw.pcapng"
	CAPTURING+=("$STARTED_PID pcapng $RUN/raw.pcapng $3")
	await_line "dumpcap" "^File:" "$RUN/dumpcap.log"
}

# finish_captures waits for the last frames, then stores each capture.
finish_captures() {
	local entry pid format raw file
	sleep 1.5
	for entry in "${CAPTURING[@]}"; do
		read -r pid format raw file <<<"$entry"
		stop INT "$pid"
		"store_$format" "$raw" "$file"
	done
	CAPTURING=()
}

store_pcap() {
	cp "$1" "$2"
}

# store_pcapng leaves out what dumpcap tells of this machine: mergecap drops the
# processor, and spaces take the place of the kernel's release (same length, so
# that the blocks stay valid).
store_pcapng() {
	local system blank
	system=$(uname -sr)
	printf -v blank '%-*s' "${#system}" "$(uname -s)"
	mergecap -F pcapng -w "$1.merged" "$1"
	LC_ALL=C sed "s/${system//./\\.}/$blank/g" "$1.merged" >"$2"
}
