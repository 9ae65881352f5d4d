# SPDX-License-Identifier: Apache-2.0
"""Packages made to do harm, a kind each, and a device that has to refuse every one of them.

Most attackers here are publishers with a good key: their META.json is signed, so that the container, the names and the
contents have to be refused for what they are. `KINDS` gives for each kind the package files to try.
"""

import hashlib
import json
import stat
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from ivi.apphost.package import builder, canonical, install, metadata, revocation, signing
from ivi.apphost.package.keys import PrivateKey
from ivi.apphost.package.metadata import Endorsement, FileFact, PackageMeta, PackageSignature
from ivi.apphost.package.registry import Shelf
from ivi.apphost.package.signing import Envelope
from ivi.apphost.package.trust import Trust
from ivi.model.errors import IviError

APP, OLD, NEW = "com.partner.weather", "1.1.0", "1.2.0"
MANIFEST = """[app]
id = "{id}"
name = "Weather"
version = "{version}"
sdk = ">=1,<2"
entry = "weather.app:Weather"

[[permission]]
use = "vehicle.read"
paths = ["Vehicle.Exterior.AirTemperature"]
reason = "compares inside and outside"
"""
CODE = "from ivi.sdk import App\n\n\nclass Weather(App):\n    pass\n"


@dataclass(frozen=True)
class Raw:
    """A zip entry, each field of which can be wrong."""

    name: bytes
    data: bytes
    flags: int = 0
    method: int = 0
    mode: int = stat.S_IFREG | 0o644
    size: int | None = None
    packed: int | None = None
    crc: int | None = None
    extra: bytes = b""
    local_extra: bytes = b""
    comment: bytes = b""
    disk: int = 0
    date: int = 33
    needed: int = 10
    offset: int | None = None
    """Where the directory says it begins, if not where it does."""
    local: Mapping[str, int | bytes] = field(default_factory=dict)
    """What the local header says instead."""
    after: bytes = b""
    """Bytes behind the content."""

    def local_header(self) -> bytes:
        """The 30 bytes and the name before the content."""
        name = bytes(self.local.get("name", self.name))
        crc = int(self.local.get("crc", self.checksum))
        size = int(self.local.get("size", self.length))
        packed = int(self.local.get("packed", self.stored))
        flags = int(self.local.get("flags", self.flags))
        head = struct.pack(
            "<4s5H3L2H", b"PK\3\4", self.needed, flags, self.method, 0, self.date, crc, packed, size, len(name),
            len(self.local_extra),
        )  # fmt: skip
        return head + name + self.local_extra

    @property
    def checksum(self) -> int:
        """CRC-32 that the headers say."""
        return zlib.crc32(self.data) if self.crc is None else self.crc

    @property
    def length(self) -> int:
        """Size that the headers say."""
        return len(self.data) if self.size is None else self.size

    @property
    def stored(self) -> int:
        """Compressed size that the headers say."""
        return len(self.data) if self.packed is None else self.packed


def archive(
    entries: Iterable[Raw], *, prefix: bytes = b"", before_directory: bytes = b"", tail: bytes = b"",
    comment: bytes = b"", count: int | None = None, shift: bool = True,
) -> bytes:  # fmt: skip
    """A zip of these entries. `shift`: whether the offsets know of the prefix."""
    body, directory, number = prefix, b"", 0
    base = 0 if shift else len(prefix)
    for entry in entries:
        number += 1
        offset = len(body) - base if entry.offset is None else entry.offset
        body += entry.local_header() + entry.data + entry.after
        directory += struct.pack(
            "<4s6H3L5H2L", b"PK\1\2", 3 << 8 | 20, entry.needed, entry.flags, entry.method, 0, entry.date,
            entry.checksum, entry.stored, entry.length, len(entry.name), len(entry.extra), len(entry.comment),
            entry.disk, 0, entry.mode << 16, offset,
        )  # fmt: skip
        directory += entry.name + entry.extra + entry.comment
    body += before_directory
    number = number if count is None else count
    start = len(body) - base
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, number, number, len(directory), start, len(comment))
    return body + directory + end + comment + tail


