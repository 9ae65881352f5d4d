# SPDX-License-Identifier: Apache-2.0
"""One message that the database does not take must not hold up all others."""

import asyncio
import contextlib
import sqlite3
from collections.abc import Callable
from pathlib import Path

from ivi.cloud.record import Record, encode_record
from ivi.cloud.session import Delivery
from ivi.cloud.wire import Broker, Frame, Kind, VehicleState
from ivi.daemon.process import Process
from ivi.fleet import report
from ivi.fleet.ingest import Ingest
from ivi.fleet.serve.dispatch import Dispatch
from ivi.fleet.serve.fleet_data import FleetData
from ivi.fleet.store.reading import Reader

STREAM = b"stream-1"
TRIGGERS = """
create trigger poisoned_effect before insert on event when new.kind = 'poison' begin select raise(abort, 'no'); end;
create trigger poisoned_row before insert on record when instr(new.body, 'venom') begin select raise(abort, 'no'); end;
create trigger poisoned_state before insert on vehicle when new.state = 'venom' begin select raise(abort, 'no'); end;
"""


def message(seq: int, kind: str) -> tuple[Delivery, str, str, list[Frame] | VehicleState]:
    """A record of a car, as the ingest gathers it."""
    frame = Frame(Kind.RECORD, STREAM, seq, encode_record(Record(kind, 1000 + seq, {"seq": seq})))
    return Delivery("v1/car/up/t/control", b"", seq, None), "car", "control", [frame]


def with_ingest(folder: Path, do: Callable[[Ingest], None]) -> None:
    """An ingest whose broker is away."""

    async def run() -> None:
        ingest = Ingest(Process("fleet"), broker="127.0.0.1:1", db=folder / "fleet.db")
        await ingest.start()
        try:
            do(ingest)
        finally:
            await ingest.stop()

    asyncio.run(run())


def test_a_poisoned_row_holds_up_nobody(tmp_path: Path) -> None:
    """It is stored without its effect; when not even that can be, it is a gap, and the car goes on behind it."""

    def do(ingest: Ingest) -> None:
        with contextlib.closing(sqlite3.connect(tmp_path / "fleet.db")) as db:
            db.executescript(TRIGGERS)
        here = VehicleState("online", 1, 1)
        states = [
            (Delivery("v1/car/up/state", b"", 9, None), "car", "", state) for state in (VehicleState("venom", 2), here)
        ]
        kinds = ("good", "poison", "good", "venom", "good")
        complete = ingest._store_all([*states, *(message(seq, kind) for seq, kind in enumerate(kinds, 1))])
        assert list(complete.values()) == [5]
        assert ingest.refused == 4  # a state, an effect, and a row with its effect and without

    with_ingest(tmp_path, do)
    assert [row.seq for row in report.rows(tmp_path / "fleet.db")] == [1, 2, 3, 5]
    assert [(gap.first, gap.last, gap.dropped) for gap in report.gaps(tmp_path / "fleet.db")] == [(4, 4, 1)]
    with contextlib.closing(Reader(str(tmp_path / "fleet.db"))) as reader:
        assert [event.data["seq"] for event in reader.events("car")] == [5, 3, 1]
        entry = reader.vehicle("car")
        assert entry is not None
        assert entry.state == "online"


def test_a_dispatch_that_fails_ends_its_process(tmp_path: Path) -> None:
    """It must not look as if it ran, while nothing is sent."""

    async def run() -> None:
        process, data = Process("serve"), FleetData(tmp_path / "fleet.db")
        await data.open()
        dispatch = Dispatch(
            process, data, [Broker("127.0.0.1", 1)], "serve", None, keep_days=float("nan")
        )  # not a number
        await dispatch.start()
        try:
            async with asyncio.timeout(20):
                await process.stopping.wait()
        finally:
            await dispatch.stop()
            await data.close()

    asyncio.run(run())
