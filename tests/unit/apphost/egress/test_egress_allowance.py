# SPDX-License-Identifier: Apache-2.0
"""An app's day: what clocks can and cannot do to it, and that it survives restarts."""

import asyncio
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from ivi.apphost.egress.allowance import DAY, Clocks, Day, advance, first_day, read_clocks
from ivi.apphost.egress.budget import Budget
from ivi.apphost.egress.ledger import BLOCK, TrafficLedger

HOUR = 3600.0
MORNING = Clocks("boot-a", 100.0, 1_800_000_000.0)


def used(day: Day, count: int) -> Day:
    return replace(day, used=count)


def later(clocks: Clocks, seconds: float, *, wall: float | None = None) -> Clocks:
    return replace(clocks, uptime=clocks.uptime + seconds, wall=clocks.wall + (seconds if wall is None else wall))


def test_a_day_ends_after_24_hours_of_running() -> None:
    day = used(first_day(MORNING), 5)
    assert advance(day, later(MORNING, DAY - 1)).used == 5
    assert advance(day, later(MORNING, DAY)).used == 0


def test_setting_the_clock_while_running_gives_nothing() -> None:
    day = used(first_day(MORNING), 5)
    now = MORNING
    for jump in (400 * DAY, -900 * DAY, 3 * DAY):
        now = later(now, HOUR, wall=jump)
        day = advance(day, now)
        assert day.used == 5
    assert day.elapsed == 3 * HOUR


def test_a_night_with_the_power_off_counts() -> None:
    day = advance(used(first_day(MORNING), 5), later(MORNING, HOUR))
    assert advance(day, Clocks("boot-b", 5.0, MORNING.wall + 20 * HOUR)).used == 5
    assert advance(day, Clocks("boot-b", 5.0, MORNING.wall + 25 * HOUR)).used == 0


def test_a_car_that_wakes_in_1970_keeps_its_day_until_the_clock_is_set() -> None:
    day = advance(used(first_day(MORNING), 5), later(MORNING, HOUR))
    asleep = 5 * DAY
    woken = Clocks("boot-b", 5.0, 12.0)
    day = advance(day, woken)
    assert day.used == 5
    day = advance(day, later(woken, 60))
    assert day.used == 5
    assert day.elapsed == pytest.approx(HOUR + 60)
    synchronised = Clocks("boot-b", 125.0, MORNING.wall + HOUR + asleep + 120)
    day = advance(day, synchronised)
    assert day.used == 0
    # The time off counts once: another jump of the same boot gives nothing.
    day = used(day, 7)
    assert advance(day, later(synchronised, 10, wall=5 * DAY)).used == 7


def test_without_a_clock_running_time_alone_ends_the_day() -> None:
    day = used(first_day(MORNING), 5)
    for number in range(30):
        woken = Clocks(f"boot-{number}", 5.0, 12.0)
        day = advance(advance(day, woken), later(woken, HOUR))
        if number < 23:
            assert day.used == 5
    assert day.used == 0


def test_this_machine_has_these_clocks() -> None:
    first, second = read_clocks(), read_clocks()
    assert len(first.boot_id) == 36
    assert first.boot_id == second.boot_id
    assert second.uptime >= first.uptime > 0


class Clock:
    """Clocks that a test turns."""

    def __init__(self) -> None:
        self.now = MORNING

    def __call__(self) -> Clocks:
        return self.now


def test_bytes_stay_used_over_a_restart_of_the_host(tmp_path: Path) -> None:
    clock = Clock()

    async def drive() -> None:
        ledger = TrafficLedger(tmp_path / "egress.db", clock)
        budget = Budget("a.b", ledger)
        budget.begin()
        assert await budget.take(600_000, 1_000_000)
        await budget.end("host:443", 500_000, 100_000)
        await ledger.close()
        ledger = TrafficLedger(tmp_path / "egress.db", clock)
        budget = Budget("a.b", ledger)
        assert not await budget.take(400_001, 1_000_000)
        assert await budget.take(400_000, 1_000_000)
        assert not await budget.take(1, 1_000_000)
        assert await Budget("c.d", ledger).take(1_000_000, 1_000_000), "another app has its own day"
        clock.now = later(clock.now, DAY)
        assert await budget.take(1, 1_000_000)
        assert [(row.host, row.connections, row.sent, row.received) for row in await ledger.traffic("a.b")] == [
            ("host:443", 1, 500_000, 100_000)
        ]
        await ledger.close()

    asyncio.run(drive())


def test_a_host_that_dies_gives_no_bytes_away(tmp_path: Path) -> None:
    async def drive() -> None:
        ledger = TrafficLedger(tmp_path / "egress.db", Clock())
        budget = Budget("a.b", ledger)
        budget.begin()
        assert await budget.take(1, 1_000_000)
        # Nobody ends anything: that is what a kill does. What was booked stays used.
        other = sqlite3.connect(tmp_path / "egress.db")
        assert other.execute("SELECT used FROM day").fetchone() == (BLOCK,)
        other.close()
        await ledger.close()

    asyncio.run(drive())


def test_many_connections_share_one_day_exactly(tmp_path: Path) -> None:
    async def drive() -> None:
        ledger = TrafficLedger(tmp_path / "egress.db", Clock())
        budget = Budget("a.b", ledger)
        took = [0]

        async def connection() -> None:
            budget.begin()
            while await budget.take(7_000, 1_000_000):
                took[0] += 7_000
                await asyncio.sleep(0)
            await budget.end("host:443", 0, 0)

        await asyncio.gather(*(connection() for _ in range(8)))
        assert 1_000_000 - 7_000 < took[0] <= 1_000_000
        await ledger.close()

    asyncio.run(drive())
