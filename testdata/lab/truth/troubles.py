"""What cable.py did to packets, found again in the captures by IP identification."""
import json
import os

SENDER = {"to": "client", "from": "web"}
RECEIVER = {"to": "web", "from": "client"}
TIMES = {"lose": 0, "hold": 1, "double": 2}  # how often the packet arrives


class Troubles:
    def __init__(self, logs, captures, web):
        path = os.path.join(logs, "splice.log")
        self.list = []
        if os.path.exists(path):
            with open(path, encoding="ascii") as log:
                self.list = [t for t in map(json.loads, log) if t["action"] != "ready"]
        self.captures, self.web = captures, web

    def direction(self, f):
        if self.web in (f.dst, f.src) and f.transport == "tcp":
            return "to" if f.dst == self.web else "from"
        return None

    def locate(self):
        """Adds to each trouble the frames of its packet at each capture point."""
        for trouble in self.list:
            trouble["frames"] = {point: found for point, frames in self.captures.items()
                                 if (found := self.find(frames, trouble["direction"], trouble["id"]))}
        return self.list

    def find(self, frames, direction, ident):
        return [f.number for f in frames if self.direction(f) == direction and f.integer("ip.id") == ident]

    def check(self, evidence):
        for t in self.list:
            what = "packet %d %s at the %%s (%s)" % (t["id"], t["direction"], t["action"])
            for end, times in ((SENDER, 1), (RECEIVER, TIMES[t["action"]])):
                point = end[t["direction"]]
                evidence.check(what % point, times, len(t["frames"].get(point, [])), "the log of cable.py")

    def retransmissions(self):
        """Per capture point, the frames that their sender had sent before: same direction, sequence number and length."""
        again = set()
        for direction, point in SENDER.items():
            sent = set()
            for f in self.captures.get(point, []):
                key = (f.first("tcp.stream"), f.first("tcp.seq_raw"), f.first("tcp.len"), f.integer("tcp.flags") & 3)
                if self.direction(f) != direction or not (f.integer("tcp.len") or key[3]):
                    continue
                if key in sent:
                    again.add((direction, f.integer("ip.id")))
                sent.add(key)
        return {point: found for point, frames in self.captures.items()
                if (found := [f.number for f in frames if (self.direction(f), f.integer("ip.id")) in again])}
