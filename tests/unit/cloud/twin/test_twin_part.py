# SPDX-License-Identifier: Apache-2.0
"""The twin in a car whose databroker and driving state are real: desired is applied, reported is the truth."""

import asyncio
import contextlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from ivi.cloud import cose
from ivi.cloud.commands.command import Command, sign_command
from ivi.cloud.commands.remote import never_remote
from ivi.cloud.commands.table import COMMANDS
from ivi.cloud.trust import Role
from ivi.cloud.twin.desired import CONTEXT, Desired, open_desired, sign_desired
from ivi.cloud.twin.merge_patch import merge_patch
from ivi.cloud.twin.part import Twin
from ivi.cloud.twin.settings import SETTINGS, check, flatten
from ivi.cloud.twin.store import Store
from ivi.model.errors import InvalidArgumentError, IviError, PermissionDeniedError, UnavailableError

if TYPE_CHECKING:
    from tests.unit.cloud.conftest import Car

type MakeCar = Callable[[], "Car"]

LIMIT = "Vehicle.Powertrain.TractionBattery.Charging.ChargeLimit"
DRIVER = "Vehicle.Cabin.HVAC.Station.Row1.Driver.Temperature"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Changes gather for a moment only."""
    monkeypatch.setattr("ivi.cloud.twin.part.GATHER", 0.02)
    monkeypatch.setattr("ivi.cloud.twin.part.RETRY", 0.1)


def wish(car: "Car", twin: Twin, version: int, role: Role = Role.FLEET, /, **document: object) -> None:
    """Send a desired state."""
    twin.received("twin", sign_desired(Desired("car-1", version, document), *car.signing(role)))


def told(car: "Car") -> dict[str, Any]:
    """What the fleet knows: all patches merged, as docs/cloud-commands.md says."""
    document: dict[str, Any] = {}
    for data in car.post.kind("twin"):
        document = merge_patch({} if data["full"] else document, data["patch"])
    return document


def settings(car: "Car") -> dict[str, str]:
    """What became of the desired settings."""
    reports = car.post.kind("twin")
    return reports[-1]["settings"] if reports else {}


def test_desired_is_applied_and_reported(make_car: MakeCar) -> None:
    async def tell() -> None:
        car = make_car()
        async with car.drive(), car.twin() as twin:
            await car.until(lambda: car.post.kind("twin"))
            assert car.post.kind("twin")[0]["full"]
            wish(car, twin, 1, charging={"limit": 70}, climate={"driver": 21.5})
            await car.until(lambda: settings(car) == {"charging.limit": "applied", "climate.driver": "applied"})
            assert (car.value(LIMIT), car.value(DRIVER)) == (70, 21.5)
            await car.until(lambda: flatten(told(car)) == {"charging.limit": 70, "climate.driver": 21.5})
            last = car.post.kind("twin")[-1]
            assert last["desired"] == 1
            assert not last["full"]
            versions = [data["version"] for data in car.post.kind("twin")]
            assert versions == sorted(set(versions))
            stamps = {name: at for data in car.post.kind("twin") for name, at in data["at"].items()}
            assert stamps["charging.limit"] == int(car.post.clock.time * 1000)

    asyncio.run(tell())


def test_what_nobody_desires_is_not_told(make_car: MakeCar) -> None:
    """How warm somebody likes it is nobody's business until the fleet asks by desiring it, and after that no more."""

    async def tell() -> None:
        car = make_car()
        async with car.drive(), car.twin() as twin:
            car.is_like(ChargeLimit=95)
            await car.until(lambda: twin._heard_of.get("charging.limit") == 95)
            wish(car, twin, 1, climate={"driver": 21.5})
            await car.until(lambda: flatten(told(car)) == {"climate.driver": 21.5})
            wish(car, twin, 2, charging={"limit": 70})
            await car.until(lambda: flatten(told(car)) == {"charging.limit": 70})
            car.is_like(ChargeLimit=60)
            await car.until(lambda: flatten(told(car)) == {"charging.limit": 60})
            wish(car, twin, 3)
            await car.until(lambda: flatten(told(car)) == {})
            settled = len(car.post.kind("twin"))
            car.is_like(ChargeLimit=55)
            await car.until(lambda: twin._heard_of["charging.limit"] == 55)
            await asyncio.sleep(0.2)  # ten times as long as changes gather
            assert len(car.post.kind("twin")) == settled

    asyncio.run(tell())


