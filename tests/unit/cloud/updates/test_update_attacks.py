# SPDX-License-Identifier: Apache-2.0
"""The attack classes of the TUF specification (1.5.2) and Uptane's, each against a car that looks over real HTTP."""

import asyncio
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tuf.api.metadata import Metadata, TargetFile, Targets
from update_lab import VEHICLE, Clock, Fleet, WebServer, a_file, looking, serving

from ivi.cloud.updates.artefact import Artefact, Kind
from ivi.cloud.updates.generations import SoftwareSet
from ivi.cloud.updates.look import Repositories
from ivi.cloud.updates.plan import Plan, make_plan
from ivi.cloud.updates.refusal import UpdateRefusedError, Why
from ivi.cloud.updates.trusted import MADE as MADE_FIELD
from ivi.cloud.updates.trusted import VEHICLE as VEHICLE_FIELD
from ivi.cloud.updates.trusted import Wanted
from ivi.fleet.updates.keyring import Keyring
from ivi.model.errors import DeadlineError, UnavailableError

DAY = 86400.0


@pytest.fixture
def one(fleet: Fleet) -> Artefact:
    """A target that the director gives to the car."""
    made = fleet.add(a_file(), b"signals" * 100)
    fleet.assign(made)
    return made


@pytest.fixture
def car(fleet: Fleet, server: WebServer, tmp_path: Path) -> Iterator[Repositories]:
    """A car that has not looked yet."""
    with looking(fleet, server, tmp_path / "car") as made:
        yield made


def saved(fleet: Fleet, name: str) -> Path:
    """A copy of all that is published now."""
    place = fleet.folder / name
    shutil.copytree(fleet.web, place)
    return place


def refused(call: Callable[[], object]) -> Why:
    """Why it is refused."""
    with pytest.raises(UpdateRefusedError) as info:
        call()
    assert info.value.message
    return info.value.why


def test_what_both_say_is_wanted(fleet: Fleet, car: Repositories, clock: Clock, one: Artefact) -> None:
    wanted = car.read(clock.now())
    assert (wanted.artefacts, wanted.job, wanted.version) == ((one,), "job-1", 1)
    assert abs(wanted.made - clock.now()) < 60
    assert car.read(clock.now()) == wanted
    assert fleet.repository.roles() == ["maps", "partner", "targets"]


def test_arbitrary_software(server: WebServer, car: Repositories, clock: Clock, one: Artefact) -> None:
    """Another file in the place of the one that was signed."""
    plan = make_plan(1, "", car.read(clock.now()).artefacts, SoftwareSet())
    server.mischief.replace[f"{one.sha256}.body-1.bin"] = b"malware" * 100
    assert refused(lambda: asyncio.run(car.fetch(plan, lambda _count: 1 << 40))) is Why.ALTERED
    assert car.stage.has(one) == 0
    server.mischief.replace.clear()
    asyncio.run(car.fetch(plan, lambda _count: 1 << 40))
    assert car.checked(one).read_bytes() == b"signals" * 100


@pytest.mark.parametrize("side", ["image", "director"])
def test_roll_back(fleet: Fleet, server: WebServer, car: Repositories, clock: Clock, one: Artefact, side: str) -> None:
    """Metadata that was true once."""
    old = saved(fleet, "old")
    newer = fleet.add(a_file(version="2"), b"newer")
    fleet.assign(newer)
    assert car.read(clock.now()).artefacts == (newer,)
    shutil.rmtree(fleet.web / side)
    shutil.copytree(old / side, fleet.web / side)
    assert refused(lambda: car.read(clock.now())) is Why.ROLLED_BACK
    assert one.version == "1"
    assert server.asked


@pytest.mark.usefixtures("one")
@pytest.mark.parametrize(("days", "refusal"), [(1, None), (3, Why.EXPIRED), (31, Why.EXPIRED), (4000, Why.EXPIRED)])
def test_freeze(car: Repositories, clock: Clock, days: int, refusal: Why | None) -> None:
    """Nothing new is let through; or the clock stands far ahead."""
    car.read(clock.now())
    if refusal is None:
        car.read(clock.now() + days * DAY)
    else:
        assert refused(lambda: car.read(clock.now() + days * DAY)) is refusal