class Device:
    """A device with a store, an installed app and a revocation list; and the keys of everybody who sends packages."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store, self.publisher, self.other, self.developer, self.stranger, self.revoked = (
            PrivateKey.generate() for _ in range(6)
        )
        keys = {"stores": self.store, "developers": self.developer}
        found = {name: {key.public.id: key.public} for name, key in keys.items()}
        self.trust = Trust(found["stores"], found["developers"], {self.developer.public.id: "Me"}, developer_mode=True)
        self.shelf = Shelf(folder / "state" / "apps" / "installed")
        self.sent = folder / "sent.ivp"
        self.contents = self.build(APP, NEW)
        self.sent.write_bytes(archive(self.signed(self.build(APP, OLD), version=OLD)))
        self.first = self.sent.read_bytes()
        install.install(self.sent, self.trust, self.shelf)
        install.promote(APP, OLD, self.shelf)
        lists = revocation.make(
            self.store, sequence=7, issued=datetime.now(UTC), apps={"com.partner.withdrawn": "it tracked drivers"},
            keys={self.revoked.public.id: "the key was stolen"},
            versions={"com.partner.old": ("2.0.0", "it drained the battery")},
        )  # fmt: skip
        install.take_revocations(lists, self.trust, self.shelf)

    def build(self, app_id: str, version: str) -> dict[str, bytes]:
        """The files of a small app."""
        folder = self.folder / f"{app_id}-{version}"
        folder.mkdir(exist_ok=True)
        (folder / "manifest.toml").write_text(MANIFEST.format(id=app_id, version=version))
        (folder / "__init__.py").write_text("")
        (folder / "app.py").write_text(CODE)
        (folder / "strings").mkdir(exist_ok=True)
        (folder / "strings" / "en.toml").write_text('title = "Weather"\n')
        return dict(builder.build(folder).contents)

    def endorsement(self, key: PrivateKey, store: PrivateKey | None = None, **changes: object) -> Envelope:
        """A store's word for a key."""
        document = Endorsement(
            expires=metadata.time_text(datetime.now(UTC) + timedelta(days=30)), format=1, key=key.public.hex,
            name="Partner Ltd", namespaces=["com.partner"], publisher="com.partner",
        )  # fmt: skip
        document = msgspec.structs.replace(document, **changes)
        return signing.seal(document, metadata.ENDORSEMENT_TYPE, store or self.store)

    def meta(self, contents: Mapping[str, bytes], **changes: object) -> PackageMeta:
        """What META.json says of these files."""
        facts = {name: FileFact(hashlib.sha256(data).hexdigest(), len(data)) for name, data in contents.items()}
        meta = PackageMeta(
            files=facts, format=1, id=APP, version=NEW, sdk=">=1,<2", wheels=[],
            manifest_sha256=facts["manifest.toml"].sha256,
        )  # fmt: skip
        return msgspec.structs.replace(meta, **changes)

    def signed(
        self, contents: Mapping[str, bytes], *, key: PrivateKey | None = None, endorsement: Envelope | None = None,
        alone: bool = False, raw: bytes | None = None, **changes: object,
    ) -> list[Raw]:  # fmt: skip
        """Entries of a package that this publisher signed. `alone`: without an endorsement; `raw`: this META.json."""
        key = key or self.publisher
        raw = canonical.encode(self.meta(contents, **changes)) if raw is None else raw
        endorsed = None if alone else endorsement or self.endorsement(key)
        signature = PackageSignature(endorsement=endorsed, signature=signing.sign(metadata.PACKAGE_TYPE, raw, key))
        return self.with_meta(contents, raw, canonical.encode(signature))

    def with_meta(self, contents: Mapping[str, bytes], raw: bytes, signature: bytes) -> list[Raw]:
        """Entries of a package with this META.json and SIGNATURE.json."""
        files = [Raw(f"files/{name}".encode(), contents[name]) for name in sorted(contents)]
        return [Raw(b"META.json", raw), Raw(b"SIGNATURE.json", signature), *files]

    def control(self) -> list[Raw]:
        """A good update."""
        return self.signed(self.contents)

    def named(self, *names: bytes) -> bytes:
        """A signed update with further files of these names."""
        extra = {name.decode("utf-8", "surrogateescape"): b"harm" for name in names}
        if any(not name.isascii() for name in names):
            raws = [*self.control(), *(Raw(b"files/" + name, b"harm") for name in names)]
            return archive(raws)
        return archive(self.signed(self.contents | extra))

    def last(self, **changes: object) -> bytes:
        """A signed update whose last entry is changed in the container."""
        *rest, last = self.control()
        return archive([*rest, replace(last, **changes)])  # type: ignore[arg-type]  # each kind names its own fields

    def tried(self, package: bytes) -> str:
        """Try to install: the reason of the refusal; empty when it was accepted."""
        self.sent.write_bytes(package)
        try:
            install.install(self.sent, self.trust, self.shelf)
        except IviError as error:
            return str(error)
        return ""

    def everything(self) -> dict[str, bytes]:
        """All that lies on the device's shelf, to see whether a refusal left something."""
        return {
            str(path.relative_to(self.shelf.folder)): path.read_bytes() if path.is_file() else b""
            for path in self.shelf.folder.rglob("*")
        }

    def names(self) -> list[str]:
        """The names of it only; quicker."""
        return sorted(str(path) for path in self.shelf.folder.rglob("*"))


