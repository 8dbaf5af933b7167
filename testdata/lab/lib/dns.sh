# shellcheck shell=bash
# The resolver and the name servers it asks (BIND). One named plays the root, the
# .com and the google.com servers, each a view at its own address, so that a
# referral leads from one to the next as on the Internet.

start_dns() {
	write_zones
	authority_conf >"$RUN/authority.conf"
	resolver_conf >"$RUN/resolver.conf"
	# -f and not -g: -g sends the query log to standard error too.
	start authority authority.log named -4 -f -c "$RUN/authority.conf"
	start resolver resolver.log named -4 -f -c "$RUN/resolver.conf"
	await_line "the name servers" "all zones loaded" "$RUN/authority.named.log"
	await_line "the resolver" "running" "$RUN/resolver.named.log"
}

# options NAME ADDRESSES: what both have. "controls" is empty because port 953
# is not needed; pid and key files would go to the machine's /run/named.
options() {
	cat <<-END
		controls { };
		options {
			directory "$RUN";
			pid-file none;
			session-keyfile none;
			listen-on { $2 };
			listen-on-v6 { none; };
			dnssec-validation no;
			minimal-responses no-auth-recursive;
			$3
		};
		logging {
			channel main { file "$1.named.log"; };
			channel queries { file "$1.queries.log"; };
			category default { main; };
			category queries { queries; };
		};
	END
}

resolver_conf() {
	options resolver "$RESOLVER;" "recursion yes; allow-recursion { any; };"
	echo 'zone "." { type hint; file "root.hints"; };'
}

authority_conf() {
	options authority "$ROOT_SERVER; $COM_SERVER; $GOOGLE_SERVER;" "recursion no;"
	view root "$ROOT_SERVER" .
	view com "$COM_SERVER" com
	view google "$GOOGLE_SERVER" google.com
}

# view NAME ADDRESS ZONE
view() {
	cat <<-END
		view $1 {
			match-destinations { $2; };
			zone "$3" { type primary; file "$1.zone"; };
		};
	END
}

write_zones() {
	cat >"$RUN/root.hints" <<-END
		.                   3600000 NS a.root-servers.net.
		a.root-servers.net. 3600000 A  $ROOT_SERVER
	END
	{
		zone_head a.root-servers.net.
		echo "a.root-servers.net. A $ROOT_SERVER"
		echo "com. NS a.nic.com."
		echo "a.nic.com. A $COM_SERVER"
	} >"$RUN/root.zone"
	{
		zone_head a.nic.com.
		echo "a.nic.com. A $COM_SERVER"
		echo "google.com. NS ns1.google.com."
		echo "ns1.google.com. A $GOOGLE_SERVER"
	} >"$RUN/com.zone"
	{
		zone_head ns1.google.com.
		echo "ns1 A $GOOGLE_SERVER"
		echo "www 300 A $WEB"
	} >"$RUN/google.zone"
}

# zone_head SERVER: the SOA and NS records of a zone whose main server it is.
zone_head() {
	cat <<-END
		\$TTL 86400
		@ SOA $1 hostmaster.example.com. 1 7200 900 1209600 300
		@ NS $1
	END
}