@pytest.mark.usefixtures("one")
def test_the_director_alone_is_frozen(fleet: Fleet, car: Repositories, clock: Clock) -> None:
    """The image repository is kept fresh, the vehicle's file is not."""
    clock.at += 40 * DAY
    fleet.repository.publish(again=True)
    assert refused(lambda: car.read(clock.now())) is Why.EXPIRED


@pytest.mark.usefixtures("one")
@pytest.mark.parametrize("name", ["1.root.json", "targets", "snapshot"])
def test_mix_and_match(fleet: Fleet, server: WebServer, car: Repositories, clock: Clock, name: str) -> None:
    """A file of one time beside those of another."""
    metadata = fleet.web / "image" / "metadata"
    newest = "1.root.json" if name == "1.root.json" else sorted(metadata.glob(f"*.{name}.json"))[-1].name
    older = (metadata / (newest if name == "1.root.json" else f"1.{name}.json")).read_bytes()
    server.mischief.replace["2.root.json" if name == "1.root.json" else f"/{newest}"] = older
    assert refused(lambda: car.read(clock.now())) in {Why.ALTERED, Why.ROLLED_BACK, Why.UNSIGNED}


@pytest.mark.parametrize("stolen", ["timestamp", "targets", "director"])
def test_wrong_keys(fleet: Fleet, car: Repositories, clock: Clock, one: Artefact, stolen: str) -> None:
    """Somebody has one key and makes others of his own for the rest."""
    other = Keyring(fleet.folder / "other-keys")
    other.folder.mkdir()
    for label in ("timestamp", "targets", "director", "snapshot"):
        if label == stolen:
            shutil.copy(fleet.keys.folder / f"{label}.pem", other.folder / f"{label}.pem")
        else:
            other.generate(label)
    path = fleet.web / "director" / "vehicles" / f"{VEHICLE}.json"
    timestamp = fleet.web / "image" / "metadata" / "timestamp.json"
    for file, label in ((path, "director"), (timestamp, "timestamp")):
        metadata = Metadata[Targets].from_file(str(file))
        metadata.signed.version += 1
        metadata.signatures.clear()
        metadata.sign(other.signer(label))
        metadata.to_file(str(file))
    assert refused(lambda: car.read(clock.now())) is Why.UNSIGNED
    assert one.path


def test_too_few_signatures_for_a_root(fleet: Fleet, car: Repositories, clock: Clock) -> None:
    """One of two root keys does not make a root: it waits for the other, and nothing is published."""
    for number in (2, 3):
        (fleet.keys.folder / f"root{number}.pem").rename(fleet.folder / f"root{number}.pem")
    fleet.repository.rotate("timestamp", [fleet.keys.generate("timestamp2")])
    assert not (fleet.web / "image" / "metadata" / "2.root.json").exists()
    staged = (fleet.web / "image" / "staged" / "root.json").read_bytes()
    (fleet.web / "image" / "metadata" / "2.root.json").write_bytes(staged)
    fleet.assign()
    assert refused(lambda: car.read(clock.now())) is Why.UNSIGNED
    (fleet.web / "image" / "metadata" / "2.root.json").unlink()
    (fleet.folder / "root2.pem").rename(fleet.keys.folder / "root2.pem")
    assert fleet.repository.sign("root", fleet.keys.signer("root2"))
    fleet.repository.publish(again=True)
    assert car.read(clock.now()).artefacts == ()


@pytest.mark.usefixtures("one")
@pytest.mark.parametrize("ending", ["timestamp.json", "2.root.json", f"vehicles/{VEHICLE}.json"])
def test_endless_data(server: WebServer, car: Repositories, clock: Clock, ending: str) -> None:
    server.mischief.replace[ending] = b"x"
    server.mischief.endless = ending
    assert refused(lambda: car.read(clock.now())) is Why.ENDLESS


