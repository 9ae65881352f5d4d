# SPDX-License-Identifier: Apache-2.0
"""What the attackers are after, made for them: a process with a secret, its files and services, and a neighbour's data.

All of it lies in a temporary folder and in processes of the suite's own; nothing else of the machine is attacked.
"""

import contextlib
import json
import os
import shutil
import socket
import stat
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
ESCAPES = Path(__file__).with_name("escapes")
SECRET = "a secret of the host, not for apps"
NOBODY = 65534  # the user that has nothing, on every Linux

VICTIM = """
import ctypes, json, os, select, socket, sys
folder, outer = sys.argv[1:]
secret = os.environ["IVI_ATTACK_SECRET"]
room = ctypes.create_string_buffer(secret.encode())
tcp = socket.create_server(("0.0.0.0", 0))
servers = [tcp]
told = {"victim": os.getpid(), "address": ctypes.addressof(room), "tcp": tcp.getsockname()[1], "tcp6": 0}
try:
    servers.append(socket.create_server(("::1", 0), family=socket.AF_INET6))
    told["tcp6"] = servers[-1].getsockname()[1]
except OSError:
    pass
for name, address in (("abstract", "\\0ivi-attack-" + os.path.basename(folder)), ("socket", folder + "/host.sock")):
    server = socket.socket(socket.AF_UNIX)
    server.bind(address)
    server.listen()
    servers.append(server)
    told[name] = address
os.chmod(folder + "/host.sock", 0o777)
udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
udp.bind(("0.0.0.0", 0))
told["udp"] = udp.getsockname()[1]
datagrams = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
datagrams.bind(folder + "/host.dgram")
os.chmod(folder + "/host.dgram", 0o777)
told["datagram"] = folder + "/host.dgram"
print(json.dumps(told), flush=True)
while True:
    for ready in select.select([*servers, udp, datagrams, sys.stdin], [], [])[0]:
        if ready is sys.stdin:
            sys.exit()
        if ready in servers:
            link = ready.accept()[0]
            link.send(b"welcome")
            link.close()
        else:
            answer, where = ready.recvfrom(100)
            if ready is udp:
                udp.sendto(b"welcome", where)
"""


@dataclass(frozen=True)
class Scene:
    """Where things are."""

    folder: Path
    app: Path
    """The attackers' code, as an app's folder."""
    told: dict[str, Any]
    """What every attacker is told."""


def outer_address() -> str:
    """This machine's address as others see it, or one of its loopback."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as link:
        try:
            link.connect(("192.0.2.1", 9))  # nothing is sent
        except OSError:
            return "127.0.0.2"
        return str(link.getsockname()[0])


def host_words(folder: Path) -> list[str]:
    """Folders whose names would tell an app something of this machine."""
    built = str(sysconfig.get_config_vars().get("BINDIR", ""))
    words = {str(ROOT), sys.base_prefix, str(Path.home()), str(folder), str(Path(built).parent), sys.prefix}
    return sorted(word for word in words if word not in {"", ".", "/", "/usr"})


def _furnish(folder: Path) -> dict[str, Any]:
    """Make the files, and say where they are."""
    for name in ("data", "tmp", "neighbour", "shared"):
        (folder / name).mkdir()
        (folder / name).chmod(0o777)
    (folder / "shared" / "host-note").touch()
    (folder / "neighbour" / "kept").write_text("what a neighbour keeps")
    (folder / "writable").write_text("")
    (folder / "writable").chmod(0o666)
    (folder / "secret").write_text(SECRET)
    (folder / "secret").chmod(stat.S_IRUSR | stat.S_IWUSR)
    shutil.copytree(ESCAPES, folder / "escapes", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "sdk" / "ivi" / "sdk").mkdir(parents=True)
    (folder / "sdk" / "ivi" / "sdk" / "boot.py").touch()
    return {
        "secret": str(folder / "secret"), "secret_text": SECRET, "neighbour": str(folder / "neighbour"),
        "writable": str(folder / "writable"), "shared": str(folder / "shared"), "shm": f"ivi-attack-{folder.name}",
        "host_words": host_words(folder), "host_pid": os.getpid(), "host_uid": os.getuid(),
        "host_name": socket.gethostname(), "outer": outer_address(),
    }  # fmt: skip


@contextlib.contextmanager
def scene() -> Iterator[Scene]:
    """Set it up, and take all of it away again."""
    with tempfile.TemporaryDirectory(prefix="ivi-attacks-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        told = _furnish(folder)
        shared_memory = Path("/dev/shm", told["shm"])
        shared_memory.write_text(SECRET)
        victim = subprocess.Popen(
            [sys.executable, "-I", "-c", VICTIM, name, told["outer"]],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={**os.environ, "IVI_ATTACK_SECRET": SECRET},
        )  # fmt: skip
        try:
            assert victim.stdout is not None
            told |= json.loads(victim.stdout.readline())
            yield Scene(folder, folder / "escapes", told)
        finally:
            victim.kill()
            victim.communicate(timeout=20)
            shared_memory.unlink()


_AS_NOBODY = """set -e
mount --bind "$1" "$2/python"
mount --bind "$3" "$2/tree"
mount --bind "$4" "$2/packages"
place=$2 user=$5
shift 5
cd "$place/tree"
exec setpriv "--reuid=$user" "--regid=$user" --clear-groups --inh-caps=-all --bounding-set=-all -- "$@"
"""
"""In a mount namespace of its own: what only root may reach is brought where nobody can."""


@contextlib.contextmanager
def as_ordinary_user(words: list[str]) -> Iterator[tuple[list[str], dict[str, str]]]:
    """A command line and environment that run this Python with `words` as a user without rights.

    Who is not root is one already.
    """
    with tempfile.TemporaryDirectory(prefix="ivi-nobody-") as name:
        place = Path(name)
        environment = {**os.environ, "IVI_STATE_DIR": f"{name}/state", "IVI_RUNTIME_DIR": f"{name}/run"}
        if os.getuid() != 0:
            yield [sys.executable, *words], environment
            return
        place.chmod(0o755)
        for part in ("python", "tree", "packages", "state", "run"):
            (place / part).mkdir()
        for part in ("state", "run"):
            os.chown(place / part, NOBODY, NOBODY)
        environment |= {
            "PYTHONPATH": f"{name}/tree:{name}/packages", "HOME": f"{name}/state", "PYTHONDONTWRITEBYTECODE": "1",
            "PATH": "/usr/bin:/bin:/usr/sbin:/sbin", "LD_LIBRARY_PATH": f"{name}/python/lib",
        }  # fmt: skip
        program = f"{name}/python/bin/python{sys.version_info.major}.{sys.version_info.minor}"
        yield [
            "unshare", "--mount", "--propagation", "private", "/bin/sh", "-c", _AS_NOBODY, "sh", sys.base_prefix,
            name, str(ROOT), sysconfig.get_path("purelib"), str(NOBODY), program, *words,
        ], environment  # fmt: skip
