# SPDX-License-Identifier: Apache-2.0
"""Commands in a car whose databroker and driving state are real: what is done, what is not, and what is told of it."""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from ivi.cloud.commands.command import Command, sign_command
from ivi.cloud.commands.judge import FARTHEST
from ivi.cloud.commands.remote import NEVER_COMMANDS
from ivi.cloud.commands.table import COMMANDS
from ivi.cloud.consent.coarsening import Precision, coarse_place
from ivi.cloud.trust import Role
from ivi.daemon.link_client import LinkClient
from ivi.model.commands import Answer, AnswerCommand, CommandState, ListCommands, SubscribeCommands
from ivi.model.errors import UnavailableError
from ivi.model.services import DrivingState

if TYPE_CHECKING:
    from tests.unit.cloud.conftest import Car

type MakeCar = Callable[[], "Car"]

LIMIT = "Vehicle.Powertrain.TractionBattery.Charging.ChargeLimit"
DOOR = "Vehicle.Cabin.Door.Row2.PassengerSide.IsLocked"


def play(make_car: MakeCar, story: Callable[["Car"], Awaitable[None]]) -> None:
    """Run a story in a parked car whose commands part runs."""

    async def tell() -> None:
        async with make_car().running() as car:
            await story(car)

    asyncio.run(tell())


def test_commands_really_act(make_car: MakeCar) -> None:
    async def story(car: "Car") -> None:
        assert await car.do("lock") == ("succeeded", "")
        assert car.value(DOOR) is True
        assert await car.do("unlock") == ("succeeded", "")
        assert car.value(DOOR) is False
        assert await car.do("charge_limit", Role.FLEET, percent=70) == ("succeeded", "")
        assert car.value(LIMIT) == 70
        assert (await car.do("precondition", temperature=22.0))[0] == "succeeded"
        assert car.value("Vehicle.Cabin.HVAC.Station.Row1.Passenger.Temperature") == 22.0
        assert car.value("Vehicle.Cabin.HVAC.IsAirConditioningActive") is True
        assert (await car.do("precondition", on=False))[0] == "succeeded"
        assert car.value("Vehicle.Cabin.HVAC.IsAirConditioningActive") is False
        assert (await car.do("charge_start"))[1] == "unavailable: the charging cable is not in"
        car.is_like(IsChargingCableConnected=True)
        assert (await car.do("charge_start"))[0] == "succeeded"
        assert (await car.do("charge_stop"))[0] == "succeeded"
        assert len(car.asked) == 7

    play(make_car, story)


@pytest.mark.parametrize("role", [Role.FLEET, Role.SERVICE])
def test_how_the_car_is_told_to_others_only_with_a_yes(make_car: MakeCar, role: Role) -> None:
    async def story(car: "Car") -> None:
        command = car.order("report_state")
        car.send(command, role)
        await car.reaches(command, CommandState.AWAITING_CONSENT)

    play(make_car, story)


def test_every_state_is_told_in_order_and_the_result_with_the_last(make_car: MakeCar) -> None:
    async def story(car: "Car") -> None:
        command = car.order("report_state")
        car.send(command, Role.OWNER)
        await car.ends(command)
        assert car.post.states(command.id) == ["received", "accepted", "running", "succeeded"]
        last = car.post.kind("command")[-1]
        assert set(last) == {"id", "state", "reason", "result"}
        assert last["result"]["charge_percent"] == 64.0
        assert last["result"]["driving"] == "parked"
        assert last["result"]["locked"] is False
        assert "latitude" not in str(last).lower()
        assert car.post.kind("command_epoch") == [{"epoch": car.commands.epoch}]

    play(make_car, story)


def test_a_repeated_message_has_its_result_repeated_and_nothing_done(make_car: MakeCar) -> None:
    async def story(car: "Car") -> None:
        command = car.order("lock")
        message = car.send(command)
        await car.ends(command)
        for _ in range(3):
            car.commands.received("cmd", message)
        assert car.post.states(command.id) == ["received", "accepted", "running", *["succeeded"] * 4]
        assert len(car.asked) == 1
        assert car.commands.counters()["commands_repeated"] == 3
        car.send(replace(command, name="unlock"))  # the same id, something else
        assert car.commands.refused == {"id_reused": 1}
        await asyncio.sleep(0)
        assert len(car.asked) == 1

    play(make_car, story)


