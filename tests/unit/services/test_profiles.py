# SPDX-License-Identifier: Apache-2.0
"""Drivers' profiles: kept over restarts, bounded, set up while parked only, and alive without a disk."""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from ivi.daemon.link_client import LinkClient
from ivi.daemon.link_server import LinkServer
from ivi.daemon.process import Process
from ivi.model.errors import InvalidArgumentError, NotFoundError, ResourceExhaustedError, UnavailableError
from ivi.model.profiles import (
    GUEST,
    MAX_PROFILES,
    AddProfile,
    ChangePreference,
    ChangeSteeringSide,
    DistanceUnit,
    Look,
    Profiles,
    RemoveProfile,
    RenameProfile,
    SelectProfile,
    SubscribeProfiles,
    TextSize,
)
from ivi.model.services import DrivingState, ServicesAnswer, ServicesRequest, UxRestriction, UxRestrictions
from ivi.services.profiles.service import FILE, ProfilesService

PARKED = UxRestrictions(DrivingState.PARKED, [], "parked")
MOVING = UxRestrictions(DrivingState.MOVING, [UxRestriction.NO_SETUP], "driving at 43 km/h", 6, 120)


class Car:
    """What the driving state is now, and the service's process."""

    def __init__(self) -> None:
        self.said = PARKED
        self.process = Process("services")


def with_service(folder: Path, test: Callable[[LinkClient, Car], Awaitable[None]]) -> None:
    """Run a test against the service on a real socket."""

    async def run() -> None:
        car = Car()
        server = LinkServer(folder / "services.sock", (ServicesRequest,), car.process.status)
        service = ProfilesService(car.process, folder, lambda: car.said)
        service.serve(server)
        await service.start()
        await server.start()
        client = LinkClient(folder / "services.sock", ServicesAnswer)
        try:
            await test(client, car)
        finally:
            await client.close()
            await server.stop()
            await service.stop()

    asyncio.run(run())


async def seen(client: LinkClient) -> Profiles:
    """What the stream says first."""
    async for said in client.stream(SubscribeProfiles()):
        assert isinstance(said, Profiles)
        return said
    raise AssertionError("the stream ended")


def test_a_driver_and_choices_outlive_a_restart(tmp_path: Path) -> None:
    async def first(client: LinkClient, _car: Car) -> None:
        said = await client.call(AddProfile("  Ada   L. "))
        assert [one.name for one in said.profiles] == ["Ada L.", ""]
        assert said.current == said.profiles[0].id
        await client.call(ChangePreference("distance", "mi"))
        await client.call(ChangePreference("reduced_motion", "true"))
        await client.call(ChangePreference("text_size", "larger"))
        await client.call(ChangeSteeringSide(True))

    async def second(client: LinkClient, _car: Car) -> None:
        said = await seen(client)
        assert [one.name for one in said.profiles] == ["Ada L.", ""]
        assert said.preferences.distance is DistanceUnit.MILES
        assert said.preferences.text_size is TextSize.LARGER
        assert said.preferences.reduced_motion is True
        assert said.steering_right
        assert said.kept

    with_service(tmp_path, first)
    with_service(tmp_path, second)


def test_the_guests_choices_are_forgotten(tmp_path: Path) -> None:
    async def test(client: LinkClient, _car: Car) -> None:
        await client.call(ChangePreference("look", "night"))
        assert (await seen(client)).preferences.look is Look.NIGHT
        ada = (await client.call(AddProfile("Ada"))).current
        # A new driver begins with the present choices.
        assert (await seen(client)).preferences.look is Look.NIGHT
        assert (await client.call(SelectProfile(GUEST))).preferences.look is Look.AUTO
        assert (await client.call(SelectProfile(ada))).preferences.look is Look.NIGHT

    with_service(tmp_path, test)


