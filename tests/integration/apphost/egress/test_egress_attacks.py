# SPDX-License-Identifier: Apache-2.0
"""The proxy under attack, over real sockets and real TLS: what an app could write to it, and what comes of that."""

import asyncio
import contextlib
import errno
import resource
import socket
import ssl
import struct
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from ipaddress import ip_network
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from ivi.apphost.audit import Audit
from ivi.apphost.driving import Driving
from ivi.apphost.egress.addresses import Reachable
from ivi.apphost.egress.gate import Bounds, Gate, Surroundings
from ivi.apphost.egress.ledger import TrafficLedger
from ivi.apphost.egress.proxy import UNRECOGNIZED_NAME, Proxy
from ivi.apphost.facility import Car, Life
from ivi.apphost.hosted_app import HostedApp
from ivi.apphost.intents.registry import IntentRegistry
from ivi.apphost.manifest import load
from ivi.apphost.notices import Notices
from ivi.apphost.prompts import Prompts
from ivi.apphost.provisions import Provisions
from ivi.apphost.rights import Rights
from ivi.daemon.link_client import LinkClient
from ivi.model.app import Limits
from ivi.model.apphost import AuditRecord

if TYPE_CHECKING:
    from tests.integration.apphost.egress.conftest import World

HOST = "api.partner.example"
MANIFEST = """
[app]
id = "dev.ivi.test"
name = "Test"
version = "1.0.0"
sdk = ">=1"
entry = "tested.app:Test"
[[permission]]
use = "net"
hosts = ["{host}:{port}", "gone.partner.example:{port}"]
mb_per_day = 1
reason = "test"
"""


