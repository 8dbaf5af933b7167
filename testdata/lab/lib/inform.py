#!/usr/bin/env python3
"""A host with an address asks for the other settings (DHCPINFORM, RFC 2131 section 4.4.3).

usage: inform.py MAC

Ends when a server has answered.
"""
import os
import socket
import struct
import sys

BROADCAST = ("255.255.255.255", 67)


def inform(mac, address):
    head = struct.pack(">BBBBIHH", 1, 1, 6, 0, int.from_bytes(os.urandom(4), "big"), 0, 0)
    head += socket.inet_aton(address) + bytes(12) + mac + bytes(10 + 64 + 128)
    options = bytes([53, 1, 8, 55, 3, 1, 3, 6, 255])
    return head + bytes([99, 130, 83, 99]) + options


def own_address():
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    s.connect(("192.0.2.1", 9))
    return s.getsockname()[0]


def main():
    mac, address = bytes.fromhex(sys.argv[1].replace(":", "")), own_address()
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    s.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # dhclient has the port too
    s.settimeout(5)
    s.bind((address, 68))
    s.sendto(inform(mac, address), BROADCAST)
    s.recv(1500)


if __name__ == "__main__":
    main()
