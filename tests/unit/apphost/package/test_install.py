# SPDX-License-Identifier: Apache-2.0
"""Installing, going back, removing, and the check before each start."""

import os
import shutil
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ivi.apphost.grants import GrantStore, Verdict
from ivi.apphost.manifest import VehicleRead
from ivi.apphost.package import builder, install, installed, metadata, revocation, trust, unpacked
from ivi.apphost.package.installed import Installed
from ivi.apphost.package.keys import PrivateKey, write_pair
from ivi.apphost.package.registry import Shelf, VersionState
from ivi.apphost.package.signing import Envelope
from ivi.model.errors import (
    ConfigurationError,
    InvalidArgumentError,
    IviError,
    NotFoundError,
    PermissionDeniedError,
    UnavailableError,
)

APP = "com.partner.weather"


class Bench:
    """A device with a developer's key, which packs and installs versions of one app."""

    def __init__(self, tmp_path: Path, make: Callable[..., Path]) -> None:
        self.tmp_path, self.make = tmp_path, make
        self.key = PrivateKey.generate()
        trust.add_developer("Me", self.key.public)
        self.trust = trust.load()
        self.shelf = Shelf()

    def package(self, version: str, code: str | None = None, key: PrivateKey | None = None) -> Path:
        folder = self.make(version) if code is None else self.make(version, code)
        path = self.tmp_path / f"{version}.ivp"
        builder.write(builder.build(folder), path, key or self.key)
        return path

    def install(self, version: str, *, promote: bool = False) -> Installed:
        install.install(self.package(version), self.trust, self.shelf)
        if promote:
            install.promote(APP, version, self.shelf)
        return self.current()

    def current(self) -> Installed:
        return next(one for one in installed.in_service(self.shelf) if one.id == APP)

    def folders(self) -> set[str]:
        return {path.name for path in self.shelf.folder.iterdir() if path.is_dir()}


