"""Names and addresses of single machines in commands: what is another one tomorrow."""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator


class Machine(NamedTuple):
    """The name or address of a machine in a text: what it is, as it is written, and its position from 0."""

    what: str
    text: str
    position: int


# Addresses that stay what they are (this host, the network's own, resolvers, metadata) or stand for one (RFC 5737, 3849).
_FREE = tuple(
    ip_network(network)
    for network in (
        *("0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/3", "192.0.2.0/24", "198.51.100.0/24"),
        *("203.0.113.0/24", "1.1.1.1", "1.0.0.1", "8.8.8.8", "8.8.4.4", "9.9.9.9", "::/96", "2001:db8::/32"),
    )
)
_FREE_ENDINGS = (
    *(".example", ".example.com", ".example.org", ".example.net", ".test", ".invalid", ".localhost", ".local", ".svc"),
    *("localhost", "example.com", "example.org", "example.net"),
)
_V4 = re.compile(r"(?<![\w.$/:-])(?:\d{1,3}\.){3}\d{1,3}(?![\w/-]|\.\d)")
_V4_BEHIND = re.compile(r"(?<=[/@:])(?:\d{1,3}\.){3}\d{1,3}(?![\w]|\.\d|/\d{1,2}(?!\d))")
_V6 = re.compile(r"(?<![\w.:$])(?=[0-9a-fA-F]{0,4}:)[0-9a-fA-F:]{4,39}(?![\w.:/])")
_STANDS_FOR = re.compile(r"(?i)x{2}|your|some|\bhost(?:name)?\b")  # `ec2-xx-xx-xx-xx`, `your-host-1`
_HASH = "[bcdfghjklmnpqrstvwxz2456789]"  # what Kubernetes makes the ends of names from
_POD = re.compile(rf"(?<![\w.$-])[a-z][a-z0-9-]{{0,200}}?-(?={_HASH}*\d){_HASH}{{8,10}}-{_HASH}{{5}}(?![\w-])")
_CLOUD = re.compile(
    r"(?<![\w.-])(?:ip-\d{1,3}(?:-\d{1,3}){3}(?:\.[\w.-]{1,100})?|(?:i|vol|snap|eni)-(?:[0-9a-f]{17}|[0-9a-f]{8})(?![\w-])"
    r"|[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}\.(?:rds|elb|compute|cache|es)\.amazonaws\.com"
    r"|[\w-]{1,63}(?:\.[\w-]{1,63}){0,4}\.internal)(?![\w-])"
)
_REACHED = re.compile(
    r"(?:\b(?:ssh|scp|sftp|mosh|ping|telnet|nc|traceroute|mtr|dig|nslookup)\b(?:[ \t]+-{1,2}[\w-]{1,30}(?:[ \t]+\d+)?){0,8}"
    r"[ \t]+(?:[\w.-]{1,64}@)?|[ \t](?:-h|--host|--hostname|--server)[ =]{1,4})"
    r"(?P<host>[a-zA-Z0-9](?:[\w-]{0,62}\.){1,8}[a-zA-Z]{2,24}|[a-zA-Z][a-zA-Z-]{0,60}\d{1,6}(?![\w.-]))"
)


def machines_in(text: str) -> Iterator[Machine]:
    """Yield the machines that a command names, in order, each place once.

    Names are told by their form (a pod's hash, a name that a cloud gives) or by what reaches them (`ssh`, `ping`,
    `--host`). Networks (`10.0.0.0/8`), this host, documentation's addresses and names, services of the cluster (`.svc`)
    and well-known resolvers are none.
    """
    found: dict[int, Machine] = {}
    for machine in (*_addresses(text), *_names(text)):
        if not any(other.position <= machine.position < other.position + len(other.text) for other in found.values()):
            found[machine.position] = machine
        if len(found) >= _MOST:
            break
    yield from (found[position] for position in sorted(found))


_MOST = 20  # machines of one command; who names more has been told


def _addresses(text: str) -> Iterator[Machine]:
    for pattern in (_V4, _V4_BEHIND, _V6):
        for match in pattern.finditer(text):
            address = _address(match[0])
            if address is not None and not any(address in network for network in _FREE):
                yield Machine("the address", match[0], match.start())


def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(text)
    except ValueError:
        return None


def _names(text: str) -> Iterator[Machine]:
    for what, pattern in (("the pod", _POD), ("the machine", _CLOUD)):
        for match in pattern.finditer(text):
            if not _STANDS_FOR.search(match[0]):
                yield Machine(what, match[0], match.start())
    for match in _REACHED.finditer(text):
        if not match["host"].lower().endswith(_FREE_ENDINGS) and not _STANDS_FOR.search(match["host"]):
            yield Machine("the host", match["host"], match.start("host"))
