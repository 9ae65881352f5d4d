# SPDX-License-Identifier: Apache-2.0
"""What an app may write, set up before bubblewrap: one small file system bounded in bytes and files, never executable.

bubblewrap's own tmpfs knows a size but no number of files (a million empty files cost the car a gigabyte), and allows
programs to be run from it. So a step before it, in mount and (for an ordinary user) user namespaces of its own that end
with the box, mounts one that is right. When the host is root the step also mounts the app's data image, brings what
only root can reach to a neutral place, and goes on as a user that is not root: root has no process limit.
"""

import logging
import os
import secrets
import shutil
import stat
import subprocess
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from ivi.apphost.sandbox.box import Box, Layer
from ivi.model.errors import ConfigurationError

log = logging.getLogger(__name__)

PLACE = "/mnt"  # every Linux has it, and nobody sees what is mounted there in a mount namespace of its own
SHM_MB = 4  # MiB of /dev/shm where it is bubblewrap's own; else it is part of /tmp's size
FILES_PER_MB = 64  # files for each MiB, as a file system for small files would have
APP_UIDS = range(70_000, 100_000)
"""Users of apps while the host is root: between those of systemd and those that subuid(5) hands out."""
IMAGE_NAME = "data.img"
TOOL_TIMEOUT = 20.0  # seconds for mkfs or a check

_SCRIPT = """set -e
place=$1
mount -t tmpfs -o "$2" scratch "$place"
cd "$place"
mkdir -m 1777 tmp data $3
for file in $4; do : > "$file"; done
if [ -n "$5" ]; then
    printf '%s' "$5" > table
    mount --all --fstab "$place/table"
fi
cd /
shift 5
exec "$@"
"""
"""Arguments: the place; mount options; names of further folders and of files to mount on; an fstab(5) of all that is
mounted then, in one go because each program that is started costs milliseconds; bubblewrap's command line."""


@dataclass(frozen=True)
class Scratch:
    """The step before bubblewrap for one start."""

    prefix: list[str]
    """Command line that bubblewrap's own comes after."""
    mounts: list[str]
    """Arguments of bubblewrap that bring the writable folders in."""
    layers: frozenset[Layer]
    moved: dict[str, str] = field(default_factory=dict)
    """Where paths are that only root can reach."""


def scratch(box: Box, sources: list[str], *, prefix: str = "", plain: bool = False) -> Scratch:
    """Prepare the writable part of a box, and a user and reachable `sources` when the host is root.

    Sources below `prefix` are brought along in one piece, since each mount costs milliseconds. `plain`
    asks for bubblewrap's own tmpfs, which is also what a machine gets that refuses the step.
    """
    if plain or not _available():
        return _plain(box)
    root = os.getuid() == 0
    layers = {Layer.SCRATCH}
    image = ""
    uid = 0
    if root:
        layers.add(Layer.OWN_UID)
        uid = APP_UIDS.start + secrets.randbelow(len(APP_UIDS))
        if box.data_dir is not None and _can_mount_images():
            image, uid = _image(box.data_dir, box.data_mb, uid)
            layers.add(Layer.DATA_QUOTA)
    places, moved = _moves(sources, prefix) if root else ({}, {})
    table = [(image, f"{PLACE}/data", "ext4", "loop,nosuid,nodev,noexec")] if image else []
    table += [(source, place, "none", "bind") for source, place in places.items()]
    folders = [Path(place).name for source, place in places.items() if Path(source).is_dir()]
    files = [Path(place).name for source, place in places.items() if not Path(source).is_dir()]
    size_mb = box.tmp_mb + (0 if image else box.data_mb)
    enter = [_tool("unshare"), *([] if root else ["--user", "--map-root-user"]), "--mount", "--propagation", "private"]
    before = [
        *enter, "/bin/sh", "-c", _SCRIPT, "sh", PLACE, _options(size_mb), " ".join(folders), " ".join(files),
        fstab(table),
    ]  # fmt: skip
    if root:
        before += [
            _tool("setpriv"), f"--reuid={uid}", f"--regid={uid}", "--clear-groups", "--inh-caps=-all",
            "--bounding-set=-all", "--",
        ]  # fmt: skip
    # Shared memory has a path that is a link: one mount less, and one size for both.
    mounts = ["--bind", f"{PLACE}/tmp", "/tmp", "--symlink", "/tmp", "/dev/shm", "--bind", f"{PLACE}/data", "/data"]  # noqa: S108  # inside
    return Scratch(before, mounts, frozenset(layers), moved)


