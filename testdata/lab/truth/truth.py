"""The truth of one capture: the event of each frame."""
import os

from connection import Connection
from datagrams import Datagrams


def of_capture(path, frames, roles):
    """What truth.json says of one capture point."""
    steps, acks, also, unlabelled = {}, {}, {}, []
    for number, (event, acknowledges, further) in events(frames, roles):
        if not event:
            unlabelled.append(number)
            continue
        steps.setdefault(event, []).append(number)
        if acknowledges:
            acks[str(number)] = acknowledges
        if further:
            also[str(number)] = further
    return {"file": os.path.basename(path), "frames": len(frames), "steps": steps, "acks": acks, "also": also,
            "dns": [dns_row(f) for f in frames if f.first("dns.id") and f.transport in ("udp", "tcp")],
            "unlabelled": unlabelled}


def events(frames, roles):
    datagrams, connections = Datagrams(roles), {}
    for f in frames:
        if f.transport != "tcp":
            yield f.number, (datagrams.event(f), "", [])
            continue
        stream = f.first("tcp.stream")
        if stream not in connections:
            connections[stream] = Connection(roles, f)
        yield f.number, connections[stream].event(f)


def dns_row(f):
    return {"frame": f.number, "id": f.first("dns.id"), "q": f.first("dns.qry.name"), "type": f.integer("dns.qry.type"),
            "response": f.flag("dns.flags.response"), "rcode": f.first("dns.flags.rcode"),
            "tc": f.flag("dns.flags.truncated"), "aa": f.flag("dns.flags.authoritative"),
            "answers": f.integer("dns.count.answers"), "src": f.src, "dst": f.dst}
