# shellcheck shell=bash
# The web server that answers as www.google.com (nginx), over HTTP and over TLS
# with a certificate of an authority made for the run. No key outlives the run.

start_web() {
	make_certificate
	nginx_conf >"$RUN/nginx.conf"
	start web nginx.log nginx -p "$RUN" -c "$RUN/nginx.conf" -e "$RUN/nginx.error.log"
	await "the web server" on web curl -sf -o /dev/null --interface "$WEB" "http://$WEB/healthy"
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

# nginx_conf: one process, in the foreground. Access log lines are events.
nginx_conf() {
	cat <<-END
		daemon off;
		master_process off;
		pid $RUN/nginx.pid;
		events { }
		http {
			types { text/html html; }
			log_format event '\$remote_addr:\$remote_port "\$request" \$status \$body_bytes_sent \$ssl_protocol \$ssl_cipher';
			client_body_temp_path $RUN/nginx.body;
			proxy_temp_path $RUN/nginx.proxy;
			fastcgi_temp_path $RUN/nginx.fastcgi;
			uwsgi_temp_path $RUN/nginx.uwsgi;
			scgi_temp_path $RUN/nginx.scgi;
			server {
				listen $WEB:80;
				listen $WEB:443 ssl;
				server_name www.google.com;
				ssl_certificate $RUN/www.pem;
				ssl_certificate_key $RUN/www.key;
				ssl_protocols TLSv1.2 TLSv1.3;
				root $LAB/www;
				access_log $RUN/nginx.access.log event;
				location = /healthy { access_log off; return 204; }
			}
		}
	END
}

# fetch URL OPTION...: the client asks for a page. The lease's resolv.conf is
# bound over the machine's within the mount namespace that "ip netns exec" makes.
fetch() {
	# shellcheck disable=SC2016
	on client sh -c 'mount --bind "$0" /etc/resolv.conf && exec "$@"' "$RUN/resolv.conf" \
		curl -sS --max-time 20 -o "$RUN/page.html" "${@:2}" "$1"
	cmp "$RUN/page.html" "$LAB/www/index.html"
}
