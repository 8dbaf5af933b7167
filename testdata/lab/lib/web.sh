# shellcheck shell=bash
# The web server that answers as www.google.com (nginx), over HTTP and over TLS
# with a certificate of an authority made for the run. No key outlives the run.

start_web() {
	make_certificate
	cp -r "$LAB/www" "$RUN/www"
	long_page >"$RUN/www/long.html"
	nginx_conf >"$RUN/nginx.conf"
	start web nginx.log nginx -p "$RUN" -c "$RUN/nginx.conf" -e "$RUN/nginx.error.log"
	await "the web server" on web curl -sf -o /dev/null --interface "$WEB" "http://$WEB/healthy"
}

# long_page: some 60 kB, for a response of many segments.
long_page() {
	local line
	echo '<!DOCTYPE html><title>A long page</title><pre>'
	for ((line = 1; line <= 1000; line++)); do
		printf 'Line %4d of a page that takes many segments to arrive. \n' "$line"
	done
	echo '</pre>'
}

make_certificate() {
	local authority=(-CA "$RUN/ca.pem" -CAkey "$RUN/ca.key")
	new_key ca "/CN=pktjourney lab authority" -addext basicConstraints=critical,CA:TRUE
	new_key www "/CN=www.google.com" -addext subjectAltName=DNS:www.google.com "${authority[@]}"
}

# new_key NAME SUBJECT OPTION...: a key and its certificate, for a week.
new_key() {
	local name=$1 subject=$2
	shift 2
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -noenc -days 7 \
		-subj "$subject" -keyout "$RUN/$name.key" -out "$RUN/$name.pem" "$@" 2>/dev/null
}

# nginx_conf: one process, in the foreground. Access log lines are witnesses. HTTP/2 is
# offered over TLS; curl takes it unless told otherwise.
nginx_conf() {
	local listen6=
	if [[ $IPV6 == yes ]]; then
		listen6="listen [$WEB_6]:80; listen [$WEB_6]:443 ssl http2;"
	fi
	cat <<-END
		daemon off;
		master_process off;
		pid $RUN/nginx.pid;
		events { }
		http {
			types { text/html html; }
			log_format event '\$remote_addr:\$remote_port \$host "\$request" \$status \$body_bytes_sent \$ssl_protocol \$ssl_cipher';
			client_body_temp_path $RUN/nginx.body;
			proxy_temp_path $RUN/nginx.proxy;
			fastcgi_temp_path $RUN/nginx.fastcgi;
			uwsgi_temp_path $RUN/nginx.uwsgi;
			scgi_temp_path $RUN/nginx.scgi;
			server {
				listen $WEB:80;
				listen $WEB:443 ssl http2;
				$listen6
				server_name www.google.com;
				ssl_certificate $RUN/www.pem;
				ssl_certificate_key $RUN/www.key;
				ssl_protocols TLSv1.2 TLSv1.3;
				root $RUN/www;
				access_log $RUN/nginx.access.log event;
				location = /healthy { access_log off; return 204; }
			}
		}
	END
}

# start_http3_web: Caddy, which speaks HTTP/3 too, in the place of nginx.
start_http3_web() {
	make_certificate
	cp -r "$LAB/www" "$RUN/www"
	cat >"$RUN/Caddyfile" <<-END
		{
			admin off
			auto_https off
		}
		https://www.google.com {
			bind $WEB
			tls $RUN/www.pem $RUN/www.key
			root * $RUN/www
			file_server
			log {
				output file $RUN/caddy.access.log
				format json
			}
		}
	END
	HOME=$RUN start web caddy.log caddy run --config "$RUN/Caddyfile" --adapter caddyfile
	await_line "the web server" "serving initial configuration" "$RUN/caddy.log"
}

# browse HOST URL OPTION...: a browser opens a page and must show it. It is kept from asking for anything of its own.
browse() {
	# shellcheck disable=SC2016
	HOME=$RUN SSLKEYLOGFILE=$RUN/keylog.txt on "$1" sh -c 'mount --bind "$0" /etc/resolv.conf && exec "$@"' "$RUN/$1.resolv.conf" \
		timeout 60 chromium --headless --no-sandbox --disable-gpu --user-data-dir="$RUN/$1.browser" --no-first-run \
		--disable-background-networking --disable-component-update --disable-sync --disable-default-apps --disable-extensions \
		--disable-features=MediaRouter,DialMediaRouteProvider,OptimizationHints,AsyncDns \
		--ignore-certificate-errors-spki-list="$(spki "$RUN/www.pem")" "${@:3}" --dump-dom "$2" >"$RUN/$1.dom" 2>"$RUN/$1.browser.log"
	grep -q '</html>' "$RUN/$1.dom"
}

# spki CERTIFICATE: the hash of its public key (RFC 7469 section 2.4), by which the browser knows it.
spki() {
	openssl x509 -in "$1" -pubkey -noout | openssl pkey -pubin -outform der | openssl dgst -sha256 -binary | openssl base64
}

# fetch HOST URL OPTION...: the host asks for a page of www.google.com and must get it.
fetch() {
	local host=$1 url=$2 page
	page=${url##*/}
	ask "$host" "$url" "${@:3}" -o "$RUN/$host.page"
	cmp "$RUN/$host.page" "$RUN/www/${page:-index.html}"
}

# unanswered HOST URL OPTION...: no connection comes about.
unanswered() {
	if ask "$@" 2>/dev/null; then
		echo "lab: $2 answered" >&2
		return 1
	fi
}

# ask HOST URL OPTION...: curl, with the lease's resolv.conf bound over the machine's
# within the mount namespace that "ip netns exec" makes.
ask() {
	# shellcheck disable=SC2016
	on "$1" sh -c 'mount --bind "$0" /etc/resolv.conf && exec "$@"' "$RUN/$1.resolv.conf" \
		curl -sS --max-time 40 --cacert "$RUN/ca.pem" "${@:3}" "$2"
}
