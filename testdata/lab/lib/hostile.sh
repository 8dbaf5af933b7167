# shellcheck shell=bash
# Names that do something to who is careless with them. They go where a client or a server may put any bytes.

# hostile_names: one a line, as they are sent.
hostile_names() {
	cat <<-'END'
		<script>alert(1)</script>
		"><img src=x onerror=alert(1)>
		=cmd|'/C calc'!A0
		@SUM(1+1)*cmd
		](javascript:alert(1))
		{{.}}${7*7}%s%n
	END
	printf '\e[31mred\e]0;title\a\n'
	printf 'gpj.\u202eexe\u2066\u200f\n'
	printf '\xff\xfe\xc3\n'
}

# hostile_labels: the same as labels of a zone file or question (RFC 1035 section 5.1); what stands for itself there is escaped.
hostile_labels() {
	hostile_names | LC_ALL=C awk '
		BEGIN { for (i = 1; i < 256; i++) code[sprintf("%c", i)] = i }
		{
			out = ""
			for (i = 1; i <= length($0); i++) {
				c = substr($0, i, 1)
				out = out (c ~ /[a-zA-Z0-9-]/ ? c : sprintf("\\%03d", code[c]))
			}
			print out
		}'
	printf '%s\n' "$(printf 'x%.0s' {1..63}).$(printf 'y%.0s' {1..63}).$(printf 'z%.0s' {1..63})"
}

# hostile_records: every name of google.com has the address of the web server; one is an alias of hostile names, one has hostile text.
hostile_records() {
	local label
	echo "* 300 A $WEB"
	label=$(hostile_labels | sed -n 2p)
	echo "alias 300 CNAME $label"
	printf '%s\n' 'text 300 TXT "=HYPERLINK(1)" "<script>alert(1)</script>" "\027[2J"'
}

# start_hostile_web: a web server whose answers hold such names: in the status line, the media type and the address of another page.
start_hostile_web() {
	start web hostile.log python3 -u "$LAB/lib/hostile.py" "$WEB" 8080 <(hostile_names)
	await_line "the hostile web server" listening "$RUN/hostile.log"
}