def test_a_flood_of_copies_is_not_answered_without_end(make_car: MakeCar) -> None:
    async def story(car: "Car") -> None:
        command = car.order("lock")
        message = car.send(command)
        await car.ends(command)
        for _ in range(500):
            car.commands.received("cmd", message)
            car.commands.received("cmd", b"rubbish")
        assert len(car.post.states(command.id)) < 80
        assert len(car.post.kind("refused")) < 40
        assert car.commands.refused == {"malformed": 500}

    play(make_car, story)


def test_used_counters_are_refused_over_a_restart_and_newer_ones_taken_in_any_order(make_car: MakeCar) -> None:
    async def tell() -> None:
        car = make_car()
        async with car.drive():
            async with car.part():
                late, early = car.order("lock"), car.order("lock")
                car.send(early)
                await car.ends(early)
            async with car.part():
                car.send(late)
                assert (await car.ends(late))[0] == "succeeded"
                for counter in (late.counter, early.counter):
                    car.send(replace(car.order("unlock"), counter=counter))
                assert car.commands.refused == {"replayed": 2}
                far = replace(car.order("lock"), counter=1000)
                car.send(far)
                await car.ends(far)
                car.send(replace(car.order("lock"), counter=1000 - 65))
                assert car.commands.refused == {"replayed": 3}
                other = replace(car.order("lock"), counter=far.counter)  # each issuer counts for itself
                car.send(other, Role.FLEET)
                assert (await car.ends(other))[0] == "succeeded"
                assert all(LIMIT not in asked for asked in car.asked)

    asyncio.run(tell())


def test_a_command_tells_the_time(make_car: MakeCar) -> None:
    """It was signed a week before its expiry at the earliest: that confirms a clock that has leapt."""

    async def story(car: "Car") -> None:
        now = car.post.clock.time
        car.send(car.order("lock", seconds=FARTHEST - 100))
        assert car.post.clock.learned == [now - 100]
        car.send(car.order("lock", seconds=FARTHEST + 100))  # somebody's clock is wrong: that tells nothing
        assert car.post.clock.learned == [now - 100]

    play(make_car, story)


def test_expired_commands_and_wrong_clocks(make_car: MakeCar) -> None:
    async def story(car: "Car") -> None:
        late = car.order("lock", seconds=-1)
        car.send(late)
        assert (await car.ends(late))[0] == "expired"
        exact = car.order("lock", seconds=0)
        car.send(exact)
        assert (await car.ends(exact))[0] == "expired"
        far = car.order("lock", seconds=30 * 86400)  # the car's clock, or the sender's, is wrong by weeks
        car.send(far)
        assert (await car.ends(far))[1].startswith("expiry:")
        car.post.clock.rolled_back = True
        assert (await car.do("lock"))[1].startswith("clock:")
        car.post.clock.rolled_back = False
        assert car.asked == []
        assert (await car.do("lock"))[0] == "succeeded"

    play(make_car, story)


def test_for_another_car_or_of_another_epoch(make_car: MakeCar) -> None:
    async def story(car: "Car") -> None:
        car.send(replace(car.order("lock"), vehicle="car-2"))
        car.send(replace(car.order("lock"), epoch=bytes(8)))
        assert car.commands.refused == {"audience": 1, "epoch": 1}
        assert car.post.kind("refused")[-1]["epoch"] == car.commands.epoch  # so that the sender can sign anew
        assert car.post.kind("command") == []
        assert "refused" in car.process.status().problems[0].what

    play(make_car, story)


def test_forged_messages_cost_no_counter(make_car: MakeCar) -> None:
    async def story(car: "Car") -> None:
        command = car.order("lock")
        kid, key = car.signing(Role.OWNER)
        message = sign_command(command, kid, key)
        for position in range(0, len(message), 7):
            car.commands.received("cmd", message[:position] + bytes([message[position] ^ 1]) + message[position + 1 :])
        refused = car.commands.refused
        assert set(refused) == {"malformed", "forged"}
        car.commands.received(
            "cmd", sign_command(command, *car.signing(Role.CAMPAIGNS))
        )  # known, but signs no commands
        assert car.commands.refused["forged"] == refused["forged"] + 1
        assert car.asked == []
        car.commands.received("cmd", message)
        assert (await car.ends(command))[0] == "succeeded"

    play(make_car, story)


