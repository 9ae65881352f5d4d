# SPDX-License-Identifier: Apache-2.0
"""The door to hawkBit against a stub of its DDI: it says when, and never what."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from update_lab import Clock, Fleet, WebServer, a_file
from update_scene import Scene, until, updating

from ivi.cloud.updates.artefact import Artefact
from ivi.cloud.updates.hawkbit import HawkBitDoor
from ivi.cloud.updates.service import UpdateService
from ivi.cloud.updates.settings import DdiSettings
from ivi.model.errors import InvalidArgumentError, NotFoundError, UnavailableError
from ivi.model.updates import UpdateState
from tests.fakes.hawkbit import HawkBit

TOKEN = HawkBit().token

type Piece = Callable[[HawkBit, HawkBitDoor, UpdateService], Awaitable[None]]


@pytest.fixture
def dbc(fleet: Fleet) -> Artefact:
    """A DBC file that the car is to have."""
    made = fleet.add(a_file(), b"VERSION 1")
    fleet.assign(made)
    return made


@pytest.fixture
def scene(clock: Clock) -> Scene:
    """A parked, healthy car."""
    return Scene(clock)


@pytest.fixture
def play(fleet: Fleet, server: WebServer, tmp_path: Path, scene: Scene) -> Callable[[HawkBit, Piece], None]:
    """Plays a piece with a hawkBit and an update service."""

    def played(hawkbit: HawkBit, piece: Piece) -> None:
        async def run() -> None:
            settings = fleet.settings(server, health_s=0.1)
            async with hawkbit.serving(), updating(settings, tmp_path / "state", scene) as service:
                door = HawkBitDoor(
                    DdiSettings(url=hawkbit.url, token="secret"), "car-1", service, scene.clock.now
                )  # of the stub
                try:
                    await piece(hawkbit, door, service)
                finally:
                    door.close()

        asyncio.run(run())

    return played


def artifact(one: Artefact) -> dict[str, object]:
    """As DDI lists it."""
    return {
        "filename": one.path.rpartition("/")[2],
        "hashes": {"sha1": "0" * 40, "md5": "0" * 32, "sha256": one.sha256},
        "size": one.length,
        "_links": {"download-http": {"href": "http://127.0.0.1:1/never-asked"}},
    }


def test_an_action_from_its_beginning_to_its_end(play: Callable[[HawkBit, Piece], None], dbc: Artefact) -> None:
    async def piece(hawkbit: HawkBit, door: HawkBitDoor, service: UpdateService) -> None:
        assert await door.poll() == 300.0
        await until(lambda: service.state is UpdateState.WAITING)
        await door.poll()
        await door.poll()
        assert service.plan is not None
        await service.agree(service.plan, agree=True)
        await until(lambda: bool(service.journal.history(1)) and service.journal.history(1)[0].what == "trusted")
        await door.poll()
        assert hawkbit.told()[0] == ("proceeding", "none")
        assert hawkbit.told()[-1] == ("closed", "success")
        assert hawkbit.action == ""
        said = len(hawkbit.feedback)
        await door.poll()
        assert len(hawkbit.feedback) == said

    play(HawkBit(action="7", artifacts=[artifact(dbc)]), piece)


def test_what_is_not_signed_for_is_refused(play: Callable[[HawkBit, Piece], None], dbc: Artefact) -> None:
    """hawkBit alone cannot have anything installed."""
    other = artifact(dbc) | {"hashes": {"sha256": "f" * 64}}

    async def piece(hawkbit: HawkBit, door: HawkBitDoor, _service: UpdateService) -> None:
        await door.poll()
        assert hawkbit.told() == [("closed", "failure")]
        assert "signed metadata" in hawkbit.feedback[0][2]["status"]["details"][0]

    play(HawkBit(action="8", artifacts=[artifact(dbc), other]), piece)


def test_a_cancelled_action_waits(play: Callable[[HawkBit, Piece], None], dbc: Artefact, scene: Scene) -> None:
    """Nothing is installed until the server orders again, whatever the driver said."""
    scene.moving = "moving"

    async def piece(hawkbit: HawkBit, door: HawkBitDoor, service: UpdateService) -> None:
        await door.poll()
        await until(lambda: service.state is UpdateState.WAITING)
        hawkbit.cancel = "10"
        await door.poll()
        assert hawkbit.feedback[-1][:2] == ("cancelAction", "10")
        assert hawkbit.told()[-1] == ("closed", "success")
        assert service.plan is not None
        await service.agree(service.plan, agree=True)
        scene.moving = ""
        assert service.waits_for[-1] == "moving" or "the fleet has asked to wait" in service.waits_for
        await until(lambda: service.reason == "the fleet has asked to wait")
        hawkbit.action, hawkbit.artifacts = "11", [artifact(dbc)]
        await door.poll()
        await until(lambda: bool(service.journal.history(1)) and service.journal.history(1)[0].what == "trusted")

    play(HawkBit(action="9", artifacts=[artifact(dbc)]), piece)


@pytest.mark.usefixtures("dbc")
def test_bad_answers(play: Callable[[HawkBit, Piece], None]) -> None:
    """Links that lead elsewhere, artefacts without a hash, a wrong token: refused with a reason."""

    async def piece(hawkbit: HawkBit, door: HawkBitDoor, _service: UpdateService) -> None:
        hawkbit.elsewhere = "http://127.0.0.1:1"
        with pytest.raises(InvalidArgumentError, match="elsewhere"):
            await door.poll()
        hawkbit.elsewhere = "http://[x"
        with pytest.raises(InvalidArgumentError, match="link is none"):
            await door.poll()
        hawkbit.elsewhere = ""
        hawkbit.artifacts = [{"filename": "x", "hashes": {"md5": "0"}}]
        with pytest.raises(InvalidArgumentError, match="no SHA-256"):
            await door.poll()
        hawkbit.token = "other"  # of the stub
        with pytest.raises(UnavailableError, match="401"):
            await door.poll()
        hawkbit.token, hawkbit.controller = "secret", "car-1"
        hawkbit.action, hawkbit.sleep = "", "nonsense"
        assert await door.poll() == 60.0

    play(HawkBit(action="1"), piece)


def test_a_target_that_hawkbit_does_not_know(play: Callable[[HawkBit, Piece], None]) -> None:
    async def piece(_hawkbit: HawkBit, door: HawkBitDoor, _service: UpdateService) -> None:
        with pytest.raises(NotFoundError):
            await door.poll()

    play(HawkBit(controller="car-2"), piece)