def test_what_the_driver_changes_stays_and_is_reported(make_car: MakeCar) -> None:
    async def tell() -> None:
        car = make_car()
        async with car.drive():
            async with car.twin() as twin:
                wish(car, twin, 1, charging={"limit": 70})
                await car.until(lambda: settings(car) == {"charging.limit": "applied"})
                car.is_like(ChargeLimit=95)
                await car.until(lambda: told(car)["charging"] == {"limit": 95})
                wish(car, twin, 1, charging={"limit": 70})  # retained: it comes with every connection
            async with car.twin() as twin:
                wish(car, twin, 1, charging={"limit": 70})
                reports = len(car.post.kind("twin"))
                car.is_like(ChargeLimit=96)
                await car.until(lambda: len(car.post.kind("twin")) > reports)
                assert told(car)["charging"] == {"limit": 96}
                assert not car.post.kind("twin")[-1]["full"]
                assert len(car.asked) == 1

    asyncio.run(tell())


def test_commands_and_nonsense_cannot_be_desired(make_car: MakeCar) -> None:
    async def tell() -> None:
        car = make_car()
        async with car.drive(), car.twin() as twin:
            wish(car, twin, 1, lock=True, charging={"limit": 30, "start": True}, climate={"driver": "hot"}, horn=True)
            await car.until(lambda: len(settings(car)) == 5)
            assert all(state.startswith("invalid_argument: ") for state in settings(car).values())
            assert car.asked == []

    asyncio.run(tell())


def test_a_setting_waits_for_the_car_to_be_parked(make_car: MakeCar) -> None:
    async def tell() -> None:
        car = make_car()
        async with car.drive():
            car.is_like(Speed=80.0)
            async with car.twin() as twin:
                wish(car, twin, 1, climate={"driver": 25.0}, charging={"limit": 60})
                await car.until(lambda: settings(car).get("charging.limit") == "applied")
                assert settings(car)["climate.driver"] == "pending"
                assert car.value(DRIVER) == 20.0
            async with car.twin():
                car.is_like(Speed=0.0)
                await car.until(lambda: settings(car)["climate.driver"] == "applied")
                assert car.value(DRIVER) == 25.0

    asyncio.run(tell())


