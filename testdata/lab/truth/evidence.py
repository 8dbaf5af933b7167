"""Checks of the captures against the servers' own logs: a list for truth.json."""
import fnmatch
import json
import os
import re

# what the query log of a host is compared with, by capture point
QUERY_LOGS = {"resolver": "dns.stub.*query dns.forward.*query", "root": "dns.iter.*query", "com": "dns.iter.*query",
              "ns1": "dns.iter.*query dns.?xfr*query dns.xfr_soa.*query", "ns2": "dns.iter.*query"}
DHCP_TYPES = {1: "DISCOVER", 2: "OFFER", 3: "REQUEST", 5: "ACK", 6: "NAK"}
FROM_SERVER = (2, 5, 6)
DHCPV6_TYPES = {"DHCPSOLICIT": "solicit", "DHCPADVERTISE": "advertise", "DHCPREQUEST": "request", "DHCPREPLY": "reply"}


class Evidence:
    def __init__(self, logs, vantages, captures, roles):
        self.logs, self.vantages, self.captures, self.roles = logs, vantages, captures, roles
        self.checks = []

    def all(self):
        for point in self.vantages:
            self.capture(point)
        self.dhcp()
        for host, pattern in QUERY_LOGS.items():
            self.queries(host, pattern)
        self.unbound()
        self.forwarder()
        self.web()
        self.filters()
        return self.checks

    def check(self, what, logged, frames, how):
        self.checks.append({"check": what, "expected": logged, "got": frames, "ok": logged == frames, "how": how})

    def lines(self, name, pattern=""):
        path = os.path.join(self.logs, name)
        if not os.path.exists(path):
            return []
        with open(path, encoding="utf-8", errors="replace") as log:
            return [line for line in log if re.search(pattern, line)]

    def count(self, point, pattern):
        """Frames at a capture point whose event fits one of the patterns, which stand apart by spaces."""
        steps = self.vantages.get(point, {}).get("steps", {})
        return sum(len(frames) for event, frames in steps.items()
                   if any(fnmatch.fnmatchcase(event, each) for each in pattern.split()))

    def capture(self, point):
        vantage = self.vantages[point]
        said = re.findall(r"(\d+) packets? (captured|dropped)", "".join(self.lines("tcpdump.%s.log" % point)))
        numbers = {word: int(n) for n, word in said}
        self.check("frames at " + point, numbers.get("captured"), vantage["frames"], "tcpdump's own count")
        self.check("frames lost at " + point, 0, numbers.get("dropped"), "tcpdump: dropped by kernel")
        self.check("every frame known at " + point, [], vantage["unlabelled"], "frames without an event")

    def dhcp(self):
        for code, kind in DHCP_TYPES.items():
            self.dhcp_type(code, kind)
        if not self.lines("dnsmasq.log", "DHCPSOLICIT"):
            return
        for word, kind in DHCPV6_TYPES.items():
            logged = len(self.lines("dnsmasq.log", r"%s\(" % word))
            self.check("DHCPv6 %s at home-lan" % kind, logged, self.count("home-lan", "dhcpv6." + kind), "lines in dnsmasq's log")

    def dhcp_type(self, code, kind):
        """BusyBox's server logs what it sends, Kea its answers with the relay between."""
        at_home = self.dhcp_frames("home-lan", code, "gateway")
        if self.lines("dhcpd.log"):
            # a server that was away for a while (rebind) did not hear all: then the client's log is the witness
            log = "dhcpd.log" if code in FROM_SERVER or not self.lines("dhcpd.log", "Server starting") else "dhclient.client.log"
            self.check("DHCP %s at home-lan" % kind, len(self.lines(log, "^DHCP%s " % kind)), at_home, "lines in " + log)
        if self.lines("udhcpd.log") and code in FROM_SERVER:
            logged = len(self.lines("udhcpd.log", "sending %s to" % kind))
            self.check("DHCP %s at home-lan" % kind, logged, at_home, "lines in udhcpd's log")
        if self.lines("kea.log") and code in FROM_SERVER:
            logged = len(self.lines("kea.log", "DHCP4_PACKET_SEND .* DHCP%s " % kind))
            self.check("DHCP %s at home-lan" % kind, logged, at_home, "lines in Kea's log")
        if self.lines("dnsmasq.log", "DHCP, "):
            logged = len(self.lines("dnsmasq.log", r"DHCP%s\(" % kind))
            self.check("DHCP %s at rogue" % kind, logged, self.dhcp_frames("rogue", code, "rogue"), "lines in dnsmasq's log")

    def dhcp_frames(self, point, code, server):
        """Messages of one type that a server sent or logs. dnsmasq does not log a Request to another server."""
        frames = [f for f in self.captures[point] if f.transport == "udp" and f.integer("dhcp.option.dhcp") == code]
        if code in FROM_SERVER:
            frames = [f for f in frames if self.roles.role(f.src) == server]
        elif server == "rogue":
            frames = [f for f in frames if self.roles.role(f.first("dhcp.option.dhcp_server_id")) in ("client", server)]
        return len(frames)

    def queries(self, host, pattern):
        secret = {f.first("tcp.srcport") for f in self.captures.get(host, []) if f.first("tcp.dstport") == "853"}
        lines = self.lines(host + ".queries.log", r" query: ")
        logged = sum(1 for line in lines if re.search(r"#(\d+)", line).group(1) not in secret)  # DoT shows no question
        got = self.count(host, pattern) - self.dropped(host)
        self.check("queries at " + host, logged, got, "lines in BIND's query log; queries that the host's filter dropped are not logged")

    def forwarder(self):
        if self.lines("forwarder.log"):
            logged = len(self.lines("forwarder.log", r" query\["))
            self.check("queries at home-lan", logged, self.count("home-lan", "dns.stub.*query"), "lines in the forwarder's query log")
            logged = len(self.lines("forwarder.log", r" forwarded "))
            self.check("queries at home-wan", logged, self.count("home-wan", "dns.forward.*query"), "lines in the forwarder's query log")

    def unbound(self):
        if self.lines("unbound.log"):
            logged = len(self.lines("unbound.log", r" info: [0-9.]+ \S+ \S+ IN$"))
            got = self.count("resolver2", "dns.stub.*query") - self.dropped("resolver2")
            self.check("queries at resolver2", logged, got, "lines in Unbound's query log; dropped queries are not logged")

    def dropped(self, host):
        """Packets that the nftables rules of a host counted."""
        return sum(self.counters(host))

    def counters(self, host):
        rules = "".join(self.lines("nft.%s.json" % host))
        if not rules:
            return []
        return [part["counter"]["packets"] for rule in json.loads(rules)["nftables"] if "rule" in rule
                for part in rule["rule"]["expr"] if "counter" in part]

    def web(self):
        if self.lines("caddy.access.log"):
            versions = set(re.findall(r'"proto":"([^"]+)"', "".join(self.lines("caddy.access.log"))))
            self.check("versions of HTTP at web", ["HTTP/3.0"], sorted(versions), "Caddy's access log")
            return
        plain, secure = self.requests()
        logged = len(self.lines("nginx.access.log", "- -$") + self.lines("hostile.log", "^answered"))
        self.check("HTTP requests at web", logged, plain, "lines without TLS in the servers' logs; requests that tshark sees")
        logged = len(self.lines("nginx.access.log", "TLSv1"))
        self.check("HTTPS requests at web", logged, secure, "lines with TLS in nginx's access log; requests that tshark decrypts")

    def requests(self):
        """HTTP requests at the web server in clear text and encrypted, by tshark's dissection."""
        seen = [(f, len(f.all("http.request.method") + f.all("http2.headers.method"))) for f in self.captures["web"]]
        secure = sum(n for f, n in seen if f.first("tcp.dstport") == "443")
        return sum(n for _, n in seen) - secure, secure

    def filters(self):
        if self.counters("web"):
            opened = self.count("web", "tcp.syn") + self.count("web", "tcp.syn_retransmit")
            got = opened - self.count("web", "tcp.syn_ack*") - self.count("web", "tcp.rst")
            self.check("SYNs filtered at web", self.dropped("web"), got, "the filter's counter; SYNs with neither SYN+ACK nor RST")
