# SPDX-License-Identifier: Apache-2.0
"""Fetching with resume and a budget; archives; slots and sets; the journal; what an artefact may say; energy."""

import asyncio
import io
import sqlite3
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import zstandard
from update_lab import Clock, Fleet, WebServer, a_bundle, a_file, looking, sized, tar

from ivi.cloud.updates import bundle, energy
from ivi.cloud.updates.artefact import Artefact, Form, Kind, artefact
from ivi.cloud.updates.generations import Generations, Item, SoftwareSet, item
from ivi.cloud.updates.journal import Journal
from ivi.cloud.updates.look import Repositories
from ivi.cloud.updates.plan import Plan, make_plan
from ivi.cloud.updates.refusal import UpdateRefusedError, Why
from ivi.daemon.durable_file import NEW
from ivi.model.errors import InvalidArgumentError, NotFoundError, ResourceExhaustedError, UnavailableError

BIG = bytes(range(256)) * 4096  # 1 MiB


# -- fetching ---------------------------------------------------------------------------------------------------------
@pytest.fixture
def big(fleet: Fleet) -> Artefact:
    """A target of a mebibyte."""
    made = fleet.add(a_file(Kind.MAP, "city"), BIG)
    fleet.assign(made)
    return made


@pytest.fixture
def car(fleet: Fleet, server: WebServer, tmp_path: Path) -> Iterator[Repositories]:
    """A car that has not looked yet."""
    with looking(fleet, server, tmp_path / "car") as made:
        yield made


def everything(_count: int) -> int:
    """A budget without end."""
    return 1 << 40


def planned(car: Repositories, clock: Clock) -> Plan:
    """All that the director orders."""
    return make_plan(1, "job", car.read(clock.now()).artefacts, SoftwareSet())


@pytest.mark.parametrize("ranges", [True, False])
def test_a_cut_download_goes_on(
    server: WebServer, car: Repositories, clock: Clock, big: Artefact, ranges: bool
) -> None:
    """Where it was cut off, if the server can; from the beginning if it cannot."""
    plan = planned(car, clock)
    server.mischief.cuts, server.mischief.cut_after, server.mischief.ranges = 2, 400_000, ranges
    for _ in range(2):
        with pytest.raises(UnavailableError):
            asyncio.run(car.fetch(plan, everything))
        assert car.stage.has(big) > 300_000
    asyncio.run(car.fetch(plan, everything))
    assert car.checked(big).read_bytes() == BIG
    asked = [begin for path, begin in server.asked if path.endswith("city-1.bin")]
    assert asked[0] == ""
    assert all(begin.startswith("bytes=") for begin in asked[1:])


def test_a_part_that_rotted_is_fetched_anew(car: Repositories, clock: Clock, big: Artefact) -> None:
    plan = planned(car, clock)
    car.stage.folder.mkdir(parents=True)
    (car.stage.folder / f"{big.sha256}.part").write_bytes(b"rot" * 1000)
    with pytest.raises(UpdateRefusedError):
        asyncio.run(car.fetch(plan, everything))
    asyncio.run(car.fetch(plan, everything))
    path = car.checked(big)
    path.write_bytes(BIG[:-1] + b"?")
    with pytest.raises(UpdateRefusedError, match="changed on the disk"):
        car.checked(big)
    with pytest.raises(NotFoundError):
        car.checked(big)


def test_the_days_bytes(car: Repositories, clock: Clock, big: Artefact, tmp_path: Path) -> None:
    """Fetching ends when they are used up, and goes on the next day from where it was."""
    plan, journal = planned(car, clock), Journal(tmp_path / "j.db")
    limit, day = 600_000, [clock.now()]

    def spend(count: int) -> int:
        if count:
            journal.add_traffic(count, day[0])
        return limit - journal.traffic(day[0])

    for _ in range(2):
        with pytest.raises(ResourceExhaustedError, match="used up"):
            asyncio.run(car.fetch(plan, spend))
        assert limit <= journal.traffic(day[0]) < limit + (128 << 10)
    day[0] += 86400
    asyncio.run(car.fetch(plan, spend))
    assert car.stage.is_whole(big)
    assert journal.traffic(day[0]) < len(BIG) - limit + (128 << 10)
    journal.close()