def test_an_endless_artefact(server: WebServer, car: Repositories, clock: Clock, one: Artefact) -> None:
    plan = make_plan(1, "", car.read(clock.now()).artefacts, SoftwareSet())
    server.mischief.endless = ".bin"
    assert refused(lambda: asyncio.run(car.fetch(plan, lambda _count: 1 << 40))) is Why.ENDLESS
    assert car.stage.has(one) == 0


@pytest.mark.usefixtures("one")
def test_slow_retrieval(fleet: Fleet, server: WebServer, clock: Clock, tmp_path: Path) -> None:
    """A byte now and then: the look ends at its deadline, and the next one works."""
    server.mischief.drip = "snapshot.json"
    with looking(fleet, server, tmp_path / "slow", look_timeout=0.7) as car, pytest.raises(DeadlineError):
        asyncio.run(car.look(clock.now()))
    server.mischief.drip = ""
    with looking(fleet, server, tmp_path / "slow") as car:
        assert len(asyncio.run(car.look(clock.now())).artefacts) == 1


def test_a_head_that_drips_in(fleet: Fleet, server: WebServer, clock: Clock, tmp_path: Path, one: Artefact) -> None:
    """Bytes come, but none of the file: fetching is given up, and goes on when the server is well."""
    with looking(fleet, server, tmp_path / "slow", stall=0.5) as car:
        plan = make_plan(1, "", car.read(clock.now()).artefacts, SoftwareSet())
        server.mischief.silent = ".bin"
        with pytest.raises(DeadlineError):
            asyncio.run(car.fetch(plan, lambda _count: 1 << 40))
        server.mischief.silent = ""
        asyncio.run(car.fetch(plan, lambda _count: 1 << 40))
        assert car.stage.is_whole(one)


def test_a_partner_outside_its_paths(fleet: Fleet, car: Repositories, clock: Clock) -> None:
    """The partner signs a map, and the director is deceived into ordering it: nobody who may has signed it."""
    mine = a_file(Kind.APP, "com.partner.app", publisher="partner")
    fleet.add(mine, b"app", "partner")
    content = fleet.file(b"not a map")
    foreign = TargetFile.from_file("maps/here/city-1.bin", str(content), ["sha256"])
    foreign.unrecognized_fields["custom"] = a_file(Kind.MAP, "city", publisher="here").custom()
    with fleet.repository.edit("partner") as signed:
        signed.targets[foreign.path] = foreign
    fleet.repository.publish()
    fleet.director.assign(VEHICLE, [foreign], "job")
    assert refused(lambda: car.read(clock.now())) is Why.NOT_THERE


def test_extraneous_dependency(fleet: Fleet, car: Repositories, clock: Clock) -> None:
    """A target says that it needs another one: it is not fetched unless the director orders it, too."""
    other = fleet.add(a_file(name="other"), b"other")
    needy = a_file(name="needy")
    needy = fleet.add(Artefact(needy.path, needy.kind, "needy", "1", 0, "", needs=(other.path,)), b"needy")
    fleet.assign(needy)
    wanted = car.read(clock.now())
    assert refused(lambda: plan_of(wanted)) is Why.NEEDS
    fleet.assign(needy, other)
    assert set(plan_of(car.read(clock.now())).artefacts) == {needy, other}


def plan_of(wanted: Wanted) -> Plan:
    """The plan of a car on which nothing is installed."""
    return make_plan(wanted.version, wanted.job, wanted.artefacts, SoftwareSet())


@pytest.mark.parametrize("what", ["hash", "length"])
def test_director_and_image_differ(fleet: Fleet, car: Repositories, clock: Clock, one: Artefact, what: str) -> None:
    """Who has the director's key alone cannot have anything else installed."""
    target = TargetFile(
        one.length + (what == "length"), {"sha256": "0" * 64 if what == "hash" else one.sha256}, one.path
    )
    fleet.director.assign(VEHICLE, [target], "job")
    assert refused(lambda: car.read(clock.now())) is Why.MISMATCH


