"""Whose each frame is: the client and the name of every question to a resolver and of every connection to the web
server. The server's access log tells the name; a connection is found again behind NAT by its first sequence number."""
import os
import re

SYN = 2
LINE = re.compile(r"(?P<address>\S+):(?P<port>\d+) (?P<name>\S+) \"")


class Journeys:
    def __init__(self, logs, captures, roles):
        self.captures, self.roles = captures, roles
        asked = {(m["address"].strip("[]"), m["port"]): m["name"] for m in requests(logs)}
        self.names = {f.first("tcp.seq_raw"): asked[key] for f in captures.get("web", [])
                      if opens(f) and (key := (f.src, f.first("tcp.srcport"))) in asked}

    def all(self):
        """(capture point, list of client, name and frames)."""
        for point, frames in self.captures.items():
            found, streams = {}, {}
            for f in frames:
                if opens(f) and f.first("tcp.seq_raw") in self.names:
                    streams[f.first("tcp.stream")] = f.src, self.names[f.first("tcp.seq_raw")]
                key = streams.get(f.first("tcp.stream")) or self.question(f)
                if key:
                    found.setdefault(key, []).append(f.number)
            yield point, [{"client": client, "name": name, "frames": numbers} for (client, name), numbers in found.items()]

    def question(self, f):
        """The client and the name of a question to a resolver, or of its answer, over UDP."""
        if f.transport != "udp" or not f.first("dns.qry.name"):
            return None
        asker, server = (f.dst, f.src) if f.flag("dns.flags.response") else (f.src, f.dst)
        if self.roles.question(asker, server, f) != "stub":
            return None
        return asker, f.first("dns.qry.name").lower()


def requests(logs):
    path = os.path.join(logs, "nginx.access.log")
    if not os.path.exists(path):
        return []
    with open(path, encoding="ascii", errors="replace") as log:
        return [m for line in log if (m := LINE.match(line))]


def opens(f):
    return f.transport == "tcp" and f.integer("tcp.flags") & 18 == SYN
