"""What frames without a connection are: address assignment, neighbours, DNS over UDP, routing."""

DHCP = {1: "discover", 2: "offer", 3: "request", 4: "decline", 5: "ack", 6: "nak", 7: "release", 8: "inform"}
DHCPV6 = {1: "solicit", 2: "advertise", 3: "request", 4: "confirm", 5: "renew", 6: "rebind", 7: "reply", 8: "release",
          9: "decline", 11: "information_request"}
ND = {133: "router_solicitation", 134: "router_advertisement", 135: "neighbor_solicitation",
      136: "neighbor_advertisement", 143: "mld_report"}
OSPF = {1: "hello", 2: "db_description", 3: "ls_request", 4: "ls_update", 5: "ls_ack"}
BROADCAST = "ff:ff:ff:ff:ff:ff"


class Datagrams:
    """Gives the event of each frame of one capture, in order; "" when it knows none."""

    def __init__(self, roles):
        self.roles = roles
        self.asked = {}      # ARP: (who asked, for what) -> event of the request
        self.requested = {}  # DHCP: transaction -> "" or "_renew", "_rebind", "_init_reboot"

    def event(self, frame):
        method = getattr(self, frame.transport, None)
        return method(frame) if method else ""

    def arp(self, f):
        source, target = f.first("arp.src.proto_ipv4"), f.first("arp.dst.proto_ipv4")
        if f.integer("arp.opcode") == 2:
            return self.asked.get((target, source), "arp.nexthop") + ".reply"
        if source == "0.0.0.0":
            return "arp.probe"
        if source == target:
            return "arp.announce"
        kind = self.asked[source, target] = self.arp_kind(f, source, target)
        return kind + ".request"

    def arp_kind(self, f, source, target):
        if f.first("eth.dst") != BROADCAST:
            return "arp.client_unicast_probe"
        if self.roles.role(target) == "gateway":
            return "arp.gateway"
        if self.roles.role(source) in ("gateway", "rogue"):
            return "arp.client"
        return "arp.nexthop"

    def icmp(self, f):
        kind = f.integer("icmp.type")
        if kind in (0, 8):
            # nothing in the lab pings but the DHCP server before an offer
            return "dhcp.server_ping_check." + ("request" if kind == 8 else "reply")
        if kind == 3 and f.first("dhcp.option.dhcp"):
            return "icmp.error.dhcp"
        if kind == 3:
            return "icmp.error." + ("fragmentation_needed" if f.integer("icmp.code") == 4 else "unreachable")
        return ""

    def icmpv6(self, f):
        kind = ND.get(f.integer("icmpv6.type"))
        return "nd." + kind if kind else ""

    def ospf(self, f):
        return "routing.ospf%s.%s" % ("v3" if f.ipv6 else "", OSPF[f.integer("ospf.msg")])

    def igmp(self, _):
        return "routing.igmp"

    def udp(self, f):
        if f.first("dhcp.option.dhcp"):
            return self.dhcp(f)
        if f.first("dhcpv6.msgtype"):
            return "dhcpv6." + DHCPV6[int(f.all("dhcpv6.msgtype")[-1])]
        if f.first("quic.header_form"):
            return self.quic(f)
        return dns_event(self.roles, f) if f.first("dns.id") else ""

    def quic(self, f):
        """By the first packet in the datagram. In the lab only the web server speaks QUIC, on port 443."""
        side = "client" if f.integer("udp.dstport") == 443 else "server"
        kinds = {0: "initial", 1: "0rtt", 2: "handshake", 3: "retry"}
        return "quic.%s.%s" % (side, kinds[f.integer("quic.long.packet_type")] if f.integer("quic.header_form") else "1rtt")

    def dhcp(self, f):
        name = DHCP[f.integer("dhcp.option.dhcp")]
        how = self.requested.get(f.first("dhcp.id"), "")
        if name == "request":
            how = ""
            if f.first("dhcp.ip.client") != "0.0.0.0":
                how = "_rebind" if f.dst == "255.255.255.255" else "_renew"
            elif not f.first("dhcp.option.dhcp_server_id"):
                how = "_init_reboot"
            self.requested[f.first("dhcp.id")] = how
        elif name != "ack":
            how = ""
        return "dhcp." + name + how


def dns_event(roles, f, transport=""):
    """dns.stub.query, dns.iter.root.response, dns.stub.tcp.query and so on."""
    response = f.flag("dns.flags.response")
    asker, server = (f.dst, f.src) if response else (f.src, f.dst)
    kind = roles.question(asker, server, f)
    return "dns.%s.%s%s" % (kind, transport, "response" if response else "query") if kind else ""