def test_a_car_that_does_not_answer_in_time_is_asked_again(make_car: MakeCar, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ivi.cloud.commands.vehicle.ACT_LIMIT", 0.2)

    async def tell() -> None:
        car = make_car()
        async with car.drive(), car.twin() as twin:
            car.hold = asyncio.Event()
            wish(car, twin, 1, charging={"limit": 70})
            await car.until(lambda: len(car.asked) > 1)
            assert settings(car) in ({}, {"charging.limit": "pending"})
            car.hold.set()
            await car.until(lambda: settings(car) == {"charging.limit": "applied"})
            assert car.value(LIMIT) == 70

    asyncio.run(tell())


def test_a_line_that_breaks_meanwhile_settles_nothing(make_car: MakeCar) -> None:
    async def tell() -> None:
        car = make_car()
        async with contextlib.AsyncExitStack() as running:
            await running.enter_async_context(car.drive())
            async with car.twin() as twin:
                car.hold = asyncio.Event()
                wish(car, twin, 1, charging={"limit": 70})
                await car.until(lambda: car.asked)
                await running.aclose()
                await car.until(lambda: settings(car) == {"charging.limit": "pending"})
                car.hold.set()
                await running.enter_async_context(car.drive())
                await car.until(lambda: settings(car) == {"charging.limit": "applied"})
                assert car.value(LIMIT) == 70

    asyncio.run(tell())


def test_desired_states_that_are_refused(make_car: MakeCar) -> None:
    async def tell() -> None:
        car = make_car()
        async with car.drive(), car.twin() as twin:
            wish(car, twin, 5, charging={"limit": 70})
            await car.until(lambda: settings(car) == {"charging.limit": "applied"})
            wish(car, twin, 4, charging={"limit": 60})
            wish(car, twin, 6, Role.SERVICE, charging={"limit": 60})
            other = Desired("car-2", 7, {"charging": {"limit": 60}})
            twin.received("twin", sign_desired(other, *car.signing(Role.FLEET)))
            command = Command("car-1", "lock", 1, 2_000_000_000, bytes(8))
            twin.received("twin", sign_command(command, *car.signing(Role.FLEET)))
            twin.received("twin", b"\x81" * 5000)
            twin.received("twin", b"")  # the retained message was taken away: nothing to say
            reasons = [data["reason"] for data in car.post.kind("refused")]
            assert reasons == ["replayed", "forged", "audience", "forged", "malformed"]
            assert twin.counters()["twin_refused"] == 5
            assert twin.counters()["twin_desired"] == 5
            assert car.value(LIMIT) == 70

    asyncio.run(tell())


def test_a_lost_store_is_told_in_full(make_car: MakeCar) -> None:
    async def tell() -> None:
        car = make_car()
        async with car.drive():
            async with car.twin() as twin:
                wish(car, twin, 1, charging={"limit": 80})
                await car.until(lambda: told(car).get("charging") == {"limit": 80})
            (car.folder / "twin.db").write_bytes(b"broken" * 1000)
            before = len(car.post.kind("twin"))
            async with car.twin() as twin:
                wish(car, twin, 1, charging={"limit": 80})  # retained: it comes with every connection
                await car.until(lambda: len(car.post.kind("twin")) > before and told(car).get("charging"))
                assert car.post.kind("twin")[before]["full"]
                assert "damaged" in car.process.status().problems[0].what

    asyncio.run(tell())


def test_a_disk_that_takes_nothing_for_a_moment(make_car: MakeCar, monkeypatch: pytest.MonkeyPatch) -> None:
    """What became of a setting is kept a bit later, and the next one is applied all the same."""
    settle, failures = Store.settle, [1, 1]

    def failing(self: Store, name: str, state: str) -> None:
        if failures:
            failures.pop()
            raise UnavailableError("the disk is full")
        settle(self, name, state)

    monkeypatch.setattr(Store, "settle", failing)

    async def tell() -> None:
        car = make_car()
        async with car.drive(), car.twin() as twin:
            wish(car, twin, 1, charging={"limit": 70})
            await car.until(lambda: settings(car) == {"charging.limit": "applied"})
            wish(car, twin, 2, charging={"limit": 60})
            await car.until(lambda: car.value(LIMIT) == 60)

    asyncio.run(tell())


def test_reports_wait_for_the_outbox(make_car: MakeCar) -> None:
    async def tell() -> None:
        car = make_car()
        async with car.drive():
            car.post.full = True
            async with car.twin() as twin:
                wish(car, twin, 1, charging={"limit": 80})
                await car.until(lambda: car.post.turned_away > 1)
                car.post.full = False
                await car.until(lambda: told(car).get("charging") == {"limit": 80})

    asyncio.run(tell())


def test_no_setting_is_never_remote_or_a_command() -> None:
    assert [never_remote(setting.path) for setting in SETTINGS.values()] == [None] * len(SETTINGS)
    assert not set(SETTINGS) & set(COMMANDS)


@given(st.text(max_size=8) | st.none() | st.booleans() | st.floats() | st.integers())
def test_settings_take_their_own_values_only(value: object) -> None:
    for name in SETTINGS:
        try:
            check(name, value)
        except InvalidArgumentError:
            continue
        assert isinstance(value, bool | int | float)


@given(st.binary(max_size=300))
def test_noise_is_no_desired_state(noise: bytes) -> None:
    with pytest.raises(IviError):
        open_desired(noise, {})


def test_desired_fields() -> None:
    kid, key = b"fleet", Ed25519PrivateKey.generate()
    keys = {kid: key.public_key()}
    good = {1: "car", 2: 1, 3: {}}
    assert open_desired(cose.sign(good, kid, key, CONTEXT), keys) == Desired("car", 1, {})
    changes: list[dict[int, object]] = [{1: ""}, {1: 1}, {2: 0}, {2: True}, {2: 1.5}, {3: []}, {4: 0}]
    for change in changes:
        with pytest.raises(InvalidArgumentError):
            open_desired(cose.sign(good | change, kid, key, CONTEXT), keys)
    with pytest.raises(PermissionDeniedError):
        open_desired(cose.sign(good, kid, key, b"ivi-command-1"), keys)
    with pytest.raises(InvalidArgumentError, match="limit"):
        sign_desired(Desired("car", 1, {"a": "x" * 5000}), kid, key)
