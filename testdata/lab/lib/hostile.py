#!/usr/bin/env python3
"""A web server whose answers hold names that attack who reads them.

usage: hostile.py ADDRESS PORT NAMES

Each answer takes the next line of NAMES: as reason phrase, media type and address of another page. Logs a line for each.
"""
import itertools
import socket
import sys


def request(connection):
    """What the client sent, up to the end of the head (RFC 9112 section 2.1)."""
    got = b""
    while b"\r\n\r\n" not in got:
        more = connection.recv(65536)
        if not more:
            break
        got += more
    return got


def answer(name):
    head = b"HTTP/1.1 302 %s\r\nContent-Type: text/%s\r\nLocation: http://%s/\r\nServer: %s\r\nContent-Length: 2\r\nConnection: close\r\n\r\n"
    return head % (name, name, name, name) + b"ok"


def main():
    with open(sys.argv[3], "rb") as lines:
        names = itertools.cycle(lines.read().splitlines())
    listener = socket.create_server((sys.argv[1], int(sys.argv[2])))
    print("listening")
    while True:
        connection, peer = listener.accept()
        with connection:
            if request(connection):
                connection.sendall(answer(next(names)))
                print("answered %s:%d" % peer)


main()
