# SPDX-License-Identifier: Apache-2.0
"""Telemetry: the body's encoding, and what is sampled from a databroker that comes and goes."""

import asyncio
import contextlib
from collections.abc import Callable
from pathlib import Path

import pytest

from ivi.cloud import telemetry
from ivi.cloud.telemetry import Batch, Telemetry, decode_batch, encode_batch
from ivi.daemon.link_client import LinkClient
from ivi.daemon.link_server import LinkServer, Stream
from ivi.daemon.process import Process
from ivi.model.databroker import DatabrokerAnswer, DatabrokerRequest, Subscribe, ValuesUpdate
from ivi.model.errors import InvalidArgumentError
from ivi.model.signal import Datapoint, Value
from ivi.model.status import Problem


def test_a_batch_comes_back_as_it_went() -> None:
    """All scalar types of VSS."""
    batch = Batch(1_700_000_000_000_000_000, {"Vehicle.Speed": 12.5, "A.B": True, "A.C": 7, "A.D": "x", "A.E": [1, 2]})
    assert decode_batch(encode_batch(batch)) == batch
    assert encode_batch(batch)[0] == 1


@pytest.mark.parametrize("body", [b"", b"\x02\x92\x00\x80", b"\x01", b"\x01\xc1", b"\x01\x91\x00"])
def test_what_is_no_batch_is_refused(body: bytes) -> None:
    """An encoding of the future, or none."""
    with pytest.raises(InvalidArgumentError):
        decode_batch(body)


def test_location_is_not_among_the_signals() -> None:
    """No consent, no location."""
    assert not [path for path in telemetry.DEFAULT_PATHS if "Location" in path or "Position" in path]


class Databroker:
    """Serves Subscribe on the real link; the test decides what flows."""

    def __init__(self, path: Path) -> None:
        self.asked: list[Subscribe] = []
        self.streams: list[Stream] = []
        self.server = LinkServer(path, (DatabrokerRequest,), Process("databroker").status)
        self.server.router.on_stream(Subscribe, self._subscribe)

    async def _subscribe(self, request: Subscribe, stream: Stream) -> None:
        self.asked.append(request)
        self.streams.append(stream)
        stream.send(update({"Vehicle.Speed": 10.0, "Vehicle.Powertrain.Range": None}))
        await asyncio.Event().wait()


def update(values: dict[str, Value | None]) -> ValuesUpdate:
    """An event of a subscription."""
    return ValuesUpdate({path: Datapoint(value, 1, 1, "test") for path, value in values.items()})


async def until(condition: Callable[[], object]) -> None:
    """Wait until a condition holds, with a deadline."""
    async with asyncio.timeout(10):
        while not condition():  # the outside has no event to wait for
            await asyncio.sleep(0.01)


def test_it_samples_what_flows_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Newest values; a value that is not available is left out; without a databroker there are no records."""
    monkeypatch.setattr(telemetry, "PERIOD", 0.05)
    asyncio.run(_sampling(tmp_path))


async def _sampling(folder: Path) -> None:
    path = folder / "databroker.sock"
    records: list[bytes] = []
    problems: list[Problem | None] = []
    broker = Databroker(path)
    async with LinkClient(path, DatabrokerAnswer) as client:
        task = asyncio.create_task(Telemetry(client, records.append, problems.append).run())
        try:
            await until(lambda: problems)
            assert problems[0] is not None
            assert not records
            await broker.server.start()
            await until(lambda: records)
            assert problems[-1] is None
            assert broker.asked[0].paths == list(telemetry.DEFAULT_PATHS)
            assert decode_batch(records[-1]).values == {"Vehicle.Speed": 10.0}
            broker.streams[0].send(update({"Vehicle.Speed": 11.0, "Vehicle.Powertrain.Range": 400_000}))
            expected = {"Vehicle.Speed": 11.0, "Vehicle.Powertrain.Range": 400_000}
            await until(lambda: decode_batch(records[-1]).values == expected)
            broker.streams[0].send(update({"Vehicle.Speed": None}))
            await until(lambda: decode_batch(records[-1]).values == {"Vehicle.Powertrain.Range": 400_000})
            await broker.server.stop()
            await until(lambda: problems[-1] is not None)
            count = len(records)
            await asyncio.sleep(0.2)  # four periods in which nothing may be recorded
            assert len(records) == count
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
