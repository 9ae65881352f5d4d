# SPDX-License-Identifier: Apache-2.0
"""Reads the server name out of a TLS ClientHello (RFC 8446, RFC 6066), so that a connection goes where it said.

Without this an app could ask for an allowed host of a large content network and then, inside TLS, greet another
customer of the same addresses. An encrypted ClientHello would hide that and is refused. What the app asks for inside
TLS (HTTP's Host) stays invisible: the proxy ends no TLS.
"""

import struct
from dataclasses import dataclass

MAX_HELLO = 16 << 10  # bytes; post-quantum key shares make some 2 KiB of it
_RECORD_HEAD, _HANDSHAKE_HEAD = 5, 4
_HANDSHAKE, _CLIENT_HELLO = 22, 1
_MAX_RECORD = (1 << 14) + 256
_SERVER_NAME, _ENCRYPTED_HELLO = 0, 0xFE0D
_HOST_NAME = 0


class NotTlsError(ValueError):
    """These bytes do not begin a TLS connection that can be checked; the message says why."""


@dataclass(frozen=True)
class ClientHello:
    """What matters of it."""

    server_name: str
    """In small letters; empty when there is none."""
    encrypted: bool
    """Whether it carries an encrypted inner hello."""


def read(data: bytes) -> ClientHello | None:
    """The hello at the beginning of a connection's bytes; None while more are needed. Raises NotTlsError."""
    message = _message(data)
    if message is None:
        if len(data) > MAX_HELLO:
            raise NotTlsError("its first message is too long")
        return None
    try:
        return _parse(message)
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise NotTlsError("its ClientHello is malformed") from error


def _message(data: bytes) -> bytes | None:
    """The ClientHello's body, put together from the records that carry it."""
    body, at = b"", 0
    while True:
        head = data[at : at + _RECORD_HEAD]
        if head and head[0] != _HANDSHAKE:
            raise NotTlsError("it does not begin with TLS")
        if len(head) > 1 and head[1] != 3:  # noqa: PLR2004  # the major version of SSL 3 and every TLS
            raise NotTlsError("it does not begin with TLS")
        if len(head) < _RECORD_HEAD:
            return None
        (length,) = struct.unpack_from(">H", head, 3)
        if not 0 < length <= _MAX_RECORD:
            raise NotTlsError("a TLS record has an impossible length")
        record = data[at + _RECORD_HEAD : at + _RECORD_HEAD + length]
        body += record
        if body and body[0] != _CLIENT_HELLO:
            raise NotTlsError("it does not begin with a ClientHello")
        if len(body) >= _HANDSHAKE_HEAD:
            wanted = int.from_bytes(body[1:_HANDSHAKE_HEAD])
            if wanted > MAX_HELLO:
                raise NotTlsError("its ClientHello is too long")
            if len(body) >= _HANDSHAKE_HEAD + wanted:
                return body[_HANDSHAKE_HEAD : _HANDSHAKE_HEAD + wanted]
        if len(record) < length:
            return None
        at += _RECORD_HEAD + length


class _Reader:
    """Takes length-prefixed fields off a message; reading past its end raises struct.error."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    @property
    def left(self) -> int:
        return len(self._data) - self._at

    def take(self, length: int) -> bytes:
        if length > self.left:
            raise struct.error("cut short")
        self._at += length
        return self._data[self._at - length : self._at]

    def field(self, size: int) -> bytes:
        """A field whose length is written in `size` bytes in front of it."""
        return self.take(int.from_bytes(self.take(size)))

    def number(self) -> int:
        return int.from_bytes(self.take(2))


def _parse(message: bytes) -> ClientHello:
    reader = _Reader(message)
    reader.take(2 + 32)  # legacy version, random
    reader.field(1)  # session id
    reader.field(2)  # cipher suites
    reader.field(1)  # compression methods
    name, encrypted = "", False
    extensions = _Reader(reader.field(2)) if reader.left else _Reader(b"")
    seen: set[int] = set()
    while extensions.left:
        kind, content = extensions.number(), extensions.field(2)
        if kind in seen:
            raise NotTlsError("an extension is there twice")  # RFC 8446, 4.2
        seen.add(kind)
        if kind == _ENCRYPTED_HELLO:
            encrypted = True
        elif kind == _SERVER_NAME:
            name = _host_name(_Reader(content))
    if reader.left:
        raise NotTlsError("its ClientHello is malformed")
    return ClientHello(name, encrypted)


def _host_name(content: _Reader) -> str:
    names = _Reader(content.field(2))
    found = ""
    while names.left:
        kind, value = names.take(1)[0], names.field(2)
        if kind != _HOST_NAME or found:
            raise NotTlsError("it names more than one server")
        found = value.decode("ascii").lower()
    return found
