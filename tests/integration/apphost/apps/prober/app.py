# SPDX-License-Identifier: Apache-2.0
"""Tries to leave its sandbox in every way that its table names, and writes down what happened to each."""

import ctypes
import importlib
import json
import mmap
import os
import socket
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ivi.sdk import App, IviError, ListTemplate, Row

MIB = 1 << 20
DRIVER = "Vehicle.Cabin.HVAC.Station.Row1.Driver.Temperature"
AF_VSOCK, AF_NETLINK = 40, 16
SYSTEM_CALLS = {"x86_64": {"unshare": 272, "mount": 165, "ptrace": 101, "keyctl": 250, "bpf": 321},
                "aarch64": {"unshare": 97, "mount": 40, "ptrace": 117, "keyctl": 219, "bpf": 280}}  # fmt: skip
CLONE_NEWUSER = 0x10000000
libc = ctypes.CDLL(None, use_errno=True)


def system_call(name: str, *arguments: int) -> None:
    if libc.syscall(SYSTEM_CALLS[os.uname().machine][name], *arguments) < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def connect(family: int, kind: int, address: tuple[str, int] | str) -> None:
    with socket.socket(family, kind) as sock:
        sock.settimeout(1.0)
        sock.connect(address)
        sock.send(b"x")


def write(path: str, size: int = 1) -> None:
    with Path(path).open("wb") as file:
        for _ in range(max(1, size // MIB)):
            file.write(b"x" * min(size, MIB))


def fill(path: str) -> None:
    try:
        write(path, 8 * MIB)
    finally:
        Path(path).unlink()


def write_far(path: str, where: int) -> None:
    with Path(path).open("wb") as file:
        file.truncate(where)


def threads() -> None:
    thread = threading.Thread(target=lambda: None)
    thread.start()
    thread.join()


def open_descriptors() -> None:
    others = []
    for number in range(3, 256):
        try:
            os.fstat(number)
        except OSError:
            continue
        others.append(number)
    if len(others) > 1:  # the link
        return
    raise OSError(0, "nothing but the link is open")


def foreign_environment() -> None:
    if any("host" in value.lower() or "secret" in name.lower() for name, value in os.environ.items()):
        return
    raise OSError(0, "nothing of the host")


class Prober(App):
    def on_start(self) -> None:
        told = json.loads(Path("/app/prober/told.json").read_text())
        forbidden, allowed = self.table(told)
        results = {name: self.attempt(call) for name, call in (forbidden | allowed).items()}
        results["identity"] = f"{os.getuid()} {os.uname().nodename}"
        Path("/data/results.tmp").write_text(json.dumps(results))
        Path("/data/results.tmp").rename("/data/results.json")
        self.show(ListTemplate("Prober", [Row("oversize", "Send too much"), Row("garbage", "Send nonsense")]))

    def table(self, told: dict[str, Any]) -> tuple[dict[str, Callable[[], object]], dict[str, Callable[[], object]]]:
        unix, stream = socket.AF_UNIX, socket.SOCK_STREAM
        listen = ("127.0.0.1", told["port"])
        forbidden: dict[str, Callable[[], object]] = {
            "forbidden: read a path that is not granted": lambda: self.get(["Vehicle.CurrentLocation.Latitude"]),
            "forbidden: read one granted and one not": lambda: self.get(["Vehicle.Speed", "Vehicle.Trunk"]),
            "forbidden: read below a one-segment grant": lambda: self.get(["Vehicle.Cabin.HVAC.AmbientAirTemperature"]),
            "forbidden: read a pattern": lambda: self.get(["Vehicle.**"]),
            "forbidden: read with a trailing newline": lambda: self.get(["Vehicle.Speed\n"]),
            "forbidden: subscribe to what is not granted": lambda: self.subscribe(["Vehicle.CurrentLocation.Latitude"]),
            "forbidden: change what may only be read": lambda: self.actuate("Vehicle.Speed", 1),
            "forbidden: sound the horn": lambda: self.actuate("Vehicle.Body.Horn.IsActive", True),
            "forbidden: change while driving": lambda: self.actuate(DRIVER, 21.0),
            "forbidden: TCP to the host": lambda: connect(socket.AF_INET, socket.SOCK_STREAM, listen),
            "forbidden: UDP to the world": lambda: connect(socket.AF_INET, socket.SOCK_DGRAM, ("192.0.2.1", 9)),
            "forbidden: the databroker's socket": lambda: connect(unix, stream, told["databroker"]),
            "forbidden: an abstract socket of the host": lambda: connect(unix, stream, told["abstract"]),
            "forbidden: a vsock": lambda: socket.socket(AF_VSOCK, socket.SOCK_STREAM),
            "forbidden: netlink": lambda: socket.socket(AF_NETLINK, socket.SOCK_RAW),
            "forbidden: a raw socket": lambda: socket.socket(socket.AF_INET, socket.SOCK_RAW),
            "forbidden: /etc/passwd": lambda: Path("/etc/passwd").read_bytes(),
            "forbidden: the host's file": lambda: Path(told["secret"]).read_bytes(),
            "forbidden: process 1's environment": lambda: Path("/proc/1/environ").read_bytes(),
            "forbidden: the boot id": lambda: Path("/proc/sys/kernel/random/boot_id").read_bytes().strip() or 1 / 0,
            "forbidden: the host's environment": foreign_environment,
            "forbidden: inherited descriptors": open_descriptors,
            "forbidden: the rest of ivi": lambda: importlib.import_module("ivi.daemon.paths"),
            "forbidden: other packages": lambda: importlib.import_module("pytest"),
            "forbidden: pip": lambda: importlib.import_module("pip"),
            "forbidden: write its own code": lambda: write("/app/prober/app.py"),
            "forbidden: write the SDK": lambda: write("/sdk/ivi/sdk/app.py"),
            "forbidden: write /usr": lambda: write("/usr/lib/x"),
            "forbidden: write /": lambda: write("/x"),
            "forbidden: a link out of the data folder": lambda: Path("/data/out").symlink_to("/etc"),
            "forbidden: a named pipe": lambda: os.mkfifo("/data/pipe"),
            "forbidden: a shell": lambda: Path("/usr/bin/sh").stat(),
            "forbidden: fork": lambda: os.fork() or os._exit(0),
            "forbidden: 200 MiB of memory": lambda: bytearray(200 * MIB),
            "forbidden: 8 MiB in a /tmp of 1": lambda: fill("/tmp/big"),
            "forbidden: a file of a terabyte": lambda: write_far("/data/big", 1 << 40),
            "forbidden: a user namespace": lambda: system_call("unshare", CLONE_NEWUSER),
            "forbidden: mount": lambda: system_call("mount", 0, 0, 0, 0, 0),
            "forbidden: ptrace": lambda: system_call("ptrace", 0, 0, 0, 0),
            "forbidden: the kernel's keys": lambda: system_call("keyctl", 0, 0, 0, 0, 0),
            "forbidden: bpf": lambda: system_call("bpf", 0, 0, 0),
            "forbidden: memory to write and run": lambda: mmap.mmap(
                -1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC
            ),
        }  # fmt: skip
        allowed: dict[str, Callable[[], object]] = {
            "allowed: read a granted path": lambda: self.get(["Vehicle.Speed"]),
            "allowed: write its data": lambda: write("/data/mine"),
            "allowed: write /tmp": lambda: write("/tmp/mine"),
            "allowed: a thread": threads,
        }
        return forbidden, allowed

    def attempt(self, call: Callable[[], object]) -> str:
        try:
            call()
        except IviError as error:
            return f"denied: {error.code}: {error}"
        except (OSError, ImportError, MemoryError, ZeroDivisionError) as error:
            return f"denied: {type(error).__name__}: {error}"
        return "done"

    def on_tap(self, target: str) -> None:
        link = self._connection._socket
        if target == "oversize":
            link.sendall((64 * MIB).to_bytes(4, "big") + b"x" * 1000)
        else:
            link.sendall((8).to_bytes(4, "big") + b"nonsense")