@pytest.mark.parametrize(
    ("name", "role", "args", "reason"),
    [
        ("horn", Role.OWNER, {}, "never_remote"),
        ("windows", Role.OWNER, {}, "never_remote"),
        ("dance", Role.OWNER, {}, "unknown"),
        ("charge_limit", Role.SERVICE, {"percent": 80}, "role"),
        ("precondition", Role.SERVICE, {}, "role"),
        ("charge_limit", Role.OWNER, {}, "arguments"),
        ("charge_limit", Role.OWNER, {"percent": 10}, "arguments"),
        ("charge_limit", Role.OWNER, {"percent": True}, "arguments"),
        ("charge_limit", Role.OWNER, {"percent": 80.0}, "arguments"),
        ("charge_limit", Role.OWNER, {"percent": 80, "path": "Vehicle.Speed"}, "arguments"),
        ("precondition", Role.OWNER, {"temperature": float("nan")}, "arguments"),
        ("precondition", Role.OWNER, {"on": 1}, "arguments"),
        ("cancel", Role.OWNER, {"id": b"short"}, "arguments"),
    ],
)
def test_genuine_commands_that_are_rejected(
    make_car: MakeCar, name: str, role: Role, args: dict[str, Any], reason: str
) -> None:
    async def story(car: "Car") -> None:
        command = replace(car.order(name), args=args)
        car.send(command, role)
        state, why = await car.ends(command)
        assert state == "rejected"
        assert why.startswith(f"{reason}: ")
        assert car.asked == []

    play(make_car, story)


def test_nothing_in_the_table_is_never_remote() -> None:
    assert not NEVER_COMMANDS & set(COMMANDS)


def test_the_driving_state_and_the_batteries_guard(make_car: MakeCar) -> None:
    async def story(car: "Car") -> None:
        car.is_like(Speed=43.0)
        await car.until(lambda: car.vehicle.driving is DrivingState.MOVING)
        for name in ("unlock", "precondition", "charge_start"):
            state, reason = await car.do(name)
            assert (state, reason.partition(":")[0]) == ("rejected", "driving")
        assert (await car.do("lock"))[0] == "succeeded"
        car.is_like(Speed=0.0, Displayed=12.0)
        await car.until(lambda: car.vehicle.driving is DrivingState.PARKED and car.vehicle.conditions.charge == 12.0)
        assert (await car.do("precondition"))[1].startswith("battery: 20 % are needed")
        assert (await car.do("precondition", on=False))[0] == "succeeded"
        car.is_like(IsChargingCableConnected=True)
        await car.until(lambda: car.vehicle.conditions.plugged)
        assert (await car.do("precondition"))[0] == "succeeded"
        car.is_like(CurrentVoltage=11.2)
        await car.until(lambda: car.vehicle.conditions.voltage == 11.2)
        assert (await car.do("precondition"))[1].startswith("battery: the 12 V battery")
        assert (await car.do("charge_start"))[1].startswith("battery: the 12 V battery")
        assert (await car.do("unlock"))[0] == "succeeded"

    play(make_car, story)


