"""What the segments of a TCP connection are. In the lab the responder's port says what is spoken."""
from datagrams import dns_event

FIN, SYN, RST, ACK = 1, 2, 4, 16
HANDSHAKE = {1: "client_hello", 2: "server_hello", 4: "new_session_ticket", 8: "encrypted_extensions",
             11: "certificate", 12: "server_key_exchange", 14: "server_hello_done", 15: "certificate_verify",
             16: "client_key_exchange", 20: "finished"}
CONTENT = {20: "change_cipher_spec", 21: "alert", 22: "handshake", 23: "application_data"}
BGP = {1: "open", 2: "update", 3: "notification", 4: "keepalive", 5: "route_refresh"}

PREFIXES = {53: "dns.tcp.", 179: "routing.bgp.tcp.", 853: "dns.dot."}


class Side:
    """What one end has sent: the end of each segment with its event, and its FIN."""

    def __init__(self):
        self.sent = []      # (sequence number after it, event)
        self.acked = None   # highest acknowledgement this end has sent
        self.fin = None     # sequence number after its FIN


def after(a, b):
    """Whether sequence number a is after b (RFC 9293 section 3.4)."""
    return b is None or 0 < (a - b) % 2**32 < 2**31


class Connection:
    """One connection, from its first captured segment."""

    def __init__(self, roles, f):
        self.roles = roles
        self.port = min(f.integer("tcp.srcport"), f.integer("tcp.dstport"))
        self.prefix = PREFIXES.get(self.port, "tcp.")
        self.asked = ""  # the newest DNS question, for messages of its answer that do not repeat it
        self.sides = {True: Side(), False: Side()}  # by "from the originator"
        self.syn = self.syn_ack = False
        self.stands = False

    def event(self, f):
        """(event, what a bare ACK acknowledges, further events) of a segment."""
        flags = f.integer("tcp.flags")
        ours = f.integer("tcp.dstport") == self.port
        event, also = self.kind(f, flags, ours)
        acknowledges = ""
        if not event:
            event, acknowledges = self.bare(f, ours)
        self.note(f, flags, ours, event)
        return event, acknowledges, also

    def kind(self, f, flags, ours):
        if flags & SYN:
            return self.prefix + self.opening(flags), []
        if flags & RST:
            return self.prefix + "rst", []
        if f.integer("tcp.len"):
            self.stands = True
            return self.data(f, ours)
        if flags & FIN:
            other = self.sides[not ours].fin is not None
            return self.prefix + ("fin_second" if other else "fin_first"), []
        return "", []

    def opening(self, flags):
        if flags & ACK:
            again, self.syn_ack = self.syn_ack, True
            return "syn_ack_retransmit" if again else "syn_ack"
        again, self.syn = self.syn, True
        return "syn_retransmit" if again else "syn"

    def bare(self, f, ours):
        """A segment with nothing but an acknowledgement."""
        me, other = self.sides[ours], self.sides[not ours]
        ack = f.integer("tcp.ack_raw")
        if ours and self.syn_ack and not self.stands:
            self.stands = True
            return self.prefix + "handshake_ack", ""
        if other.fin is not None and not after(other.fin, ack):
            return self.prefix + ("final_ack" if me.fin is not None else "fin_ack"), ""
        if not after(ack, me.acked):
            return self.prefix + "ack", ""
        covered = [(end, event) for end, event in other.sent if not after(end, ack)]
        return self.prefix + "ack", max(covered, key=lambda c: (c[0] - ack) % 2**32 or 2**32)[1] if covered else ""

    def note(self, f, flags, ours, event):
        me = self.sides[ours]
        length = f.integer("tcp.len")
        end = (f.integer("tcp.seq_raw") + length + bool(flags & SYN) + bool(flags & FIN)) % 2**32
        if length or flags & SYN:
            me.sent.append((end, event))
        if flags & FIN:
            me.fin = end
        if flags & ACK and after(f.integer("tcp.ack_raw"), me.acked):
            me.acked = f.integer("tcp.ack_raw")

    def data(self, f, ours):
        """A segment with bytes, by what is spoken."""
        if self.port == 53:
            return self.dns(f, ours), []
        if self.port == 853:
            return "dns.dot." + ("client" if ours else "server"), []
        if self.port == 179:
            return "routing.bgp." + BGP.get(f.integer("bgp.type"), "segment"), []
        if self.port == 443:
            events = tls_events(f, "client" if ours else "server")
            return events[0], events[1:]
        return ("http.request" if ours else "http.response"), []

    def dns(self, f, ours):
        """Further messages of a zone transfer need not repeat the question (RFC 5936 section 2.2)."""
        if not f.first("dns.id"):
            return "dns.tcp.segment"
        event = dns_event(self.roles, f, "tcp.") or self.asked.replace("query", "response")
        if ours:
            self.asked = event
        return event or "dns.tcp.segment"


def tls_events(f, side):
    """What the records say that end in this segment; handshake messages first."""
    messages = [HANDSHAKE.get(int(n), "handshake") for n in f.all("tls.handshake.type")]
    contents = [CONTENT.get(int(n), "record") for n in f.all("tls.record.content_type") + f.all("tls.record.opaque_type")]
    if messages:
        contents = [c for c in contents if c not in ("handshake", "application_data")]
    events = messages + [c for c in sorted(contents) if c != "handshake"] or ["segment"]
    return ["tls.%s.%s" % (side, e) for e in dict.fromkeys(events)]