@pytest.fixture
def bench(tmp_path: Path, app_folder: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Bench:
    monkeypatch.setenv("IVI_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("IVI_TRUST_FILE", str(tmp_path / "trust.toml"))
    return Bench(tmp_path, app_folder)


def test_a_first_install(bench: Bench) -> None:
    one = bench.install("1.0.0")
    assert one.verify().developer
    assert sorted(path.name for path in one.folder.iterdir()) == [
        "__init__.py", "__pycache__", "app.py", "manifest.toml",
    ]  # fmt: skip
    names = {path.name for path in (one.folder / "__pycache__").iterdir()}
    assert names == {f"{stem}.{sys.implementation.cache_tag}.pyc" for stem in ("app", "__init__")}
    assert b"/app/weather/app.py" in next(one.folder.glob("__pycache__/app.*")).read_bytes()  # the sandbox's path
    assert (one.folder / "app.py").stat().st_mode & 0o777 == 0o444
    assert one.folder.parent.stat().st_mode & 0o777 == 0o755
    assert bench.shelf.read().apps[APP].current.state is VersionState.PROBATION
    assert sorted(path.name for path in bench.shelf.folder.iterdir()) == [".lock", f"{APP}@1.0.0", "registry.json"]


def test_the_program_of_an_app_can_be_run_and_nothing_else_of_it(bench: Bench, tmp_path: Path) -> None:
    def package(version: str, entry: str) -> Path:
        folder = bench.make(version)
        manifest = folder / "manifest.toml"
        manifest.write_text(manifest.read_text().replace("weather.app:Weather", entry))
        (folder / "bin").mkdir()
        (folder / "bin" / "weather").write_bytes(b"\x7fELF")
        path = tmp_path / f"{version}.ivp"
        builder.write(builder.build(folder), path, bench.key)
        return path

    install.install(package("1.0.0", "exec:bin/weather"), bench.trust, bench.shelf)
    one = bench.current()
    one.verify()
    modes = {path.name: path.stat().st_mode & 0o777 for path in one.folder.rglob("*") if path.is_file()}
    assert modes.pop("weather") == 0o555
    assert set(modes.values()) == {0o444}
    with pytest.raises(InvalidArgumentError, match="bin/other is not in the package"):
        install.install(package("1.1.0", "exec:bin/other"), bench.trust, bench.shelf)


def test_installing_runs_nothing_of_the_app(bench: Bench, tmp_path: Path) -> None:
    mark = tmp_path / "ran"
    code = f"open({str(mark)!r}, 'w')\nclass Weather: pass\n"
    install.install(bench.package("1.0.0", code), bench.trust, bench.shelf)
    assert not mark.exists()


def test_an_update_keeps_one_version_to_go_back_to(bench: Bench) -> None:
    bench.install("1.0.0", promote=True)
    bench.install("1.1.0", promote=True)
    bench.install("1.2.0")
    assert bench.folders() == {f"{APP}@1.1.0", f"{APP}@1.2.0"}
    assert bench.shelf.read().floors == {APP: "1.1.0"}


def test_a_version_that_never_proved_itself_is_not_what_one_goes_back_to(bench: Bench) -> None:
    bench.install("1.0.0", promote=True)
    bench.install("1.1.0")
    bench.install("1.2.0")
    assert bench.folders() == {f"{APP}@1.0.0", f"{APP}@1.2.0"}
    back = bench.current().failed("it crashed")
    assert back is not None
    assert back.version == "1.0.0"


def test_health_promotes_and_raises_the_floor(bench: Bench) -> None:
    one = bench.install("1.0.0")
    assert bench.shelf.read().floors == {}
    one.healthy()
    one.healthy()
    record = bench.shelf.read()
    assert record.apps[APP].current.state is VersionState.PROMOTED
    assert record.floors == {APP: "1.0.0"}


def test_a_failing_update_goes_back_by_itself(bench: Bench) -> None:
    bench.install("1.0.0", promote=True)
    new = bench.install("1.1.0")
    back = new.failed("it crashed 6 times in 300 s")
    assert back is not None
    assert back == bench.current()
    assert back.version == "1.0.0"
    back.verify()
    failure = bench.shelf.read().apps[APP].failure
    assert failure is not None
    assert (failure.version, failure.reason) == ("1.1.0", "it crashed 6 times in 300 s")
    # Told again, late, nothing more happens; and the failed version may be tried once more.
    again = new.failed("it crashed 6 times in 300 s")
    assert again == back
    shutil.rmtree(bench.tmp_path / "weather-1.1.0")
    bench.install("1.1.0")
    assert bench.current().version == "1.1.0"


def test_without_a_previous_version_it_stays_stopped(bench: Bench) -> None:
    one = bench.install("1.0.0")
    assert one.failed("it crashed") is None
    record = bench.shelf.read().apps[APP]
    assert record.current.version == "1.0.0"
    assert record.failure is not None


def test_going_back_by_hand_stays_below_the_floor_but_runs(bench: Bench) -> None:
    bench.install("1.0.0", promote=True)
    bench.install("1.1.0", promote=True)
    assert install.roll_back(APP, "the driver asked for it", bench.shelf) == "1.0.0"
    bench.current().verify()
    with pytest.raises(NotFoundError):
        install.roll_back("com.partner.other", "", bench.shelf)


def test_an_older_package_is_refused_also_after_a_removal(bench: Bench, device: object) -> None:
    from hostile_archives import NEW, OLD, Device, archive  # noqa: PLC0415  # found by the conftest's path

    assert isinstance(device, Device)
    assert device.tried(archive(device.control())) == ""
    install.promote(APP, NEW, device.shelf)
    assert "not an update" in device.tried(device.first)
    install.remove(APP, device.shelf)
    assert f"{OLD} is older than {NEW}" in device.tried(device.first)
    assert device.tried(archive(device.control())) == ""


def test_a_developer_starts_anew_after_a_removal(bench: Bench) -> None:
    bench.install("1.1.0", promote=True)
    install.remove(APP, bench.shelf)
    assert bench.install("1.0.0").version == "1.0.0"


def test_removing_takes_the_data_along(bench: Bench) -> None:
    bench.install("1.0.0")
    (bench.shelf.data(APP) / "data").mkdir(parents=True)
    (bench.shelf.data(APP) / "data" / "secret").write_text("x")
    registry = install.remove(APP, bench.shelf)
    assert registry.apps == {}
    assert (bench.shelf.data(APP) / "data" / "secret").exists()  # the host may still be stopping it
    installed.tidy(bench.shelf)
    assert not bench.shelf.data(APP).exists()
    assert bench.folders() == set()
    assert bench.shelf.read().removed == []
    with pytest.raises(NotFoundError):
        install.remove(APP, bench.shelf)


def test_who_installs_an_app_again_is_asked_again(bench: Bench) -> None:
    atom = VehicleRead(paths=["Vehicle.Speed"], reason="r")
    store = GrantStore(bench.shelf.consent)
    for publisher in ("key1", "key2"):
        store.decide(publisher, APP, [atom], Verdict.GRANTED, "driver")
        store.decide(publisher, "com.partner.other", [atom], Verdict.GRANTED, "driver")
    store.postpone("key1", APP, "question")
    bench.install("1.0.0")
    assert store.decisions("key1", APP).about(atom)
    install.remove(APP, bench.shelf)
    bench.install("1.2.0")  # without a start of ivi in between
    for publisher in ("key1", "key2"):
        assert store.decisions(publisher, APP).about(atom) is None
        assert store.decisions(publisher, "com.partner.other").about(atom)
    assert not store.is_postponed("key1", APP, "question")
    store.close()


def test_an_app_that_cannot_be_forgotten_does_not_come_back(bench: Bench) -> None:
    bench.install("1.0.0")
    install.remove(APP, bench.shelf)
    bench.shelf.consent.write_bytes(b"no database" * 1000)
    installed.tidy(bench.shelf)
    assert bench.shelf.read().removed == [APP]
    with pytest.raises(UnavailableError, match="cannot be deleted"):
        bench.install("1.2.0")
    bench.shelf.consent.unlink()
    installed.tidy(bench.shelf)
    assert bench.shelf.read().removed == []


def test_the_next_owner_of_an_id_never_gets_the_data(bench: Bench) -> None:
    bench.install("1.0.0")
    secret = bench.shelf.data(APP) / "data"
    secret.mkdir(parents=True)
    install.remove(APP, bench.shelf)
    bench.install("1.2.0")
    assert not secret.exists()


def test_ids_of_apps_that_ship_are_taken(bench: Bench) -> None:
    with pytest.raises(PermissionDeniedError, match="came with the program"):
        install.install(bench.package("1.0.0"), bench.trust, bench.shelf, {APP})


def test_another_install_is_waited_for_and_then_told_of(bench: Bench) -> None:
    with bench.shelf.locked(), pytest.raises(UnavailableError, match="another"), Shelf().locked(0.1):
        pass


def test_leftovers_go_at_the_next_start(bench: Bench) -> None:
    bench.install("1.0.0")
    (bench.shelf.folder / ".new-abc").mkdir()
    (bench.shelf.folder / ".new-abc" / "x").write_text("x")
    (bench.shelf.folder / f"{APP}@9.9.9").mkdir()
    (bench.shelf.folder / ".new-registry-x").write_text("{}")
    installed.tidy(bench.shelf)
    assert sorted(path.name for path in bench.shelf.folder.iterdir()) == [".lock", f"{APP}@1.0.0", "registry.json"]


def test_a_damaged_registry_is_told_of(bench: Bench) -> None:
    bench.install("1.0.0")
    (bench.shelf.folder / "registry.json").write_bytes(b'{"format":1,"apps":')
    with pytest.raises(ConfigurationError, match="cannot be read"):
        installed.in_service(bench.shelf)


# -- before each start ------------------------------------------------------------------------------------------------


def _alter(path: Path) -> None:
    path.chmod(0o644)
    data = bytearray(path.read_bytes() or b"\0")
    data[-1] ^= 1
    times = path.stat()
    path.write_bytes(data)
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))  # size and time are as before