def test_a_file_for_another_vehicle(fleet: Fleet, car: Repositories, clock: Clock, one: Artefact) -> None:
    fleet.assign(one, vehicle="car-2")
    folder = fleet.web / "director" / "vehicles"
    shutil.copy(folder / "car-2.json", folder / f"{VEHICLE}.json")
    assert VEHICLE_FIELD in (folder / f"{VEHICLE}.json").read_text()
    assert refused(lambda: car.read(clock.now())) is Why.NOT_OURS


@pytest.mark.usefixtures("one")
@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"[" * 16_000, b'{"signed": 1, "signatures": []}', b"\xff\xfe"])
@pytest.mark.parametrize("ending", ["timestamp.json", f"vehicles/{VEHICLE}.json"])
def test_malformed_metadata(server: WebServer, car: Repositories, clock: Clock, body: bytes, ending: str) -> None:
    server.mischief.replace[ending] = body
    assert refused(lambda: car.read(clock.now())) is Why.MALFORMED


@pytest.mark.parametrize("said", ["soon", [1], True, -1, 10**400, None])
def test_a_director_that_says_no_time(
    fleet: Fleet, car: Repositories, clock: Clock, one: Artefact, said: object
) -> None:
    """Its keys are good, and what it says of the time is left aside."""
    path = fleet.web / "director" / "vehicles" / f"{VEHICLE}.json"
    metadata = Metadata[Targets].from_file(str(path))
    metadata.signed.unrecognized_fields[MADE_FIELD] = said
    metadata.signatures.clear()
    fleet.director._sign(metadata, fleet.director.root().signed.roles["targets"].keyids)
    path.write_bytes(metadata.to_bytes())
    wanted = car.read(clock.now())
    assert wanted.artefacts == (one,)
    assert abs(wanted.made - clock.now()) < 60  # of the image repository


def test_the_director_says_two_things(fleet: Fleet, car: Repositories, clock: Clock, one: Artefact) -> None:
    """The same version with other content is no accident."""
    car.read(clock.now())
    path = fleet.web / "director" / "vehicles" / f"{VEHICLE}.json"
    path.unlink()
    fleet.assign(one, job="another")
    assert refused(lambda: car.read(clock.now())) is Why.ALTERED


def test_fast_forward_is_recovered_by_rotation(fleet: Fleet, car: Repositories, clock: Clock, one: Artefact) -> None:
    """A thief raised the versions as far as they go; new keys by a new root, and what he did counts no more."""
    for label in ("timestamp", "director"):
        file = (
            fleet.web / "image" / "metadata" / "timestamp.json"
            if label == "timestamp"
            else fleet.web / "director" / "vehicles" / f"{VEHICLE}.json"
        )
        metadata = Metadata[Targets].from_file(str(file))
        metadata.signed.version = 1 << 40
        metadata.signatures.clear()
        metadata.sign(fleet.keys.signer(label))
        before = file.read_bytes()
        metadata.to_file(str(file))
        car.read(clock.now())
        file.write_bytes(before)
        assert refused(lambda: car.read(clock.now())) is Why.ROLLED_BACK
        new, old = fleet.keys.generate(f"{label}2"), fleet.keys.signer(label).public_key.keyid
        if label == "timestamp":
            fleet.repository.rotate("timestamp", [new], [old])
        else:
            fleet.director.rotate([new], [old])
            fleet.assign(one)
        assert car.read(clock.now()).artefacts == (one,)


def test_every_key_is_rotated(fleet: Fleet, server: WebServer, tmp_path: Path, clock: Clock, one: Artefact) -> None:
    """A car that was in a garage for years follows the roots, one by one."""
    for number in range(3):
        for role in ("root", "targets", "snapshot", "timestamp"):
            signed = fleet.repository.newest("root").signed
            old = signed.roles[role].keyids[0]
            fleet.repository.rotate(role, [fleet.keys.generate(f"{role}-{number}")], [old])
    assert fleet.repository.newest("root").signed.version == 13
    with looking(fleet, server, tmp_path / "old-car") as car:
        assert car.read(clock.now()).artefacts == (one,)


