# shellcheck shell=bash
# A client comes from another network and asks for its address there: Nak, and a new lease. It is switched off and comes back (INIT-REBOOT, Ack), fetches the page, asks for its settings (Inform) and gives the address back (Release).
build_network
start_dhcp_server 3600 "ping-check false;"
start_dns
start_web
cat >"$RUN/dhclient.client.leases" <<-END
	lease {
		interface "eth0";
		fixed-address 192.168.77.50;
		option subnet-mask 255.255.255.0;
		option routers 192.168.77.1;
		option domain-name-servers 192.168.77.1;
		option dhcp-lease-time 864000;
		option dhcp-message-type 5;
		option dhcp-server-identifier 192.168.77.1;
		renew never;
		rebind never;
		expire never;
	}
END
capture_everywhere
plug_in port1
lease_address client
stop_client
lease_address client
fetch client http://www.google.com/ -4
on client python3 "$LAB/lib/inform.py" "$CLIENT_MAC"
release_address
finish_captures