def _link(path: Path) -> None:
    path.unlink()
    path.symlink_to("/etc/passwd")


TAMPERING: dict[str, Callable[[Path], object]] = {
    "a source": lambda home: _alter(home / "files" / "app.py"),
    "a compiled file": lambda home: _alter(next((home / "files" / "__pycache__").glob("app.*"))),
    "the manifest": lambda home: _alter(home / "files" / "manifest.toml"),
    "META.json": lambda home: _alter(home / "META.json"),
    "SIGNATURE.json": lambda home: _alter(home / "SIGNATURE.json"),
    "a file more": lambda home: (home / "files" / "sitecustomize.py").write_text(""),
    "compiled code without source": lambda home: (home / "files" / "__pycache__" / "x.cpython-313.pyc").write_text(""),
    "compiled code more": lambda home: (home / "files" / "__pycache__" / "app.cpython-399.pyc").write_text(""),
    "a file less": lambda home: (home / "files" / "app.py").unlink(),
    "a link instead": lambda home: _link(home / "files" / "app.py"),
    "a pipe": lambda home: os.mkfifo(home / "files" / "pipe"),
    "everything": lambda home: shutil.rmtree(home / "files"),
}  # fmt: skip


@pytest.mark.parametrize("what", TAMPERING)
def test_tampering_is_seen_before_a_start(bench: Bench, what: str) -> None:
    one = bench.install("1.0.0")
    one.verify()
    TAMPERING[what](one.folder.parent)
    with pytest.raises(IviError):
        one.verify()


