# SPDX-License-Identifier: Apache-2.0
"""Fetching a model over a connection that breaks, from a folder, and whatever else may come instead of it."""

import errno
import hashlib
import io
import random
import re
import tarfile
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from ivi.cli.main import main
from ivi.model.errors import (
    ConfigurationError,
    InvalidArgumentError,
    NotFoundError,
    ResourceExhaustedError,
    UnavailableError,
)
from ivi.voice.grammar.model_files import NEEDED
from ivi.voice.model_store import archive, catalogue, choice, download
from ivi.voice.model_store.catalogue import Entry
from ivi.voice.model_store.store import Store
from ivi.voice.process import MODEL

NAME = "vosk-model-small-test-0.1"


@dataclass
class Served:
    """A web server with one file, that ends connections early when it is told to."""

    data: bytes = b""
    breaks: list[int] = field(default_factory=list)
    """Bytes after which each of the next connections ends."""
    ranges: bool = True
    status: int = 200
    asked: list[str] = field(default_factory=list)
    address: str = ""


@pytest.fixture
def served() -> Iterator[Served]:
    """The server, on a free port of this machine."""
    state = Served()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            wanted = self.headers.get("Range", "")
            state.asked.append(wanted)
            found = re.fullmatch(r"bytes=(\d+)-", wanted)
            start = int(found[1]) if found and state.ranges else 0
            status = state.status if state.status != 200 else 206 if start else 200
            body = state.data[start:]
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            end = state.breaks.pop(0) if state.breaks else len(body)
            self.wfile.write(body[:end])
            self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class names it so
            """Nothing on stderr."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    state.address = f"http://127.0.0.1:{server.server_address[1]}/{NAME}.zip"
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)


@pytest.fixture
def packed(tmp_path: Path) -> bytes:
    """The shipped model as a vendor packs one: a zip file with an outer folder."""
    file = tmp_path / "packed.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as out:
        for source in sorted(MODEL.rglob("*")):
            if source.is_file():
                out.write(source, f"{NAME}/{source.relative_to(MODEL)}")
    return file.read_bytes()


def entry(data: bytes, address: str = "", file: str = f"{NAME}.zip") -> Entry:
    """What a catalogue would say of this archive."""
    digest = hashlib.sha256(data).hexdigest()
    return Entry(NAME, "en", "a test", address, file, len(data), digest, "Apache-2.0", "the test")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """An empty store."""
    return Store(tmp_path / "store")


def quiet(_there: int, _size: int) -> None:
    """No progress shown."""


def leftovers(store: Store) -> set[str]:
    """Names in the store's folder."""
    return {path.name for path in store.folder.iterdir()}


def test_a_fetched_model_can_be_used(store: Store, served: Served, packed: bytes) -> None:
    served.data = packed
    progress: list[int] = []
    store.fetch(entry(packed, served.address), None, lambda there, _: progress.append(there))
    assert store.check(NAME) == []
    assert progress == sorted(progress)
    assert progress[-1] == len(packed)
    assert leftovers(store) == {NAME}
    assert store.used() == "en-us-command"
    store.use(NAME)
    assert store.used() == NAME
    assert (store.path(NAME) / "am/final.mdl").read_bytes() == (MODEL / "am/final.mdl").read_bytes()


@pytest.mark.parametrize("ranges", [True, False])
def test_a_broken_connection_is_gone_on_from(store: Store, served: Served, packed: bytes, ranges: bool) -> None:
    served.data, served.breaks, served.ranges = packed, [100_000, 50_000], ranges
    store.fetch(entry(packed, served.address), None, quiet)
    assert store.check(NAME) == []
    assert served.asked[0] == ""
    assert served.asked[1] == "bytes=100000-"


def test_the_next_try_goes_on_too(store: Store, served: Served, packed: bytes) -> None:
    served.data, served.breaks = packed, [10_000] * download.TRIES
    with pytest.raises(UnavailableError, match=f"40000 of {len(packed)} bytes came"):
        store.fetch(entry(packed, served.address), None, quiet)
    store.fetch(entry(packed, served.address), None, quiet)
    assert served.asked[-1] == "bytes=40000-"
    assert store.check(NAME) == []


def test_another_file_is_refused_and_forgotten(store: Store, served: Served, packed: bytes) -> None:
    served.data = packed[:-1] + b"?"
    with pytest.raises(InvalidArgumentError, match="is another file: its sha256 is"):
        store.fetch(entry(packed, served.address), None, quiet)
    assert store.installed() == ["en-us-command"]
    assert leftovers(store) == set()
    served.data = packed
    store.fetch(entry(packed, served.address), None, quiet)
    assert store.check(NAME) == []


