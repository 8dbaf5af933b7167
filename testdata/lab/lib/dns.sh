# shellcheck shell=bash
# The resolvers and the name servers they ask: BIND for all, Unbound for the second
# resolver. Root, .com and google.com each have a machine of their own, so that a
# referral leads from one to the next as on the Internet.

start_dns() {
	write_zones
	start_named root "$ROOT_SERVER" "$ROOT_SERVER_6" "recursion no;" .
	start_named com "$COM_SERVER" "$COM_SERVER_6" "recursion no;" com
	start_named ns1 "$GOOGLE_SERVER" "$GOOGLE_SERVER_6" "recursion no; $NS1_OPTIONS" google.com
	NS1_PID=$STARTED_PID
	start_named resolver "$RESOLVER" "$RESOLVER_6" "recursion yes; allow-recursion { any; }; $RESOLVER_OPTIONS"
	await_line "the resolver" "running" "$RUN/resolver.named.log"
}

# start_named HOST ADDRESS ADDRESS_6 OPTIONS [ZONE]. -f and not -g: -g sends the query
# log to standard error too.
start_named() {
	local family=-4
	if [[ $IPV6 == yes ]]; then
		family=
	fi
	named_conf "$@" >"$RUN/$1.conf"
	start "$1" "$1.log" named ${family:+"$family"} -f -c "$RUN/$1.conf"
	if [[ -n ${5-} ]]; then
		await_line "the name server $1" "all zones loaded" "$RUN/$1.named.log"
	fi
}

# named_conf: "controls" is empty because port 953 is not needed; pid and key files
# would go to the machine's /run/named. A server without a zone starts at the root.
named_conf() {
	local listen6=none
	if [[ $IPV6 == yes ]]; then
		listen6=$3
	fi
	cat <<-END
		controls { };
		options {
			directory "$RUN";
			pid-file none;
			session-keyfile none;
			managed-keys-directory "$RUN";
			listen-on { $2; };
			listen-on-v6 { $listen6; };
			dnssec-validation no;
			minimal-responses no-auth-recursive;
			$4
		};
		logging {
			channel main { file "$1.named.log"; };
			channel queries { file "$1.queries.log"; };
			category default { main; };
			category queries { queries; };
		};
	END
	if [[ -f $RUN/$1.pem ]]; then # for questions over TLS
		echo "tls lab { cert-file \"$1.pem\"; key-file \"$1.key\"; };"
	fi
	if [[ -n ${5-} ]]; then
		echo "zone \"$5\" { type primary; file \"$1.zone\"; };"
	else
		echo 'zone "." { type hint; file "root.hints"; };'
	fi
}

# start_secondary: a second server of google.com, which fetches the zone from the first (RFC 5936).
start_secondary() {
	{
		named_conf ns2 "$GOOGLE_SERVER2" none "recursion no;" | grep -v '^zone '
		echo "zone \"google.com\" { type secondary; primaries { $GOOGLE_SERVER; }; file \"ns2.copy\"; };"
	} >"$RUN/ns2.conf"
	start ns2 ns2.log named -4 -f -c "$RUN/ns2.conf"
	await_line "the secondary" "Transfer completed" "$RUN/ns2.named.log"
}

# change_zone: the zone of google.com gets another serial number; its server tells the secondary (RFC 1996), which
# fetches what is new.
change_zone() {
	sed -i 's/hostmaster.example.com. 1 /hostmaster.example.com. 2 /' "$RUN/ns1.zone"
	kill -HUP "$NS1_PID"
	await_line "the secondary" "transferred serial 2" "$RUN/ns2.named.log"
}

# start_forwarder: dnsmasq on the home router asks the resolver for the machines of the house.
start_forwarder() {
	start home forwarder.log dnsmasq --no-daemon --conf-file=/dev/null --user=root --bind-interfaces --interface=lan0 --except-interface=lo \
		--no-resolv --no-hosts --server="$RESOLVER" --log-queries
	await_line "the forwarder" "using nameserver" "$RUN/forwarder.log"
}

# start_second_resolver: Unbound, with Debian's default of asking each server for as
# little of the name as it needs (RFC 9156). 203.0.113.0/24 is public here.
start_second_resolver() {
	cat >"$RUN/unbound.conf" <<-END
		server:
			directory: "$RUN"
			username: ""
			chroot: ""
			pidfile: ""
			use-syslog: no
			logfile: ""
			log-queries: yes
			interface: $RESOLVER2
			access-control: 0.0.0.0/0 allow
			do-ip6: no
			module-config: "iterator"
			root-hints: "$RUN/root.hints"
		remote-control:
			control-enable: no
	END
	start resolver2 unbound.log unbound -d -c "$RUN/unbound.conf"
	await_line "the second resolver" "start of service" "$RUN/unbound.log"
}

# write_zones: the server of .com is named inside com, see README.md.
write_zones() {
	{
		echo ". 3600000 NS a.root-servers.net."
		hosts "a.root-servers.net. 3600000" "$ROOT_SERVER" "$ROOT_SERVER_6"
	} >"$RUN/root.hints"
	{
		zone_head a.root-servers.net.
		hosts a.root-servers.net. "$ROOT_SERVER" "$ROOT_SERVER_6"
		echo "com. NS a.nic.com."
		hosts a.nic.com. "$COM_SERVER" "$COM_SERVER_6"
	} >"$RUN/root.zone"
	{
		zone_head a.nic.com.
		hosts a.nic.com. "$COM_SERVER" "$COM_SERVER_6"
		echo "google.com. NS ns1.google.com."
		hosts ns1.google.com. "$GOOGLE_SERVER" "$GOOGLE_SERVER_6"
	} >"$RUN/com.zone"
	{
		zone_head ns1.google.com.
		hosts ns1.google.com. "$GOOGLE_SERVER" "$GOOGLE_SERVER_6"
		www_records
	} >"$RUN/ns1.zone"
}

# zone_head SERVER: the SOA and NS records of a zone whose main server it is.
zone_head() {
	cat <<-END
		\$TTL 86400
		@ SOA $1 hostmaster.example.com. 1 7200 900 1209600 300
		@ NS $1
	END
}

# hosts NAME ADDRESS ADDRESS_6
hosts() {
	echo "$1 A $2"
	if [[ $IPV6 == yes ]]; then
		echo "$1 AAAA $3"
	fi
}

# www_records: www.google.com. With LONG_NAMES=yes it is an alias of an alias of an alias,
# with names so long that the answer is larger than the 512 bytes that UDP carries
# without EDNS(0) (RFC 1035 section 4.2.1, RFC 6891 section 6.2.3). NAMES are further hosts.
www_records() {
	local label=a-very-long-name-that-makes-the-answer-too-large-for-a-datagram name=www alias cut
	if [[ $LONG_NAMES == yes ]]; then
		for cut in 2 7 12; do
			alias=${label:$cut}.${label:$((cut + 1))}.${label:$((cut + 2))}
			echo "$name 300 CNAME $alias"
			name=$alias
		done
	fi
	hosts "$name 300" "$WEB" "$WEB_6"
	for name in $NAMES; do
		hosts "$name 300" "$WEB" "$WEB_6"
	done
	echo "$RECORDS"
}
