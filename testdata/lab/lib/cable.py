#!/usr/bin/env python3
"""A cable between two interfaces that loses, holds back and doubles chosen packets.

usage: cable.py IFACE IFACE ADDRESS

Only TCP segments between ADDRESS and others are troubled, each kind by its own count,
so that every run has the same troubles. What was done to a packet goes to standard
output, one JSON object a line, with the packet's IP identification: it is how the
packet is found again in the captures. A packet held back goes on once BEHIND later ones
of its direction have passed, or after HOLD seconds.
"""
import json
import select
import socket
import struct
import sys
import time

# (to or from ADDRESS, kind, count): what to do with that one
PLAN = {
    ("to", "syn", 1): "lose",
    ("to", "data", 1): "lose",
    ("from", "data", 6): "lose",
    ("from", "data", 12): "hold",
    ("from", "data", 20): "double",
    ("from", "data", 27): "lose",
    ("from", "data", 28): "lose",
    ("to", "ack", 18): "lose",
}
BEHIND = 2       # a packet held back goes after so many later ones of its direction
HOLD = 0.05      # or after this many seconds
OUTGOING = 4     # PACKET_OUTGOING of <linux/if_packet.h>


def open_socket(interface):
    s = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))
    s.bind((interface, 0))
    # PACKET_ADD_MEMBERSHIP, PACKET_MR_PROMISC: the frames are addressed to others
    s.setsockopt(263, 1, struct.pack("iHH8s", socket.if_nametoindex(interface), 1, 0, b""))
    return s


def segment_of(frame, address):
    """(direction, kind, IP identification, sequence number) of a TCP segment over IPv4, else None."""
    if len(frame) < 54 or frame[12:14] != b"\x08\x00" or frame[23] != 6:
        return None
    source, target = frame[26:30], frame[30:34]
    if address not in (source, target):
        return None
    ip_header = (frame[14] & 15) * 4
    tcp = frame[14 + ip_header:]
    length = struct.unpack(">H", frame[16:18])[0] - ip_header - (tcp[12] >> 4) * 4
    flags = tcp[13]
    kind = "syn" if flags & 2 else "fin" if flags & 5 else "data" if length > 0 else "ack"
    return ("from" if source == address else "to", kind,
            struct.unpack(">H", frame[18:20])[0], struct.unpack(">I", tcp[4:8])[0])


class Cable:
    def __init__(self, address, plan):
        self.address, self.plan = address, plan
        self.count = {}
        self.held = []  # [send, frame, packets to wait for, until, direction]

    def carry(self, frame, send):
        segment = segment_of(frame, self.address)
        action = self.decide(segment) if segment else "pass"
        if action == "hold":
            self.held.append([send, frame, BEHIND, time.monotonic() + HOLD, segment[0]])
        elif action != "lose":
            send(frame)
            if action == "double":
                send(frame)
        if segment and action != "hold":
            self.release(segment[0])

    def decide(self, segment):
        direction, kind, ident, seq = segment
        n = self.count[direction, kind] = self.count.get((direction, kind), 0) + 1
        action = self.plan.get((direction, kind, n), "pass")
        if action != "pass":
            report(action=action, direction=direction, kind=kind, count=n, id=ident, seq=seq)
        return action

    def release(self, direction=None):
        """Sends what waited long enough; a packet of this direction has just gone."""
        now, keep = time.monotonic(), []
        for entry in self.held:
            entry[2] -= entry[4] == direction
            if entry[2] <= 0 or entry[3] <= now:
                entry[0](entry[1])
            else:
                keep.append(entry)
        self.held = keep


def report(**what):
    print(json.dumps(what), flush=True)


def main():
    near, far = open_socket(sys.argv[1]), open_socket(sys.argv[2])
    other = {near: far.send, far: near.send}
    cable = Cable(socket.inet_aton(sys.argv[3]), PLAN)
    report(action="ready")
    while True:
        ready, _, _ = select.select([near, far], [], [], HOLD if cable.held else None)
        for s in ready:
            frame, origin = s.recvfrom(65535)
            if origin[2] != OUTGOING:
                cable.carry(frame, other[s])
        cable.release()


if __name__ == "__main__":
    main()
