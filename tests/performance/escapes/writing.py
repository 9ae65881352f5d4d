# SPDX-License-Identifier: Apache-2.0
"""Writing where an app may not, and leaving traps for the host in the folders where it may."""

import os
import stat
from pathlib import Path

from escapes.registry import DeniedError, Told, attack, call

GROUP = "writing others"
TRAPS = "traps in the data folder"
AT_FDCWD = -100


def _append(path: Path | str) -> str:
    with Path(path).open("r+b") as file:
        file.write(b"")
    return f"{path} is open for writing"


@attack(GROUP)
def own_code(told: Told) -> str:
    """The app's own code."""
    return _append(Path(told["code"], "main.py"))


@attack(GROUP)
def own_code_renamed(told: Told) -> str:
    """The app's own code, by moving it away."""
    path = Path(told["code"], "main.py")
    path.rename(path.with_name("moved.py"))
    path.with_name("moved.py").rename(path)
    return "main.py was moved"


@attack(GROUP)
def own_code_mode(told: Told) -> str:
    """The app's own code, by changing its mode."""
    Path(told["code"], "main.py").chmod(0o666)
    return "main.py has another mode"


@attack(GROUP)
def new_code(told: Told) -> str:
    """A new module beside the app's code."""
    path = Path(told["code"], "added.py")
    path.write_text("")
    path.unlink()
    return "a module was added"


@attack(GROUP)
def sdk_code(told: Told) -> str:
    """The SDK that other apps use too."""
    return _append(Path(told["sdk"], "ivi", "sdk", "boot.py"))


@attack(GROUP, control=False)
def interpreter(_told: Told) -> str:
    """The interpreter's standard library."""
    return _append(os.__file__)


@attack(GROUP, control=False)
def system_libraries(_told: Told) -> str:
    """The system's libraries."""
    path = Path("/usr/lib/ivi-attack")
    path.touch()
    path.unlink()
    return "a file was made in /usr/lib"


@attack(GROUP)
def host_file(told: Told) -> str:
    """A file of the host that every user may write."""
    return _append(told["writable"])


@attack(GROUP)
def neighbour_file(told: Told) -> str:
    """The data of a neighbour app."""
    path = Path(told["neighbour"], "planted")
    path.write_text("x")
    path.unlink()
    return "a file was planted"


@attack(GROUP)
def host_shared_memory_written(told: Told) -> str:
    """Shared memory of a host process."""
    return _append(f"/dev/shm/{told['shm']}")


@attack(GROUP, control=False)
def kernel_setting_written(_told: Told) -> str:
    """A kernel setting."""
    os.close(os.open("/proc/sys/kernel/core_pattern", os.O_WRONLY))
    return "core_pattern is open for writing"


@attack(GROUP, control=False)
def power_state(_told: Told) -> str:
    """The machine's power state."""
    os.close(os.open("/sys/power/state", os.O_WRONLY))
    return "/sys/power/state is open for writing"


@attack(GROUP, control=False)
def control_group(_told: Told) -> str:
    """Its control group, to leave it."""
    for folder in ("/sys/fs/cgroup", "/sys/fs/cgroup/unified"):
        path = f"{folder}/cgroup.procs"
        if os.path.exists(path):
            os.close(os.open(path, os.O_WRONLY))
            return f"{path} is open for writing"
    raise DeniedError("there is none to be seen")


@attack(GROUP, control=False)
def root_folder(_told: Told) -> str:
    """The root folder."""
    os.mkdir("/ivi-attack")
    os.rmdir("/ivi-attack")
    return "a folder was made in /"


@attack(GROUP, control=False)
def configuration(_told: Told) -> str:
    """Configuration in /etc."""
    os.close(os.open("/etc/ivi-attack", os.O_WRONLY | os.O_CREAT))
    os.unlink("/etc/ivi-attack")
    return "a file was made in /etc"


@attack(GROUP, control=False)
def device_folder(_told: Told) -> str:
    """The device folder, by removing /dev/null."""
    os.unlink("/dev/null")
    return "/dev/null is gone"


@attack(GROUP)
def given_away(told: Told) -> str:
    """A file given to another user."""
    path = Path(told["data"], "given")
    path.touch()
    os.chown(path, 0, 0)
    return "root owns it"


@attack(GROUP)
def capabilities_on_file(told: Told) -> str:
    """Capabilities put on a file."""
    path = Path(told["data"], "capable")
    path.touch()
    value = b"\x01\x00\x00\x02" + b"\xff" * 4 + b"\x00" * 12
    call("setxattr", str(path).encode(), b"security.capability", value, len(value), 0)
    return "the file has capabilities"


@attack(TRAPS)
def symbolic_link(told: Told) -> str:
    """A symbolic link out of the folder."""
    path = os.path.join(told["data"], "link").encode()
    call("symlinkat", b"/etc/passwd", AT_FDCWD, path)
    os.unlink(path)
    return "the link was made"


@attack(TRAPS)
def hard_link(told: Told) -> str:
    """A hard link to a file elsewhere."""
    path = os.path.join(told["data"], "hard").encode()
    source = os.path.join(told["data"], "source")
    Path(source).touch()
    call("linkat", AT_FDCWD, source.encode(), AT_FDCWD, path, 0)
    os.unlink(path)
    return "the link was made"


@attack(TRAPS)
def named_pipe(told: Told) -> str:
    """A named pipe that never answers whoever opens it."""
    path = os.path.join(told["data"], "pipe")
    os.mkfifo(path)
    os.unlink(path)
    return "the pipe was made"


@attack(TRAPS)
def device_node(told: Told) -> str:
    """A device node."""
    path = os.path.join(told["data"], "node").encode()
    call("mknodat", AT_FDCWD, path, stat.S_IFCHR | 0o666, os.makedev(1, 1))
    os.unlink(path)
    return "the node was made"


@attack(TRAPS)
def huge_sparse_file(told: Told) -> str:
    """A file that says it is a terabyte."""
    path = Path(told["data"], "huge")
    try:
        with path.open("wb") as file:
            file.truncate(1 << 40)
            return f"{path.stat().st_size >> 30} GB"
    finally:
        path.unlink(missing_ok=True)


@attack(TRAPS)
def set_user_id(told: Told) -> str:
    """A program that would run as its owner."""
    path = Path(told["data"], "suid")
    path.touch()
    path.chmod(0o4755)
    if not path.stat().st_mode & stat.S_ISUID:
        raise DeniedError("the bit was dropped")
    path.write_bytes(b"#!/bin/sh\n")
    # On a file system that runs nothing the bit is only a number.
    if not os.access(path, os.X_OK):
        raise DeniedError("nothing in that folder can be run")
    return "the bit is set and the file can be run"
