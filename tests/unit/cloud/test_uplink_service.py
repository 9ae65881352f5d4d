# SPDX-License-Identifier: Apache-2.0
"""The uplink's service without a broker: what it says when its store is damaged, and that it goes on."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from ivi.cloud.record import decode_record
from ivi.cloud.uplink import UplinkService
from ivi.daemon.link_client import LinkClient
from ivi.daemon.process import Process
from ivi.model.cloud import LinkState
from ivi.model.databroker import DatabrokerAnswer
from ivi.model.errors import ConfigurationError, UnavailableError


def service(process: Process, folder: Path, broker: str = "") -> UplinkService:
    """A service whose databroker and broker are absent."""
    if not broker:
        with socket.create_server(("127.0.0.1", 0)) as probe:
            broker = f"127.0.0.1:{probe.getsockname()[1]}"
    databroker = LinkClient(folder / "databroker.sock", DatabrokerAnswer)
    return UplinkService(process, databroker, broker=broker, vehicle_id="car", state=folder)


@contextlib.asynccontextmanager
async def running(folder: Path) -> AsyncIterator[tuple[Process, UplinkService]]:
    """A service between start and stop."""
    process = Process("cloud")
    made = service(process, folder)
    await made.start()
    try:
        yield process, made
    finally:
        await made.stop()


async def until(condition: Callable[[], bool]) -> None:
    """Wait until a condition holds, with a deadline."""
    async with asyncio.timeout(10):
        while not condition():  # the outside has no event to wait for
            await asyncio.sleep(0.01)


def files(folder: Path) -> list[Path]:
    """What lies in a folder."""
    return list(folder.iterdir())


def problems(process: Process) -> str:
    """All that is off, in one text."""
    return "\n".join(problem.what for problem in process.status().problems)


def test_stop_commits_what_it_has(tmp_path: Path) -> None:
    """A row that came a moment before is there at the next start."""

    async def play() -> None:
        async with running(tmp_path) as (_, first):
            first.accept(b"last word")
        async with running(tmp_path) as (_, second):
            assert (second.snapshot().accepted, second.snapshot().waiting) == (1, 1)

    asyncio.run(play())


def test_an_absent_broker_is_a_state_with_a_reason(tmp_path: Path) -> None:
    """And it works again without a restart; the counters are there for `ivi status`."""

    async def play() -> None:
        async with running(tmp_path) as (process, uplink):
            await until(lambda: uplink.snapshot().state is LinkState.OFFLINE)
            assert "no broker answers" in uplink.snapshot().reason
            await until(lambda: "Not connected to the fleet" in problems(process))
            counters = process.status().counters
            names = {"mqtt_accepted", "mqtt_acknowledged", "mqtt_waiting", "mqtt_dropped", "mqtt_refused", "mqtt_state"}
            assert names <= set(counters)

    asyncio.run(play())


def test_a_store_that_was_damaged_while_it_was_off(tmp_path: Path) -> None:
    """Said in plain words, with the place where the old file is."""
    (tmp_path / "outbox-telemetry.db").write_bytes(b"no database" * 1000)

    async def play() -> None:
        async with running(tmp_path) as (process, uplink):
            (problem,) = [found for found in process.status().problems if "damaged" in found.what]
            assert problem.where in {str(path) for path in files(tmp_path)}
            assert uplink.snapshot().accepted == 0

    asyncio.run(play())


def test_a_store_that_is_damaged_while_it_runs(tmp_path: Path) -> None:
    """The file is set aside, and the row that noticed it is stored in the new one."""

    async def play() -> None:
        async with running(tmp_path) as (process, uplink):
            box = uplink._channels["telemetry"].outbox
            box.append([bytes(1000)] * 500)
            box._db.execute("pragma wal_checkpoint(truncate)")
            with (tmp_path / "outbox-telemetry.db").open("r+b") as file:
                size = file.seek(0, 2)
                file.seek(4096)
                file.write(b"\xa5" * (size - 4096))
            # Pages that are still in memory would hide what happened to the file.
            box._db.execute("pragma cache_size = 0")
            box._db.execute("pragma shrink_memory")
            uplink.accept(b"noticed")
            await until(lambda: "was damaged" in problems(process))
            await until(lambda: uplink.snapshot().accepted == 1)
            await until(lambda: "cannot be stored" not in problems(process))
            assert uplink._channels["telemetry"].outbox.due(10)[0].body == b"noticed"
            assert [path for path in files(tmp_path) if "corrupt" in path.name]

    asyncio.run(play())


def test_a_second_service_is_refused(tmp_path: Path) -> None:
    """On the same folder."""

    async def play() -> None:
        async with running(tmp_path):
            with pytest.raises(UnavailableError, match="another copy"):
                await service(Process("cloud"), tmp_path).start()

    asyncio.run(play())


def test_a_wrong_address_or_id_is_told_before_anything_starts(tmp_path: Path) -> None:
    """One clear line."""

    async def play() -> None:
        with pytest.raises(ConfigurationError, match="not the address"):
            service(Process("cloud"), tmp_path, "host:port")
        databroker = LinkClient(tmp_path / "databroker.sock", DatabrokerAnswer)
        with pytest.raises(ConfigurationError, match="topic"):
            UplinkService(Process("cloud"), databroker, broker="x:1", vehicle_id="+", state=tmp_path)

    asyncio.run(play())


def test_a_store_that_was_replaced_is_told_to_the_fleet(tmp_path: Path) -> None:
    """And the fleet does not take the new start for an older one: the epoch never falls."""

    async def play() -> None:
        async with running(tmp_path) as (_, first):
            before = first._epoch
        for name in ("control", "telemetry"):
            (tmp_path / f"outbox-{name}.db").write_bytes(b"no database" * 1000)
        async with running(tmp_path) as (_, second):
            assert second._epoch >= before > 1_000_000_000
            await until(lambda: second.accepted("control") == 2)
            records = [decode_record(frame.body) for frame in second._channels["control"].outbox.due(10)]
            assert {record.kind for record in records} == {"gap"}
            assert {record.data["channel"] for record in records} == {"control", "telemetry"}

    asyncio.run(play())