def test_set_up_waits_for_a_parked_car_and_the_look_does_not(tmp_path: Path) -> None:
    async def test(client: LinkClient, car: Car) -> None:
        ada = (await client.call(AddProfile("Ada"))).current
        car.said = MOVING
        for request in (
            AddProfile("Bea"),
            SelectProfile(GUEST),
            RenameProfile(ada, "Bea"),
            RemoveProfile(ada),
            ChangePreference("language", "de"),
            ChangeSteeringSide(True),
        ):
            with pytest.raises(UnavailableError, match="while the car is parked"):
                await client.call(request)
        assert (await client.call(ChangePreference("look", "day"))).preferences.look is Look.DAY
        said = await seen(client)
        assert (said.current, said.steering_right, [one.name for one in said.profiles]) == (ada, False, ["Ada", ""])

    with_service(tmp_path, test)


def test_what_cannot_be_is_refused(tmp_path: Path) -> None:
    async def test(client: LinkClient, _car: Car) -> None:
        ada = (await client.call(AddProfile("Ada"))).current
        for name in ("", "   ", "x" * 25, "a\x07b", "ADA"):
            with pytest.raises(InvalidArgumentError):
                await client.call(AddProfile(name))
        with pytest.raises(NotFoundError):
            await client.call(SelectProfile(99))
        with pytest.raises(NotFoundError):
            await client.call(RemoveProfile(GUEST))
        with pytest.raises(NotFoundError):
            await client.call(ChangePreference("colour", "red"))
        for name, value in (("look", "dusk"), ("reduced_motion", "perhaps"), ("distance", "")):
            with pytest.raises(InvalidArgumentError):
                await client.call(ChangePreference(name, value))
        for number in range(MAX_PROFILES - 1):
            await client.call(AddProfile(f"Driver {number}"))
        with pytest.raises(ResourceExhaustedError):
            await client.call(AddProfile("One more"))
        assert (await client.call(RenameProfile(ada, "ada"))).profiles[0].name == "ada"

    with_service(tmp_path, test)


def test_who_is_removed_is_gone_and_the_id_is_not_given_again(tmp_path: Path) -> None:
    async def test(client: LinkClient, _car: Car) -> None:
        ada = (await client.call(AddProfile("Ada"))).current
        await client.call(ChangePreference("distance", "mi"))
        said = await client.call(RemoveProfile(ada))
        assert (said.current, said.preferences.distance) == (GUEST, DistanceUnit.KILOMETRES)
        said = await client.call(AddProfile("Ada"))
        assert said.current != ada
        assert said.preferences.distance is DistanceUnit.KILOMETRES

    with_service(tmp_path, test)


def test_a_damaged_file_is_set_aside_and_said(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"this is no database, it only has its name" * 100)

    async def test(client: LinkClient, car: Car) -> None:
        assert (await client.call(AddProfile("Ada"))).kept
        assert "were damaged" in car.process.status().problems[0].what

    with_service(tmp_path, test)
    assert len(list(tmp_path.glob(f"{FILE}.damaged-*"))) == 1


def test_without_a_disk_the_guest_drives_and_nothing_is_promised(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()  # no file can be there

    async def test(client: LinkClient, car: Car) -> None:
        said = await seen(client)
        assert (said.kept, said.current) == (False, GUEST)
        with pytest.raises(UnavailableError):
            await client.call(AddProfile("Ada"))
        assert (await client.call(ChangePreference("look", "day"))).preferences.look is Look.DAY
        assert car.process.status().problems

    with_service(tmp_path, test)


def test_a_preference_of_another_version_is_as_it_comes(tmp_path: Path) -> None:
    async def first(client: LinkClient, _car: Car) -> None:
        await client.call(AddProfile("Ada"))

    async def second(client: LinkClient, _car: Car) -> None:
        said = await seen(client)
        assert (said.preferences.look, said.preferences.distance) == (Look.AUTO, DistanceUnit.MILES)

    with_service(tmp_path, first)
    with sqlite3.connect(tmp_path / FILE) as db:
        db.execute("INSERT OR REPLACE INTO preferences VALUES(1, 'look', 'sepia')")
        db.execute("INSERT OR REPLACE INTO preferences VALUES(1, 'scent', 'pine')")
        db.execute("INSERT OR REPLACE INTO preferences VALUES(1, 'distance', 'mi')")
    db.close()
    with_service(tmp_path, second)