def _moves(sources: list[str], prefix: str) -> tuple[dict[str, str], dict[str, str]]:
    """Where to bind what only root can reach, and where each source then is."""
    places: dict[str, str] = {}
    moved: dict[str, str] = {}
    for source in sources:
        if _reachable(Path(source)):
            continue
        whole = prefix if prefix and Path(source).is_relative_to(prefix) else source
        place = places.setdefault(whole, f"{PLACE}/{len(places)}")
        moved[source] = place + source.removeprefix(whole)
    return places, moved


def fstab(rows: list[tuple[str, str, str, str]]) -> str:
    """What mount(8) reads: source, target, type and options, one mount a line, odd characters in octal (fstab(5))."""
    return "".join(" ".join(map(_word, row)) + " 0 0\n" for row in rows)


def _word(text: str) -> str:
    return "".join(f"\\{ord(letter):03o}" if letter in " \t\n\\#" else letter for letter in text)


def _options(size_mb: int) -> str:
    """Of a tmpfs that is bounded in bytes and files."""
    return f"size={size_mb}m,nr_inodes={size_mb * FILES_PER_MB},mode=755,nosuid,nodev,noexec"


def _plain(box: Box) -> Scratch:
    """bubblewrap's own tmpfs: bounded in bytes only."""
    mounts: list[str] = []
    for size, path in ((box.tmp_mb, "/tmp"), (SHM_MB, "/dev/shm"), (box.data_mb, "/data")):  # noqa: S108  # inside
        mounts += ["--size", str(size << 20), "--tmpfs", path]
    return Scratch([], mounts, frozenset())


@cache
def _available() -> bool:
    """Whether this machine lets us take the step; tried once. AppArmor may allow user namespaces to bwrap alone."""
    if not Path(PLACE).is_dir() or shutil.which("unshare") is None or shutil.which("setpriv") is None:
        return False
    enter = ["--mount"] if os.getuid() == 0 else ["--user", "--map-root-user", "--mount"]
    tried = ["/bin/sh", "-c", 'mount -t tmpfs -o nr_inodes=64,noexec scratch "$0"', PLACE]
    try:
        done = subprocess.run(
            [_tool("unshare"), *enter, "--propagation", "private", *tried],
            capture_output=True, timeout=TOOL_TIMEOUT, check=False,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired) as error:
        log.info("no scratch space of our own", extra={"reason": str(error)})
        return False
    if done.returncode:
        log.info("no scratch space of our own", extra={"reason": done.stderr.decode(errors="replace").strip()})
    return done.returncode == 0


@cache
def _can_mount_images() -> bool:
    return Path("/dev/loop-control").exists() and any(
        Path(folder, "mkfs.ext4").exists() for folder in ("/usr/sbin", "/sbin")
    )


def _image(folder: Path, size_mb: int, uid: int) -> tuple[str, int]:
    """The app's data image and its owner, made at the first start.

    Raises ConfigurationError when it cannot be made.
    """
    image = folder / IMAGE_NAME
    if image.is_file():
        owner = image.stat().st_uid
        return str(image), owner if owner in APP_UIDS else uid
    making = folder / f".{IMAGE_NAME}.new"
    try:
        with making.open("wb") as file:
            file.truncate(size_mb << 20)
        subprocess.run(
            [_tool("mkfs.ext4"), "-q", "-F", "-N", str(size_mb * FILES_PER_MB), "-m", "0", "-O", "^has_journal",
             "-E", f"root_owner={uid}:{uid}", str(making)],
            capture_output=True, timeout=TOOL_TIMEOUT, check=True,
        )  # fmt: skip
        os.chown(making, uid, uid)  # the image's owner is how the next start finds the user
        making.rename(image)
    except (OSError, subprocess.SubprocessError) as error:
        making.unlink(missing_ok=True)
        raise ConfigurationError(f"cannot make {image}: {error}", hint="check the disk and IVI_STATE_DIR") from error
    return str(image), uid


def _reachable(path: Path) -> bool:
    """Whether any user can reach this file or folder."""
    try:
        return all(parent.stat().st_mode & stat.S_IXOTH for parent in path.parents) and bool(
            path.stat().st_mode & stat.S_IROTH
        )
    except OSError:
        return False


def _tool(name: str) -> str:
    """Path of a program of util-linux or e2fsprogs. Raises ConfigurationError where it is not installed."""
    found = shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    if found is None:
        raise ConfigurationError(f"{name} is not installed", hint="sudo apt install util-linux e2fsprogs")
    return found