def test_what_was_tampered_with_can_be_installed_again(bench: Bench) -> None:
    bench.install("1.0.0", promote=True)
    one = bench.install("1.1.0")
    package = bench.tmp_path / "1.1.0.ivp"
    with pytest.raises(InvalidArgumentError, match="is installed already"):
        install.install(package, bench.trust, bench.shelf)
    _alter(one.folder / "app.py")
    install.install(package, bench.trust, bench.shelf)
    bench.current().verify()
    previous = bench.shelf.read().apps[APP].previous
    assert previous is not None
    assert previous.version == "1.0.0"


def test_an_older_folder_put_in_the_place_of_a_newer_is_seen(bench: Bench) -> None:
    bench.install("1.0.0", promote=True)
    new = bench.install("1.1.0")
    shutil.rmtree(new.folder.parent)
    shutil.copytree(bench.shelf.home(APP, "1.0.0"), new.folder.parent)
    with pytest.raises(InvalidArgumentError, match=r"holds com\.partner\.weather 1\.0\.0"):
        new.verify()


def test_no_start_after_developer_mode_was_switched_off(bench: Bench, tmp_path: Path) -> None:
    one = bench.install("1.0.0")
    (tmp_path / "trust.toml").write_text("developer_mode = false\n")
    with pytest.raises(PermissionDeniedError, match="developer mode is off"):
        one.verify()


def test_an_endorsement_that_expired_stops_installs_not_starts(device: object) -> None:
    from hostile_archives import Device, archive  # noqa: PLC0415  # found by the conftest's path

    assert isinstance(device, Device)
    # Far ahead, the endorsement of what runs has expired; a list of the store says that it is that late.
    late = datetime.now(UTC) + timedelta(days=4000)
    lists = revocation.make(device.store, sequence=8, issued=late, apps={}, keys={}, versions={})
    install.take_revocations(lists, device.trust, device.shelf)
    assert "expired" in device.tried(archive(device.control()))
    home = device.shelf.home(APP, "1.1.0")
    unpacked.check(home, APP, "1.1.0", device.shelf.read().apps[APP].current.compiled, device.trust)


# -- revocation -------------------------------------------------------------------------------------------------------


