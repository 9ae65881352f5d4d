# SPDX-License-Identifier: Apache-2.0
"""Libraries of an app: wheels that its hashed requirements list, unpacked into `vendor/` while packing.

What is vendored is only files: nothing is resolved, fetched, built or run, neither here nor in the car.
"""

import hashlib
import lzma
import platform
import re
import stat
import sys
import zipfile
import zlib
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

from ivi.apphost.package.archive import MAX_ENTRY
from ivi.apphost.package.names import check_name
from ivi.model.errors import ConfigurationError, InvalidArgumentError

VENDOR = "vendor"
REQUIREMENTS, WHEELS = "requirements.txt", "wheels"  # file and folder in an app's folder

_REQUIREMENT = re.compile(
    r"([A-Za-z0-9][A-Za-z0-9._-]*)==([A-Za-z0-9.!+_-]+)((?:\s+--hash=sha256:[0-9a-f]{64})+)", re.ASCII
)
_WHEEL = re.compile(
    r"(?P<name>[^-]+)-(?P<version>[^-]+)(?:-[0-9][^-]*)?-(?P<tag>[^-]+-[^-]+-[^-]+)\.whl", re.ASCII
)  # PEP 427
_MANYLINUX = re.compile(r"manylinux_([0-9]+)_([0-9]+)_(.+)", re.ASCII)  # PEP 600
_OLD_MANYLINUX = {"manylinux1": (2, 5), "manylinux2010": (2, 12), "manylinux2014": (2, 17)}
_NOT_FOR_APPS = re.compile(r"[^/]+\.data/(?!purelib/|platlib/)|(?:.*/)?__pycache__/|[^/]+\.dist-info/RECORD$", re.ASCII)
_INTO_ROOT = re.compile(r"^[^/]+\.data/(?:purelib|platlib)/", re.ASCII)
_CANNOT_UNPACK = (
    zipfile.BadZipFile,
    NotImplementedError,  # zipfile's word for a compression, a version or an encryption that it does not know
    RuntimeError,  # zipfile's word for a file that is encrypted, and for a decompressor that this Python lacks
    zlib.error,  # damaged deflate data
    lzma.LZMAError,  # damaged LZMA data; for bzip2 it is OSError
    EOFError,  # data that ends early
    UnicodeDecodeError,  # a name that says of itself that it is UTF-8, and is not
    OSError,
)
"""What zipfile raises for a file that is damaged, or made in a way that it cannot read."""


@dataclass(frozen=True)
class Requirement:
    """One line of requirements.txt."""

    name: str
    version: str
    hashes: frozenset[str]


@dataclass
class Vendored:
    """What the wheels gave."""

    contents: dict[str, bytes] = field(default_factory=dict)
    """Files by their path below the app's folder, `vendor/…`."""
    tags: set[str] = field(default_factory=set)
    libraries: list[str] = field(default_factory=list)
    """`name version` of each."""


def vendor(folder: Path, wheels: Path, arch: str) -> Vendored:
    """Unpack the wheels that `folder`/requirements.txt lists; nothing when there is no such file.

    `arch` is the machine (`x86_64`, `aarch64`, …) for which compiled wheels may be, empty for none. Raises
    ConfigurationError or InvalidArgumentError for a wheel that is missing, not listed, altered or for other machines.
    """
    result = Vendored()
    wanted = _requirements(folder / REQUIREMENTS)
    found = _wheels(wheels)
    for requirement in wanted.values():
        matching = [path for path, name, version in found if (name, version) == (requirement.name, requirement.version)]
        if len(matching) != 1:
            raise ConfigurationError(
                f"{wheels}: {len(matching)} wheels of {requirement.name} {requirement.version}, one is needed",
                hint=f"pip download --require-hashes --only-binary :all: -r {folder / REQUIREMENTS} -d {wheels}",
            )
        _add(result, matching[0], requirement, arch)
    if strange := [path.name for path, name, version in found if _listed(wanted, name, version) is None]:
        raise InvalidArgumentError(
            f"{wheels}: {strange[0]} is not listed in {REQUIREMENTS}", hint="add it there with its hash, or remove it"
        )
    return result


def runs_here(tag: str) -> bool:
    """Whether files of a wheel with this tag (PEP 425, possibly compressed) can run on this machine's Python."""
    pythons, abis, platforms = (part.split(".") for part in tag.split("-"))
    return any(_python_fits(python, abi) for python, abi in product(pythons, abis)) and any(
        _platform_fits(one) for one in platforms
    )


def _python_fits(python: str, abi: str) -> bool:
    match = re.fullmatch(r"(py|cp)3([0-9]*)", python, re.ASCII)
    if match is None:
        return False
    least, ours = int(match[2] or 0), sys.version_info.minor
    if match[1] == "py" or abi == "abi3":
        return abi in {"none", "abi3"} and least <= ours
    return least == ours and abi in {"none", f"cp3{ours}"}


