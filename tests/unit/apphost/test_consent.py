# SPDX-License-Identifier: Apache-2.0
"""Agreements: what they cover, what an update asks for, what taking back leaves, and that they outlive the host."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivi.apphost import words
from ivi.apphost.atoms import atoms, covers, digest, narrowed
from ivi.apphost.consent import DEVELOPER, DRIVER, SHIPPED, Consent
from ivi.apphost.grants import GrantStore, Verdict
from ivi.apphost.manifest import (
    DataShare,
    Location,
    Net,
    Payment,
    Permission,
    Storage,
    Ui,
    VehicleActuate,
    VehicleRead,
)
from ivi.model.rights import Standing

PAGE = Ui(templates=["list"], surfaces=["card"])
READ = VehicleRead(paths=["Vehicle.Speed", "Vehicle.Cabin.HVAC.**"], max_hz=2, reason="calmer list")
PLACE = Location(precision="coarse", reason="nearby", optional=True)
NET = Net(hosts=["api.partner.example:443"], mb_per_day=20, reason="fetches")
APP = "com.partner.weather"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[GrantStore]:
    store = GrantStore(tmp_path / "consent.db")
    yield store
    store.close()


def consent(store: GrantStore, *asked: Permission, publisher: str = "key1", agreed_by: str = "") -> Consent:
    return Consent(APP, publisher, asked, store, agreed_by=agreed_by)


def agree(found: Consent, *keys: str) -> None:
    atoms = [atom for term in found.open() if not keys or term.key in keys for atom in term.undecided]
    found.decide(atoms, Verdict.GRANTED, DRIVER)


def test_nothing_is_in_force_before_the_driver_agrees(store: GrantStore) -> None:
    found = consent(store, PAGE, READ, PLACE)
    assert found.in_force() == (PAGE,)
    assert [term.key for term in found.lacking()] == ["vehicle.read#1"]
    assert [term.key for term in found.open()] == ["vehicle.read#1", "location#2"]


def test_an_optional_one_can_be_refused_and_the_app_still_runs(store: GrantStore) -> None:
    found = consent(store, PAGE, READ, PLACE)
    agree(found, "vehicle.read#1")
    found.decide([PLACE], Verdict.REFUSED, DRIVER)
    assert found.lacking() == []
    assert found.open() == []
    assert found.in_force() == (PAGE, READ)
    assert [term.standing for term in found.terms] == [Standing.GRANTED, Standing.GRANTED, Standing.REFUSED]


def test_decisions_are_kept_by_publisher_and_app(store: GrantStore, tmp_path: Path) -> None:
    agree(consent(store, READ))
    store.close()
    again = GrantStore(tmp_path / "consent.db")
    assert consent(again, READ).in_force() == (READ,)
    assert consent(again, READ, publisher="key2").in_force() == ()
    again.forget(APP)
    assert consent(again, READ).in_force() == ()
    again.close()
    assert (tmp_path / "consent.db").stat().st_mode & 0o777 == 0o600


def test_an_update_asks_only_for_the_difference(store: GrantStore) -> None:
    agree(consent(store, PAGE, READ, NET))
    more = msgspec.structs.replace(READ, paths=[*READ.paths, "Vehicle.Exterior.AirTemperature"])
    hosts = msgspec.structs.replace(NET, hosts=[*NET.hosts, "ads.partner.example:443"])
    updated = consent(store, PAGE, more, hosts, PLACE)
    asked = [term.permission for term in updated.open()]
    assert asked == [
        msgspec.structs.replace(READ, paths=["Vehicle.Exterior.AirTemperature"]),
        msgspec.structs.replace(NET, hosts=["ads.partner.example:443"]),
        PLACE,
    ]
    assert [term.standing for term in updated.terms][1:3] == [Standing.UNDECIDED, Standing.UNDECIDED]


@pytest.mark.parametrize(
    ("agreed", "less"),
    [
        (READ, msgspec.structs.replace(READ, max_hz=1.0)),
        (READ, msgspec.structs.replace(READ, precision=5.0)),
        (READ, msgspec.structs.replace(READ, paths=["Vehicle.Cabin.HVAC.AmbientAirTemperature"])),
        (READ, msgspec.structs.replace(READ, optional=True)),
        (NET, msgspec.structs.replace(NET, mb_per_day=5)),
        (Location(precision="fine", reason="r"), Location(precision="coarse", reason="r")),
        (Payment(max_amount="50", currency="EUR", reason="r"), Payment(max_amount="9.99", currency="EUR", reason="r")),
        (
            DataShare(purpose="p", recipient="r", retention_days=30, reason="r"),
            DataShare(purpose="p", recipient="r", retention_days=7, reason="r"),
        ),
        (
            VehicleActuate(paths=["Vehicle.X.Y"], when="always", confirm="never", reason="r"),
            VehicleActuate(paths=["Vehicle.X.Y"], when="parked", confirm="each", reason="r"),
        ),
    ],
)
def test_who_agreed_to_more_is_not_asked_about_less_but_the_reverse_is(
    store: GrantStore, agreed: Permission, less: Permission
) -> None:
    agree(consent(store, agreed))
    assert consent(store, less).open() == []
    store.forget(APP)
    agree(consent(store, less))
    if digest(atoms(less)[0]) != digest(atoms(agreed)[0]):
        assert consent(store, agreed).open()


def test_another_reason_is_another_question(store: GrantStore) -> None:
    agree(consent(store, READ))
    assert consent(store, msgspec.structs.replace(READ, reason="sells it to insurers")).open()


@given(st.sampled_from([READ, PLACE, NET, PAGE, Storage(mb=3)]), st.sampled_from([READ, PLACE, NET, PAGE]))
def test_atoms_make_the_whole_and_cover_only_their_kind(one: Permission, other: Permission) -> None:
    assert narrowed(one, atoms(one)) == one
    for atom in atoms(one):
        assert covers(atom, atom)
        assert all(covers(atom, another) is (another == atom) for another in atoms(other))


@pytest.mark.parametrize(
    ("what", "left"),
    [
        ("vehicle.read", ()),
        ("vehicle.read#0", ()),
        ("", ()),
        ("Vehicle.Speed", ("Vehicle.Cabin.HVAC.**",)),
        ("Vehicle.Cabin.HVAC.**", ("Vehicle.Speed",)),
        ("Vehicle.Cabin.HVAC.AmbientAirTemperature", ("Vehicle.Speed",)),
    ],
)
def test_taking_back_by_kind_key_and_path(store: GrantStore, what: str, left: tuple[str, ...]) -> None:
    found = consent(store, READ)
    agree(found)
    heard: list[int] = []
    found.watch(lambda: heard.append(1))
    assert found.knows(what)
    assert found.revoke(what, DRIVER)
    assert tuple(path for one in found.in_force() for path in getattr(one, "paths", [])) == left
    assert found.lacking()
    assert heard == [1]
    # Not asked again by itself, but given again at a word.
    assert found.open() == []
    assert found.grant(what, DRIVER)
    assert found.in_force() == (READ,)
    assert not found.knows("Vehicle.Body.Horn.IsActive")


def test_a_host_is_taken_back_by_its_name(store: GrantStore) -> None:
    found = consent(store, NET)
    agree(found)
    assert found.revoke("api.partner.example", DRIVER) == [NET]
    assert found.in_force() == ()


@pytest.mark.parametrize("agreed_by", [SHIPPED, DEVELOPER])
def test_what_came_with_the_car_is_agreed_to_until_it_is_taken_back(store: GrantStore, agreed_by: str) -> None:
    found = consent(store, READ, PLACE, agreed_by=agreed_by)
    assert found.in_force() == (READ, PLACE)
    found.revoke("location", DRIVER)
    assert found.in_force() == (READ,)
    # Neither a new start nor an update that asks on other terms brings it back.
    other = msgspec.structs.replace(PLACE, reason="another reason")
    assert consent(store, READ, other, agreed_by=agreed_by).in_force() == (READ,)
    # Nothing of it was kept as the driver's word.
    assert consent(store, READ).in_force() == ()


def test_later_counts_for_this_question_only(store: GrantStore) -> None:
    found = consent(store, READ)
    store.postpone("key1", APP, found.question())
    assert store.is_postponed("key1", APP, consent(store, READ).question())
    assert not store.is_postponed("key1", APP, consent(store, READ, NET).question())


def test_what_the_car_cannot_give_is_neither_asked_for_nor_missed(store: GrantStore) -> None:
    found = consent(store, READ, PLACE)
    found.absent([(0, "this car has no such signal")])
    assert [term.key for term in found.open()] == ["location#1"]
    assert found.lacking() == []
    assert found.terms[0].standing is Standing.ABSENT


@pytest.mark.parametrize(
    ("permission", "said"),
    [
        (READ, "Read how fast the car drives and heating and cooling, up to 2 times a second"),
        (PLACE, "Know roughly where the car is"),
        (NET, "Send and receive up to 20 MB a day with api.partner.example"),
        (
            VehicleActuate(paths=["Vehicle.Cabin.Seat.*.*.HeatingCooling"], confirm="each", reason="r"),
            "Change the heating of the seats while parked, asking you each time",
        ),
        (
            VehicleRead(paths=["Vehicle.Powertrain.TractionBattery.StateOfCharge.Displayed"], reason="r"),
            "Read how full the battery is",
        ),
        (
            VehicleRead(paths=["Vehicle.Cabin.PowerOptimizeLevel"], reason="r"),
            "Read cabin power optimize level",
        ),
    ],
)
def test_permissions_are_said_in_a_drivers_words(permission: Permission, said: str) -> None:
    assert words.said(permission) == said
    assert "Vehicle." not in words.said(permission)


def test_changes_are_said_in_a_drivers_words() -> None:
    assert words.change("Vehicle.Cabin.HVAC.IsAirConditioningActive", True) == "switch the air conditioning on"
    assert words.change("Vehicle.Body.Trunk.Rear.IsOpen", True) == "open the boot"
    fan = "Vehicle.Cabin.HVAC.Station.Row1.Driver.FanSpeed"
    assert words.change(fan, 40) == "set the fan to 40"