type Kind = Callable[[Device], Iterable[bytes]]


def _bomb(device: Device) -> bytes:
    squeezer = zlib.compressobj(9, zlib.DEFLATED, -15)
    zeros = bytes(8 << 20)
    packed = squeezer.compress(zeros) + squeezer.flush()
    entry = Raw(b"files/zeros", packed, method=8, size=len(zeros), crc=zlib.crc32(zeros), needed=20)
    return archive([*device.control(), entry])


def _overlapping(device: Device) -> bytes:
    """Many names for one content, as in the bombs that grow with the square of their size."""
    entries = device.control()
    where = sum(len(one.local_header()) + len(one.data) for one in entries)
    kernel = Raw(b"files/x00", bytes(4096))
    kernel_again = replace(kernel, data=b"", size=4096, packed=4096, crc=kernel.checksum, offset=where)
    more = [replace(kernel_again, name=b"files/x%02d" % number) for number in range(1, 20)]
    return archive([*entries, kernel, *more])


def _many(device: Device) -> bytes:
    return archive([*device.control(), *(Raw(b"files/%d" % n, b"") for n in range(4001))])


def _zip64_end(device: Device) -> bytes:
    data = archive(device.control())
    record = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, 1, 1, 46, 0)
    locator = struct.pack("<4sLQL", b"PK\6\7", 0, len(data) - 22, 1)
    return data[:-22] + record + locator + data[-22:]


def _edited_meta(device: Device) -> bytes:
    meta, *rest = device.control()
    return archive([replace(meta, data=meta.data.replace(b'"sdk":">=1,<2"', b'"sdk":">=1,<3"')), *rest])


def _edited_manifest(device: Device) -> bytes:
    contents = dict(device.contents)
    entries = device.control()
    contents["manifest.toml"] = contents["manifest.toml"].replace(b"AirTemperature", b"AirTemperaturf")
    return archive(device.with_meta(contents, entries[0].data, entries[1].data))


def _json(device: Device, change: Callable[[str], str]) -> bytes:
    """A META.json in another spelling or with other words, signed all the same."""
    text = canonical.encode(device.meta(device.contents)).decode()
    return archive(device.signed(device.contents, raw=change(text).encode()))


