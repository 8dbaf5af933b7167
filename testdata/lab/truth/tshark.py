"""Frames of a capture, as tshark reads them: which message a frame holds, not what it means."""
import os
import subprocess

FIELDS = """frame.number frame.time_epoch frame.protocols eth.dst
arp.opcode arp.src.proto_ipv4 arp.dst.proto_ipv4 ip.src ip.dst ip.id ipv6.src ipv6.dst
icmp.type icmp.code icmpv6.type udp.srcport udp.dstport
tcp.stream tcp.srcport tcp.dstport tcp.flags tcp.seq_raw tcp.ack_raw tcp.len
dhcp.option.dhcp dhcp.id dhcp.ip.client dhcp.option.dhcp_server_id dhcpv6.msgtype
dns.id dns.qry.name dns.qry.type dns.flags.response dns.flags.opcode dns.flags.rcode dns.flags.truncated
dns.flags.authoritative dns.count.answers
tls.record.content_type tls.record.opaque_type tls.handshake.type
quic.header_form quic.long.packet_type ospf.msg bgp.type http.request.method http2.headers.method""".split()

TRANSPORTS = ("arp", "udp", "tcp", "icmp", "icmpv6", "ospf", "igmp")


class Frame:
    """One frame. A field that occurs several times holds all values, outermost first."""

    def __init__(self, values):
        self.values = dict(zip(FIELDS, values))
        self.number = int(self.first("frame.number"))
        protocols = self.first("frame.protocols").split(":")
        self.transport = next((p for p in protocols if p in TRANSPORTS), "")
        self.ipv6 = "ipv6" in protocols
        family = "ipv6" if self.ipv6 else "ip"
        self.src, self.dst = self.first(family + ".src"), self.first(family + ".dst")

    def all(self, field):
        value = self.values[field]
        return value.split("|") if value else []

    def first(self, field):
        return self.values[field].split("|")[0]

    def integer(self, field):
        value = self.first(field)
        return int(value, 0) if value else 0

    def flag(self, field):
        return self.first(field) in ("1", "True")


def read(capture, keylog=None):
    """The frames of a capture file, decrypted when there is a key log."""
    command = ["tshark", "-n", "-r", capture, "-T", "fields", "-E", "occurrence=a", "-E", "aggregator=|"]
    if keylog and os.path.exists(keylog):
        command += ["-o", "tls.keylog_file:" + keylog]
    for field in FIELDS:
        command += ["-e", field]
    out = subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout
    return [Frame(line.split("\t")) for line in out.splitlines()]
