#!/usr/bin/env python3
"""Says what each frame of a recording is, from the lab's knowledge and the servers' logs.

usage: truth SCENARIO_SCRIPT FOLDER    reads FOLDER's captures and logs, writes FOLDER/truth.json
       truth --summary FOLDER...       a table; exit status 1 when a log and the frames disagree
       truth --store TARGET FOLDER...  copies the captures that tests keep, and their truth

tshark finds out which message a frame holds. What it means follows from the addresses and
ports that the lab gave out, and is checked against what the servers counted. pktjourney
has no part in it.
"""
import os
import sys

import report
import truth
import tshark
from evidence import Evidence
from journeys import Journeys
from roles import Roles
from troubles import Troubles


def description(script):
    """The second line of a scenario's script: what happens in it."""
    with open(script, encoding="ascii") as lines:
        return lines.readlines()[1].lstrip("# ").strip()


# what stands at a capture point decides some steps; all others are routers
ENDS = {"client": "client", "client2": "client", "home-lan": "client", "rogue": "bystander", "home-any": "any",
        "resolver": "resolver", "resolver2": "resolver", "web": "web-server",
        "root": "name-server", "com": "name-server", "ns1": "name-server", "ns2": "name-server"}


def points(logs):
    """(capture point, interface) in the order of recording, the client first."""
    with open(os.path.join(logs, "points.txt"), encoding="ascii") as lines:
        found = [line.split() for line in lines]
    return sorted(((point, interface) for point, _, interface in found), key=lambda p: p[0] != "client")


def main_truth(script, folder):
    logs = os.path.join(folder, "logs")
    roles = Roles(os.path.join(logs, "hosts.txt"))
    keylog = "keylog.txt" if os.path.exists(os.path.join(folder, "keylog.txt")) else None
    captures, vantages = {}, {}
    for point, interface in points(logs):
        path = os.path.join(folder, point + ".pcap")
        captures[point] = tshark.read(path, os.path.join(folder, keylog) if keylog else None)
        vantages[point] = {"interface": interface, "point": ENDS.get(point, "router"), **truth.of_capture(path, captures[point], roles)}
    evidence = Evidence(logs, vantages, captures, roles)
    troubles = Troubles(logs, captures, roles.address("web"))
    network = troubles.locate()
    troubles.check(evidence)
    for point, found in Journeys(logs, captures, roles).all():
        vantages[point]["journeys"] = found
    for point, frames in troubles.retransmissions().items():
        vantages[point]["retransmissions"] = frames
    with open(os.path.join(logs, "keep.txt"), encoding="ascii") as line:
        keep = line.read().split()
    with open(os.path.join(logs, "uncompared.txt"), encoding="ascii") as line:
        uncompared = line.read().strip()
    report.write({"scenario": os.path.basename(script)[:-len(".sh")], "description": description(script), "keylog": keylog,
                  "keep": keep, "uncompared": uncompared, "address_roles": roles.by_address, "network": network, "checks": evidence.all(), "vantages": vantages}, folder)


def main(arguments):
    if len(arguments) >= 2 and arguments[0] == "--summary":
        return 0 if report.summary(arguments[1:]) else 1
    if len(arguments) >= 3 and arguments[0] == "--store":
        for folder in arguments[2:]:
            report.store(folder, arguments[1])
        return 0
    if len(arguments) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    main_truth(*arguments)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
