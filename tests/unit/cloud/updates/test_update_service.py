# SPDX-License-Identifier: Apache-2.0
"""The update service from the look to the trusted install, and every reason for which it waits or goes back."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from update_lab import Clock, Fleet, WebServer, a_bundle, a_file, tar
from update_scene import Scene, until, updating

from ivi.cli import update as command
from ivi.cloud.updates import energy, settings
from ivi.cloud.updates.artefact import Artefact, Kind
from ivi.cloud.updates.service import UpdateService
from ivi.cloud.updates.slot_boot import FAILED
from ivi.cloud.updates.surroundings import Told
from ivi.daemon.link_server import LinkServer
from ivi.daemon.paths import socket_path
from ivi.daemon.process import Process
from ivi.fleet.updates.director import hint
from ivi.model import updates
from ivi.model.errors import ConfigurationError, InvalidArgumentError, NotFoundError, UnavailableError
from ivi.model.updates import UpdateState

type Play = Callable[[UpdateService], Awaitable[None]]


@pytest.fixture
def scene(clock: Clock) -> Scene:
    """A parked, healthy car."""
    return Scene(clock)


@pytest.fixture
def dbc(fleet: Fleet) -> Artefact:
    """A DBC file that the car is to have."""
    made = fleet.add(a_file(), b"VERSION 1")
    fleet.assign(made)
    return made


class Car:
    """Plays one piece after the other with the same state folder."""

    def __init__(self, fleet: Fleet, server: WebServer, folder: Path, scene: Scene) -> None:
        """`health_s` is short here."""
        self.fleet, self.server, self.folder, self.scene = fleet, server, folder, scene
        self.more: dict[str, float] = {"health_s": 0.2}
        self.process = Process("cloud")

    def play(self, piece: Play) -> None:
        """One life of the service."""

        async def run() -> None:
            async with updating(
                self.fleet.settings(self.server, **self.more), self.folder, self.scene, self.process
            ) as made:
                await piece(made)

        asyncio.run(run())

    def place(self, kind: Kind, name: str) -> Path:
        """Where readers look."""
        return self.folder / "updates" / "current" / kind / name


@pytest.fixture
def car(fleet: Fleet, server: WebServer, tmp_path: Path, scene: Scene) -> Car:
    """A car of this fleet."""
    return Car(fleet, server, tmp_path / "state", scene)


async def agreed(service: UpdateService) -> None:
    """Look, wait for all to be here, agree."""
    await until(lambda: service.state is UpdateState.WAITING)
    assert service.plan is not None
    await service.agree(service.plan, agree=True)


async def trusted(service: UpdateService) -> None:
    """Install all that is there and wait until it is trusted."""
    await agreed(service)
    await until(lambda: service.state is UpdateState.IDLE and service.journal.history(1)[0].what == "trusted")


def test_from_the_look_to_the_trusted_install(car: Car, dbc: Artefact, scene: Scene, clock: Clock) -> None:
    """Everything of each kind changes together; what was done can be read afterwards."""
    fleet = car.fleet
    content = tar({"final.mdl": b"m" * 100})
    model = fleet.add(a_bundle(Kind.MODEL, "speech", "2.1", 100), content)
    app = fleet.add(a_file(Kind.APP, "com.partner.app", "1.2.0", "partner"), b"package", "partner")
    fleet.assign(dbc, model, app, job="spring")

    async def piece(service: UpdateService) -> None:
        before = service.generations.current().identifier()
        await trusted(service)
        assert service.generations.current().identifier() != before
        assert [entry.what for entry in service.journal.history(9)] == ["install_began", "installed", "trusted"]
        assert service.journal.problem() == ""

    car.play(piece)
    assert (car.place(Kind.DBC, "body") / "body-1.bin").read_bytes() == b"VERSION 1"
    assert (car.place(Kind.MODEL, "speech") / "final.mdl").read_bytes() == b"m" * 100
    assert scene.apps == {"com.partner.app": ["1.2.0"]}
    assert scene.states() == ["available", "fetched", "agreed", "install_began", "installed", "trusted"]
    installed = next(record.data for record in scene.records if record.data.get("state") == "installed")
    assert installed["job"] == "spring"
    assert installed["software"].startswith("IVI-")
    assert len(installed["hash"]) == 64
    assert clock.learned
    assert list((car.folder / "updates" / "staging").iterdir()) == []

    async def again(service: UpdateService) -> None:
        await until(lambda: service.checked > 0)
        assert (service.state, service.plan and service.plan.artefacts) == (UpdateState.IDLE, ())

    car.play(again)
    assert scene.states().count("available") == 1


@pytest.mark.usefixtures("dbc")
def test_it_waits_for_each_reason(car: Car, scene: Scene) -> None:
    """Agreed, parked, enough energy: each keeps it waiting with its words, and none is enough alone."""
    scene.moving = "the car is not parked (moving at 43 km/h)"
    scene.values = {energy.VOLTAGE: 11.8}

    async def piece(service: UpdateService) -> None:
        await until(lambda: service.state is UpdateState.WAITING)
        assert len(service.waits_for) == 3
        assert "you have not agreed" in service.reason
        await agreed(service)
        assert any("43 km/h" in reason for reason in service.waits_for)
        scene.moving = ""
        await until(lambda: service.reason.startswith("the 12 V battery is at 11.8 V"))
        assert not service.journal.history(1)
        scene.values = {energy.VOLTAGE: 12.7}
        await until(lambda: bool(service.journal.history(1)))

    car.play(piece)


@pytest.mark.usefixtures("dbc")
def test_an_agreement_can_be_taken_back_and_is_for_one_order(car: Car, scene: Scene) -> None:
    scene.moving = "moving"

    async def piece(service: UpdateService) -> None:
        await agreed(service)
        assert service.orders.is_agreed(service.plan)
        assert service.plan is not None
        await service.agree(service.plan, agree=False)
        assert not service.orders.is_agreed(service.plan)
        await agreed(service)
        newer = car.fleet.add(a_file(version="2"), b"VERSION 2")
        car.fleet.assign(newer)
        await service.look_now()
        assert not service.orders.is_agreed(service.plan)

    car.play(piece)


@pytest.mark.parametrize("how", ["ill", "restarts", "app"])
def test_what_does_not_do_well_goes_back_by_itself(car: Car, dbc: Artefact, scene: Scene, how: str) -> None:
    """And the same order is not tried again."""
    car.play(trusted)
    app = car.fleet.add(a_file(Kind.APP, "com.partner.app", "2", "partner"), b"two", "partner")
    scene.apps["com.partner.app"] = ["1"]
    newer = car.fleet.add(a_file(version="2"), b"VERSION 2")
    car.fleet.assign(newer, app)
    car.more["health_s"] = 1000.0

    async def piece(service: UpdateService) -> None:
        await agreed(service)
        await until(lambda: service.state is UpdateState.TRIAL)
        assert (car.place(Kind.DBC, "body") / "body-2.bin").exists()
        await until(lambda: service.reason != "it has done well for 0 s")
        match how:
            case "ill":
                scene.told = Told(known=True, ill="voice is failed: it crashes")
            case "restarts":
                scene.told = Told(known=True, restarts=4)
            case _:
                scene.app_failures["com.partner.app"] = scene.apps["com.partner.app"].pop()
        await until(lambda: service.state is UpdateState.FAILED)
        last = service.journal.history(1)[0]
        assert last.what == "rolled_back"
        assert last.why
        assert (car.place(Kind.DBC, "body") / f"body-{dbc.version}.bin").exists()
        assert scene.apps == {"com.partner.app": ["1"]}
        scene.told = Told(known=True)
        await service.look_now()
        await until(lambda: service.state is UpdateState.FAILED)
        assert service.journal.history(1) == [last]
        car.fleet.assign(newer, app, job="once more")
        await service.look_now()
        await until(lambda: service.state is UpdateState.WAITING)

    car.play(piece)


@pytest.mark.usefixtures("dbc")
def test_unknown_health_is_no_health(car: Car, scene: Scene) -> None:
    """The window only counts time in which somebody could say that all is well."""
    scene.told = Told(known=False)
    car.more["health_s"] = 0.05

    async def piece(service: UpdateService) -> None:
        await agreed(service)
        await until(lambda: service.state is UpdateState.TRIAL)
        for _ in range(5):
            await asyncio.sleep(0.06)  # more looks than the window has
        assert service.state is UpdateState.TRIAL
        scene.told = Told(known=True)
        await until(lambda: service.journal.history(1)[0].what == "trusted")

    car.play(piece)


@pytest.mark.usefixtures("dbc")
def test_what_is_read_at_the_start_is_on_trial_from_then_on(car: Car, scene: Scene) -> None:
    """A DBC file cannot do well before the databroker has read it."""
    scene.told = Told(known=True, pids={"databroker": 10, "voice": 11})
    car.more["health_s"] = 0.05

    async def piece(service: UpdateService) -> None:
        await agreed(service)
        await until(lambda: service.reason == "what is new is used from the next start on")
        for _ in range(5):
            await asyncio.sleep(0.06)  # more looks than the window has
        assert service.state is UpdateState.TRIAL
        scene.told = Told(known=True, restarts=1, pids={"databroker": 12, "voice": 11})
        await until(lambda: service.journal.history(1)[0].what == "trusted")

    car.play(piece)


def test_the_driver_goes_back(car: Car, dbc: Artefact, scene: Scene) -> None:
    """Parked only; to what was there before; and it stays so."""
    car.play(trusted)
    car.fleet.assign(car.fleet.add(a_file(version="2"), b"VERSION 2"))
    car.play(trusted)

    async def piece(service: UpdateService) -> None:
        scene.moving = "moving"
        with pytest.raises(UnavailableError, match="not now"):
            await service.roll_back()
        scene.moving = ""
        await service.roll_back()
        await until(lambda: service.state is UpdateState.FAILED)
        assert service.reason == "you wanted the version before"
        assert service.generations.current().items[0].version == dbc.version
        await service.roll_back()
        assert service.generations.current().items == []  # what came with the car
        with pytest.raises(NotFoundError, match="nothing"):
            await service.roll_back()

    car.play(piece)


def test_an_app_that_cannot_be_installed_takes_all_back(car: Car, dbc: Artefact, scene: Scene) -> None:
    """The set is one: the DBC file goes back, too."""
    app = car.fleet.add(a_file(Kind.APP, "com.partner.app", "2", "partner"), b"two", "partner")
    car.fleet.assign(dbc, app)

    async def refuse(app_id: str, version: str, file: Path, manifest_sha256: str = "") -> None:
        raise InvalidArgumentError(f"{app_id} {version} is not an update ({file.name})")

    scene.install = refuse  # type: ignore[method-assign]  # the app host says no

    async def piece(service: UpdateService) -> None:
        await agreed(service)
        await until(lambda: service.state is UpdateState.FAILED)
        assert [entry.what for entry in service.journal.history(9)] == [
            "install_began",
            "install_failed",
            "rolled_back",
        ]
        assert service.generations.current().number == 0

    car.play(piece)
    assert not car.place(Kind.DBC, "body").exists()


def test_a_bad_archive_changes_nothing(car: Car) -> None:
    bad = car.fleet.add(a_bundle(Kind.MODEL, "speech", "1", 10), tar({"../out": b"x"}))
    car.fleet.assign(bad)

    async def piece(service: UpdateService) -> None:
        await agreed(service)
        await until(lambda: service.state is UpdateState.FAILED)
        assert "leads out of its folder" in service.reason
        assert service.generations.current().number == 0

    car.play(piece)


def test_driven_off_while_slots_are_written(car: Car, dbc: Artefact, scene: Scene) -> None:
    """The switch does not happen; it waits for the next time."""

    async def piece(service: UpdateService) -> None:
        looks = 0
        parked = scene.parked

        def once() -> str:
            nonlocal looks
            looks += 1
            return "moving" if looks == 3 else parked()

        await until(lambda: service.state is UpdateState.WAITING)
        scene.parked = once  # type: ignore[method-assign]  # parked when asked first, moving when it is about to switch
        assert service.plan is not None
        await service.agree(service.plan, agree=True)
        await until(lambda: bool(service.journal.history(9)) and service.journal.history(1)[0].what == "install_failed")
        assert service.journal.history(1)[0].why == "moving"
        assert service.generations.current().number == 0
        service.look_soon()
        await until(lambda: service.journal.history(1)[0].what == "trusted")
        assert service.generations.current().items[0].version == dbc.version

    car.play(piece)


def test_a_refusal_is_counted_told_and_reported_once(car: Car, dbc: Artefact, clock: Clock, scene: Scene) -> None:
    """The car goes on with what it has."""
    car.play(trusted)
    clock.at += 400 * 86400

    async def piece(service: UpdateService) -> None:
        await until(lambda: service.state is UpdateState.FAILED)
        with pytest.raises(Exception, match="expired"):
            await service.look_now()
        assert service.counters()["updates_refused"] == 2
        assert service.generations.current().items[0].sha256 == dbc.sha256

    car.play(piece)
    assert [record.data["why"] for record in scene.records if record.kind == "refused"] == ["expired"]
    assert "expired" in car.process.status().problems[0].what


def test_hints_are_only_hints(car: Car, dbc: Artefact, scene: Scene) -> None:
    async def piece(service: UpdateService) -> None:
        await until(lambda: service.checked > 0)
        for bad in (b"\xff", b"\x80", b"x" * 5000, b"\x9f\x9f\x9f"):
            service.received("job", bad)
        assert service.counters()["updates_hints_refused"] == 4
        looks = service.counters()["updates_looks"]
        for _ in range(50):
            service.received("job", hint("spring"))
        await until(lambda: service.counters()["updates_looks"] != looks)
        assert service.counters()["updates_looks"] == int(str(looks)) + 1
        assert service.plan is not None
        assert service.plan.artefacts == (dbc,)

    car.play(piece)
    assert sum(record.kind == "refused" for record in scene.records) == 1


def test_without_a_network_what_is_here_is_installed(car: Car, dbc: Artefact, scene: Scene) -> None:
    scene.moving = "moving"
    car.play(agreed)
    car.server.mischief.replace["timestamp.json"] = b""
    car.fleet.web.rename(car.fleet.folder / "gone")
    car.server.mischief.replace.clear()
    scene.moving = ""

    async def piece(service: UpdateService) -> None:
        await until(lambda: bool(service.journal.history(1)) and service.journal.history(1)[0].what == "trusted")
        assert service.generations.current().items[0].sha256 == dbc.sha256

    car.play(piece)


def test_the_launchers_word_is_taken_over(car: Car, dbc: Artefact) -> None:
    """The link was put back while nothing of ours ran."""
    car.more["health_s"] = 1000.0

    async def piece(service: UpdateService) -> None:
        await agreed(service)
        await until(lambda: service.state is UpdateState.TRIAL)

    car.play(piece)
    folder = car.folder / "updates"
    (folder / FAILED).write_text(json.dumps({"number": 1, "why": "the runtime did not come up"}))
    (folder / "current").unlink()

    async def after(service: UpdateService) -> None:
        await until(lambda: service.state is UpdateState.FAILED)
        assert service.reason == "the runtime did not come up"
        assert service.journal.history(1)[0].what == "rolled_back"

    car.play(after)
    assert not (folder / FAILED).exists()
    assert dbc.version


def test_it_is_off_without_settings(tmp_path: Path, scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("IVI_UPDATES_FILE", raising=False)

    async def play() -> None:
        async with updating(None, tmp_path, scene) as service:
            assert service.state is UpdateState.OFF
            service.online()
            await service.look_now()
            assert service.counters()["updates_looks"] == 0

    asyncio.run(play())


def test_the_command_line(
    car: Car, dbc: Artefact, scene: Scene, run_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`ivi update check`, `apply`, `history`, `rollback` against the running service."""
    assert run_dir.is_dir()
    scene.moving = "the car is not parked"

    async def said(*words: str) -> str:
        status = await asyncio.to_thread(command.main, list(words))
        assert status == 0
        return capsys.readouterr().out

    async def piece(service: UpdateService) -> None:
        server = LinkServer(socket_path("cloud"), (updates.Request,), car.process.status)
        service.serve(server.router)
        await server.start()
        try:
            await until(lambda: service.state is UpdateState.WAITING)
            text = await said("check")
            assert "update     dbc/body  1" in text
            assert "waits      the car is not parked" in text
            assert "agreed     no" in text
            text = await said("apply")
            assert "agreed     yes" in text
            assert "you have not agreed" not in text
            assert "agreed     no" in await said("apply", "--revoke")
            await said("apply")
            scene.moving = ""
            await until(lambda: bool(service.journal.history(1)) and service.journal.history(1)[0].what == "trusted")
            text = await said("history")
            assert service.generations.current().identifier() in text
            assert f"installed  dbc/body 1  {dbc.sha256[:16]}" in text
            assert "history    intact" in text
            assert json.loads(await said("--json", "check", "--offline"))["items"] == []
            assert "you wanted the version before" in await said("rollback") + await said("history")
        finally:
            await server.stop()

    car.play(piece)