def _manifest_says(device: Device, old: bytes, new: bytes, **changes: object) -> bytes:
    """The manifest is changed and signed for, META.json says what it said before."""
    contents = dict(device.contents)
    assert old in contents["manifest.toml"]
    contents["manifest.toml"] = contents["manifest.toml"].replace(old, new)
    return archive(device.signed(contents, **changes))  # type: ignore[arg-type]  # fields of META.json


def _app(device: Device, app_id: str, version: str = "1.0.0", **how: object) -> bytes:
    contents = device.build(app_id, version) if app_id.isascii() else dict(device.contents)
    return archive(device.signed(contents, id=app_id, version=version, **how))  # type: ignore[arg-type]


def _foreign_signature(device: Device) -> bytes:
    good, other = device.control(), device.signed(device.build("com.partner.other", "1.0.0"), id="com.partner.other")
    return archive([good[0], other[1], *good[2:]])


def _confused(device: Device) -> bytes:
    """The store's endorsement is shown as if it were a package's signature."""
    entries = device.control()
    envelope = device.endorsement(device.publisher)
    body = {"endorsement": json.loads(canonical.encode(envelope)), "signature": {"keyid": device.store.public.id,
            "sig": envelope.signatures[0].sig}}  # fmt: skip
    text = json.dumps(body, sort_keys=True, separators=(",", ":")).encode()
    return archive([entries[0], Raw(b"SIGNATURE.json", text), *entries[2:]])


def _cut(device: Device) -> Iterator[bytes]:
    data = archive(device.control())
    return (data[:length] for length in range(len(data)))


def _flipped(device: Device) -> Iterator[bytes]:
    data = archive(device.control())
    for position in range(len(data)):
        yield data[:position] + bytes([data[position] ^ (1 << position % 8)]) + data[position + 1 :]


def _without(device: Device, name: bytes) -> bytes:
    return archive([entry for entry in device.control() if entry.name != name])