def test_a_file_that_is_too_long_ends(store: Store, served: Served, packed: bytes) -> None:
    served.data = packed + bytes(10 * download.BLOCK)
    with pytest.raises(UnavailableError):
        store.fetch(entry(packed, served.address), None, quiet)
    assert store.installed() == ["en-us-command"]


def test_nothing_there(store: Store, served: Served, packed: bytes) -> None:
    served.status = 404
    with pytest.raises(UnavailableError, match="answers 404"):
        store.fetch(entry(packed, served.address), None, quiet)
    assert len(served.asked) == 1
    with pytest.raises(UnavailableError, match=f"0 of {len(packed)} bytes came"):
        store.fetch(entry(packed, "http://127.0.0.1:9/x.zip"), None, quiet)
    with pytest.raises(NotFoundError, match="has no address"):
        store.fetch(entry(packed), None, quiet)


def test_from_a_folder(store: Store, tmp_path: Path, packed: bytes) -> None:
    """Of a USB stick, which is only read."""
    stick = tmp_path / "stick"
    stick.mkdir()
    with pytest.raises(NotFoundError, match=rf"no {NAME}\.zip in"):
        store.fetch(entry(packed), stick, quiet)
    (stick / f"{NAME}.zip").write_bytes(b"x" + packed[1:])
    with pytest.raises(InvalidArgumentError, match="is another file"):
        store.fetch(entry(packed), stick, quiet)
    (stick / f"{NAME}.zip").write_bytes(packed)
    stick.chmod(0o500)
    store.fetch(entry(packed), stick, quiet)
    assert store.check(NAME) == []
    assert (stick / f"{NAME}.zip").is_file()


def test_a_full_disk_leaves_the_old_model(
    store: Store, tmp_path: Path, packed: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / f"{NAME}.zip").write_bytes(packed)
    store.fetch(entry(packed), tmp_path, quiet)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("ivi.voice.model_store.archive.shutil.copyfileobj", full)
    with pytest.raises(ResourceExhaustedError, match="is full"):
        store.fetch(entry(packed), tmp_path, quiet)
    assert store.check(NAME) == []
    assert leftovers(store) == {NAME}


def test_too_little_room_is_told_before(store: Store, served: Served, packed: bytes) -> None:
    served.data = packed
    huge = Entry(NAME, "en", "", served.address, "a.zip", 1 << 50, "0" * 64, "", "")
    with pytest.raises(ResourceExhaustedError, match="MB free, the model needs"):
        store.fetch(huge, None, quiet)
    assert served.asked == []


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("../outside", "would write outside"),
        ("/absolute", "would write outside"),
        ("a\\b", "would write outside"),
        ("model/am/final.mdl", r"holds no small vosk model: no graph/HCLr\.fst"),
    ],
)
def test_archives_that_are_no_model(store: Store, tmp_path: Path, name: str, why: str) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as out:
        out.writestr(name, "x")
    (tmp_path / f"{NAME}.zip").write_bytes(file.getvalue())
    with pytest.raises(InvalidArgumentError, match=why):
        store.fetch(entry(file.getvalue()), tmp_path, quiet)
    assert not (tmp_path / "outside").exists()
    assert leftovers(store) == set()