def test_what_is_not_known_permits_nothing(make_car: MakeCar, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither databroker nor services; then the services go away."""
    monkeypatch.setattr("ivi.cloud.commands.vehicle.SETTLE", 0.2)

    async def tell() -> None:
        car = make_car()
        async with car.part(parked=False):
            assert (await car.do("unlock"))[1].startswith("driving: ")
            assert (await car.do("charge_limit", percent=70))[1].startswith("unavailable: databroker is not running")
        async with car.drive(), car.part():
            (car.run_dir / "services.sock").unlink()
            await car.vehicle._services.close()
            await car.until(lambda: car.vehicle.driving is DrivingState.UNKNOWN)
            assert (await car.do("unlock"))[1].startswith("driving: ")

    asyncio.run(tell())


def test_a_car_that_does_not_confirm_leaves_the_outcome_unknown(
    make_car: MakeCar, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ivi.cloud.commands.vehicle.ACT_LIMIT", 0.3)

    async def story(car: "Car") -> None:
        car.obeys = False
        state, reason = await car.do("lock")
        assert (state, reason.partition(":")[0]) == ("outcome_unknown", "unconfirmed")

    play(make_car, story)


def test_locate_needs_a_yes_and_the_consent_gate(make_car: MakeCar) -> None:
    async def story(car: "Car") -> None:
        assert (await car.do("locate"))[1].startswith("consent: positions may not leave")
        car.post.purposes.add("locate")
        command = car.order("locate")
        car.send(command, Role.FLEET)
        await car.reaches(command, CommandState.AWAITING_CONSENT)
        async with LinkClient(car.run_dir / "cloud.sock", Answer) as screen:
            waiting = (await screen.call(ListCommands())).commands[0]
            assert (waiting.state, waiting.issuer, waiting.role) == ("awaiting_consent", "the fleet", "fleet")
            assert not (await screen.call(AnswerCommand("ffff", True))).taken
            assert (await screen.call(AnswerCommand(waiting.id[:8], True))).taken
            await car.ends(command)
            assert not (await screen.call(AnswerCommand(waiting.id, False))).taken
        ((use, delivery, record),) = [told for told in car.post.records if told[2].kind == "position"]
        assert (use.purpose, use.category, use.recipient, delivery) == ("locate", "location", "fleet", "events")
        assert record.data == {"id": command.id, "latitude": 48.1, "longitude": 11.5}
        assert car.post.kind("command")[-1]["result"] == {"position": "sent"}

    play(make_car, story)


def test_a_position_is_told_as_roughly_as_agreed(make_car: MakeCar) -> None:
    async def story(car: "Car") -> None:
        car.post.purposes.add("locate")
        car.post.precision = Precision(1000, 60)
        command = car.order("locate")
        car.send(command)
        await car.reaches(command, CommandState.AWAITING_CONSENT)
        async with LinkClient(car.run_dir / "cloud.sock", Answer) as screen:
            assert (await screen.call(AnswerCommand(command.id.hex(), True))).taken
        await car.ends(command)
        ((_, _, record),) = [told for told in car.post.records if told[2].kind == "position"]
        latitude, longitude = coarse_place(48.1, 11.5, 1000)
        assert record.data == {"id": command.id, "latitude": latitude, "longitude": longitude}
        assert (latitude, longitude) != (48.1, 11.5)
        assert record.at_ms % 60_000 == 0

    play(make_car, story)


def test_no_and_silence_reject(make_car: MakeCar, monkeypatch: pytest.MonkeyPatch) -> None:
    async def story(car: "Car") -> None:
        car.post.purposes.add("locate")
        command = car.order("locate")
        car.send(command)
        await car.reaches(command, CommandState.AWAITING_CONSENT)
        async with LinkClient(car.run_dir / "cloud.sock", Answer) as screen:
            async for event in screen.stream(SubscribeCommands()):
                if event.commands[0].state is CommandState.AWAITING_CONSENT:
                    await screen.call(AnswerCommand(event.commands[0].id, False))
                else:
                    assert event.commands[0].state is CommandState.REJECTED
                    break
        assert await car.ends(command) == ("rejected", "consent: somebody in the car said no")
        monkeypatch.setattr("ivi.cloud.commands.desk.CONSENT_LIMIT", 0.05)
        assert await car.do("unlock", Role.SERVICE) == ("rejected", "consent: nobody in the car answered")
        assert car.asked == []

    play(make_car, story)


def test_calling_back(make_car: MakeCar) -> None:
    async def story(car: "Car") -> None:
        car.post.purposes.add("locate")
        command = car.order("locate")
        car.send(command, Role.FLEET)
        await car.reaches(command, CommandState.AWAITING_CONSENT)
        assert (await car.do("cancel", Role.SERVICE, id=command.id))[1].startswith("role: ")
        assert (await car.do("cancel", Role.FLEET, id=command.id))[0] == "succeeded"
        assert (await car.ends(command))[0] == "cancelled"
        assert (await car.do("cancel", Role.FLEET, id=bytes(16)))[1].startswith("not_found: ")
        car.hold = asyncio.Event()
        lock, second = car.order("lock"), car.order("unlock")
        car.send(lock)
        car.send(second)
        await car.reaches(lock, CommandState.RUNNING)
        assert (await car.do("cancel", id=lock.id))[1] == "too_late: it is running already"
        assert (await car.do("cancel", id=second.id))[0] == "succeeded"
        car.hold.set()
        assert (await car.ends(lock))[0] == "succeeded"
        assert (await car.ends(second))[0] == "cancelled"
        assert len(car.asked) == 1

    play(make_car, story)


def test_too_many_open_commands_are_rejected(make_car: MakeCar) -> None:
    async def story(car: "Car") -> None:
        car.hold = asyncio.Event()
        orders = [car.order("lock") for _ in range(34)]
        for command in orders:
            car.send(command)
        assert (await car.ends(orders[-1]))[1].startswith("busy: ")
        car.hold.set()
        for command in orders[:32]:
            assert (await car.ends(command))[0] == "succeeded"

    play(make_car, story)


def test_what_the_outbox_did_not_take_is_told_later(make_car: MakeCar) -> None:
    async def story(car: "Car") -> None:
        car.post.full = True
        command = car.order("lock")
        car.send(command)
        await car.until(lambda: car.value(DOOR))
        await car.until(lambda: not car.commands.counters()["commands_open"])
        assert car.post.states(command.id) == []
        car.post.full = False
        car.commands.online()
        assert car.post.states(command.id) == ["succeeded"]
        car.commands.online()
        assert car.post.states(command.id) == ["succeeded"]

    play(make_car, story)


def test_a_command_that_the_disk_does_not_take_stays_with_the_broker(make_car: MakeCar) -> None:
    async def story(car: "Car") -> None:
        command = car.order("lock")
        other = sqlite3.connect(car.folder / "commands.db", isolation_level=None)
        other.execute("begin immediate")
        with pytest.raises(UnavailableError):
            car.send(command)
        assert "A command was not taken" in car.process.status().problems[0].what
        other.execute("rollback")
        other.close()
        car.send(command)
        assert (await car.ends(command))[0] == "succeeded"
        assert car.process.status().problems == []

    play(make_car, story)


def test_a_damaged_inbox_is_a_new_epoch(make_car: MakeCar) -> None:
    async def tell() -> None:
        car = make_car()
        async with car.drive():
            async with car.part():
                command = car.order("lock")
                message = car.send(command)
                await car.ends(command)
            (car.folder / "commands.db").write_bytes(b"not a database" * 100)
            async with car.part():
                car.commands.received("cmd", message)
                assert car.commands.refused == {"epoch": 1}
                assert len(car.asked) == 1
                assert "damaged" in car.process.status().problems[0].what
                assert len(list(car.folder.glob("commands.db.corrupt-*"))) >= 1
                assert (await car.do("unlock"))[0] == "succeeded"

    asyncio.run(tell())


def test_an_ordered_stop_keeps_what_waits(make_car: MakeCar) -> None:
    """Awaiting consent: asked again after the start. Expired meanwhile: said so."""

    async def tell() -> None:
        car = make_car()
        car.post.purposes.add("locate")
        async with car.drive():
            async with car.part():
                first, second = car.order("locate"), car.order("locate", seconds=1000)
                car.send(first)
                car.send(second)
                await car.reaches(first, CommandState.AWAITING_CONSENT)
                await car.reaches(second, CommandState.AWAITING_CONSENT)
            car.post.clock.time += 500
            async with car.part():
                assert (await car.ends(first))[0] == "expired"
                async with LinkClient(car.run_dir / "cloud.sock", Answer) as screen:
                    async with asyncio.timeout(10):
                        while not (await screen.call(AnswerCommand(second.id.hex(), True))).taken:
                            await asyncio.sleep(0.01)
                assert (await car.ends(second))[0] == "succeeded"

    asyncio.run(tell())


def commands_of(car: "Car", *names: str) -> list[Command]:
    """Several commands at once."""
    return [car.order(name) for name in names]


def test_commands_are_done_one_after_the_other(make_car: MakeCar) -> None:
    async def story(car: "Car") -> None:
        orders = commands_of(car, "lock", "unlock", "lock", "unlock", "lock")
        for command in orders:
            car.send(command)
        for command in orders:
            assert (await car.ends(command))[0] == "succeeded"
        assert [asked[DOOR] for asked in car.asked] == [True, False, True, False, True]

    play(make_car, story)
