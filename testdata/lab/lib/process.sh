# shellcheck shell=bash
# Starting, awaiting and ending the processes of a run. Only processes that were
# started here are ended, each by its own pid.

STARTED=()

# start HOST LOG COMMAND...: runs a daemon, which must stay in the foreground,
# on a host. Its pid is left in STARTED_PID: "ip netns exec" replaces itself with
# the command, where a call of "on" in the background would leave a shell between.
start() {
	local host=$1 log=$2
	shift 2
	ip netns exec "$(namespace "$host")" "${UNCONFINED[@]}" "$@" >>"$RUN/$log" 2>&1 </dev/null &
	STARTED_PID=$!
	STARTED+=("$STARTED_PID")
}

# UNCONFINED comes before each daemon. Where AppArmor is on, Debian's profiles
# keep named and dhcpd away from files outside /etc and /var.
UNCONFINED=()
if [[ $(cat /sys/module/apparmor/parameters/enabled 2>/dev/null) == Y ]] && command -v aa-exec >/dev/null; then
	UNCONFINED=(aa-exec -p unconfined --)
fi

# await WHAT COMMAND...: tries COMMAND until it succeeds, 30 seconds at most.
await() {
	local what=$1 try
	shift
	for ((try = 0; try < 300; try++)); do
		if "$@" >/dev/null 2>&1; then
			return
		fi
		sleep 0.1
	done
	echo "lab: waited in vain for $what" >&2
	return 1
}

# await_line WHAT TEXT FILE
await_line() {
	await "$1" grep -q -- "$2" "$3"
}

# stop SIGNAL PID: ends a process of ours and waits until it is gone. From then on its
# pid may be another's, so it is forgotten.
stop() {
	local pid rest=()
	kill "-$1" "$2" 2>/dev/null || true
	wait "$2" 2>/dev/null || true
	for pid in "${STARTED[@]}"; do
		if [[ $pid != "$2" ]]; then
			rest+=("$pid")
		fi
	done
	STARTED=("${rest[@]}")
}

# stop_all ends what still runs, all at once, then waits. A child that was not
# waited for keeps its pid, so no other process can be hit.
stop_all() {
	local pid
	for pid in "${STARTED[@]}"; do
		kill -TERM "$pid" 2>/dev/null || true
	done
	for pid in "${STARTED[@]}"; do
		wait "$pid" 2>/dev/null || true
	done
	STARTED=()
}