KINDS: dict[str, Kind] = {
    # names
    "a name that climbs out": lambda d: [d.named(b"../harm.py"), d.named(b"a/../../harm.py")],
    "an absolute name": lambda d: [archive([*d.control(), Raw(b"/etc/harm", b"")]), d.named(b"/harm")],
    "a backslash": lambda d: [d.named(b"..\\harm.py")],
    "a drive": lambda d: [d.named(b"C:harm.py")],
    "a dot as a part": lambda d: [d.named(b"./harm.py"), d.named(b"a/./harm.py")],
    "an empty part": lambda d: [d.named(b"a//harm.py"), archive([*d.control(), Raw(b"", b"")])],
    "a folder entry": lambda d: [d.named(b"folder/")],
    "a decomposed (NFD) name": lambda d: [d.named("cafe\u0301.py".encode())],
    "a look-alike letter in a name": lambda d: [d.named("\u0430pp.py".encode())],
    "a name that turns the writing direction": lambda d: [d.named("\u202eyp.ppa".encode())],
    "a name that is no UTF-8": lambda d: [d.named(b"\xff\xfe.py")],
    "control characters": lambda d: [d.named(b"a\n.py"), d.named(b"\x1b[2J.py"), d.named(b"a\x7f")],
    "a zero byte in a name": lambda d: [d.named(b"app.py\0.png")],
    "a trailing dot": lambda d: [d.named(b"harm.py."), d.named(b"a./harm.py")],
    "a trailing or leading space": lambda d: [d.named(b"harm.py "), d.named(b" harm.py")],
    "a long name": lambda d: [d.named(b"a" * 300), d.named(b"b" * 60000)],
    "a deep name": lambda d: [d.named(b"a/" * 40 + b"harm.py")],
    "wildcards and quotes": lambda d: [d.named(b"*.py"), d.named(b'"a".py'), d.named(b"a|b")],
    "a name twice": lambda d: [archive([*d.control(), d.control()[-1]]), archive([*d.control(), d.control()[0]])],
    "names that differ in case": lambda d: [d.named(b"App.py"), d.named(b"Strings/de.toml")],
    "a file that is a folder too": lambda d: [d.named(b"app.py/harm")],
    # modes
    "a symbolic link": lambda d: [d.last(mode=stat.S_IFLNK | 0o777, data=b"/etc/passwd")],
    "a device": lambda d: [d.last(mode=stat.S_IFCHR | 0o644), d.last(mode=stat.S_IFBLK | 0o644)],
    "a pipe or socket": lambda d: [d.last(mode=stat.S_IFIFO | 0o644), d.last(mode=stat.S_IFSOCK | 0o644)],
    "a folder's mode": lambda d: [d.last(mode=stat.S_IFDIR | 0o755)],
    "a setuid bit": lambda d: [d.last(mode=stat.S_IFREG | 0o4755), d.last(mode=stat.S_IFREG | 0o2644)],
    "an executable": lambda d: [d.last(mode=stat.S_IFREG | 0o755)],
    "a file for all to write": lambda d: [d.last(mode=stat.S_IFREG | 0o666), d.last(mode=0)],
    # bombs
    "a bomb of zeros": lambda d: [_bomb(d)],
    "entries that overlap": lambda d: [_overlapping(d)],
    "too many files": lambda d: [_many(d)],
    "a file that is too large": lambda d: [archive([*d.control(), Raw(b"files/big", bytes((32 << 20) + 1))])],
    "a package that is too large": lambda d: [archive(d.control()) + bytes(64 << 20)],
    "a META.json that is too large": lambda d: [_json(d, lambda text: text + " " * (1 << 20))],
    "a SIGNATURE.json that is too large": lambda d: [
        archive([d.control()[0], Raw(b"SIGNATURE.json", b" " * 40000), *d.control()[2:]])
    ],
    "JSON nested without end": lambda d: [_json(d, lambda _text: "[" * 500_000)],
    # polyglots
    "bytes before": lambda d: [
        archive(d.control(), prefix=b"#!/bin/sh\n"), archive(d.control(), prefix=b"\x7fELF" + bytes(60), shift=False)
    ],
    "bytes after": lambda d: [archive(d.control(), tail=b"<html>"), archive(d.control()) + bytes(22)],
    "a second package behind": lambda d: [archive(d.control()) * 2],
    "a comment": lambda d: [archive(d.control(), comment=b"PK\5\6" + bytes(18)), archive(d.control(), comment=b"x")],
    "bytes between entries": lambda d: [
        d.last(after=b"gap"), archive([replace(d.control()[0], after=b"gap"), *d.control()[1:]])
    ],
    "bytes before the directory": lambda d: [archive(d.control(), before_directory=b"gap")],
    "an entry that is in no directory": lambda d: [
        archive(d.control(), before_directory=Raw(b"files/hidden", b"harm").local_header() + b"harm")
    ],
    # sizes and headers that lie
    "two sizes that differ": lambda d: [d.last(packed=3), d.last(size=3)],
    "a size that is too large": lambda d: [d.last(size=1 << 20, packed=1 << 20), d.last(size=40, packed=40)],
    "a size that is too small": lambda d: [d.last(size=1, packed=1)],
    "a wrong checksum": lambda d: [d.last(crc=1)],
    "a local header that differs": lambda d: [
        d.last(local={"name": b"files/strings/xx.toml"}), d.last(local={"crc": 1}), d.last(local={"size": 1}),
        d.last(local={"flags": 8}),
    ],
    "an offset that lies": lambda d: [d.last(offset=0), d.last(offset=0x7FFFFFFF)],
    "a count that lies": lambda d: [archive(d.control(), count=3), archive(d.control(), count=60000)],
    "another disk": lambda d: [d.last(disk=1)],
    # features of zip that packages do not have
    "encryption": lambda d: [d.last(flags=1), d.last(flags=1 | 1 << 6), d.last(flags=1 << 13)],
    "a data descriptor": lambda d: [
        d.last(flags=8, after=struct.pack("<4s3L", b"PK\7\x08", 0, 18, 18)),
        d.last(flags=8, local={"size": 0, "crc": 0}),
    ],
    "other flags": lambda d: [d.last(flags=1 << 11), d.last(flags=1 << 5)],
    "another method": lambda d: [d.last(method=method) for method in (8, 9, 12, 14, 93, 99)],
    "zip64 sizes": lambda d: [
        d.last(size=0xFFFFFFFF, packed=0xFFFFFFFF, extra=struct.pack("<2H2Q", 1, 16, 18, 18)), d.last(offset=0xFFFFFFFF)
    ],
    "a zip64 end": lambda d: [_zip64_end(d)],
    "an extra field": lambda d: [d.last(extra=b"\x75\x70\x04\x00abcd"), d.last(local_extra=b"\x75\x70\x04\x00abcd")],
    "a comment of an entry": lambda d: [d.last(comment=b"x")],
    "another time": lambda d: [d.last(date=34)],
    "another zip version": lambda d: [d.last(needed=45)],
    # contents
    "an altered file": lambda d: [d.last(data=b'title = "Weathes"\n')],
    "a file more": lambda d: [
        archive([*d.control(), Raw(b"files/zz", b"harm")]), archive([*d.control(), Raw(b"zz", b"")])
    ],
    "compiled code of its own": lambda d: [d.named(b"__pycache__/app.cpython-313.pyc")],
    "a file less": lambda d: [_without(d, b"files/app.py")],
    "files in another order": lambda d: [archive([*d.control()[:2], *d.control()[:1:-1]])],
    "META.json behind the files": lambda d: [archive([*d.control()[2:], *d.control()[:2]])],
    "no META.json": lambda d: [_without(d, b"META.json")],
    "no signature": lambda d: [_without(d, b"SIGNATURE.json")],
    "an edited META.json": lambda d: [_edited_meta(d)],
    "an edited manifest": lambda d: [_edited_manifest(d)],
    "a manifest of another version": lambda d: [_manifest_says(d, b"1.2.0", b"9.9.9")],
    "a manifest of another app": lambda d: [_manifest_says(d, b"com.partner.weather", b"com.partner.wallets")],
    "a manifest that asks for the brakes": lambda d: [
        _manifest_says(d, b'vehicle.read"\npaths = ["Vehicle.Exterior.AirTemperature"]',
                       b'vehicle.actuate"\npaths = ["Vehicle.Chassis.**"]')
    ],
    "a manifest with unknown keys": lambda d: [_manifest_says(d, b"[app]", b"[app]\nroot = true")],
    "a manifest's digest that lies": lambda d: [archive(d.signed(d.contents, manifest_sha256="0" * 64))],
    "META.json in another spelling": lambda d: [
        _json(d, lambda text: text.replace(",", ", ", 1)), _json(d, lambda text: text + "\n")
    ],
    "a key twice in META.json": lambda d: [_json(d, lambda text: text.replace("{", '{"id":"com.partner.x",', 1))],
    "an unknown key in META.json": lambda d: [_json(d, lambda text: text.replace('"id"', '"hook":"sh","id"'))],
    "escape sequences in a key": lambda d: [
        _json(d, lambda text: text.replace('"id"', '"hook":"\x7f\x9b2J\u202e","id"')),
        _json(d, lambda text: text.replace('"id"', '"h\u009b2J\u202eook":"sh","id"')),
        _manifest_says(d, b"[app]", b'[app]\n"\\u001b[2J" = 1'),
    ],
    "an endorsement with escape sequences": lambda d: [
        archive(d.signed(d.contents, endorsement=d.endorsement(d.publisher, name="Partner\x1b[2J")))
    ],
    "a format of the future": lambda d: [archive(d.signed(d.contents, format=2))],
    "a version that is none": lambda d: [
        archive(d.signed(d.contents, version=version))
        for version in ("1.2", "1.2.0-rc1", "01.2.0", "1.2.0\n", "9" * 50)
    ],
    "an SDK that is not here": lambda d: [_manifest_says(d, b">=1,<2", b">=2,<3", sdk=">=2,<3")],
    "libraries for another machine": lambda d: [
        archive(d.signed(d.contents, wheels=[tag])) for tag in ("cp39-cp39-win_amd64", "nonsense", "py4-none-any")
    ],
    # signatures
    "an unknown key": lambda d: [archive(d.signed(d.contents, key=d.stranger, alone=True))],
    "an unknown key with another's name": lambda d: [_renamed_key(d)],
    "a stranger's endorsement": lambda d: [
        archive(d.signed(d.contents, endorsement=d.endorsement(d.publisher, d.stranger)))
    ],
    "an endorsement by the publisher": lambda d: [
        archive(d.signed(d.contents, endorsement=d.endorsement(d.publisher, d.publisher)))
    ],
    "an endorsement of another key": lambda d: [
        archive(d.signed(d.contents, key=d.stranger, endorsement=d.endorsement(d.publisher)))
    ],
    "an expired endorsement": lambda d: [
        archive(d.signed(d.contents, endorsement=d.endorsement(d.publisher, expires="2020-01-01T00:00:00Z")))
    ],
    "an endorsement that ends never": lambda d: [
        archive(d.signed(d.contents, endorsement=d.endorsement(d.publisher, expires="never")))
    ],
    "an edited endorsement": lambda d: [_edited_endorsement(d)],
    "a signature of another package": lambda d: [_foreign_signature(d)],
    "a signature over another kind of document": lambda d: [_confused(d)],
    "a foreign namespace": lambda d: [_app(d, "com.rival.weather"), _app(d, "com.partnerweather.app")],
    "the namespace's beginning only": lambda d: [_app(d, "com.partners.weather"), _app(d, "com.partner-x.weather")],
    "a look-alike id": lambda d: [_app(d, "com.p\u0430rtner.weather"), _app(d, "com.partner.we\u0430ther")],
    "an id that climbs": lambda d: [
        archive(d.signed(d.contents, id=app_id)) for app_id in ("../../etc", "com/partner/x", "..")
    ],
    # what this device knows
    "an older version": lambda d: [_app(d, APP, "1.0.9")],
    "the installed version again": lambda d: [d.first],
    "another publisher's app": lambda d: [
        archive(d.signed(d.contents, key=d.other, endorsement=d.endorsement(d.other, publisher="com.rival")))
    ],
    "a developer's key for a store's app": lambda d: [archive(d.signed(d.contents, key=d.developer, alone=True))],
    "a revoked key": lambda d: [_app(d, "com.partner.new", key=d.revoked)],
    "a revoked app": lambda d: [_app(d, "com.partner.withdrawn")],
    "a revoked version": lambda d: [_app(d, "com.partner.old", "1.9.9")],
    # no package at all
    "an empty file": lambda _d: [b"", bytes(22), b"PK\5\6" + bytes(18)],
    "something else": lambda _d: [b"hello", bytes(range(256)) * 64, b"PK\3\4" * 1000],
    "cut short at any byte": _cut,
    "a bit turned in any byte": _flipped,
}  # fmt: skip


def _renamed_key(device: Device) -> bytes:
    entries = device.signed(device.contents, key=device.stranger, alone=True)
    mine = device.stranger.public.id.encode()
    forged = entries[1].data.replace(mine, device.developer.public.id.encode())
    return archive([entries[0], Raw(b"SIGNATURE.json", forged), *entries[2:]])


def _edited_endorsement(device: Device) -> bytes:
    good = device.endorsement(device.publisher)
    wider = device.endorsement(device.publisher, device.stranger, namespaces=["com.rival"])
    forged = Envelope(wider.payload, good.payload_type, good.signatures)
    contents = device.build("com.rival.app", "1.0.0")
    return archive(device.signed(contents, endorsement=forged, id="com.rival.app", version="1.0.0"))
