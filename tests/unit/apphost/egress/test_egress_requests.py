# SPDX-License-Identifier: Apache-2.0
"""The head of a CONNECT request and the beginning of TLS, read from what hostile and honest clients send."""

import ssl
import struct
from http import HTTPStatus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivi.apphost.egress import client_hello
from ivi.apphost.egress.client_hello import ClientHello, NotTlsError
from ivi.apphost.egress.connect_request import Target, parse, parse_target
from ivi.apphost.egress.refusal import Refused


def hello_of(name: str | None) -> bytes:
    """What Python's own TLS says first."""
    context = ssl.create_default_context()
    context.check_hostname = False
    outgoing = ssl.MemoryBIO()
    tls = context.wrap_bio(ssl.MemoryBIO(), outgoing, server_hostname=name)
    with pytest.raises(ssl.SSLWantReadError):
        tls.do_handshake()
    return outgoing.read()


# -- CONNECT ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("head", "target"),
    [
        (b"CONNECT api.example:443 HTTP/1.1\r\nHost: api.example:443\r\n\r\n", Target("api.example", 443)),
        (b"CONNECT API.Example.:8443 HTTP/1.0\r\n\r\n", Target("api.example", 8443)),
    ],
)
def test_honest_requests_are_read(head: bytes, target: Target) -> None:
    assert parse(head) == target


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (b"GET http://api.example/ HTTP/1.1\r\nHost: api.example\r\n\r\n", 405),
        (b"POST / HTTP/1.1\r\n\r\n", 405),
        (b"connect api.example:443 HTTP/1.1\r\n\r\n", 400),
        (b"CONNECT api.example:443\r\n\r\n", 400),
        (b"CONNECT api.example:443 HTTP/2\r\n\r\n", 400),
        (b"CONNECT api.example HTTP/1.1\r\n\r\n", 400),
        (b"CONNECT [::1]:443 HTTP/1.1\r\n\r\n", 400),
        (b"CONNECT api.example:0 HTTP/1.1\r\n\r\n", 400),
        (b"CONNECT api.example:65536 HTTP/1.1\r\n\r\n", 400),
        (b"CONNECT api.example:443@evil.example:443 HTTP/1.1\r\n\r\n", 400),
        (b"CONNECT api.example\x00.evil:443 HTTP/1.1\r\n\r\n", 400),
        (b"CONNECT api_x.example:443 HTTP/1.1\r\n\r\n", 400),
        (b"CONNECT api.example:443 HTTP/1.1\nHost: x\r\n\r\n", 400),
        (b"CONNECT api.example:443 HTTP/1.1\r\nHost: x\rGET /\r\n\r\n", 400),
        (b"CONNECT api.example:443 HTTP/1.1\r\nno header\r\n\r\n", 400),
        ("CONNECT \u0430pi.example:443 HTTP/1.1\r\n\r\n".encode(), 400),  # a Cyrillic a
        (b"\x16\x03\x01\x02\x00\x01\r\n\r\n", 400),
        (b"\r\n\r\n", 400),
    ],
)
def test_anything_else_is_refused_with_its_status(head: bytes, status: int) -> None:
    with pytest.raises(Refused) as refused:
        parse(head)
    assert refused.value.status == status


@given(st.binary(max_size=200))
def test_no_bytes_make_the_request_parser_fail_otherwise(data: bytes) -> None:
    try:
        target = parse(data + b"\r\n\r\n")
    except Refused:
        return
    assert parse_target(str(target)) == target


def test_a_refusal_is_one_clean_status_line() -> None:
    response = Refused(HTTPStatus.FORBIDDEN, "no\r\nSet-Cookie: x\x1b[31m", hint="ü").response()
    head, _, body = response.partition(b"\r\n\r\n")
    assert head.split(b"\r\n")[0] == b"HTTP/1.1 403 no??Set-Cookie: x?[31m; ?"
    assert b"Set-Cookie" not in head.split(b"\r\n", 1)[1]
    assert f"Content-Length: {len(body)}".encode() in head


# -- TLS --------------------------------------------------------------------------------------------------------------
def test_the_name_is_found_in_pythons_own_hello_however_it_is_cut() -> None:
    data = hello_of("API.partner.example")
    assert client_hello.read(data) == ClientHello("api.partner.example", encrypted=False)
    for length in range(len(data)):
        assert client_hello.read(data[:length]) is None
    body = data[5:]
    for size in (1, 100, 300):
        parts = [body[at : at + size] for at in range(0, len(body), size)]
        records = b"".join(b"\x16\x03\x03" + struct.pack(">H", len(part)) + part for part in parts)
        assert client_hello.read(records) == ClientHello("api.partner.example", encrypted=False)


def test_a_hello_without_a_name_has_none() -> None:
    assert client_hello.read(hello_of(None)) == ClientHello("", encrypted=False)


def hello_with(extensions: bytes) -> bytes:
    body = b"\x03\x03" + bytes(32) + b"\x00" + b"\x00\x02\x13\x01" + b"\x01\x00"
    body += struct.pack(">H", len(extensions)) + extensions
    message = b"\x01" + len(body).to_bytes(3) + body
    return b"\x16\x03\x01" + struct.pack(">H", len(message)) + message


def name_extension(*names: bytes) -> bytes:
    listed = b"".join(b"\x00" + struct.pack(">H", len(name)) + name for name in names)
    content = struct.pack(">H", len(listed)) + listed
    return b"\x00\x00" + struct.pack(">H", len(content)) + content


def test_an_encrypted_hello_is_seen() -> None:
    found = client_hello.read(hello_with(name_extension(b"cover.example") + b"\xfe\x0d\x00\x01\x00"))
    assert found == ClientHello("cover.example", encrypted=True)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"GET / HTTP/1.1\r\n", "does not begin with TLS"),
        (b"\x16\x02", "does not begin with TLS"),
        (b"\x17\x03\x03\x00\x05", "does not begin with TLS"),
        (b"\x16\x03\x01\x00\x00", "impossible length"),
        (b"\x16\x03\x01\xff\xff", "impossible length"),
        (b"\x16\x03\x01\x00\x04\x02\x00\x00\x00", "ClientHello"),
        (b"\x16\x03\x01\x00\x04\x01\xff\xff\xff", "too long"),
        (hello_with(name_extension(b"a.example", b"b.example")), "more than one server"),
        (hello_with(name_extension(b"a.example") * 2), "twice"),
        (hello_with(b"\x00\x00\x00\x09"), "malformed"),
        (hello_with(name_extension(b"\xff\xfe")), "malformed"),
    ],
)
def test_what_cannot_be_checked_is_refused(data: bytes, why: str) -> None:
    with pytest.raises(NotTlsError, match=why):
        client_hello.read(data)


@given(st.binary(max_size=300))
def test_no_bytes_make_the_tls_reader_fail_otherwise(data: bytes) -> None:
    for whole in (data, b"\x16\x03\x01" + struct.pack(">H", max(1, len(data))) + data, hello_with(data)):
        try:
            client_hello.read(whole)
        except NotTlsError:
            continue
