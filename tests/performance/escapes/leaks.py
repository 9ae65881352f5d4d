# SPDX-License-Identifier: Apache-2.0
"""What tells an app of the machine, its owner or its neighbours, though nothing of theirs is read."""

import ctypes
import mmap
import os
import pwd
import socket
import sys
import sysconfig
import time
from pathlib import Path

from escapes.registry import DeniedError, Told, attack, call, libc

GROUP = "leaks"
FINE = 1000  # nanoseconds; what a timer must tell apart for cache timing


def _words(told: Told, text: str, what: str) -> str:
    found = [word for word in told["host_words"] if word in text]
    if not found:
        raise DeniedError("neutral")
    return what


@attack(GROUP)
def fine_timers(_told: Told) -> str:
    """Timers fine enough to tell a cache hit from a miss."""
    least = min(b - a for a, b in ((time.perf_counter_ns(), time.perf_counter_ns()) for _ in range(2000)) if b > a)
    if least >= FINE:
        raise DeniedError(f"{least} ns")
    return f"{least} ns"


@attack(GROUP)
def build_prefix(told: Told) -> str:
    """Host folders named in the interpreter's own files."""
    text = " ".join(str(value) for value in sysconfig.get_config_vars().values())
    return _words(told, text + os.path.join.__code__.co_filename, "where the interpreter was built")


@attack(GROUP)
def environment(told: Told) -> str:
    """Host folders and secrets in its environment."""
    return _words(told, repr(dict(os.environ)) + told["secret_text"] * 0, "a folder of the host")


@attack(GROUP)
def environment_secret(told: Told) -> str:
    """The host's environment, inherited."""
    if told["secret_text"] in os.environ.values():
        return "the secret of the environment"
    raise DeniedError("it is not there")


@attack(GROUP)
def module_paths(told: Told) -> str:
    """Host folders in the paths of modules."""
    files = [str(getattr(module, "__file__", "")) for module in list(sys.modules.values())]
    return _words(told, " ".join([*files, *sys.path, sys.prefix, sys.executable]), "a folder of the host")


@attack(GROUP)
def mount_table(told: Told) -> str:
    """Host folders in the table of mounts."""
    return _words(told, Path("/proc/self/mountinfo").read_text(), "a folder of the host")


@attack(GROUP)
def memory_map(told: Told) -> str:
    """Host folders in the map of its memory."""
    return _words(told, Path("/proc/self/maps").read_text(), "a folder of the host")


@attack(GROUP)
def boot_id(_told: Told) -> str:
    """The number of this boot, the same for all apps."""
    return Path("/proc/sys/kernel/random/boot_id").read_text()[:8]


@attack(GROUP)
def processor_serial(_told: Told) -> str:
    """The processor's description, with a serial number on some."""
    return Path("/proc/cpuinfo").read_text().split("\n", 1)[0]


@attack(GROUP)
def board_serial(_told: Told) -> str:
    """The board's description."""
    for path in (
        "/sys/class/dmi/id/product_name",
        "/proc/device-tree/serial-number",
        "/sys/devices/soc0/serial_number",
    ):
        if os.path.exists(path):
            return path
    raise DeniedError("there is none")


@attack(GROUP)
def name_of_machine(told: Told) -> str:
    """The machine's name."""
    name = os.uname().nodename
    if name != told["host_name"]:
        raise DeniedError(f"it is called {name}")
    return name


@attack(GROUP)
def name_of_user(told: Told) -> str:
    """The host user's name or number."""
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        if os.getuid() == told["host_uid"]:
            return f"number {os.getuid()}"
        raise DeniedError(f"number {os.getuid()}") from None


@attack(GROUP)
def interfaces(_told: Told) -> str:
    """Network interfaces and what they are called."""
    names = [name for _, name in socket.if_nameindex()]
    if set(names) <= {"lo"}:
        raise DeniedError("only its own loopback")
    return ", ".join(names)


@attack(GROUP)
def load_of_machine(_told: Told) -> str:
    """How busy the machine is, and its memory."""
    room = ctypes.create_string_buffer(128)
    call("sysinfo", room)
    return "uptime, load and memory"


@attack(GROUP)
def load_by_file(_told: Told) -> str:
    """How busy the machine is, from /proc."""
    return Path("/proc/loadavg").read_text().split()[0]


@attack(GROUP)
def disk_usage(told: Told) -> str:
    """How full the machine's disk is."""
    found = os.statvfs(told["code"])
    return f"{found.f_bfree} blocks are free"


@attack(GROUP)
def page_cache(_told: Told) -> str:
    """Which libraries others have in memory."""
    path = next(path for path in Path("/usr/lib").rglob("libm.so.6"))
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ) as mapped:
        room = ctypes.create_string_buffer(mapped.size() // mmap.PAGESIZE + 1)
        address = libc.mmap(None, mapped.size(), 1, 2, file.fileno(), 0)
        call("mincore", address, mapped.size(), room)
    return f"{sum(page & 1 for page in room.raw)} pages"


@attack(GROUP)
def processes_by_signal(told: Told) -> str:
    """Which process numbers are in use, by signals that do nothing."""
    os.kill(told["victim"], 0)
    return f"process {told['victim']} is there"


@attack(GROUP)
def interrupts(_told: Told) -> str:
    """Interrupts of the touch screen and keys."""
    return Path("/proc/interrupts").read_text()[:10].strip()
