# SPDX-License-Identifier: Apache-2.0
"""Reads the head of a CONNECT request (RFC 9110, 9.3.6) as strictly as its few legitimate senders write it."""

import re
from dataclasses import dataclass
from http import HTTPStatus

from ivi.apphost.egress.refusal import Refused

MAX_HEAD = 8192  # bytes
END = b"\r\n\r\n"

_LINE = re.compile(rb"([A-Z]{1,16}) ([\x21-\x7e]{1,2048}) HTTP/1\.[01]", re.ASCII)
_AUTHORITY = re.compile(r"([a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?):([0-9]{1,5})", re.ASCII)
_HEADER = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+:[\t\x20-\x7e\x80-\xff]*", re.ASCII)
MAX_PORT = 65535


@dataclass(frozen=True)
class Target:
    """Where an app wants to go. `host` is in small letters, without a final dot."""

    host: str
    port: int

    def __str__(self) -> str:
        """As a manifest writes it."""
        return f"{self.host}:{self.port}"


def parse(head: bytes) -> Target:
    """The target of a request's head, its last empty line included. Raises Refused."""
    first, *headers = head.removesuffix(END).split(b"\r\n")
    match = _LINE.fullmatch(first)
    if match is None or not all(_HEADER.fullmatch(line) for line in headers):
        raise Refused(HTTPStatus.BAD_REQUEST, "this is not an HTTP request that the proxy can read")
    if match[1] != b"CONNECT":
        raise Refused(
            HTTPStatus.METHOD_NOT_ALLOWED,
            "the car's proxy carries TLS only, by CONNECT",
            hint="use an https:// address",
        )
    target = parse_target(match[2].decode("ascii"))
    if target is None:
        raise Refused(
            HTTPStatus.BAD_REQUEST, "the target of CONNECT is not a host name and a port", hint="like api.example:443"
        )
    return target


def parse_target(text: str) -> Target | None:
    """`name:port` as CONNECT and manifests write it; None for anything else, such as [::1]:443."""
    match = _AUTHORITY.fullmatch(text.lower().replace(".:", ":"))
    if match is None or not 0 < int(match[2]) <= MAX_PORT:
        return None
    return Target(match[1], int(match[2]))
