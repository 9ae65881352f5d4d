# SPDX-License-Identifier: Apache-2.0
"""A fleet that publishes updates, a web server that can misbehave, and a car that looks: real keys, files, sockets."""

import hashlib
import io
import re
import tarfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from ivi.cloud.updates.artefact import Artefact, Form, Kind
from ivi.cloud.updates.look import Repositories
from ivi.cloud.updates.settings import Settings
from ivi.fleet.updates.director import Director
from ivi.fleet.updates.keyring import Keyring
from ivi.fleet.updates.repository import Repository

VEHICLE = "car-1"


@dataclass
class Mischief:
    """What the web server does wrong; each is a function of the path."""

    replace: dict[str, bytes] = field(default_factory=dict)
    """Ending of a path -> what is served in its place."""
    cut_after: int = 0
    """Bytes of a body after which the connection ends, once for each entry in `cuts`."""
    cuts: int = 0
    endless: str = ""
    """Ending of a path that never ends."""
    silent: str = ""
    """Ending of a path whose head drips in for ever."""
    drip: str = ""
    """Ending of a path that comes a byte at a time."""
    ranges: bool = True


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # as every real web server; else head and body are 40 ms apart
    server: "WebServer"

    def do_GET(self) -> None:
        """A file, whole or from an offset."""
        server, mischief = self.server, self.server.mischief
        server.asked.append((self.path, self.headers.get("Range", "")))
        data = next((body for end, body in mischief.replace.items() if self.path.endswith(end)), None)
        path = server.folder / self.path.lstrip("/")
        if data is None and path.is_file():
            data = path.read_bytes()
        if data is None:
            self._head(404, 0)
            return
        if mischief.silent and self.path.endswith(mischief.silent):
            self.close_connection = True
            self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
            while not server.closing.wait(0.05):
                self.wfile.write(b"x")
            return
        begin = 0
        if mischief.ranges and (found := re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))):
            begin = int(found[1])
            self.send_response(206)
            self.send_header("Content-Range", f"bytes {begin}-{len(data) - 1}/{len(data)}")
            self.send_header("Content-Length", str(len(data) - begin))
            self.end_headers()
        elif mischief.endless and self.path.endswith(mischief.endless):
            self._head(200, 1 << 40)
            self._pour()
            return
        else:
            self._head(200, len(data))
        self._body(data[begin:], mischief)

    def _body(self, data: bytes, mischief: Mischief) -> None:
        if mischief.drip and self.path.endswith(mischief.drip):
            for number in range(len(data)):
                self.wfile.write(data[number : number + 1])
                if self.server.closing.wait(0.02):
                    return
        if mischief.cuts and len(data) > mischief.cut_after:
            mischief.cuts -= 1
            self.wfile.write(data[: mischief.cut_after])
            self.close_connection = True
            return
        self.wfile.write(data)

    def _pour(self) -> None:
        self.close_connection = True
        try:
            while not self.server.closing.is_set():
                self.wfile.write(b" " * 65536)
        except OSError:
            return

    def _head(self, status: int, length: int) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(length))
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class's name
        """Say nothing."""


