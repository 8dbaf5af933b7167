# shellcheck shell=bash
# What the lab runs, and the Debian packages it comes from.

# packages_of: one "command package" a line.
packages_of() {
	cat <<-'END'
		ip iproute2
		sysctl procps
		nft nftables
		ethtool ethtool
		dhcpd isc-dhcp-server
		dhclient isc-dhcp-client
		dhcrelay isc-dhcp-relay
		kea-dhcp4 kea-dhcp4-server
		udhcpc udhcpc
		udhcpd udhcpd
		dnsmasq dnsmasq-base
		named bind9
		unbound unbound
		vtysh frr
		nginx nginx-light
		caddy caddy
		kdig knot-dnsutils
		chromium chromium
		openssl openssl
		curl curl
		tcpdump tcpdump
		tshark tshark
		python3 python3
	END
}

install_packages() {
	local command package missing=()
	PATH=$PATH:/usr/sbin:/sbin
	while read -r command package; do
		command -v "$command" >/dev/null || missing+=("$package")
	done < <(packages_of)
	if ((${#missing[@]} == 0)); then
		return
	fi
	echo "installing ${missing[*]}"
	without_services apt_get update
	without_services apt_get install --no-install-recommends "${missing[@]}"
}

apt_get() {
	DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o Dpkg::Use-Pty=0 "$@" >/dev/null
}

# without_services COMMAND...: runs it while packages must not start their
# services: the lab starts its own, and the machine wants no DNS or web server.
# policy-rc.d is Debian's way to say so (invoke-rc.d(8)).
without_services() {
	local policy=/usr/sbin/policy-rc.d status=0
	if [[ -e $policy ]]; then
		"$@"
		return
	fi
	printf '#!/bin/sh\nexit 101\n' >"$policy"
	chmod +x "$policy"
	"$@" || status=$?
	rm -f "$policy"
	return "$status"
}
