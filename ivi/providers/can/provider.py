# SPDX-License-Identifier: Apache-2.0
"""The CAN provider joins bus reader, translator and encoder to the broker, with time-outs for silent messages."""

import asyncio
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from ivi.daemon.process import Process
from ivi.databroker.broker import Broker
from ivi.model.signal import Value
from ivi.model.status import Problem
from ivi.providers.can import dbc as dbc_file
from ivi.providers.can.decoder import CantoolsDecoder, cycle_times
from ivi.providers.can.encoder import Encoder
from ivi.providers.can.frame import Frame
from ivi.providers.can.reader import BusReader
from ivi.providers.can.translate import Translator, raw_mapping
from ivi.vss.catalogue import Catalogue
from ivi.vss.mapping import DbcMapping, load_mapping

RELEASE = 0.05  # seconds between looks at values that an interval holds back
TIMEOUT_CYCLES = 5  # frames of a cyclic message that may be missing before its values are "not available"
TIMEOUT_LEAST = 1.0  # seconds; shorter cycles do not time out faster, so that one hiccup does not blank the screen


@dataclass(frozen=True)
class Car:
    """What the files say of a car: its frames, and what they mean in VSS."""

    dbc: dbc_file.LoadedDbc
    mapping: DbcMapping
    translator: Translator


def load_car(dbc: Path, overlay: Path | None, catalogue: Catalogue) -> Car:
    """Read DBC and overlay; without an overlay every signal appears under Vehicle.Raw. Raises ConfigurationError."""
    loaded = dbc_file.load(dbc)
    mapping = load_mapping(overlay, catalogue) if overlay else raw_mapping(loaded, catalogue)
    return Car(loaded, mapping, Translator(CantoolsDecoder(loaded), mapping, loaded, catalogue))


def report_skipped(process: Process, file: Path, car: Car) -> None:
    """Show which lines of the DBC are not used."""
    if car.dbc.skipped:
        lines = "; ".join(str(item) for item in car.dbc.skipped[:5])
        more = f" and {len(car.dbc.skipped) - 5} more" if len(car.dbc.skipped) > 5 else ""  # noqa: PLR2004  # as above
        process.report(
            "dbc",
            Problem(f"{len(car.dbc.skipped)} lines of the DBC are not used: {lines}{more}", str(file), "mend the file"),
        )


class CanProvider:
    """Feeds the broker from one bus and sends actuations to it."""

    def __init__(self, process: Process, broker: Broker, car: Car, address: str) -> None:
        self._process = process
        self._broker = broker
        self._car = car
        self._encoder = Encoder(car.mapping, car.dbc)
        self._reader = BusReader(address, self._on_frames, self._on_state)
        self._tasks: list[asyncio.Task[None]] = []
        cycles = cycle_times(car.dbc)
        self._limits = {
            key: max(TIMEOUT_LEAST, TIMEOUT_CYCLES * cycles[key]) for key in car.translator.keys if key in cycles
        }
        self._heard: dict[int, float] = {}
        process.add_counters(self._counters)

    @property
    def name(self) -> str:
        """Source in datapoints, e.g. `can:can0`."""
        return self._reader.name

    async def start(self) -> None:
        """Become the provider of the car's paths and begin to read."""
        self._broker.register(self, {*self._car.translator.paths, *self._encoder.paths})
        loop = asyncio.get_running_loop()
        self._tasks = [loop.create_task(self._reader.run()), loop.create_task(self._watch())]

    async def stop(self) -> None:
        """Close the bus."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def actuate(self, values: Mapping[str, Value]) -> Mapping[str, Value]:
        """See ivi.databroker.broker.Provider."""
        messages, expected = self._encoder.encode(values)
        self._reader.send(messages)
        return expected

    def _on_frames(self, frames: Iterable[Frame]) -> None:
        now = time.monotonic()
        frames = list(frames)
        for frame in frames:
            self._heard[frame.key] = now
        if (values := self._car.translator.feed(frames)) and frames:
            self._broker.publish(self, values, frames[-1].time_ns)

    async def _watch(self) -> None:
        """Release held values, and blank those whose message has gone silent."""
        while True:
            await asyncio.sleep(RELEASE)
            if values := self._car.translator.release(time.time_ns()):
                self._broker.publish(self, values)
            now = time.monotonic()
            silent = [key for key, limit in self._limits.items() if now - self._heard.get(key, now) > limit]
            for key in silent:
                del self._heard[key]
                self._broker.publish(self, dict.fromkeys(self._car.translator.forget(key)))

    def _on_state(self, is_open: bool, reason: str) -> None:
        key = f"bus:{self._reader.channel}"
        if is_open:
            self._process.resolve(key)
        else:
            self._process.report(
                key,
                Problem(
                    f"The CAN bus {self._reader.channel} is away: {reason}",
                    f"{self._reader.interface}:{self._reader.channel}",
                    "it is tried again each second",
                ),
            )

    def _counters(self) -> dict[str, bool | int | float | str]:
        translator = self._car.translator
        return {
            "frames_received": self._reader.received,
            "frames_dropped": self._reader.dropped,
            "frames_unknown": translator.unknown,
            "frames_undecodable": translator.undecodable,
            "values_invalid": translator.invalid,
        }
