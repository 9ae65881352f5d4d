#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What the guest of ``make test-target`` gets: the checkout and a `.venv` from the hashed lock, as squashfs images.

``tools/target_payload.py CACHE OUT`` writes ``OUT/tree.sqfs`` each time, keeps ``CACHE/venv-<key>.sqfs`` for as long as
the lock stays the same, and prints that file's path. Run it with `.venv/bin/python`: its pip installs, for the guest's
Python. Byte code is made here, because under emulation compiling takes ten times as long; a guest that finds another
version's simply compiles for itself.
"""

import compileall
import hashlib
import os
import py_compile
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements" / "dev.txt"
HOME = Path("/opt/ivi")  # where the systemd units expect a checkout
GUEST_PYTHON = "3.13"  # of the release in tools/target_image.sh
GLIBC = 41  # minor version of the guest's C library: wheels up to manylinux_2_41

WANTED = {
    # The runtime. Left out: the screen (Qt), speech and sound, which need no kernel of their own to be tested.
    *("msgspec", "python-can", "cantools", "paho-mqtt", "pyyaml", "zstandard", "cbor2", "cryptography"),
    # what these import
    *(
        "wrapt",
        "packaging",
        "typing-extensions",
        "argparse-addons",
        "bitstruct",
        "crccheck",
        "textparser",
        "cffi",
        "pycparser",
    ),
    # diagnostics
    *("can-isotp", "udsoncan"),
    # the checks
    *("pytest", "pytest-timeout", "iniconfig", "pluggy", "pygments"),
}
INSTALL_LIMIT, IMAGE_LIMIT = 600, 120  # seconds


def main() -> int:
    """Make both; the command line is in the module's docstring."""
    if len(sys.argv) != 3:  # noqa: PLR2004  # two folders
        print("usage: tools/target_payload.py CACHE OUT", file=sys.stderr)
        return 2
    cache, out = Path(sys.argv[1]), Path(sys.argv[2])
    try:
        tree(out / "tree.sqfs")
        print(venv(cache))
    except (subprocess.SubprocessError, OSError, LookupError) as error:
        print(f"target payload: {error}", file=sys.stderr)
        return 1
    return 0


def pins(lock: str) -> Iterator[tuple[str, str]]:
    """Name and lines (with the hashes) of each package of a lock."""
    for block in re.split(r"\n(?=[a-z0-9])", lock):
        if match := re.match(r"([a-z0-9-]+)==", block):
            yield match[1], "\n".join(line for line in block.splitlines() if not line.lstrip().startswith("#")) + "\n"


def requirements() -> str:
    """The part of the lock that the guest needs. Raises LookupError when it lacks a package."""
    found = {name: block for name, block in pins(LOCK.read_text()) if name in WANTED}
    if lacking := WANTED - set(found):
        raise LookupError(f"{LOCK.name} has no {', '.join(sorted(lacking))}")
    return "".join(found.values())


def venv(cache: Path) -> Path:
    """The environment's image; made when the lock, the entry points or this file changed."""
    parts = (requirements(), (ROOT / "pyproject.toml").read_text(), Path(__file__).read_text(), sys.version)
    key = hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]
    image = cache / f"venv-{key}.sqfs"
    if image.is_file():
        return image
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache, prefix=".venv-") as name:
        folder = Path(name) / "venv"
        site = folder / "lib" / f"python{GUEST_PYTHON}" / "site-packages"
        install(site, Path(name) / "requirements.txt")
        dress(folder, site)
        compile_bytes(folder, HOME / ".venv")
        squash(folder, Path(name) / "image")
        for old in cache.glob("venv-*.sqfs"):
            old.unlink()
        (Path(name) / "image").replace(image)
    return image


def install(site: Path, lock: Path) -> None:
    """The lock's wheels for the guest's Python, whatever Python this is."""
    lock.write_text(requirements())
    machine = os.uname().machine
    platforms = [f"manylinux_2_{minor}_{machine}" for minor in range(5, GLIBC + 1)] + [f"manylinux2014_{machine}"]
    command = [
        *(sys.executable, "-I", "-m", "pip", "--disable-pip-version-check", "--no-input", "install", "-qq"),
        *("--require-hashes", "--no-deps", "--no-compile", "--only-binary", ":all:", "--target", str(site)),
        *("--implementation", "cp", "--python-version", GUEST_PYTHON, "--requirement", str(lock)),
        *(word for platform in platforms for word in ("--platform", platform)),
    ]
    subprocess.run(command, check=True, timeout=INSTALL_LIMIT, stdin=subprocess.DEVNULL, stdout=sys.stderr)


def dress(folder: Path, site: Path) -> None:
    """Make it a virtual environment of the guest's own Python, with the checkout installed as `setup.sh` does it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    (folder / "bin").mkdir()
    (folder / "bin" / "python").symlink_to("/usr/bin/python3")
    (folder / "pyvenv.cfg").write_text("home = /usr/bin\ninclude-system-site-packages = false\n")
    (site / "ivi.pth").write_text(f"{HOME}\n")
    information = site / f"{project['name']}-{project['version']}.dist-info"
    information.mkdir()
    metadata = f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n"
    (information / "METADATA").write_text(metadata)
    points = {"console_scripts": project["scripts"], **project["entry-points"]}
    (information / "entry_points.txt").write_text(
        "".join(
            f"[{group}]\n" + "".join(f"{name} = {what}\n" for name, what in entries.items())
            for group, entries in points.items()
        )
    )
    script = folder / "bin" / "ivi"
    script.write_text(f"#!{HOME}/.venv/bin/python\nimport sys\nfrom ivi.cli.main import main\nsys.exit(main())\n")
    script.chmod(0o755)


def tree(image: Path) -> None:
    """The checkout as git sees it, changes and new files included."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        timeout=60,
    ).stdout.decode()
    with tempfile.TemporaryDirectory(dir=image.parent) as name:
        folder = Path(name) / "ivi"
        (folder / ".venv").mkdir(parents=True)  # the environment is mounted there
        for path in filter(None, listed.split("\0")):
            if (ROOT / path).is_file():  # not a file that was deleted and is still in the index
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / path, folder / path)
        compile_bytes(folder, HOME)
        squash(folder, image)


def compile_bytes(folder: Path, seen_as: Path) -> None:
    """Byte code that is not compared with the files' times, which squashfs rounds."""
    if sysconfig.get_python_version() == GUEST_PYTHON:
        compileall.compile_dir(
            folder,
            quiet=2,
            workers=2,
            stripdir=str(folder),
            prependdir=str(seen_as),
            invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
        )


def squash(folder: Path, image: Path) -> None:
    """A compressed image in which everything is root's."""
    image.unlink(missing_ok=True)
    command = ["mksquashfs", str(folder), str(image), "-comp", "lz4", "-all-root", "-quiet", "-no-progress"]
    subprocess.run(command, check=True, timeout=IMAGE_LIMIT, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    sys.exit(main())
