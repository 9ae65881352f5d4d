# SPDX-License-Identifier: Apache-2.0
"""What an app is as a unit of systemd: the properties that box it, from the same description as bubblewrap's box.

See systemd.exec(5) and systemd.resource-control(5) for each property.
"""

import re
from pathlib import Path

from ivi.apphost.sandbox.box import Box
from ivi.apphost.sandbox.bubblewrap import OOM_SCORE, ROOTS, SDK, boot_command
from ivi.apphost.sandbox.cgroup import limits
from ivi.apphost.sandbox.runtime import Runtime
from ivi.apphost.sandbox.scratch import FILES_PER_MB, SHM_MB
from ivi.model.errors import ConfigurationError

SLICE = "ivi-apps.slice"
_ODD = re.compile(r"[\s:\\%\"'$]")

HARDENING = (
    "DynamicUser=yes",
    "PrivateUsers=yes",
    "PrivatePIDs=yes",
    "PrivateNetwork=yes",
    "PrivateIPC=yes",
    "PrivateDevices=yes",
    "DevicePolicy=closed",
    "ProtectSystem=strict",
    "ProtectHome=yes",
    "ProtectProc=invisible",
    "ProcSubset=pid",
    "ProtectClock=yes",
    "ProtectHostname=yes",
    "ProtectKernelLogs=yes",
    "ProtectKernelModules=yes",
    "ProtectKernelTunables=yes",
    "ProtectControlGroups=yes",
    "NoNewPrivileges=yes",
    "CapabilityBoundingSet=",
    "AmbientCapabilities=",
    "RestrictNamespaces=yes",
    "RestrictRealtime=yes",
    "RestrictSUIDSGID=yes",
    "LockPersonality=yes",
    "SystemCallArchitectures=native",
    "SystemCallFilter=@system-service @sandbox",
    "SystemCallFilter=~@privileged @resources @keyring @clock @module @mount @raw-io @reboot @swap @obsolete",
    "SystemCallErrorNumber=EPERM",
    "IPAddressDeny=any",
    "KeyringMode=private",
    "RemoveIPC=yes",
    "UMask=0077",
    f"OOMScoreAdjust={OOM_SCORE}",
    f"Slice={SLICE}",
    "BindLogSockets=no",
    "KillMode=control-group",
    "TimeoutStopSec=2",
)
"""What every app's unit has. The shipped filter comes on top, and what only the app's own process can set."""

FOLDERS = ("usr", "lib", "lib64", "etc", "sdk", "app", "runtime", "data", "dev", "proc", "sys", "tmp", "run", "var/tmp")
"""What an empty root needs for mounts; below those that are not mounted themselves systemd makes what it needs."""

HIDDEN = ("/sys", "/tmp", "/var/tmp", "/dev/pts", "/dev/ptmx", "/dev/mqueue", "/dev/hugepages")  # noqa: S108  # inside
"""What systemd puts into a unit's view and no app needs; /data and /dev/shm are all that it may write.

/proc stays, because systemd needs it to make the user namespace. It shows the box's own processes only, and Landlock
keeps it from the app; the probe refuses a box in which it can be read.
"""


def properties(box: Box, python: Runtime, root: Path) -> list[str]:
    """The unit's properties, as `systemd-run --property` and a unit file take them. `root` is an empty root folder.

    Raises ConfigurationError for a path that systemd would read as something else.
    """
    size = box.tmp_mb + box.data_mb
    made = "mode=1777,nosuid,nodev,noexec"
    group = limits(box)
    return [
        *HARDENING,
        *(["IPAddressAllow=localhost"] if box.net else []),
        f"MemoryDenyWriteExecute={'yes' if box.mdwe else 'no'}",
        f"RestrictAddressFamilies=AF_UNIX{' AF_INET AF_INET6' if box.net else ''}",
        f"MemoryMax={group['memory']['memory.max']}",
        f"MemoryHigh={group['memory']['memory.high']}",
        "MemorySwapMax=0",
        f"TasksMax={box.tasks + 1}",
        f"CPUQuota={box.cpu_percent}%",
        f"RootDirectory={_word(str(root))}",
        *(f"TemporaryFileSystem={folder}:ro,nosuid,nodev,size=1M" for folder in ("/usr", "/etc", "/app", "/runtime")),
        f"TemporaryFileSystem=/data:size={size}M,nr_inodes={size * FILES_PER_MB},{made}",
        f"TemporaryFileSystem=/dev/shm:size={SHM_MB}M,nr_inodes={SHM_MB * FILES_PER_MB},{made}",
        *(f"BindReadOnlyPaths={_word(source)}:{_word(inside)}" for source, inside in binds(box, python)),
        *(f"TemporaryFileSystem={_word(path)}:ro" for path in _masked(python)),
        f"InaccessiblePaths={' '.join(f'-+{path}' for path in HIDDEN)}",
        "WorkingDirectory=/data",
    ]


def binds(box: Box, python: Runtime) -> list[tuple[str, str]]:
    """What of this machine is inside, and where. A unit has no links of its own: what they lead to is there twice."""
    words = python.arguments
    pairs = [(words[at + 1], words[at + 2]) for at, word in enumerate(words) if word == "--ro-bind"]
    links = [(words[at + 1], words[at + 2]) for at, word in enumerate(words) if word == "--symlink"]
    shown = list(pairs)
    shown += [
        (source, link + inside.removeprefix(f"/{target}"))
        for target, link in links
        for source, inside in pairs
        if Path(inside).is_relative_to(f"/{target}")
    ]
    if box.roots is not None:
        shown.append((str(box.roots), ROOTS))
    if box.app_dir is not None:
        shown.append((str(box.app_dir), f"/app/{box.package}"))
    return shown


def _masked(python: Runtime) -> list[str]:
    words = python.arguments
    return [words[at + 1] for at, word in enumerate(words) if word == "--tmpfs"]


def _word(path: str) -> str:
    if _ODD.search(path):
        raise ConfigurationError(f"systemd cannot take the path {path!r}", hint="use a path without spaces and colons")
    return path


def empty_root(folder: Path) -> Path:
    """A root folder with nothing but places for mounts, made below `folder` unless it is there.

    DynamicUser= makes "/" read-only in a way that leaves no room for a file system mounted there.
    """
    root = folder / "root"
    for name in FOLDERS:
        (root / name).mkdir(mode=0o755, parents=True, exist_ok=True)
    return root


def unit_file(box: Box, python: Runtime, root: Path) -> str:
    """The same unit as a file, for systemd-analyze(1)."""
    command = boot_command(python.python, box, -1, handover="link,filter")
    return "\n".join([
        "[Unit]", "Description=an app", "[Service]", "Type=exec", *properties(box, python, root),
        *(f"Environment={name}={value}" for name, value in _environment(python).items()),
        f"ExecStart={' '.join(command)}", "",
    ])  # fmt: skip


def _environment(python: Runtime) -> dict[str, str]:
    return {
        "PATH": "/usr/bin", "HOME": "/data", "TMPDIR": "/data", "LANG": "C.UTF-8", "PYTHONPATH": SDK,
        "PYTHONUNBUFFERED": "1", **python.environment,
    }  # fmt: skip


def command(box: Box, python: Runtime, root: Path, names: list[str]) -> list[str]:
    """What the unit is and runs, as arguments of systemd-run(1)."""
    return [
        *(f"--property={line}" for line in properties(box, python, root)),
        *(f"--setenv={name}={value}" for name, value in _environment(python).items()),
        "--", *boot_command(python.python, box, -1, handover=",".join(names)),
    ]  # fmt: skip