class Way:
    """A proxy on this machine's loopback, where in a car it is on the box's own."""

    def __init__(self, folder: Path, world: "World", bounds: Bounds) -> None:
        (folder / "manifest.toml").write_text(MANIFEST.format(host=HOST, port=world.port))
        manifest = load(folder)
        self.audit = Audit(folder / "audit.db")
        self.ledger = TrafficLedger(folder / "egress.db")
        surroundings = Surroundings(Reachable([ip_network("127.0.0.1/32")]), world.roots)
        gate = Gate(self.ledger, surroundings, resolver=world.names, bounds=bounds)
        nobody = LinkClient(folder / "nobody.sock", None)
        prompts, intents = Prompts(lambda: False), IntentRegistry()
        self.kept = Provisions(folder, gate)
        notices = Notices(lambda: Limits("parked", 0, 0))
        car = Car(nobody, Driving(nobody, lambda: None), self.audit, prompts, intents, notices, self.kept)
        self.rights = Rights(manifest)
        self.app = HostedApp(folder, manifest, lambda: None)
        self.proxy = Proxy(Life(self.app, self.rights, car), gate)
        self.context = ssl.create_default_context(cafile=world.roots)
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.listener.setblocking(False)
        self.port = self.listener.getsockname()[1]

    async def records(self) -> list[AuditRecord]:
        return (await self.audit.newest("dev.ivi.test", 100)).records

    async def said(self, text: str) -> bool:
        """Whether the audit has a line with this text."""
        return any(text in record.reason for record in await self.records())

    @contextlib.asynccontextmanager
    async def raw(self) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
        """A connection to the proxy."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            yield reader, writer
        finally:
            writer.transport.abort()

    async def answer(self, head: bytes) -> str:
        """The status line for a request."""
        async with self.raw() as (reader, writer), asyncio.timeout(20):
            writer.write(head)
            return (await reader.readline()).decode().strip()

    async def connect(self, target: str) -> str:
        return await self.answer(f"CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n\r\n".encode())

    @contextlib.asynccontextmanager
    async def tls(
        self, target: str, name: str | None = HOST
    ) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
        """A TLS connection through the proxy."""
        async with self.raw() as (reader, writer):
            writer.write(f"CONNECT {target} HTTP/1.1\r\n\r\n".encode())
            head = await reader.readuntil(b"\r\n\r\n")
            if not head.startswith(b"HTTP/1.1 200 "):
                raise ConnectionRefusedError(head)
            await writer.start_tls(self.context, server_hostname=name)
            yield reader, writer

    async def get(self, path: str, target: str) -> bytes:
        async with self.tls(target) as (reader, writer):
            writer.write(f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode())
            return await reader.read()


type Script = Callable[["Way", "World"], Awaitable[None]]


def attack(folder: Path, world: "World", script: Script, bounds: Bounds | None = None) -> None:
    async def drive() -> None:
        async with world.server():
            way = Way(folder, world, bounds or Bounds())
            serving = asyncio.create_task(way.proxy.serve(way.listener))
            try:
                async with asyncio.timeout(60):
                    await script(way, world)
            finally:
                serving.cancel()
                await asyncio.gather(serving, return_exceptions=True)
                await way.kept.close()
                await way.audit.close()

    asyncio.run(drive())


def test_the_granted_host_is_reached_and_counted(tmp_path: Path, world: "World") -> None:
    async def script(way: Way, world: "World") -> None:
        target = f"{HOST}:{world.port}"
        assert b"GET 0" in await way.get("/", target)
        assert (await way.get("/big/200000", f"{HOST.upper()}.:{world.port}")).endswith(bytes(1000))
        assert world.greeted == [HOST, HOST]
        assert await way.said("connected to 127.0.0.1")
        deadline = time.monotonic() + 10
        while not (rows := await way.ledger.traffic("dev.ivi.test")) or rows[0].connections < 2:
            assert time.monotonic() < deadline
            await asyncio.sleep(0.01)
        assert rows[0].host == target
        assert 200_000 < rows[0].received < 220_000
        assert 400 < rows[0].sent < 5_000

    attack(tmp_path, world, script)


@pytest.mark.parametrize(
    ("target", "status"),
    [
        ("evil.example:{port}", 403),
        (HOST + ":1", 403),
        ("127.0.0.1:{port}", 403),
        ("2130706433:{port}", 403),
        (HOST + ".evil.example:{port}", 403),
        ("x" + HOST + ":{port}", 403),
        ("partner.example:{port}", 403),
        ("[::1]:{port}", 400),
        ("[::ffff:127.0.0.1]:{port}", 400),
        (HOST + "%00.evil.example:{port}", 400),
    ],
)
def test_other_targets_are_refused_before_any_lookup(tmp_path: Path, world: "World", target: str, status: int) -> None:
    async def script(way: Way, world: "World") -> None:
        line = await way.connect(target.format(port=world.port))
        assert line.startswith(f"HTTP/1.1 {status} "), line
        if status == 403:
            assert 'use = "net" hosts = ["' in line, "the author reads what the manifest would need"
        assert world.names.asked == []
        [record] = await way.records()
        assert (record.action, record.decision) == ("net", "denied")
        assert way.app.denied == 1

    attack(tmp_path, world, script)


@pytest.mark.parametrize(
    "addresses",
    [
        ["10.0.0.1"], ["127.0.0.2"], ["::1"], ["169.254.169.254"], ["100.64.1.1"], ["64:ff9b::7f00:1"],
        ["::ffff:127.0.0.1"], ["127.0.0.1", "192.168.1.1"], ["fe80::1%lo"],
    ],
)  # fmt: skip
def test_a_granted_name_that_leads_inside_is_refused(tmp_path: Path, world: "World", addresses: list[str]) -> None:
    async def script(way: Way, world: "World") -> None:
        world.names.answers[HOST] = [addresses]
        line = await way.connect(f"{HOST}:{world.port}")
        assert line.startswith("HTTP/1.1 403 ")
        assert "may not be reached" in line
        assert world.greeted == []

    attack(tmp_path, world, script)


def test_rebinding_finds_the_checked_address_dialled(tmp_path: Path, world: "World") -> None:
    async def script(way: Way, world: "World") -> None:
        # Checked on the first answer; whoever asked again before dialling would get the second.
        world.names.answers[HOST] = [["127.0.0.1"], ["10.0.0.1"]]
        assert b"GET 0" in await way.get("/", f"{HOST}:{world.port}")
        assert world.names.asked == [HOST]
        assert (await way.connect(f"{HOST}:{world.port}")).startswith("HTTP/1.1 403 ")

    attack(tmp_path, world, script)


@pytest.mark.parametrize("name", ["other.partner.example", None])
def test_tls_that_greets_somebody_else_is_cut(tmp_path: Path, world: "World", name: str | None) -> None:
    async def script(way: Way, world: "World") -> None:
        way.context.check_hostname = name is not None
        with pytest.raises((ssl.SSLError, OSError)) as caught:
            async with way.tls(f"{HOST}:{world.port}", name or ""):
                pytest.fail("TLS began")
        assert "unrecognized name" in str(caught.value).lower()
        assert world.greeted == []
        assert await way.said(f"TLS greets {name or 'nobody'!r} instead")

    attack(tmp_path, world, script)


@pytest.mark.parametrize(
    "first", [b"GET / HTTP/1.1\r\n\r\n", b"\x16\x03\x01\x00\x04\x02\x00\x00\x00", b"SSH-2.0-x\r\n"]
)
def test_what_is_not_tls_is_cut(tmp_path: Path, world: "World", first: bytes) -> None:
    async def script(way: Way, world: "World") -> None:
        async with way.raw() as (reader, writer):
            writer.write(f"CONNECT {HOST}:{world.port} HTTP/1.1\r\n\r\n".encode() + first)
            assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 200 ")
            assert await reader.read() == UNRECOGNIZED_NAME
        assert await way.said("a connection was cut")

    attack(tmp_path, world, script)


def test_an_encrypted_hello_is_cut(tmp_path: Path, world: "World") -> None:
    async def script(way: Way, world: "World") -> None:
        content = struct.pack(">HBH", len(HOST) + 3, 0, len(HOST)) + HOST.encode()
        extensions = struct.pack(">HH", 0, len(content)) + content + b"\xfe\x0d\x00\x01\x00"
        body = (
            b"\x03\x03" + bytes(32) + b"\x00\x00\x02\x13\x01\x01\x00" + struct.pack(">H", len(extensions)) + extensions
        )
        message = b"\x01" + len(body).to_bytes(3) + body
        async with way.raw() as (reader, writer):
            writer.write(f"CONNECT {HOST}:{world.port} HTTP/1.1\r\n\r\n".encode())
            writer.write(b"\x16\x03\x01" + struct.pack(">H", len(message)) + message)
            await reader.readuntil(b"\r\n\r\n")
            assert await reader.read() == UNRECOGNIZED_NAME
        assert await way.said("encrypted (ECH)")

    attack(tmp_path, world, script)


def test_plain_http_and_oversized_heads_are_refused(tmp_path: Path, world: "World") -> None:
    async def script(way: Way, world: "World") -> None:
        plain = await way.answer(f"GET http://{HOST}:{world.port}/ HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode())
        assert plain.startswith("HTTP/1.1 405 ")
        assert "https://" in plain
        padding = b"X-Padding: " + b"x" * 20_000
        big = await way.answer(f"CONNECT {HOST}:{world.port} HTTP/1.1\r\n".encode() + padding + b"\r\n\r\n")
        assert big.startswith("HTTP/1.1 431 ")
        endless = await way.answer(b"x" * 60_000)
        assert endless.startswith("HTTP/1.1 431 ")
        assert len(await way.records()) >= 2

    attack(tmp_path, world, script)


def test_slow_requests_and_a_slow_hello_are_cut(tmp_path: Path, world: "World") -> None:
    async def script(way: Way, world: "World") -> None:
        async with way.raw() as (reader, writer):
            head = f"CONNECT {HOST}:{world.port} HTTP/1.1\r\n".encode()
            began = time.monotonic()
            for letter in head:
                writer.write(bytes([letter]))
                await asyncio.sleep(0.03)
                if reader.at_eof() or time.monotonic() - began > 2:
                    break
            assert (await reader.readline()).startswith(b"HTTP/1.1 408 ")
        async with way.raw() as (reader, writer):
            writer.write(f"CONNECT {HOST}:{world.port} HTTP/1.1\r\n\r\n".encode())
            await reader.readuntil(b"\r\n\r\n")
            assert await reader.read() == UNRECOGNIZED_NAME
        assert await way.said("TLS did not begin in time")
        async with way.tls(f"{HOST}:{world.port}") as (reader, writer):
            with contextlib.suppress(ssl.SSLError, OSError):
                await reader.read()
        assert await way.said("nothing moved for 0.5 s")

    attack(tmp_path, world, script, Bounds(head=0.5, hello=0.5, idle=0.5))


def test_the_ninth_connection_is_refused_and_a_flood_waits(tmp_path: Path, world: "World") -> None:
    async def script(way: Way, world: "World") -> None:
        async with contextlib.AsyncExitStack() as stack:
            for _ in range(8):
                _, writer = await stack.enter_async_context(way.raw())
                writer.write(b"CONNECT ")
            assert (await way.connect(f"{HOST}:{world.port}")).startswith("HTTP/1.1 429 ")
            assert await way.said("more than 8 connections are open")
        deadline = time.monotonic() + 10
        while not (await way.connect(f"{HOST}:{world.port}")).startswith("HTTP/1.1 200 "):
            assert time.monotonic() < deadline, "closed connections count no more"
        began = time.monotonic()
        for _ in range(60):
            await way.connect("evil.example:443")
        assert time.monotonic() - began > 0.5, "60 connections are more than a burst and half a second"

    attack(tmp_path, world, script)


def test_the_day_ends_in_both_directions(tmp_path: Path, world: "World") -> None:
    async def script(way: Way, world: "World") -> None:
        target = f"{HOST}:{world.port}"
        async with way.tls(target) as (reader, writer):
            writer.write(f"GET /big/1500000 HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode())
            got = 0
            with contextlib.suppress(ssl.SSLError, OSError):
                while data := await reader.read(1 << 16):
                    got += len(data)
        assert 700_000 < got < 1_000_000
        assert await way.said("has used what it may send and receive today")
        deadline = time.monotonic() + 10
        while not (line := await way.connect(target)).startswith("HTTP/1.1 429 "):
            # What is left may still be used up; then the door is shut.
            with contextlib.suppress(ssl.SSLError, OSError):
                await way.get("/big/500000", target)
            assert time.monotonic() < deadline
        assert "1 MB of today" in line

    attack(tmp_path, world, script)


def test_a_permission_taken_back_cuts_what_flows(tmp_path: Path, world: "World") -> None:
    async def script(way: Way, world: "World") -> None:
        target = f"{HOST}:{world.port}"
        async with way.tls(target) as (reader, _writer):
            way.rights.change(())
            began = time.monotonic()
            with contextlib.suppress(ssl.SSLError, OSError):
                assert await reader.read() == b""
            assert time.monotonic() - began < 5
        assert (await way.connect(target)).startswith("HTTP/1.1 403 ")
        assert await way.said("the permission was taken back")

    attack(tmp_path, world, script)


def test_without_a_network_the_app_is_told_at_once(tmp_path: Path, world: "World") -> None:
    async def script(way: Way, world: "World") -> None:
        with socket.create_server(("127.0.0.1", 0)) as probe:
            closed = probe.getsockname()[1]
        began = time.monotonic()
        assert (await way.connect(f"gone.partner.example:{world.port}")).startswith("HTTP/1.1 502 ")
        (tmp_path / "manifest.toml").write_text(MANIFEST.format(host=HOST, port=closed))
        way.rights.change(tuple(load(tmp_path).permission))
        line = await way.connect(f"{HOST}:{closed}")
        assert line.startswith("HTTP/1.1 502 ")
        assert "Connection refused" in line
        assert time.monotonic() - began < 5

    attack(tmp_path, world, script)


def test_a_machine_out_of_descriptors_does_not_end_the_apps_network(
    tmp_path: Path, world: "World", caplog: pytest.LogCaptureFixture
) -> None:
    async def script(way: Way, world: "World") -> None:
        now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        with socket.create_connection(("127.0.0.1", way.port)) as waiting:
            waiting.setblocking(False)
            resource.setrlimit(resource.RLIMIT_NOFILE, (0, most))  # what is open goes on, nothing more can be opened
            try:
                while "have to wait" not in caplog.text:
                    await asyncio.sleep(0.01)
            finally:
                resource.setrlimit(resource.RLIMIT_NOFILE, (now, most))
            await asyncio.get_running_loop().sock_sendall(waiting, b"GET http://a.example/ HTTP/1.1\r\n\r\n")
            assert (await asyncio.get_running_loop().sock_recv(waiting, 100)).startswith(b"HTTP/1.1 405 ")
        assert caplog.text.count("have to wait") == 1
        assert b"GET 0" in await way.get("/", f"{HOST}:{world.port}")

    with caplog.at_level("WARNING"):
        attack(tmp_path, world, script)


def test_a_connection_that_cannot_be_served_is_closed_and_the_next_one_is(
    tmp_path: Path, world: "World", monkeypatch: pytest.MonkeyPatch
) -> None:
    real = asyncio.open_connection
    failed: list[socket.socket] = []

    async def scarce(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401  # as asyncio's own
        if "sock" in named and not failed:
            failed.append(named["sock"])
            raise OSError(errno.ENOSPC, "no room in the kernel's list of watched files")
        return await real(*arguments, **named)

    monkeypatch.setattr(asyncio, "open_connection", scarce)

    async def script(way: Way, world: "World") -> None:
        async with way.raw() as (reader, _):
            assert await reader.read() == b""
        [near] = failed
        assert near.fileno() == -1, "it was closed, not left to the garbage collector"
        assert b"GET 0" in await way.get("/", f"{HOST}:{world.port}")

    attack(tmp_path, world, script)