def test_no_room(car: Repositories) -> None:
    """What would not fit is not begun."""
    planet = a_bundle(Kind.MAP, "planet", "1", 32 << 30)
    with pytest.raises(ResourceExhaustedError, match="MiB are free"):
        car.stage.check_room([planet] * 2_000)
    car.stage.check_room([a_file()])


def test_staged_files_nobody_wants_go(car: Repositories, clock: Clock, big: Artefact) -> None:
    asyncio.run(car.fetch(planned(car, clock), everything))
    car.stage.sweep([big])
    assert car.stage.is_whole(big)
    car.stage.sweep([])
    assert list(car.stage.folder.iterdir()) == []


# -- archives ---------------------------------------------------------------------------------------------------------
def unpacked(folder: Path, content: bytes, most: int, form: Form = Form.TAR) -> Path:
    """Unpack an archive into a folder of its own."""
    file, target = folder / "archive", folder / "slot"
    file.write_bytes(content)
    target.mkdir()
    one = Artefact("models/oem/m.tar", Kind.MODEL, "m", "1", len(content), "0" * 64, form, most)
    bundle.unpack(one, file, target)
    return target


@pytest.mark.parametrize("form", [Form.TAR, Form.TAR_ZSTD])
def test_an_archive_is_unpacked(tmp_path: Path, form: Form) -> None:
    content = tar({"am/final.mdl": b"model", "./conf": b"x=1"})
    if form is Form.TAR_ZSTD:
        content = zstandard.compress(content)
    slot = unpacked(tmp_path, content, 8, form)
    assert (slot / "am" / "final.mdl").read_bytes() == b"model"
    assert (slot / "conf").read_bytes() == b"x=1"


def linked(info: tarfile.TarInfo) -> tarfile.TarInfo:
    """A symbolic link instead of a file."""
    info.type, info.linkname, info.size = tarfile.SYMTYPE, "../../secret", 0
    return info


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (tar({"../out": b"x"}), Why.MALFORMED),
        (tar({"/abs": b"x"}), Why.MALFORMED),
        (tar({"a/../../b": b"x"}), Why.MALFORMED),
        (tar({"link": b""}, linked), Why.MALFORMED),
        (tar({"big": b"x" * 101}), Why.ENDLESS),
        (tar({"a": b"x"})[:700], Why.MALFORMED),
        (b"no archive", Why.MALFORMED),
        (b"", Why.MALFORMED),
    ],
)
def test_hostile_archives(tmp_path: Path, content: bytes, why: Why) -> None:
    with pytest.raises(UpdateRefusedError) as info:
        unpacked(tmp_path, content, 100)
    assert info.value.why is why
    assert not (tmp_path / "out").exists()
    assert not (tmp_path / "b").exists()