def deflated() -> bytearray:
    """An archive of one compressed file."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("model/am/final.mdl", bytes(range(256)) * 40)
    return bytearray(file.getvalue())


@pytest.mark.parametrize("kind", ["damaged data", "encrypted", "unknown compression", "gzip cut"])
def test_archives_that_cannot_be_unpacked(store: Store, tmp_path: Path, kind: str) -> None:
    data = deflated()
    central = data.index(b"PK\x01\x02")
    if kind == "damaged data":
        data[30 + len("model/am/final.mdl")] = 0xFF  # a kind of block that deflate does not have
    elif kind == "encrypted":
        data[6] |= 1
        data[central + 8] |= 1
    elif kind == "unknown compression":
        data[8] = data[central + 10] = 77
    else:
        content = io.BytesIO()
        with tarfile.open(fileobj=content, mode="w:gz") as out:
            member = tarfile.TarInfo("model/am/final.mdl")
            member.size = 10_000
            out.addfile(member, io.BytesIO(random.Random(1).randbytes(10_000)))
        data = bytearray(content.getvalue())
        del data[5_000:]
    (tmp_path / f"{NAME}.zip").write_bytes(data)
    with pytest.raises(InvalidArgumentError, match="is damaged"):
        store.fetch(entry(bytes(data)), tmp_path, quiet)
    assert leftovers(store) == set()


def test_links_and_bombs_and_rubbish(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    linked = io.BytesIO()
    with tarfile.open(fileobj=linked, mode="w:gz") as out:
        link = tarfile.TarInfo("model/am/final.mdl")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        out.addfile(link)
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed_:
        packed_.writestr("model/zeros", bytes(2_000_000))
    monkeypatch.setattr(archive, "MIN_UNPACKED", 1_000_000)
    cases = [
        (linked.getvalue(), "is no plain file"),
        (bomb.getvalue(), "unpacks to more"),
        (b"rubbish", "is damaged"),
        (linked.getvalue()[:40], "is damaged"),
    ]
    for data, why in cases:
        (tmp_path / f"{NAME}.zip").write_bytes(data)
        with pytest.raises(InvalidArgumentError, match=why):
            store.fetch(entry(data), tmp_path, quiet)
        assert leftovers(store) == set()


@pytest.mark.parametrize("missing", NEEDED)
def test_a_model_that_lost_a_file_is_not_used(store: Store, tmp_path: Path, packed: bytes, missing: str) -> None:
    (tmp_path / f"{NAME}.zip").write_bytes(packed)
    store.fetch(entry(packed), tmp_path, quiet)
    (store.folder / NAME / missing).unlink()
    assert store.check(NAME) == [f"{missing} is missing"]
    with pytest.raises(ConfigurationError, match="is missing"):
        store.use(NAME)


def test_a_changed_file_and_a_model_that_is_gone(store: Store, tmp_path: Path, packed: bytes) -> None:
    (tmp_path / f"{NAME}.zip").write_bytes(packed)
    store.fetch(entry(packed), tmp_path, quiet)
    store.use(NAME)
    (store.folder / NAME / "graph/words.txt").write_text("a 1\n")
    assert store.check(NAME) == ["graph/words.txt has changed"]
    (store.folder / NAME / choice.SUMS).unlink()
    assert store.used() == "en-us-command", "the shipped one hears when the chosen one cannot"
    with pytest.raises(NotFoundError, match="is not installed"):
        store.check(NAME)


def test_the_shipped_model_is_as_its_readme_says(store: Store) -> None:
    assert store.check("en-us-command") == []


def test_the_catalogue_has_what_a_fetch_needs() -> None:
    known = catalogue.read()
    stock = known["vosk-model-small-en-us-0.15"]
    assert (stock.size, stock.file) == (41_205_931, "vosk-model-small-en-us-0.15.zip")
    assert stock.address.startswith("https://")
    assert all(each.sum_from and each.licence for each in known.values())


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[a\n", "line 1"),
        ("a = 1\n", "is no table"),
        ("[a]\nsize = 1\n", "sha256"),
        (f"[a]\nsize = 0\nsha256 = '{'0' * 64}'\nfile = 'a.zip'\n", "size"),
        (f"[a]\nsize = 1\nsha256 = '{'0' * 64}'\n", "names an archive"),
        (f"[a]\nsize = 1\nsha256 = '{'0' * 64}'\naddress = 'file:///etc/a.zip'\n", "not one of the web"),
        (f"['../a']\nsize = 1\nsha256 = '{'0' * 64}'\nfile = 'a.zip'\n", "a name has"),
        (f"[a]\nsize = 1\nsha256 = '{'0' * 64}'\nfile = '../a.zip'\n", "names an archive"),
        ("[a]\nabout = 1\n", "about is no text"),
    ],
)
def test_bad_catalogues(tmp_path: Path, text: str, why: str) -> None:
    (tmp_path / "list.toml").write_text(text)
    with pytest.raises(ConfigurationError, match=why):
        catalogue.read(tmp_path / "list.toml")


def test_by_command(
    tmp_path: Path,
    served: Served,
    packed: bytes,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("IVI_STATE_DIR", str(tmp_path / "state"))
    served.data = packed
    made = entry(packed, served.address)
    list_ = tmp_path / "list.toml"
    list_.write_text(
        f'["{NAME}"]\nlanguage = "en"\naddress = "{made.address}"\nsize = {made.size}\nsha256 = "{made.sha256}"\n'
    )
    models = ["voice", "models", "--catalogue", str(list_)]
    assert main([*models, "list"]) == 0
    assert main([*models, "fetch", NAME]) == 0
    assert main([*models, "use", NAME]) == 0
    assert main([*models, "check"]) == 0
    assert main([*models, "list"]) == 0
    assert main([*models, "fetch", "other"]) == 3
    out = capsys.readouterr().out
    assert "* en-us-command" in out
    assert "100 %" in out
    assert f"{NAME}: every file is as it should be" in out
    assert f"* {NAME}" in out
    assert choice.chosen() == tmp_path / "state/voice-models" / NAME
    (choice.chosen() / "graph/Gr.fst").unlink()
    assert main([*models, "check"]) == 1