class WebServer(ThreadingHTTPServer):
    """Serves a folder."""

    daemon_threads = True

    def __init__(self, folder: Path) -> None:
        """On a port of the system's choice."""
        super().__init__(("127.0.0.1", 0), _Handler)
        self.folder = folder
        self.mischief = Mischief()
        self.asked: list[tuple[str, str]] = []
        self.closing = threading.Event()

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away is part of the tests."""

    @property
    def url(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.server_address[1]}"


@contextmanager
def serving(folder: Path) -> Iterator[WebServer]:
    """A server between its start and its end."""
    server = WebServer(folder)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.closing.set()
        server.shutdown()
        thread.join(10)
        server.server_close()


class Clock:
    """A clock that tests set. See ivi.cloud.part.Clock."""

    def __init__(self, at: float | None = None) -> None:
        """`at` is now by default."""
        self.at = time.time() if at is None else at
        self.learned: list[float] = []

    def now(self) -> float:
        """Seconds since 1970."""
        return self.at

    def learn(self, signed: float) -> None:
        """Keep what was said."""
        self.learned.append(signed)

    @property
    def rolled_back(self) -> bool:
        """Never."""
        return False


class Fleet:
    """Image repository and director, with two publishers beside the fleet's own targets."""

    def __init__(self, folder: Path, clock: Clock, *, bins_bits: int = 0) -> None:
        """Make keys and repositories."""
        self.folder = folder
        self.clock = clock
        self.keys = Keyring(folder / "keys")
        self.web = folder / "web"
        self.repository = Repository(self.web / "image", self.keys, clock.now)
        root_keys = [self.keys.generate(f"root{number}") for number in (1, 2, 3)]
        roles = {role: self.keys.generate(role) for role in ("targets", "snapshot", "timestamp")}
        self.image_root = self.repository.create(root_keys, roles)
        self.repository.delegate("maps", ["maps/here/*"], [self.keys.generate("maps")], bins_bits=bins_bits)
        self.repository.delegate("partner", ["apps/partner/*"], [self.keys.generate("partner")])
        self.repository.publish()
        self.director = Director(self.web / "director", self.keys, clock.now)
        director_roots = [self.keys.generate(f"director-root{number}") for number in (1, 2)]
        self.director_root = self.director.create(director_roots, self.keys.generate("director"))

    def add(self, one: Artefact, content: bytes, role: str = "targets") -> Artefact:
        """Put a target in and publish."""
        self.repository.add([(one, self.file(content))], role)
        self.repository.publish()
        return sized(one, content)

    def file(self, content: bytes) -> Path:
        """Bytes as a file."""
        path = self.folder / "uploads" / hashlib.sha256(content).hexdigest()
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
        return path

    def assign(self, *artefacts: Artefact, job: str = "job-1", vehicle: str = VEHICLE) -> None:
        """Tell a vehicle what it is to have."""
        targets = self.repository.targets()
        self.director.assign(vehicle, [targets[one.path] for one in artefacts], job)

    def settings(self, server: WebServer, **more: float) -> Settings:
        """For a car of this fleet."""
        return Settings(
            f"{server.url}/image",
            f"{server.url}/director",
            self.image_root,
            self.director_root,
            **more,  # type: ignore[arg-type]  # tests name them
        )


def sized(one: Artefact, content: bytes) -> Artefact:
    """An artefact with the length and hash of its content."""
    return Artefact(
        one.path,
        one.kind,
        one.name,
        one.version,
        len(content),
        hashlib.sha256(content).hexdigest(),
        one.form,
        one.unpacked,
        one.needs,
    )


def a_file(kind: Kind = Kind.DBC, name: str = "body", version: str = "1", publisher: str = "oem") -> Artefact:
    """A plain file, without its content."""
    return Artefact(f"{kind}/{publisher}/{name}-{version}.bin", kind, name, version, 0, "0" * 64)


def a_bundle(kind: Kind, name: str, version: str, unpacked: int, publisher: str = "oem") -> Artefact:
    """An archive, without its content."""
    return Artefact(
        f"{kind}/{publisher}/{name}-{version}.tar", kind, name, version, 0, "0" * 64, Form.TAR, unpacked=unpacked
    )


def tar(files: dict[str, bytes], change: Callable[[tarfile.TarInfo], tarfile.TarInfo] = lambda one: one) -> bytes:
    """An archive of these files."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(change(info), io.BytesIO(content))
    return buffer.getvalue()


@contextmanager
def looking(
    fleet: Fleet, server: WebServer, folder: Path, *, look_timeout: float = 30.0, stall: float = 30.0
) -> Iterator[Repositories]:
    """A car's eyes, between start and end."""
    made = Repositories(fleet.settings(server), folder, VEHICLE, look_timeout=look_timeout, stall=stall)
    try:
        yield made
    finally:
        made.close()