def test_hashed_bins(tmp_path: Path, clock: Clock) -> None:
    """Many targets of one publisher lie in bins, and a lookup reads one of them."""
    fleet = Fleet(tmp_path / "fleet", clock, bins_bits=4)
    tiles = [a_file(Kind.MAP, f"tile-{number}", publisher="here") for number in range(60)]
    fleet.repository.add([(tile, fleet.file(tile.name.encode())) for tile in tiles], "maps")
    fleet.repository.publish()
    fleet.assign(tiles[7])
    with serving(fleet.web) as server, looking(fleet, server, tmp_path / "car") as car:
        (found,) = car.read(clock.now()).artefacts
        assert found.name == "tile-7"
        assert sum("maps-bin-" in path for path, _ in server.asked) == 1


def test_a_server_that_is_not_there(fleet: Fleet, car: Repositories, clock: Clock) -> None:
    with pytest.raises(UnavailableError, match="no file for car-1"):
        car.read(clock.now())  # no file for this vehicle yet
    with serving(fleet.web) as other, looking(fleet, other, fleet.folder / "garage") as gone:
        assert not other.closing.is_set()
    with pytest.raises(UnavailableError, match="was given up"):
        gone.read(clock.now())
    with looking(fleet, other, fleet.folder / "garage") as late, pytest.raises(UnavailableError, match="not answer"):
        late.read(clock.now())


def test_what_was_looked_up_is_forgotten_in_time(
    fleet: Fleet, server: WebServer, car: Repositories, clock: Clock
) -> None:
    """A second look asks for nothing that cannot have changed; an expired publisher's role is noticed all the same."""
    tile = fleet.add(a_file(Kind.MAP, "tile", publisher="here"), b"old", "maps")
    fleet.assign(tile)
    assert car.read(clock.now()).artefacts == (tile,)
    server.asked.clear()
    assert car.read(clock.now()).artefacts == (tile,)
    assert len(server.asked) == 4  # next root and timestamp; next root and the vehicle's file
    newer = fleet.add(a_file(Kind.MAP, "tile", "2", publisher="here"), b"new", "maps")
    fleet.assign(newer)
    assert car.read(clock.now()).artefacts == (newer,)
    (fleet.keys.folder / "maps.pem").unlink()  # so that nobody signs it again in time
    clock.at += 179 * DAY
    with fleet.repository.edit("targets"):
        pass
    fleet.repository.publish(again=True)
    fleet.assign(newer)
    assert car.read(clock.now()).artefacts == (newer,)
    assert refused(lambda: car.read(clock.now() + 1.5 * DAY)) is Why.EXPIRED


def test_years_of_daily_publishing(fleet: Fleet, server: WebServer, tmp_path: Path, clock: Clock) -> None:
    """What would expire is signed again in time, by whoever holds the keys; nobody has to think of it."""
    tile = fleet.add(a_file(Kind.MAP, "tile", publisher="here"), b"tile", "maps")
    fleet.assign(tile)
    for day in range(0, 360, 20):
        clock.at += 20 * DAY
        fleet.repository.publish(again=True)
        fleet.director.renew()
        with looking(fleet, server, tmp_path / "car") as car:
            assert car.read(clock.now()).artefacts == (tile,), day


def test_a_publisher_gets_other_keys_and_paths(tmp_path: Path, clock: Clock) -> None:
    """What it has signed stays, its versions go on, and its old key counts no more."""
    fleet = Fleet(tmp_path / "fleet", clock, bins_bits=2)
    tile = fleet.add(a_file(Kind.MAP, "tile", publisher="here"), b"tile", "maps")
    fleet.assign(tile)
    with serving(fleet.web) as server, looking(fleet, server, tmp_path / "car") as car:
        assert car.read(clock.now()).artefacts == (tile,)
        fleet.repository.delegate("maps", ["maps/here/*", "maps/there/*"], [fleet.keys.generate("maps2")])
        (fleet.keys.folder / "maps.pem").unlink()
        other = fleet.add(a_file(Kind.MAP, "other", publisher="there"), b"other", "maps")
        fleet.assign(tile, other)
        assert set(car.read(clock.now()).artefacts) == {tile, other}
    assert fleet.repository.waiting() == []