def test_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read from a file, its roots beside it; what cannot be used is said with the file's name."""
    path = tmp_path / "updates.toml"
    monkeypatch.setenv("IVI_UPDATES_FILE", str(path))
    (tmp_path / "image-root.json").write_bytes(b"i")
    (tmp_path / "director-root.json").write_bytes(b"d")
    path.write_text('image_url = "https://u.example/i"\ndirector_url = "https://u.example/d"\nbytes_per_day = 5\n')
    told = settings.load()
    assert told is not None
    assert (told.image_root, told.director_root, told.bytes_per_day, told.check_s) == (b"i", b"d", 5, 21600)
    for bad in ("x", 'image_url = "ftp://x"\ndirector_url = "https://x"', 'image_url = 1\ndirector_url = ""', "[[a"):
        path.write_text(bad)
        with pytest.raises(ConfigurationError, match=r"updates\.toml"):
            settings.load()
    path.unlink()
    with pytest.raises(ConfigurationError):
        settings.load()


def test_what_the_driver_fetched_is_missing_to_updates(car: Car, dbc: Artefact, clock: Clock) -> None:
    """The store counts in the same journal, so that an update that comes unasked waits for the next day."""
    car.more["bytes_per_day"] = 200

    async def piece(service: UpdateService) -> None:
        spend = service.wished(service.now())
        assert spend(300) > 1 << 40
        assert service.today(service.now()) >= 300
        await until(lambda: "used up" in service.reason)
        assert not service.installed_hashes()

    car.play(piece)


def test_without_a_journal_the_driver_gets_what_he_wishes(tmp_path: Path, scene: Scene) -> None:
    service = UpdateService(Process("cloud"), None, tmp_path, scene, scene)
    assert service.wished(1.0)(5) > 1 << 40
    assert service.today(1.0) == 0
