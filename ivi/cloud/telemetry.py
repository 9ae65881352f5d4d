# SPDX-License-Identifier: Apache-2.0
"""Samples a few signals once a second. The body of a row is one byte of encoding, then the batch."""

import asyncio
import time
from collections.abc import Callable, Sequence

import msgspec

from ivi.cloud.consent.coarsening import EXACT, Precision, coarse_ns, coarse_values
from ivi.cloud.delivery import DataUse
from ivi.daemon.link_client import LinkClient
from ivi.model.databroker import Subscribe, ValuesUpdate
from ivi.model.errors import InvalidArgumentError
from ivi.model.signal import Value
from ivi.model.status import Problem

PERIOD = 1.0  # seconds between records
ENCODING_MSGPACK = 1  # first byte of a body: msgpack of a Batch in array form

USE = DataUse("care", "driving", "fleet", 30)
"""What the built-in sample is for; without the driver's consent to it there is none.

Location is not in the list below and must not be: it is a category of its own. The same holds for whatever tells who
is in the cabin.
"""
DEFAULT_PATHS = (
    "Vehicle.Speed",
    "Vehicle.Powertrain.TractionBattery.StateOfCharge.Displayed",
    "Vehicle.Powertrain.TractionBattery.CurrentPower",
    "Vehicle.Powertrain.Range",
    "Vehicle.Exterior.AirTemperature",
    "Vehicle.Cabin.HVAC.Station.Row1.Driver.Temperature",
)


class Batch(msgspec.Struct, array_like=True, frozen=True):
    """Values of one moment."""

    t_ns: int
    """Wall clock of the car, nanoseconds since 1970."""
    values: dict[str, Value]
    """VSS path to value, in the unit of VSS."""


_decoder = msgspec.msgpack.Decoder(Batch)


def encode_batch(batch: Batch) -> bytes:
    """The body of a row."""
    return bytes((ENCODING_MSGPACK,)) + msgspec.msgpack.encode(batch)


def decode_batch(body: bytes) -> Batch:
    """The batch in a row's body. Raises InvalidArgumentError."""
    if body[:1] != bytes((ENCODING_MSGPACK,)):
        raise InvalidArgumentError(f"telemetry in an unknown encoding: {body[:1].hex() or 'empty'}")
    try:
        return _decoder.decode(memoryview(body)[1:])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InvalidArgumentError(f"malformed telemetry: {error}") from error


class Telemetry:
    """Keeps the newest values of the signals and makes one record of them every second."""

    def __init__(
        self,
        databroker: LinkClient,
        accept: Callable[[bytes], None],
        on_problem: Callable[[Problem | None], None],
        paths: Sequence[str] = DEFAULT_PATHS,
        precision: Callable[[], Precision] = lambda: EXACT,
    ) -> None:
        """`accept` takes each record's body; `on_problem` hears why there are none, and None when there are again.

        `precision` says how roughly places and moments are told now.
        """
        self._databroker = databroker
        self._accept = accept
        self._on_problem = on_problem
        self._paths = list(paths)
        self._precision = precision
        self._values: dict[str, Value] = {}
        self._told_ns = 0

    async def run(self) -> None:
        """Follow the signals and sample them, until cancelled."""
        async with asyncio.TaskGroup() as group:
            group.create_task(
                self._databroker.follow(Subscribe(self._paths, max_hz=1 / PERIOD), self._update, self._connected)
            )
            group.create_task(self._sample())

    def _update(self, event: object) -> None:
        if not isinstance(event, ValuesUpdate):
            return
        for path, point in event.entries.items():
            if point.value is None:
                self._values.pop(path, None)
            else:
                self._values[path] = point.value

    def _connected(self, connected: bool, reason: str) -> None:
        """Without the databroker nothing is known: old values are not sent as if they were new."""
        if connected:
            self._on_problem(None)
            return
        self._values.clear()
        self._on_problem(
            Problem(
                f"No telemetry is recorded: {reason}",
                str(self._databroker.path),
                "it goes on by itself when signals flow",
            )
        )

    async def _sample(self) -> None:
        loop = asyncio.get_running_loop()
        due = loop.time() + PERIOD
        while True:
            await asyncio.sleep(due - loop.time())
            if self._values and (batch := self._batch(time.time_ns())) is not None:
                self._accept(encode_batch(batch))
            # After a suspend the missed seconds are not made up.
            due = max(due + PERIOD, loop.time())

    def _batch(self, now_ns: int) -> Batch | None:
        """What may be told of this moment; of several that are told as the same one, the first alone."""
        precision = self._precision()
        told_ns = coarse_ns(now_ns, precision)
        values = coarse_values(self._values, precision)
        if not values or told_ns == self._told_ns:
            return None
        self._told_ns = told_ns
        return Batch(told_ns, values)
