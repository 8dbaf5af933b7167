# shellcheck shell=bash disable=SC2034 # variables for record
# Names that attack who reads them: HTML, scripts, formulas, terminal escapes, hidden characters and very long ones, in DNS, HTTP and TLS.
UNCOMPARED="the clients send other names than they asked for, and tshark writes names otherwise"
NS1_OPTIONS="check-names primary ignore;"
RECORDS=$(hostile_records)
build_network
start_dhcp_server 3600
start_dns
start_web
start_hostile_web
capture_everywhere
plug_in port1
lease_address client
while read -r name; do
	on client kdig "@$RESOLVER" "$name.google.com" A >/dev/null
done < <(hostile_labels)
on client kdig "@$RESOLVER" alias.google.com A >/dev/null
on client kdig "@$RESOLVER" text.google.com TXT >/dev/null
while IFS= read -r name; do
	ask client http://www.google.com:8080/ -4 -o "$RUN/client.page" --request-target "/${name// /}" -H "Host: $name"
	on client openssl s_client -connect "$WEB:443" -servername "$name" -keylogfile "$RUN/keylog.txt" </dev/null >"$RUN/client.s_client" 2>&1
done < <(hostile_names)
ask client http://www.google.com:8080/long -4 -o "$RUN/client.page" -H "Host: $(printf 'x%.0s' {1..10000})"
finish_captures