def test_the_same_file_twice(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for _ in range(2):
            archive.addfile(tarfile.TarInfo("same"), io.BytesIO())
    with pytest.raises(UpdateRefusedError, match="twice"):
        unpacked(tmp_path, buffer.getvalue(), 100)


def test_a_zstd_bomb(tmp_path: Path) -> None:
    """What unpacks to more than was signed for ends at that many bytes."""
    with pytest.raises(UpdateRefusedError) as info:
        unpacked(tmp_path, zstandard.compress(tar({"zeros": bytes(50 << 20)})), 1000, Form.TAR_ZSTD)
    assert info.value.why is Why.ENDLESS


# -- slots and sets ---------------------------------------------------------------------------------------------------
def put(generations: Generations, folder: Path, number: int, version: str) -> SoftwareSet:
    """A set with one DBC file of this version."""
    content = f"dbc {version}".encode()
    one = sized(a_file(version=version), content)
    file = folder / "file"
    file.write_bytes(content)
    generations.prepare(one, file)
    made = SoftwareSet(number=number, before=number - 1, items=[item(one)])
    generations.make(made)
    return made


def test_a_switch_is_one_rename(tmp_path: Path) -> None:
    """Readers keep one path; sets go forth and back; what is not kept goes."""
    generations = Generations(tmp_path / "updates")
    assert generations.current() == SoftwareSet()
    sets = [put(generations, tmp_path, number, str(number)) for number in (1, 2)]
    place = generations.place(Kind.DBC, "body")
    for made in (*sets, sets[0]):
        generations.switch(made.number)
        assert generations.current() == made
        assert (place / f"body-{made.number}.bin").read_text() == f"dbc {made.number}"
    generations.switch(2)
    generations.sweep([1])
    assert generations.before() == 1
    generations.sweep([])
    assert generations.before() is None
    assert len(list((tmp_path / "updates" / "slots" / "dbc").iterdir())) == 1
    generations.switch(0)
    assert generations.current().number == 0
    assert not place.exists()


def test_leftovers_are_swept(tmp_path: Path) -> None:
    generations = Generations(tmp_path / "updates")
    put(generations, tmp_path, 1, "1")
    generations.switch(1)
    (tmp_path / "updates" / "slots" / "dbc" / f"{NEW}half").mkdir()
    (tmp_path / "updates" / "generations" / f"{NEW}2").mkdir()
    generations.sweep([])
    assert not list((tmp_path / "updates").glob(f"**/{NEW}*"))
    with pytest.raises(InvalidArgumentError):
        generations.switch(7)


def test_the_identifier_names_the_installed_set() -> None:
    one = Item(kind=Kind.DBC, name="a", version="1", sha256="0" * 64, path="dbc/oem/a")
    two = Item(kind=Kind.MAP, name="b", version="1", sha256="1" * 64, path="maps/oem/b")
    first = SoftwareSet(number=1, items=[one, two]).identifier()
    assert first == SoftwareSet(number=9, items=[two, one], job="other").identifier()
    others = {SoftwareSet(items=[one]).identifier(), SoftwareSet().identifier()}
    assert len({first, *others}) == 3
    assert first.startswith("IVI-")


# -- the journal ------------------------------------------------------------------------------------------------------
def test_the_history_only_grows(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "j.db")
    for number in range(5):
        journal.tell("installed", f"thing {number}", "", "IVI-1", 1.0 + number)
    assert [entry.subject for entry in journal.history(2)] == ["thing 3", "thing 4"]
    assert journal.problem() == ""
    journal.close()
    database = sqlite3.connect(tmp_path / "j.db")
    for statement in ("UPDATE history SET why = 'x'", "DELETE FROM history WHERE seq = 2"):
        with pytest.raises(sqlite3.IntegrityError, match="stays"):
            database.execute(statement)
    database.execute("DROP TRIGGER history_stays")
    database.execute("UPDATE history SET subject = 'another' WHERE seq = 3")
    database.commit()
    database.close()
    journal = Journal(tmp_path / "j.db")
    assert journal.problem() == "line 3 was changed"
    journal.close()


def test_a_missing_line_is_noticed(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "j.db")
    for number in range(3):
        journal.tell("installed", str(number), "", "", 1.0)
    journal.close()
    database = sqlite3.connect(tmp_path / "j.db")
    database.executescript("DROP TRIGGER history_grows; DELETE FROM history WHERE seq = 2;")
    database.close()
    journal = Journal(tmp_path / "j.db")
    assert journal.problem() == "line 2 is missing"
    journal.close()


def test_a_damaged_journal_is_set_aside(tmp_path: Path) -> None:
    (tmp_path / "j.db").write_bytes(b"no database" * 500)
    journal = Journal(tmp_path / "j.db")
    assert journal.quarantined is not None
    assert journal.quarantined.read_bytes().startswith(b"no database")
    journal.write("x", 1)
    assert journal.read("x", int) == 1
    assert journal.read("x", str) is None
    journal.close()


def test_together_is_all_or_nothing(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "j.db")

    def fail() -> None:
        with journal.together():
            journal.write("a", 1)
            journal.tell("installed", "", "", "", 1.0)
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert journal.read("a", int) is None
    assert journal.history(9) == []
    journal.close()


# -- artefacts and plans ----------------------------------------------------------------------------------------------
GOOD = {"name": "body", "version": "1.0"}


@pytest.mark.parametrize(
    ("path", "length", "custom"),
    [
        ("dbc/oem/../x", 1, GOOD),
        ("dbc/oem", 1, GOOD),
        ("firmware/oem/x", 1, GOOD),
        ("dbc/oem/" + "x" * 300, 1, GOOD),
        ("dbc/oem/x", -1, GOOD),
        ("dbc/oem/x", 1 << 60, GOOD),
        ("dbc/oem/x", 1, None),
        ("dbc/oem/x", 1, {"name": "../x", "version": "1"}),
        ("dbc/oem/x", 1, {"name": "x", "version": "1/2"}),
        ("dbc/oem/x", 1, {**GOOD, "form": "zip"}),
        ("dbc/oem/x", 1, {**GOOD, "form": ["tar"]}),
        ("dbc/oem/x", 1, {**GOOD, "unpacked": True}),
        ("dbc/oem/x", 1, {**GOOD, "needs": "dbc/oem/y"}),
        ("runtime/oem/x", 1, GOOD),
    ],
)
def test_what_a_target_may_not_say(path: str, length: int, custom: object) -> None:
    with pytest.raises(InvalidArgumentError):
        artefact(path, length, {"sha256": "0" * 64}, custom)


def test_a_target_needs_a_sha256() -> None:
    assert artefact("dbc/oem/x", 1, {"sha256": "0" * 64}, GOOD).key == "dbc/body"
    with pytest.raises(InvalidArgumentError):
        artefact("dbc/oem/x", 1, {"sha512": "0" * 128}, GOOD)


def test_a_plan_is_what_is_missing() -> None:
    old, new = sized(a_file(version="1"), b"1"), sized(a_file(version="2"), b"2")
    have = SoftwareSet(number=1, items=[item(old)])
    assert make_plan(1, "j", [old], have).artefacts == ()
    assert make_plan(1, "j", [new], have).artefacts == (new,)
    same_order = make_plan(1, "j", [new], have).order == make_plan(7, "j", [new], SoftwareSet()).order
    assert same_order
    assert make_plan(1, "j", [new], have).order != make_plan(1, "k", [new], have).order
    assert make_plan(1, "j", [new], have).applied(have, 2).items == [item(new)]
    with pytest.raises(UpdateRefusedError, match="twice"):
        make_plan(1, "j", [old, new], have)


# -- energy -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({}, "not known"),
        ({energy.VOLTAGE: 12.7}, ""),
        ({energy.VOLTAGE: 12.2}, "12.2 V"),
        ({energy.VOLTAGE: 11.5}, "0 Wh to spare"),
        ({energy.VOLTAGE: 13.9, energy.SOC: 60.0}, ""),
        ({energy.VOLTAGE: 13.9, energy.SOC: 5.0}, "at 5 %"),
        ({energy.VOLTAGE: 11.5, energy.SOC: 5.0, energy.CHARGING: True}, ""),
        ({energy.SOC: 40.0}, ""),
    ],
)
def test_will_it_finish(values: dict[str, object], refusal: str) -> None:
    told = energy.forecast([sized(a_file(), BIG)], values)
    assert (refusal in told.refusal) if refusal else not told.refusal


def test_a_longer_install_needs_more() -> None:
    small, large = a_bundle(Kind.DBC, "a", "1", 1 << 20), a_bundle(Kind.MAP, "b", "1", 30 << 30)
    values = {energy.VOLTAGE: 12.4}
    assert not energy.forecast([small], values).refusal
    assert energy.forecast([large], values).refusal
    assert energy.expected_seconds([large]) > 3600
