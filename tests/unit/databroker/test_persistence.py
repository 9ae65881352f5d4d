# SPDX-License-Identifier: Apache-2.0
"""Last values over a restart of the broker, in a real file."""

import asyncio
import sqlite3
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Self

import pytest

from ivi.daemon.process import Process
from ivi.databroker.broker import Broker
from ivi.databroker.persistence import Keeper, ValueStore
from ivi.databroker.subscription import Batch
from ivi.model.signal import DataType, EntryType, Metadata, Value
from ivi.vss.catalogue import Catalogue
from ivi.vss.loader import load_catalogue
from ivi.vss.mapping import load_mapping

ODOMETER, SEAT, SPEED = "Vehicle.Odometer", "Vehicle.Seat", "Vehicle.Speed"
AN_HOUR = 3600 * 10**9  # nanoseconds


class Source:
    name = "car"

    async def actuate(self, values: Mapping[str, Value]) -> Mapping[str, Value]:
        return values


class Run:
    """One life of a broker with its keeper."""

    def __init__(self, file: Path, period: float = 60.0, *entries: Metadata) -> None:
        self.process = Process("databroker")
        found = entries or (
            Metadata(ODOMETER, DataType.UINT32, EntryType.SENSOR, "m", persist=True),
            Metadata(SEAT, DataType.STRING_ARRAY, EntryType.SENSOR, persist=True),
            Metadata(SPEED, DataType.FLOAT, EntryType.SENSOR),
        )
        self.broker = Broker(Catalogue(found))
        self.source = Source()
        self.keeper = Keeper(self.process, self.broker, file, period)

    async def __aenter__(self) -> Self:
        await self.keeper.start()
        self.broker.register(self.source, list(self.broker.catalogue))
        return self

    async def __aexit__(self, *_error: object) -> None:
        await self.keeper.stop()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "state" / "databroker.db"


def test_only_what_the_overlay_says_survives_with_its_old_time(file: Path) -> None:
    async def main() -> None:
        then = time.time_ns() - AN_HOUR
        async with Run(file) as first:
            values: dict[str, Value | None] = {ODOMETER: 123, SEAT: ["a", "b"], SPEED: 50.0}
            first.broker.publish(first.source, values, then)
        async with Run(file) as second:
            found = second.broker.get(["**"])
            assert {path: point.value for path, point in found.items()} == {ODOMETER: 123, SEAT: ["a", "b"]}
            assert {(point.time_ns, point.source) for point in found.values()} == {(then, "persisted")}
            age = time.monotonic_ns() - found[ODOMETER].mono_ns
            assert AN_HOUR <= age < AN_HOUR + 60 * 10**9

    asyncio.run(main())


def test_the_provider_takes_over_even_with_the_same_value(file: Path) -> None:
    async def main() -> None:
        async with Run(file) as first:
            first.broker.publish(first.source, {ODOMETER: 123})
        async with Run(file) as second:
            sources: list[str] = []

            def deliver(batch: Batch) -> bool:
                sources.append(batch[ODOMETER].source)
                return True

            second.broker.subscribe([ODOMETER], 0, deliver)
            second.broker.publish(second.source, {ODOMETER: 123})
            second.broker.publish(second.source, {ODOMETER: 123})
            assert sources == ["persisted", "car"]

    asyncio.run(main())


def test_not_available_does_not_erase_the_last_value(file: Path) -> None:
    async def main() -> None:
        async with Run(file) as first:
            first.broker.publish(first.source, {ODOMETER: 123})
            first.broker.publish(first.source, {ODOMETER: None})
            first.broker.unregister(first.source)
        async with Run(file) as second:
            assert second.broker.get([ODOMETER])[ODOMETER].value == 123

    asyncio.run(main())


def test_values_are_written_while_it_runs(file: Path) -> None:
    async def main() -> None:
        async with Run(file, 0.02) as first:
            first.broker.publish(first.source, {ODOMETER: 5})
            async with asyncio.timeout(10):
                while ODOMETER not in await asyncio.to_thread(read, file):
                    await asyncio.sleep(0.01)

    asyncio.run(main())


def read(file: Path) -> list[str]:
    store = ValueStore(file)
    try:
        return list(store.load())
    finally:
        store.close()


def test_a_value_that_no_longer_fits_is_left_out(file: Path) -> None:
    async def main() -> None:
        async with Run(file) as first:
            first.broker.publish(first.source, {ODOMETER: 300, SEAT: ["a"]})
        changed = Metadata(ODOMETER, DataType.UINT8, EntryType.SENSOR, persist=True)
        async with Run(file, 60.0, changed) as second:
            assert second.broker.get(["**"]) == {}

    asyncio.run(main())


def test_a_damaged_file_is_set_aside_and_said(file: Path) -> None:
    file.parent.mkdir()
    file.write_bytes(b"this is no database" * 100)

    async def main() -> None:
        async with Run(file) as first:
            (problem,) = first.process.status().problems
            assert "cannot be read" in problem.what
            assert "databroker.broken" in problem.hint
            first.broker.publish(first.source, {ODOMETER: 9})
        assert file.with_suffix(".broken").read_bytes().startswith(b"this is no")
        async with Run(file) as second:
            assert second.broker.get([ODOMETER])[ODOMETER].value == 9

    asyncio.run(main())


def test_what_could_not_be_written_is_written_later(file: Path) -> None:
    async def main() -> None:
        async with Run(file, 0.02) as first:
            # somebody else holds the file; the write waits, fails, is said, and is tried again
            with sqlite3.connect(file, isolation_level=None) as other:
                other.execute("BEGIN EXCLUSIVE")
                first.broker.publish(first.source, {ODOMETER: 5})
                async with asyncio.timeout(20):
                    while not first.process.status().problems:
                        await asyncio.sleep(0.01)
                other.execute("ROLLBACK")
            other.close()
            async with asyncio.timeout(20):
                while first.process.status().problems:
                    await asyncio.sleep(0.01)
        assert read(file) == [ODOMETER]

    asyncio.run(main())


def test_no_file_is_made_when_nothing_is_kept(file: Path) -> None:
    async def main() -> None:
        async with Run(file, 60.0, Metadata(SPEED, DataType.FLOAT, EntryType.SENSOR)) as run:
            run.broker.publish(run.source, {SPEED: 1.0})
        assert not file.parent.exists()

    asyncio.run(main())


def test_an_overlay_says_what_is_kept(tmp_path: Path) -> None:
    overlay = tmp_path / "car.vspec"
    overlay.write_text(
        "Vehicle.TraveledDistance: {persist: true, dbc2vss: {signal: Odometer}}\n"
        "Vehicle.Own.Count: {type: sensor, datatype: uint8, persist: true}\n"
    )
    catalogue = load_catalogue()
    load_mapping(overlay, catalogue)
    assert [path for path in catalogue if catalogue.get(path).persist] == [
        "Vehicle.TraveledDistance",
        "Vehicle.Own.Count",
    ]
    assert catalogue.get("Vehicle.TraveledDistance").unit == "m"
