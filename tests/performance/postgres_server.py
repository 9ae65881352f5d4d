# SPDX-License-Identifier: Apache-2.0
"""A PostgreSQL server of the tests' and benchmarks' own."""

import contextlib
import itertools
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path


def find_programs() -> Path | None:
    """Where initdb and postgres are, the newest when there are several; None when they are not installed."""
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if found:
        return max(found, key=lambda path: int(path.parent.name))
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path else None


def lacks_user() -> bool:
    """Whether root starts the server, which refuses to run as root, and there is no user `postgres` in its place."""
    return os.geteuid() == 0 and not any(user.pw_name == "postgres" for user in pwd.getpwall())


def why_not() -> str:
    """Why there can be no server here; empty when there can."""
    if find_programs() is None:
        return "postgresql is not installed"
    return "root cannot run PostgreSQL, and there is no user `postgres` to run it as" if lacks_user() else ""


@contextlib.contextmanager
def running() -> Iterator["PostgresServer"]:
    """A running server; `why_not` has nothing to say. Its folder is near the root: a socket's path is short."""
    programs = find_programs()
    assert programs is not None
    folder = Path(tempfile.mkdtemp(prefix="ivi-pg-"))
    server = PostgresServer(programs, folder)
    try:
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


class PostgresServer:
    """One server: all in its folder, no TCP, a Unix socket; as the user postgres when root starts it."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self.folder = folder
        self._programs = programs
        self._numbers = itertools.count()
        self._process: subprocess.Popen[bytes] | None = None
        self._as: list[str] = []
        if os.geteuid() == 0:  # the server refuses to run as root
            user = pwd.getpwnam("postgres")
            shutil.chown(folder, user.pw_uid, user.pw_gid)
            self._as = ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [*self._as, str(self._programs / program), *arguments],
            cwd=self.folder,
            check=True,
            timeout=120,
            capture_output=True,
        )

    def start(self) -> None:
        """Start the server, and wait until it answers."""
        if not (self.folder / "data").exists():
            data = str(self.folder / "data")
            self._run("initdb", "-D", data, "-U", "fleet", "-A", "trust", "--no-sync", "--locale=C.UTF-8")
        settings = {"listen_addresses": "", "unix_socket_directories": str(self.folder), "max_connections": "30"}
        arguments = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [*self._as, str(self._programs / "postgres"), "-D", str(self.folder / "data"), *arguments],
                cwd=self.folder,
                stdout=log,
                stderr=log,
            )
        ready = [str(self._programs / "pg_isready"), "-q", "-h", str(self.folder), "-d", "postgres"]
        deadline = time.monotonic() + 60
        while subprocess.run(ready, check=False, timeout=30).returncode != 0:
            assert self._process.poll() is None, (self.folder / "log").read_text()
            assert time.monotonic() < deadline, "the PostgreSQL server does not answer"
            time.sleep(0.05)

    def stop(self, how: signal.Signals = signal.SIGQUIT) -> None:
        """End the server and whatever it started: at once with SIGQUIT, as after a loss of power."""
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(60)
            self._process = None

    def database(self) -> str:
        """The address of a new, empty database."""
        name = f"fleet{next(self._numbers)}"
        self._run("createdb", "-h", str(self.folder), "-U", "fleet", name)
        return f"postgresql://fleet@/{name}?host={self.folder}"