def _trust_store(tmp_path: Path, store: PrivateKey) -> None:
    (tmp_path / "trust.toml").write_text(
        f'developer_mode = true\n[[store]]\nname = "Test store"\nkey = "{store.public.hex}"\n'
    )


@pytest.mark.parametrize("what", ["app", "key", "version"])
def test_what_is_revoked_does_not_start(bench: Bench, tmp_path: Path, what: str) -> None:
    store = PrivateKey.generate()
    _trust_store(tmp_path, store)
    one = bench.install("1.0.0")
    one.verify()
    revoked = revocation.make(
        store, sequence=1, issued=datetime.now(UTC),
        apps={APP: "it tracked drivers"} if what == "app" else {},
        keys={bench.key.public.id: "it tracked drivers"} if what == "key" else {},
        versions={APP: ("1.0.1", "it tracked drivers")} if what == "version" else {},
    )  # fmt: skip
    install.take_revocations(revoked, trust.load(), bench.shelf)
    with pytest.raises(PermissionDeniedError, match="taken back by the store: it tracked drivers"):
        one.verify()
    if what == "version":
        bench.install("1.0.1").verify()


def test_an_older_list_is_refused(bench: Bench, tmp_path: Path) -> None:
    store = PrivateKey.generate()
    _trust_store(tmp_path, store)

    def listed(sequence: int, key: PrivateKey = store) -> Envelope:
        return revocation.make(key, sequence=sequence, issued=datetime.now(UTC), apps={}, keys={}, versions={})

    for sequence in (3, 3, 4):
        install.take_revocations(listed(sequence), trust.load(), bench.shelf)
    with pytest.raises(InvalidArgumentError, match="number 3, this device knows number 4"):
        install.take_revocations(listed(3), trust.load(), bench.shelf)
    with pytest.raises(PermissionDeniedError, match="no store key"):
        install.take_revocations(listed(9, PrivateKey.generate()), trust.load(), bench.shelf)
    assert len(bench.shelf.read().revocations) == 1


# -- trust ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("developer_mode = 1\n", "developer_mode"),
        ('[[store]]\nname = "x"\nkey = "12"\n', "no public key"),
        ("[[shop]]\n", "shop"),
        ("=", "not TOML"),
    ],
)
def test_a_bad_trust_file_names_the_key(bench: Bench, tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "trust.toml").write_text(text)
    with pytest.raises(ConfigurationError, match=words):
        trust.load()


def test_developers_are_listed_once(bench: Bench) -> None:
    path = trust.add_developer('Me "again"', bench.key.public)
    other = PrivateKey.generate()
    trust.add_developer('You "\\"', other.public)
    assert path.read_text().count("[[developer]]") == 2
    assert trust.load().names[other.public.id] == 'You "\\"'


def test_a_private_key_that_others_can_read_is_not_used(tmp_path: Path) -> None:
    from ivi.apphost.package.keys import load_private, load_public  # noqa: PLC0415  # used here only

    key = PrivateKey.generate()
    write_pair(key, tmp_path / "a.key", tmp_path / "a.pub")
    assert load_private(tmp_path / "a.key").public.id == key.public.id == load_public(tmp_path / "a.pub").id
    (tmp_path / "a.key").chmod(0o644)
    with pytest.raises(ConfigurationError, match="read by others"):
        load_private(tmp_path / "a.key")
    with pytest.raises(ConfigurationError, match="there already"):
        write_pair(key, tmp_path / "a.key", tmp_path / "a.pub")
    (tmp_path / "a.pub").chmod(0o600)
    with pytest.raises(ConfigurationError, match="holds no private key"):
        load_private(tmp_path / "a.pub")


def test_times_and_versions() -> None:
    assert metadata.version_of("1.10.0") > metadata.version_of("1.9.9")
    time = datetime(2028, 1, 31, 1, 2, 3, tzinfo=UTC)
    assert metadata.time_of(metadata.time_text(time), "x") == time