def _platform_fits(name: str) -> bool:
    machine = platform.machine()
    if name in {"any", f"linux_{machine}"}:
        return True
    for old, least in _OLD_MANYLINUX.items():
        if name == f"{old}_{machine}":
            return _libc() >= least
    match = _MANYLINUX.fullmatch(name)
    return match is not None and match[3] == machine and _libc() >= (int(match[1]), int(match[2]))


def _libc() -> tuple[int, int]:
    """Version of the GNU C library; (0, 0) with another one."""
    name, version = platform.libc_ver()
    match = re.match(r"([0-9]+)\.([0-9]+)", version)
    return (int(match[1]), int(match[2])) if name == "glibc" and match else (0, 0)


def _normal(name: str) -> str:
    """A project's name as the package index compares it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _listed(wanted: dict[str, Requirement], name: str, version: str) -> Requirement | None:
    requirement = wanted.get(name)
    return requirement if requirement is not None and requirement.version == version else None


def _requirements(path: Path) -> dict[str, Requirement]:
    if not path.exists():
        return {}
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"cannot read {path}: {error}", hint="a text file, one requirement a line") from error
    found: dict[str, Requirement] = {}
    joined = ""
    for number, line in enumerate(text.splitlines(), 1):
        joined += f" {line.partition('#')[0].rstrip()}"
        if joined.endswith("\\"):
            joined = joined[:-1]
            continue
        statement, joined = joined.strip(), ""
        if not statement:
            continue
        match = _REQUIREMENT.fullmatch(statement)
        if match is None:
            raise InvalidArgumentError(
                f"{path}:{number}: {statement[:80]!a} is not name==version with hashes",
                hint="make it with `uv pip compile --generate-hashes` or `pip-compile --generate-hashes`",
            )
        hashes = frozenset(word.removeprefix("--hash=sha256:") for word in match[3].split())
        found[_normal(match[1])] = Requirement(_normal(match[1]), match[2].lower(), hashes)
    return found


def _wheels(folder: Path) -> list[tuple[Path, str, str]]:
    """Wheels in a folder with project name and version."""
    found = []
    for path in sorted(folder.glob("*.whl")):
        match = _WHEEL.fullmatch(path.name)
        if match is None:
            raise InvalidArgumentError(f"{path}: is not named as a wheel", hint="keep the name that it came with")
        found.append((path, _normal(match["name"]), match["version"].lower()))
    return found


def _add(result: Vendored, path: Path, requirement: Requirement, arch: str) -> None:
    data = path.read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    if digest not in requirement.hashes:
        raise InvalidArgumentError(
            f"{path}: its SHA-256 {digest} is not among those that {REQUIREMENTS} lists for {requirement.name}",
            hint="fetch the wheel again; if it is the right one, list its hash",
        )
    match = _WHEEL.fullmatch(path.name)
    tag = match["tag"] if match else ""
    platforms = tag.rpartition("-")[2].split(".")
    if platforms != ["any"] and not (arch and any(name.endswith(f"_{arch}") for name in platforms)):
        target = f"for {arch}" if arch else "for any machine"
        raise InvalidArgumentError(
            f"{path}: has compiled code ({tag}) and is not {target}", hint="take a pure wheel, or name --arch"
        )
    result.tags.add(tag)
    result.libraries.append(f"{requirement.name} {requirement.version}")
    for name, content in _unpacked(path):
        inside = f"{VENDOR}/{name}"
        if result.contents.setdefault(inside, content) != content:
            raise InvalidArgumentError(f"{path}: {name} is in another wheel too", hint="these two cannot be together")


def _unpacked(path: Path) -> list[tuple[str, bytes]]:
    """Files of a wheel that can be imported or are its licence and description; no scripts, headers or data."""
    found = []
    try:
        with zipfile.ZipFile(path) as wheel:
            for info in wheel.infolist():
                if info.is_dir() or _NOT_FOR_APPS.match(info.filename):
                    continue
                if stat.S_ISLNK(info.external_attr >> 16) or info.file_size > MAX_ENTRY:
                    raise InvalidArgumentError(
                        f"{path}: {info.filename} is a link or too large", hint="this wheel cannot be vendored"
                    )
                name = check_name(_INTO_ROOT.sub("", info.filename).encode())
                found.append((name, wheel.read(info)))
    except _CANNOT_UNPACK as error:
        why = str(error) or "its data ends early"  # EOFError comes without words
        raise InvalidArgumentError(f"{path}: cannot be unpacked: {why}", hint="fetch the wheel again") from error
    return found
